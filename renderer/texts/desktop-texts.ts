import { inLanguage } from "./catalogue.ts";

export const { desktopTexts } = await inLanguage({ en: () => import("./en/desktop-texts.ts"), de: () => import("./de/desktop-texts.ts") });
