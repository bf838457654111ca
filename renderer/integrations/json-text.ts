import type { JsonValue } from "../../shared/integration.ts";
import { integrationTexts } from "../texts/integration-texts.ts";

/** What a text is as JSON, or why it is none. Line and column from 1, null where they are not known. */
export type ReadJson =
  | { readonly kind: "read"; readonly value: JsonValue }
  | { readonly kind: "wrong"; readonly message: string; readonly line: number | null; readonly column: number | null };

/** Deeper than anybody writes by hand; what reads it in main goes as deep as it does. */
const MAX_DEPTH = 100;

/** Reads a text that somebody is writing. It never throws. */
export function readJson(text: string): ReadJson {
  if (text.trim() === "") return { kind: "wrong", message: integrationTexts.define.nothing, line: null, column: null };
  if (isTooDeep(text)) return { kind: "wrong", message: integrationTexts.define.tooDeep(MAX_DEPTH), line: null, column: null };
  try {
    const value: JsonValue = JSON.parse(text);
    return { kind: "read", value };
  } catch (error) {
    return wrong(text, error instanceof Error ? error.message : "");
  }
}

/** A value as people read it. */
export function writeJson(value: JsonValue): string {
  return JSON.stringify(value, null, 2);
}

/** The engine's words end in the place: it is told apart, and reckoned where only an offset is given. */
function wrong(text: string, words: string): ReadJson {
  const message = words.replace(/ (?:in JSON )?at position \d+.*$/su, "").replace(/, ?\.{0,3}".*" is not valid JSON$/su, "");
  const offset = /position (\d+)/u.exec(words)?.[1];
  const at = offset === undefined ? (words.startsWith("Unexpected end") ? text.length : null) : Number(offset);
  if (at === null) return { kind: "wrong", message, line: null, column: null };
  const before = text.slice(0, at).split("\n");
  return { kind: "wrong", message, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gsu)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
