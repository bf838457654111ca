import { inLanguage } from "./catalogue.ts";

export const { integrationTexts } = await inLanguage({ en: () => import("./en/integration-texts.ts"), de: () => import("./de/integration-texts.ts") });
