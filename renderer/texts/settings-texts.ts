import { inLanguage } from "./catalogue.ts";

export const { settingsTexts } = await inLanguage({ en: () => import("./en/settings-texts.ts"), de: () => import("./de/settings-texts.ts") });
