import { inLanguage } from "./catalogue.ts";

export const { setupTexts } = await inLanguage({ en: () => import("./en/setup-texts.ts"), de: () => import("./de/setup-texts.ts") });
