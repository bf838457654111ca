import type { IntegrationDefinition } from "../../shared/integration.ts";
import type { ProblemWords } from "../documents/found-words.ts";

/** What a sound definition leaves to know: it may not do what its author thinks. */
export function definitionNotes({ url, method, request_mapping }: IntegrationDefinition["config"], { notes: words }: ProblemWords): readonly string[] {
  const notes: string[] = [];
  const parsed = URL.parse(url);
  if (parsed?.protocol === "http:") notes.push(words.plain(parsed.host));
  if (method !== "GET" && method !== "DELETE" && request_mapping.body === undefined) {
    notes.push(words.noBody);
  }
  return notes;
}
