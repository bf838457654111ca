import { inLanguage } from "./catalogue.ts";

export const { practiceTexts } = await inLanguage({ en: () => import("./en/practice-texts.ts"), de: () => import("./de/practice-texts.ts") });
