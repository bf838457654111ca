import { parseArgs } from "node:util";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { nearestKey } from "../../shared/nearest-key.ts";

/** One flag: what it takes (null: nothing) and what it does. */
interface OptionRow {
  readonly takes: string | null;
  readonly multiple?: boolean;
  readonly does: string;
}

export type OptionTable = Readonly<Record<string, OptionRow>>;

/** What was given on the command line, checked against a table of flags. */
export interface Arguments {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  text(name: string): string | undefined;
  /** Every value given, in order. */
  all(name: string): readonly string[];
}

/**
 * Reads `argv` by a table of flags. The error says which argument is wrong and what is allowed; it never repeats a value,
 * which may be a secret that was put in the wrong place.
 */
export function readArguments(argv: readonly string[], table: OptionTable, maxPositionals: number): Result<Arguments, string> {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, row]) => [name, { type: row.takes === null ? ("boolean" as const) : ("string" as const), multiple: true }]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, readonly string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const row = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (row === undefined) return err(unknownFlag(token.rawName, Object.keys(table)));
    const fault = valueFault(token.rawName, row, token.value, token.inlineValue === true);
    if (fault !== null) return err(fault);
    const before = values.get(token.name) ?? [];
    if (before.length > 0 && row.takes !== null && row.multiple !== true) return err(`${token.rawName} is given twice; allowed: once`);
    values.set(token.name, [...before, token.value ?? ""]);
  }
  if (positionals.length > maxPositionals) {
    const allowed = maxPositionals === 0 ? "none" : `at most ${maxPositionals}`;
    return err(`found ${positionals.length} arguments beside the flags; allowed: ${allowed}`);
  }
  return ok({
    positionals,
    has: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    all: (name) => values.get(name) ?? [],
  });
}

/** A number within bounds, as written on a command line; the error says what is allowed. */
export function readNumber(
  flag: string,
  text: string | undefined,
  bounds: { readonly min: number; readonly max: number; readonly whole: boolean },
): Result<number | undefined, string> {
  if (text === undefined) return ok(undefined);
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const fits = value >= bounds.min && value <= bounds.max && (!bounds.whole || Number.isInteger(value));
  if (fits) return ok(value);
  return err(`--${flag}: found ${JSON.stringify(text.slice(0, 40))}; allowed: a ${bounds.whole ? "whole " : ""}number from ${bounds.min} to ${bounds.max}`);
}

function valueFault(flag: string, row: OptionRow, value: string | undefined, isInline: boolean): string | null {
  if (row.takes === null) return value === undefined ? null : `${flag} takes no value`;
  if (value === undefined || (!isInline && value.startsWith("--"))) return `${flag} needs a value: ${flag} ${row.takes}`;
  return null;
}

function unknownFlag(found: string, known: readonly string[]): string {
  const near = nearestKey(found.replace(/^-+/, ""), known);
  const hint = near === null ? "" : `did you mean --${near}? `;
  return `unknown flag ${found.slice(0, 40)}; ${hint}allowed: ${known.map((name) => `--${name}`).join(", ")}`;
}
