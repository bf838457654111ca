import { inLanguage } from "./catalogue.ts";

export const { healthTexts } = await inLanguage({ en: () => import("./en/health-texts.ts"), de: () => import("./de/health-texts.ts") });
