import { err, ok, type Result } from "../../shared/result.ts";
import type { CommandFault, CommandWord } from "./command-words.ts";
import { readAnsiQuote } from "./import-ansi-quote.ts";

type Piece = Result<{ readonly text: string; readonly end: number }, CommandFault>;

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["|", "a pipe (|)"],
  [">", "a redirection (>)"],
  ["<", "a redirection (<)"],
  [";", "a second command (;)"],
  ["&", "& outside quotes"],
  ["(", "( outside quotes"],
  [")", ") outside quotes"],
  ["{", "{ outside quotes"],
  ["}", "} outside quotes"],
  ["`", "a command in a command (`)"],
]);

/**
 * Splits one command into words the way a POSIX shell (with bash's $'…') does. What a shell would carry out or look up
 * (variables, pipes, further commands) is refused with its place.
 */
export function splitShell(text: string): Result<readonly CommandWord[], CommandFault> {
  const words: CommandWord[] = [];
  let at = 0;
  while (at < text.length) {
    // A \ at the very end is left of a command that was cut off behind its last line.
    const blank = /^(?:[ \t\r]|\\\r?\n|\\$)+/.exec(text.slice(at))?.[0];
    if (blank !== undefined) at += blank.length;
    if (at >= text.length) break;
    if (text[at] === "\n") {
      const next = /\S/.exec(text.slice(at));
      if (next === null) break;
      at += next.index;
      if (words.length > 0) return err({ at, message: "found a second line, and the line before does not end in \\; allowed: one command" });
      continue;
    }
    if (text[at] === "#") return err({ at, message: "found a comment (#); allowed: one command and nothing else" });
    const word = readWord(text, at);
    if (!word.ok) return word;
    words.push({ text: word.value.text, at });
    at = word.value.end;
  }
  return ok(words);
}

function readWord(text: string, start: number): Piece {
  let content = "";
  let at = start;
  while (at < text.length && !/[ \t\r\n]/.test(text[at] ?? "")) {
    const piece = readPiece(text, at);
    if (!piece.ok) return piece;
    content += piece.value.text;
    at = piece.value.end;
  }
  return ok({ text: content, end: at });
}

function readPiece(text: string, at: number): Piece {
  const char = text[at] ?? "";
  switch (char) {
    case "'": {
      const end = text.indexOf("'", at + 1);
      return end === -1 ? unclosed(at) : ok({ text: text.slice(at + 1, end), end: end + 1 });
    }
    case '"':
      return readDoubleQuote(text, at);
    case "\\":
      return readEscape(text, at);
    case "$":
      if (text[at + 1] === "'") return readAnsiQuote(text, at);
      return variable(text, at) ?? ok({ text: char, end: at + 1 });
    default: {
      const operator = OPERATORS.get(char);
      if (operator === undefined) return ok({ text: char, end: at + 1 });
      return err({ at, message: `found ${operator}; allowed: one command, with texts that hold such signs in quotes` });
    }
  }
}

function readEscape(text: string, at: number): Piece {
  const lineEnd = /^\\\r?\n/.exec(text.slice(at, at + 3))?.[0];
  if (lineEnd !== undefined) return ok({ text: "", end: at + lineEnd.length });
  if (/^\\[ \t]+(?:\r?\n|$)/.test(text.slice(at, at + 200))) return err({ at, message: "found \\ with a space behind it at the end of a line; allowed: \\ as the last sign of the line" });
  return ok({ text: text[at + 1] ?? "", end: at + 2 });
}

function readDoubleQuote(text: string, start: number): Piece {
  let content = "";
  let at = start + 1;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === '"') return ok({ text: content, end: at + 1 });
    if (char === "`") return err({ at, message: "found a command in a command (`); allowed: plain text" });
    const found = char === "$" ? variable(text, at) : null;
    if (found !== null) return found;
    const escape = char === "\\" ? /^\\(?:(["\\$`])|\r?\n)/.exec(text.slice(at, at + 3)) : null;
    content += escape === null ? char : (escape[1] ?? "");
    at += escape === null ? 1 : escape[0].length;
  }
  return unclosed(start);
}

/** A variable, or a command whose output would stand there; null for a dollar sign that is only that. */
function variable(text: string, at: number): Result<never, CommandFault> | null {
  const name = /^\$(?:\{[^}\n]{0,40}\}?|\(|[A-Za-z_]\w{0,39}|[\d@*#?!$-])/.exec(text.slice(at, at + 50))?.[0];
  if (name === undefined) return null;
  const what = name === "$(" ? "a command in a command ($()" : `the variable ${name}`;
  return err({ at, message: `found ${what}; allowed: plain text (put what it stands for in its place, a secret can be any word)` });
}

function unclosed(at: number): Result<never, CommandFault> {
  return err({ at, message: "found a quote that is never closed; allowed: quotes in pairs" });
}
