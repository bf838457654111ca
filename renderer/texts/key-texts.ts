import { inLanguage } from "./catalogue.ts";

export const { keyTexts } = await inLanguage({ en: () => import("./en/key-texts.ts"), de: () => import("./de/key-texts.ts") });
