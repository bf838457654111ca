import type { Language } from "../../shared/language.ts";

/**
 * The language of the page, from `<html lang>`, which the host writes: one for as long as the page is loaded. Where there
 * is no page, as under Node, it is English.
 */
export const language: Language = typeof document !== "undefined" && document.documentElement.lang === "de" ? "de" : "en";

/** The language with its region, so that a person in Zurich or Dublin reads dates as usual there. */
export const locale = navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? { en: "en-GB", de: "de-DE" }[language];
