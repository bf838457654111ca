import { inLanguage } from "./catalogue.ts";

export const { helpTexts } = await inLanguage({ en: () => import("./en/help-texts.ts"), de: () => import("./de/help-texts.ts") });
