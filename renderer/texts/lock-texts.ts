import { general } from "./catalogue.ts";

export const { lockTexts } = general;
