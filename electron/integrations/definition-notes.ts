import type { IntegrationDefinition } from "../../shared/integration.ts";

/** What a sound definition leaves to know: it may not do what its author thinks. */
export function definitionNotes({ url, method, request_mapping }: IntegrationDefinition["config"]): readonly string[] {
  const notes: string[] = [];
  const parsed = URL.parse(url);
  if (parsed?.protocol === "http:") notes.push(`config.url: ${parsed.host} is asked in plain http, and only where integrations.allowHosts names it.`);
  if (method !== "GET" && method !== "DELETE" && request_mapping.body === undefined) {
    notes.push("config.request_mapping: without body nothing is sent, also not what the bot gives; for that, body: { $input: bot.payload, transform: json_merge }.");
  }
  return notes;
}
