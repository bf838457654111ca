import type { talkTexts as english } from "../en/talk-texts.ts";
import { formatCount } from "../../ui/format.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** About interactions and what is said in them. */
export const talkTexts = {
  interactions: {
    label: "Gespräche",
    unnamed: "Unbekannter Kunde",
    unknownChannel: "Gespräch",
    channels: { voice: "Anruf", chat: "Chat" },
    ended: "Beendet",
    endedAgo: (age) => `Beendet vor ${age}`,
    newCards: (count) => plural(count, "neuer Vorschlag", "neue Vorschläge"),
    all: (count, news, waiting) =>
      `Alle ${formatCount(count)} Gespräche${news === 0 ? "" : `, ${plural(news, "hat einen neuen Vorschlag", "haben neue Vorschläge")}`}${waiting === 0 ? "" : `, ${plural(waiting, "wartet auf Sie", "warten auf Sie")}`}`,
    // Its name alone: with the long word before it, it would be cut off in a docked panel.
    queue: (queue) => queue,
  },

  sentiment: {
    directions: { rising: "steigt", falling: "sinkt", steady: "bleibt gleich" },
    label: (direction, score) => `Stimmung des Kunden ${direction}, jetzt ${score}`,
  },

  transcript: {
    label: "Mitschrift",
    agent: "Sie",
    customer: "Kunde",
    bot: "Bot",
    unknown: "Unbekannt, wer spricht",
    interim: "spricht noch",
    missing: (count) => `${plural(count, "Zeile fehlt", "Zeilen fehlen")} hier`,
    dropped: (count) => `${plural(count, "ältere Zeile wird", "ältere Zeilen werden")} nicht mehr gezeigt`,
    latest: "Zur neuesten Zeile",
    emptyTitle: "Noch wurde nichts gesagt",
    emptyHint: "Jede Zeile erscheint hier, während sie gesprochen wird.",
  },
} satisfies Wording<typeof english>;
