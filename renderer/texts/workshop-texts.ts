import { inLanguage } from "./catalogue.ts";

export const { workshopTexts } = await inLanguage({ en: () => import("./en/workshop-texts.ts"), de: () => import("./de/workshop-texts.ts") });
