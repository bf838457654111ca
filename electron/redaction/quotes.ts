import { base64Forms } from "./known-words.ts";

/**
 * Whether a text quotes one of some lines: as it is, in upper or lower case, escaped as in JSON or an address, in
 * hexadecimal or in base64. Looks at whole lines, and quickly, since there may be hundreds of them.
 */
export function quotesOf(lines: readonly string[]): (text: string) => boolean {
  const plain = [...new Set(lines.map((line) => line.toLowerCase()))];
  const encoded = [...new Set(lines.flatMap((line) => [...base64Forms(line), Buffer.from(line).toString("hex")]))];
  return (text) => {
    const read = unescaped(text).toLowerCase();
    return plain.some((line) => read.includes(line)) || encoded.some((form) => text.includes(form));
  };
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", "/": "/" };

/** What a text says where escapes are read as what they stand for; what is none stays. */
function unescaped(text: string): string {
  const plain = text
    .replaceAll(/\\u([\da-f]{4})/giu, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\([nrt"\\/])/gu, (_escape, sign: string) => SHORT_ESCAPES[sign] ?? sign);
  return plain.replaceAll(/(?:%[\da-f]{2})+/giu, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8")).replaceAll("+", " ");
}
