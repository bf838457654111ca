/** The languages that Callside speaks. */
export const languages = ["en", "de"] as const;

export type Language = (typeof languages)[number];

/** The setting `panel.language`. `system`: as the machine, or the browser that shows the panel, is set. */
export const languageSettings = ["system", ...languages] as const;

export type LanguageSetting = (typeof languageSettings)[number];

/**
 * The language that a setting comes to. `preferred`: tags of BCP 47 such as `de-AT`, the most wanted first, of which the
 * first that is spoken here holds; English where none is. Pure.
 */
export function languageOf(setting: LanguageSetting, preferred: readonly string[]): Language {
  if (setting !== "system") return setting;
  for (const tag of preferred) {
    const [primary = ""] = tag.trim().toLowerCase().split(/[-_]/u);
    const spoken = languages.find((language) => language === primary);
    if (spoken !== undefined) return spoken;
  }
  return "en";
}
