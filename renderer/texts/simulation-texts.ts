import { inLanguage } from "./catalogue.ts";

export const { simulationTexts } = await inLanguage({ en: () => import("./en/simulation-texts.ts"), de: () => import("./de/simulation-texts.ts") });
