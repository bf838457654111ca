import type { overviewFileWords as english } from "../en/file-words.ts";

export const overviewFileWords = {
  table: "Tabelle",
  name: "Name",
  interactions: "Gespräche",
  figures: {
    sets: "Vorschlagsgruppen",
    displayed: "angezeigt",
    copied: "kopiert",
    sent: "gesendet",
    used: "verwendet",
    dismissed: "verworfen",
    helpful: "hilfreich",
    notHelpful: "nicht hilfreich",
    withheld: "zurückgehalten",
    fallbacks: "Ersatzvorschläge",
    latencyP50: "Latenz p50 in ms",
    latencyP95: "Latenz p95 in ms",
  },
  empty: "leer",
  total: "Summe",
  day: "Tag",
  trigger: "Auslöser",
  sentiment: "Stimmung",
  agent: "Agent",
  withheldBy: "zurückgehalten",
} satisfies typeof english;
