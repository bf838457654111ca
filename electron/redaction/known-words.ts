import { escapePattern } from "./escape-pattern.ts";

/** Shorter ones are ordinary words, and striking them out would spoil the text. */
export const MIN_CHARS = 4;
/** In base64 the letters around a text change its first and last signs: what stays the same whatever stands there. */
const MIN_BASE64_CHARS = 8;

/** Every place of some words in a text, in any spelling. */
export interface KnownWords {
  /** The text with `mask` in their place. */
  strike(text: string, mask: string): string;
  /** Whether one of them stands in the text. */
  findsIn(text: string): boolean;
}

/**
 * Words that must not get out (secrets, names), wherever they stand and however they are spelt: in upper or lower case,
 * percent-encoded (wholly or in part), escaped as in JSON (once or twice), in hexadecimal, and in base64 and base64url also as a part of
 * something longer. Words of fewer than four characters are left out. `\n` and the like inside one are found as they are.
 */
export function knownWords(words: Iterable<string>): KnownWords {
  const forms = new Set<string>();
  const exact = new Set<string>();
  for (const word of new Set(words)) {
    if (word.trim().length < MIN_CHARS) continue;
    forms.add(letters(word));
    const inJson = JSON.stringify(word).slice(1, -1);
    forms.add(letters(inJson));
    // Lines of JSON quote bodies that are JSON.
    forms.add(letters(JSON.stringify(inJson).slice(1, -1)));
    forms.add(letters(encodeURIComponent(word)));
    forms.add(letters(new URLSearchParams([["", word]]).toString().slice(1)));
    forms.add(Buffer.from(word).toString("hex"));
    for (const form of base64Forms(word)) exact.add(escapePattern(form));
  }
  const sorted = (all: Set<string>): string => [...all].toSorted((a, b) => b.length - a.length).join("|");
  // Upper and lower case are one for what people write, and two for base64.
  const patterns = [
    ...(forms.size === 0 ? [] : [new RegExp(sorted(forms), "giu")]),
    ...(exact.size === 0 ? [] : [new RegExp(sorted(exact), "gu")]),
  ];
  return {
    strike: (text, mask) => patterns.reduce((out, pattern) => out.replace(pattern, () => mask), text),
    findsIn: (text) => patterns.some((pattern) => text.search(pattern) >= 0),
  };
}

/** A pattern (of the flag `u`) in which every sign may also be written with an escape, whose digits have no case: as it is, `\u0041`, or `%41`. */
export function letters(word: string): string {
  return Array.from(word, (sign) => `(?:${escapePattern(sign)}|(?i:${unicodeForm(sign)}|${percentForm(sign)}))`).join("");
}

function unicodeForm(sign: string): string {
  return [...Array(sign.length).keys()].map((at) => `\\\\{1,2}u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}

function percentForm(sign: string): string {
  return [...Buffer.from(sign)].map((byte) => `%(?:25)?${byte.toString(16).padStart(2, "0")}`).join("");
}

/** What of a text's base64 stays the same at each of the three places that it may begin at in something longer. */
export function base64Forms(word: string): readonly string[] {
  const bytes = Buffer.from(word);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const start = Math.ceil((before * 4) / 3);
    const whole = Math.floor(((before + bytes.length) * 4) / 3);
    const form = encoded.slice(start, whole);
    return form.length < MIN_BASE64_CHARS ? [] : [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
