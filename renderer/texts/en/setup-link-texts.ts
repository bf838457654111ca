/** The way to the first run from elsewhere; its own texts are loaded with it. */
export const setupLinkTexts = {
  setupLink: { open: "Connections and practice" },
} as const;
