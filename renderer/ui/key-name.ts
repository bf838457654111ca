import { keyTexts } from "../texts/key-texts.ts";

const names = new Map<string, string>(Object.entries(keyTexts.names));

/** What stands on a key in the page's language; `Esc`, a letter, a sign or anything else that has no name of its own stays. */
export function keyName(key: string): string {
  return names.get(key) ?? key;
}
