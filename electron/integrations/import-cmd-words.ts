import { err, ok, type Result } from "../../shared/result.ts";
import type { CommandFault, CommandWord } from "./command-words.ts";

interface Sign {
  readonly char: string;
  readonly at: number;
}

/** Whether a command is written for the Windows command prompt: lines end in ^, or quotes are written ^". */
export function isForCmd(text: string): boolean {
  return (/\^[ \t]*\r?\n/.test(text) || /[ \t]\^"/.test(text)) && !/\\\r?\n/.test(text);
}

/**
 * Splits one command of the Windows command prompt into words: first what the prompt makes of ^, then what a program makes
 * of quotes and backslashes. Variables, pipes and further commands are refused with their place.
 */
export function splitCmd(text: string): Result<readonly CommandWord[], CommandFault> {
  const signs = resolveCarets(text);
  return signs.ok ? splitArguments(signs.value) : signs;
}

function resolveCarets(text: string): Result<readonly Sign[], CommandFault> {
  const signs: Sign[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === "\r" && text[at + 1] === "\n") continue;
    if (char === "^" && !quoted) {
      const lineEnd = /^\^[ \t]*\r?\n/.exec(text.slice(at, at + 200))?.[0];
      if (lineEnd !== undefined && lineEnd.trimEnd() !== lineEnd.slice(0, lineEnd.search(/\r?\n/))) return err({ at, message: "found ^ with a space behind it at the end of a line; allowed: ^ as the last sign of the line" });
      if (lineEnd === undefined && at + 1 < text.length) signs.push({ char: text[at + 1] ?? "", at });
      at += lineEnd === undefined ? 1 : lineEnd.length - 1;
      continue;
    }
    if (char === '"') quoted = !quoted;
    const fault = whyRefused(text, at, quoted);
    if (fault !== null) return err({ at, message: fault });
    if (char === "\n") {
      const next = text.slice(at).search(/\S/);
      if (next === -1) break;
      if (signs.some((sign) => /\S/.test(sign.char))) return err({ at: at + next, message: "found a second line, and the line before does not end in ^; allowed: one command" });
      continue;
    }
    signs.push({ char, at });
  }
  return ok(signs);
}

function whyRefused(text: string, at: number, quoted: boolean): string | null {
  const char = text[at] ?? "";
  if (!quoted && "&|<>".includes(char)) return `found ${char} outside quotes; allowed: one command, with texts that hold such signs in quotes`;
  if (char !== "%") return null;
  // %C3%A9 in an address is no variable.
  const name = /^%(?![0-9A-Fa-f]{2})[A-Za-z_]\w{0,39}%/.exec(text.slice(at, at + 50))?.[0];
  return name === undefined ? null : `found the variable ${name}; allowed: plain text (put what it stands for in its place, a secret can be any word)`;
}

function splitArguments(signs: readonly Sign[]): Result<readonly CommandWord[], CommandFault> {
  const words: CommandWord[] = [];
  let word: { text: string; readonly at: number } | null = null;
  let quoteAt: number | null = null;
  for (let index = 0; index < signs.length; index += 1) {
    const { char, at } = signs[index] ?? { char: "", at: 0 };
    if (quoteAt === null && /\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word ??= { text: "", at };
    const slashes = char === "\\" ? slashesFrom(signs, index) : 0;
    if (slashes > 0 && signs[index + slashes]?.char === '"') {
      // Before a quote two backslashes are one; one that is left over takes the quote's meaning away.
      word.text += "\\".repeat(Math.floor(slashes / 2));
      index += slashes - 1;
      if (slashes % 2 === 0) continue;
      word.text += '"';
      index += 1;
    } else if (char !== '"') word.text += char;
    else if (quoteAt !== null && signs[index + 1]?.char === '"') {
      word.text += '"';
      index += 1;
    } else quoteAt = quoteAt === null ? at : null;
  }
  if (quoteAt !== null) return err({ at: quoteAt, message: "found a quote that is never closed; allowed: quotes in pairs" });
  return ok(word === null ? words : [...words, word]);
}

function slashesFrom(signs: readonly Sign[], index: number): number {
  let end = index;
  while (signs[end]?.char === "\\") end += 1;
  return end - index;
}
