import { base64Forms } from "./known-words.ts";

/** A stretch of a line that nobody writes by chance; errors quote beginnings and middles more often than the whole. */
const MIN_PART = 24;
/** Wherever such a stretch stands in a text, one of the blocks that the text is cut into lies wholly within it. */
const BLOCK = MIN_PART / 2;
/** So much of a line is known by its stretches; what quotes a longer one begins where it begins. */
const MAX_READ = 600;

/**
 * Whether a text quotes one of some lines, or 24 characters on end of one: as it is, in upper or lower case, escaped as in
 * JSON or an address; whole lines also in hexadecimal or in base64. Quick, since there may be hundreds of them.
 */
export function quotesOf(lines: readonly string[]): (text: string) => boolean {
  const plain = [...new Set(lines.map((line) => line.toLowerCase()))];
  const heads = plain.map((line) => line.slice(0, MAX_READ));
  const parts = new Set(heads.flatMap((line) => stretches(line, MIN_PART)));
  const blocks = new Set(heads.flatMap((line) => stretches(line, BLOCK)));
  const hasPart = (read: string): boolean => {
    for (let at = 0; at + BLOCK <= read.length; at += BLOCK) {
      if (!blocks.has(read.slice(at, at + BLOCK))) continue;
      if (stretches(read.slice(Math.max(0, at - BLOCK), at + MIN_PART), MIN_PART).some((part) => parts.has(part))) return true;
    }
    return false;
  };
  const encoded = [...new Set(lines.flatMap((line) => [...base64Forms(line), Buffer.from(line).toString("hex")]))];
  return (text) => {
    const read = unescaped(text).toLowerCase();
    return plain.some((line) => read.includes(line)) || hasPart(read) || encoded.some((form) => text.includes(form));
  };
}

/** Every stretch of so many characters, wherever it begins. */
function stretches(line: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, line.length - length + 1) }, (_, at) => line.slice(at, at + length));
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", "/": "/" };

/** What a text says where escapes are read as what they stand for; what is none stays. */
function unescaped(text: string): string {
  const plain = text
    .replaceAll(/\\u([\da-f]{4})/giu, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\([nrt"\\/])/gu, (_escape, sign: string) => SHORT_ESCAPES[sign] ?? sign);
  return plain.replaceAll(/(?:%[\da-f]{2})+/giu, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8")).replaceAll("+", " ");
}
