import { formatFixed } from "../ui/format.ts";

/** What one command carries at most, in UTF-16 units (shared/panel.ts, `simulations.load`). */
const MAX_PART_CHARACTERS = 100_000;
/** The hosts take messages of 256 kB; so much of one may be text, as JSON in UTF-8. */
const MAX_PART_BYTES = 200_000;
/** A suite file may be this large. */
export const MAX_SUITE_BYTES = 20 * 1_024 * 1_024;

const SUITE_NAME = /\.(?:yaml|yml|json|csv)$/iu;

/** Whether a file's name is that of a suite. */
export function isSuiteName(name: string): boolean {
  return SUITE_NAME.test(name);
}

/** The size of a file in MB with one decimal, rounded up so that what is too large never looks as if it fitted. */
export function megabytes(bytes: number): string {
  return formatFixed(Math.ceil((bytes / (1_024 * 1_024)) * 10) / 10, 1);
}

/**
 * Cuts a suite into the parts that are sent, in order: together they are the text, each is short enough for a command
 * and for a host's message. An empty text is one empty part. No letter is cut in two.
 */
export function suiteParts(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let bytes = 0;
  let index = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    const units = code > 0xffff ? 2 : 1;
    const cost = jsonBytes(code);
    if (bytes + cost > MAX_PART_BYTES || index + units - start > MAX_PART_CHARACTERS) {
      parts.push(text.slice(start, index));
      start = index;
      bytes = 0;
    }
    bytes += cost;
    index += units;
  }
  if (start < text.length || parts.length === 0) parts.push(text.slice(start));
  return parts;
}

/** What a character takes in JSON as UTF-8. */
function jsonBytes(code: number): number {
  if (code === 0x22 || code === 0x5c || code === 0x0a || code === 0x0d || code === 0x09) return 2;
  if (code < 0x20) return 6;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  // Half of a pair stands alone: it is written as an escape.
  if (code >= 0xd800 && code <= 0xdfff) return 6;
  return code > 0xffff ? 4 : 3;
}
