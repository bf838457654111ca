import type { practiceMarkTexts as english } from "../en/practice-mark-texts.ts";
import type { Wording } from "../wording.ts";

/** What stands over every view while one practises; the view of practice has its own words. */
export const practiceMarkTexts = {
  label: "Übung",
  windowTitle: (product) => `Übung · ${product}`,
  safe: "Nichts hier erreicht einen Kunden.",
  choose: "Anruf wählen",
  running: (call, used, moments) => `${call} · ${used} von ${moments} genutzt`,
  runningHint: (call) => `„${call}“ ist ein Übungsanruf. Nichts hier erreicht einen Kunden.`,
  stop: "Beenden",
  stopHint: "Beendet den Übungsanruf; was getan wurde, bleibt erhalten",
  idle: "Es läuft kein Anruf.",
  over: (used, moments, missed) => `Anruf vorbei: ${used} von ${moments} genutzt, ${missed} verpasst`,
  overInTime: (used, moments, missed, seconds) => `Anruf vorbei: ${used} von ${moments} genutzt nach ${seconds}, ${missed} verpasst`,
  overEmpty: "Anruf vorbei: Es gab keinen Moment, der nach Hilfe verlangte.",
  score: "Auswertung",
  again: "Noch einmal",
  next: "Nächster Anruf",
  emptyTitle: "Es läuft kein Übungsanruf",
  emptyHint: "Wählen Sie einen, oder lassen Sie Anrufe von selbst aufeinander folgen.",
} satisfies Wording<typeof english>;
