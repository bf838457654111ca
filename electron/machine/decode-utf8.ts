/** The text of UTF-8, or null where the bytes are none: letters that cannot be read must not become other ones. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
