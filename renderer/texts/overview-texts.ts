import { inLanguage } from "./catalogue.ts";

export const { overviewTexts } = await inLanguage({ en: () => import("./en/overview-texts.ts"), de: () => import("./de/overview-texts.ts") });
