import { inLanguage } from "./catalogue.ts";

export const { historyTexts } = await inLanguage({ en: () => import("./en/history-texts.ts"), de: () => import("./de/history-texts.ts") });
