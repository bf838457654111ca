import { language } from "./language.ts";

/**
 * The texts of the page's language. Each language is a file of its own, so that nobody loads words of another one. What
 * the files themselves import must not wait for texts: the page would wait for itself.
 */
export function inLanguage<English, German>(files: { readonly en: () => Promise<English>; readonly de: () => Promise<German> }): Promise<English | German> {
  return files[language]();
}

/** What the agent's panel says from its first moment; the views' own texts are loaded with them. */
export const general = await inLanguage({ en: () => import("./en/general.ts"), de: () => import("./de/general.ts") });
