import { general } from "./catalogue.ts";

export const { practiceMarkTexts } = general;
