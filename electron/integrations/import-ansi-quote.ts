import { err, ok, type Result } from "../../shared/result.ts";
import type { CommandFault } from "./command-words.ts";

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["e", "\u001B"],
  ["E", "\u001B"],
  ["f", "\f"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["?", "?"],
]);
const CODE = /^\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3}))/;

/** Reads bash's `$'…'` at `start`: a quote with the escapes of C, in which browsers copy texts that hold an apostrophe. */
export function readAnsiQuote(text: string, start: number): Result<{ readonly text: string; readonly end: number }, CommandFault> {
  let content = "";
  let at = start + 2;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "'") return ok({ text: content, end: at + 1 });
    if (char !== "\\") {
      content += char;
      at += 1;
      continue;
    }
    const simple = SIMPLE.get(text[at + 1] ?? "");
    const code = simple === undefined ? CODE.exec(text.slice(at, at + 10)) : null;
    if (code === null) {
      // The shell keeps the backslash of an escape that it does not know.
      content += simple ?? text.slice(at, at + 2);
      at += 2;
      continue;
    }
    const decoded = decode(code);
    if (decoded === null) return err({ at, message: `found ${code[0]}; allowed: characters as \\u and four digits, or as they are` });
    content += decoded;
    at += code[0].length;
  }
  return err({ at: start, message: "found a quote that is never closed; allowed: quotes in pairs" });
}

/** Null for what is no character by itself: a byte of a longer one, the end of a text (NUL), a number that is too large. */
function decode([, byte, unit, point, octal]: RegExpExecArray): string | null {
  // Two units of one character may follow each other.
  if (unit !== undefined) return Number.parseInt(unit, 16) === 0 ? null : String.fromCharCode(Number.parseInt(unit, 16));
  const value = octal === undefined ? Number.parseInt(byte ?? point ?? "0", 16) : Number.parseInt(octal, 8);
  const most = point === undefined ? 0x7f : 0x10_ff_ff;
  return value === 0 || value > most ? null : String.fromCodePoint(value);
}
