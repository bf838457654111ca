import { integrationTexts } from "../texts/integration-texts.ts";
import { isMap } from "./draft-fields.ts";
import { readJson } from "./json-text.ts";

const { define: words } = integrationTexts;

/** Why a text that is being written cannot be taken over, in words with its place; null where it can. `what`: whatever JSON, or an object only. */
export function textTrouble(text: string | null, what: "any" | "object" | "object or nothing"): string | null {
  if (text === null || (what === "object or nothing" && text.trim() === "")) return null;
  const read = readJson(text);
  if (read.kind === "wrong") return `${read.line === null || read.column === null ? "" : words.place(read.line, read.column)}${read.message}.`;
  return what === "any" || isMap(read.value) ? null : words.notObject;
}
