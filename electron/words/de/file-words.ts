import type { overviewFileWords as english } from "../en/file-words.ts";

export const overviewFileWords = {
  table: "Tabelle",
  name: "Name",
  interactions: "Gespräche",
  figures: {
    sets: "Momente",
    displayed: "angezeigt",
    copied: "kopiert",
    sent: "gesendet",
    used: "genutzt",
    dismissed: "ausgeblendet",
    helpful: "hilfreich",
    notHelpful: "nicht hilfreich",
    withheld: "zurückgehalten",
    fallbacks: "Ersatzantworten",
    latencyP50: "Latenz p50 in ms",
    latencyP95: "Latenz p95 in ms",
  },
  empty: "leer",
  total: "Summe",
  day: "Tag",
  trigger: "Auslöser",
  sentiment: "Stimmung",
  agent: "Agent",
  withheldBy: "zurückgehalten wegen",
  leftOut: "ausgelassen, von so vielen Agenten",
} satisfies typeof english;
