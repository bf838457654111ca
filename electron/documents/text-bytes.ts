import { err, ok, type Result } from "../../shared/result.ts";
import type { TextPlace } from "./text-place.ts";

/** Why bytes are no text in UTF-8, and where, as far as one place can be named. */
export interface BytesFault {
  readonly place: TextPlace | null;
  readonly message: string;
}

const ALLOWED = "allowed: text in UTF-8";

/** The text that bytes in UTF-8 stand for, a byte order mark included. */
export function decodeText(bytes: Uint8Array): Result<string, BytesFault> {
  const text = decode(bytes);
  if (text !== null) return ok(text);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return err({ place: null, message: `found text in UTF-16; ${ALLOWED}` });
  const place = badPlace(bytes);
  const byte = place === null ? undefined : bytes[place.offset];
  return err({ place, message: `found ${byte === undefined ? "bytes that are" : `the byte 0x${byte.toString(16)}, which is`} no UTF-8 here; ${ALLOWED}` });
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Line breaks are never part of a longer character, so each line can be tried apart; then each byte of the bad one. */
function badPlace(bytes: Uint8Array): (TextPlace & { readonly offset: number }) | null {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end)) === null) {
      const good = longestText(bytes.subarray(start, end));
      return { line, column: good.text.length + 1, offset: start + good.length };
    }
    start = end;
  }
  return null;
}

/** The longest beginning that is whole text, found by halving: its text, and how many bytes it takes. */
function longestText(bytes: Uint8Array): { readonly text: string; readonly length: number } {
  // A beginning may end within a character, of which at most 3 bytes are then left over.
  const upTo = (length: number): { readonly text: string; readonly length: number } | null => {
    for (let cut = length; cut >= 0 && cut > length - 4; cut -= 1) {
      const text = decode(bytes.subarray(0, cut));
      if (text !== null) return { text, length: cut };
    }
    return null;
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (upTo(middle) === null) high = middle - 1;
    else low = middle;
  }
  return upTo(low) ?? { text: "", length: 0 };
}
