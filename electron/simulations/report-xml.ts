/** What XML 1.0 has no way to write, not even escaped: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const BLOCK = 256;
const ELLIPSIS = "…";
const ELLIPSIS_BYTES = 3;
/** `&quot;` is the longest that one UTF-16 code unit becomes. */
const MAX_BYTES_PER_UNIT = 6;

/** Line breaks and tabs are written as references: a parser would make spaces of them in an attribute, and of `\r` in a text. */
const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};
const attributeReferences: Readonly<Record<string, string>> = { ...references, "\n": "&#10;", "\t": "&#9;" };

/** Text for the inside of an element: what XML 1.0 forbids is removed, the rest escaped. At most `maxBytes` as UTF-8, then `…`. */
export function xmlText(text: string, maxBytes = Infinity): string {
  return fitted(text, maxBytes, (part) => part.replaceAll(FORBIDDEN, "").replaceAll(/[&<>"\r]/g, (char) => references[char] ?? char));
}

/** An attribute with a space before it, ready for a tag; see {@link xmlText}. */
export function xmlAttribute(name: string, value: string | number, maxBytes = Infinity): string {
  const escaped = fitted(String(value), maxBytes, (part) => part.replaceAll(FORBIDDEN, "").replaceAll(/[&<>"\r\n\t]/g, (char) => attributeReferences[char] ?? char));
  return ` ${name}="${escaped}"`;
}

/** Cuts between characters, before they are escaped, so that no reference is cut in half. */
function fitted(text: string, maxBytes: number, escape: (part: string) => string): string {
  if (text.length * MAX_BYTES_PER_UNIT <= maxBytes) return escape(text);
  const kept: string[] = [];
  let left = maxBytes;
  for (const block of blocks(text)) {
    const escaped = escape(block);
    const bytes = Buffer.byteLength(escaped);
    if (bytes > left) return [...kept, ...beginning(block, left - ELLIPSIS_BYTES, escape), ELLIPSIS].join("");
    kept.push(escaped);
    left -= bytes;
  }
  return kept.join("");
}

/** As many characters of the block as fit, escaped one by one. */
function beginning(block: string, maxBytes: number, escape: (part: string) => string): readonly string[] {
  const kept: string[] = [];
  let left = maxBytes;
  for (const char of block) {
    const escaped = escape(char);
    left -= Buffer.byteLength(escaped);
    if (left < 0) break;
    kept.push(escaped);
  }
  return kept;
}

/** The text in parts that do not split a surrogate pair. */
function* blocks(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    const last = text.charCodeAt(at + BLOCK - 1);
    const end = at + BLOCK + (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
    yield text.slice(at, end);
    at = end;
  }
}
