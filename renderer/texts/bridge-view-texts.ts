import { inLanguage } from "./catalogue.ts";

export const { bridgeViewTexts } = await inLanguage({ en: () => import("./en/bridge-view-texts.ts"), de: () => import("./de/bridge-view-texts.ts") });
