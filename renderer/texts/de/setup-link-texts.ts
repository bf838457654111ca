import type { setupLinkTexts as english } from "../en/setup-link-texts.ts";
import type { Wording } from "../wording.ts";

/** The way to the first run from elsewhere; its own texts are loaded with it. */
export const setupLinkTexts = {
  setupLink: { open: "Verbindungen und Übung" },
} satisfies Wording<typeof english>;
