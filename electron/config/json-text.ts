import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { formatPath } from "./format-path.ts";

/** A place in a text, both from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** The first thing that makes a text no JSON. `found` never quotes more than one character of the text. */
export interface JsonFault {
  readonly path: string;
  readonly place: JsonPlace;
  readonly found: string;
  readonly allowed: string;
}

/** A value with the places of its keys, by path as `formatPath` writes it. */
export interface JsonDocument {
  readonly value: unknown;
  readonly places: ReadonlyMap<string, JsonPlace>;
}

const MAX_DEPTH = 50;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// All but the quote, the backslash and the control characters below U+0020.
const STRING = /"[ !#-[\]-\uFFFF]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uFFFF]*)*"/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Reads JSON text and remembers where each key stands. JSON.parse alone names no place for some errors, quotes the text
 * in others, and lets a key that is given twice pass in silence; here each has its place, and a byte order mark is skipped.
 */
export function readJson(text: string): Result<JsonDocument, JsonFault> {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const places = new Map<string, JsonPlace>();
  const scan = createScan(body, places);
  const fault = scan.value([]) ?? scan.end();
  if (fault !== null) return err(fault);
  const value: unknown = JSON.parse(body);
  return ok({ value, places });
}

function createScan(text: string, places: Map<string, JsonPlace>) {
  let at = 0;

  const place = (offset: number): JsonPlace => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  };
  const fault = (path: readonly PropertyKey[], allowed: string, found = foundAt(text, at), offset = at): JsonFault => ({
    path: formatPath(path),
    place: place(offset),
    found,
    allowed,
  });
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0] ?? null;
    if (match !== null) at += match.length;
    return match;
  };
  const takeChar = (char: string): boolean => {
    take(SPACE);
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };

  const value = (path: readonly PropertyKey[]): JsonFault | null => {
    if (path.length > MAX_DEPTH) return fault(path.slice(0, 3), `at most ${MAX_DEPTH} levels`, "lists or objects nested too deeply");
    take(SPACE);
    if (takeChar("{")) return members(path);
    if (takeChar("[")) return items(path);
    if (text[at] === '"') return take(STRING) === null ? fault(path, "a text on one line, closed by \" and with valid \\ escapes", "a text that is not well formed") : null;
    const literal = take(LITERAL);
    return literal === null || literal === "" ? fault(path, "a value: text in double quotes, number, true, false, null, [ or {") : null;
  };

  const members = (path: readonly PropertyKey[]): JsonFault | null => {
    if (takeChar("}")) return null;
    const keys = new Set<string>();
    do {
      take(SPACE);
      const start = at;
      const quoted = take(STRING);
      if (quoted === null) return fault(path, "a key in double quotes (no comma before })");
      const key = String(JSON.parse(quoted));
      const inner = [...path, key];
      if (keys.has(key)) return fault(inner, "each key once", "the same key a second time", start);
      keys.add(key);
      places.set(formatPath(inner), place(start));
      if (!takeChar(":")) return fault(inner, "a colon after the key");
      const wrong = value(inner);
      if (wrong !== null) return wrong;
    } while (takeChar(","));
    return takeChar("}") ? null : fault(path, "a comma or }");
  };

  const items = (path: readonly PropertyKey[]): JsonFault | null => {
    if (takeChar("]")) return null;
    let index = 0;
    do {
      const wrong = value([...path, index]);
      if (wrong !== null) return wrong;
      index += 1;
    } while (takeChar(","));
    return takeChar("]") ? null : fault(path, "a comma or ]");
  };

  const end = (): JsonFault | null => {
    take(SPACE);
    return at === text.length ? null : fault([], "nothing after the closing }");
  };

  return { value, end };
}

function foundAt(text: string, at: number): string {
  if (at >= text.length) return "the end of the text";
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "a comment, which JSON does not have";
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(char) ? `the character ${char}` : "a character that cannot be shown";
}
