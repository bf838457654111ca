import { z } from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Batch, batchSchema } from "../../shared/simulation.ts";
import { counted, oneLine } from "./report-words.ts";

/** What a baseline may take as UTF-8; whoever reads the file can refuse a larger one before reading it. */
export const MAX_BASELINE_BYTES = 100_000_000;
const MAX_SHOWN = 60;
const MAX_PROBLEMS = 5;
const WRITTEN_BY = "a baseline is a JSON report of an earlier batch";
const typeWords: Readonly<Record<string, string>> = { string: "text", number: "a number", int: "a whole number", object: "an object", array: "a list" };

/**
 * Reads a JSON report back, to compare with (contract 5.5). Fields that are not known are passed over, wherever they
 * stand: a report of a later version still serves. Everything else is checked. The error says where, what was found
 * and what is allowed, the first few at once, in one line each.
 */
export function readBaseline(text: string): Result<Batch, string> {
  // A UTF-16 code unit takes at most three bytes: only what may be too large is measured.
  if (text.length > MAX_BASELINE_BYTES / 3 && Buffer.byteLength(text) > MAX_BASELINE_BYTES) return err(tooLarge(Buffer.byteLength(text)));
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed;
  const mistaken = mistakenFor(parsed.value);
  if (mistaken !== null) return err(`this is ${mistaken}; ${WRITTEN_BY}`);
  const checked = checkedBatch(parsed.value);
  if (!checked.ok) return checked;
  const twice = repeated(checked.value.results.map(({ testId }) => testId));
  return twice === undefined ? checked : err(`results: found ${twice} twice; allowed: each test id once`);
}

/** The refusal of a baseline of that many bytes. */
export function tooLarge(bytes: number): string {
  return `the baseline has ${megabytes(bytes)}; allowed: at most ${megabytes(MAX_BASELINE_BYTES)}`;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 100_000) / 10} MB`;
}

function parseJson(text: string): Result<unknown, string> {
  if (text.trim() === "") return err(`the file is empty; ${WRITTEN_BY}`);
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (error) {
    // The engine's message may quote the text; of it only the place is told.
    const message = error instanceof Error ? error.message : "";
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
    const place = line === undefined ? "" : ` at line ${line}, column ${column}`;
    const found = message.startsWith("Unexpected end") ? "it ends too early, as a file does that was not written to its end" : `it is not JSON${place}`;
    return err(`${found}; ${WRITTEN_BY}`);
  }
}

/** What people give by mistake, told by its shape; null where it may be a report. */
function mistakenFor(value: unknown): string | null {
  if (Array.isArray(value)) return `a list of ${counted(value.length, "entry").replace("entrys", "entries")}`;
  if (!isRecord(value)) return `${found(value)}, not an object`;
  if (!("results" in value) && "cases" in value) return "a suite";
  return null;
}

function checkedBatch(value: unknown): Result<Batch, string> {
  const first = batchSchema.safeParse(value);
  if (first.success) return ok(first.data);
  const unknown = first.error.issues.filter((issue) => issue.code === "unrecognized_keys");
  if (unknown.length < first.error.issues.length) return err(problemWords(first.error, value));
  for (const { path, keys } of unknown) removeKeys(value, path, keys);
  const second = batchSchema.safeParse(value);
  return second.success ? ok(second.data) : err(problemWords(second.error, value));
}

/** Takes keys out of the value that was just parsed and that nobody else holds. */
function removeKeys(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  const target = at(value, path);
  if (!isRecord(target)) return;
  for (const key of keys) Reflect.deleteProperty(target, key);
}

function problemWords({ issues }: z.ZodError, value: unknown): string {
  const wrong = issues.filter((issue) => issue.code !== "unrecognized_keys");
  const lines = wrong.slice(0, MAX_PROBLEMS).map((issue) => {
    const path = z.core.toDotPath(issue.path);
    return `${path === "" ? "the report" : path}: found ${found(at(value, issue.path))}; allowed: ${allowed(issue)}`;
  });
  return [...lines, ...(wrong.length > MAX_PROBLEMS ? [`and ${wrong.length - MAX_PROBLEMS} more`] : [])].join("\n");
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return issue.values.map((one) => JSON.stringify(one)).join(" or ");
  if (issue.code === "invalid_type") return typeWords[issue.expected] ?? issue.expected;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  if (issue.code === "invalid_format") return issue.pattern === undefined ? issue.format : `text like ${issue.pattern}`;
  return oneLine(issue.message, MAX_SHOWN);
}

function found(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  return oneLine(JSON.stringify(value), MAX_SHOWN);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (typeof inner === "object" && inner !== null && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined), value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function repeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}
