import { withUnit } from "../../ui/format.ts";
import type { practiceTexts as english } from "../en/practice-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** The view in which practice calls are chosen and scores are read. Loaded with it. */
export const practiceTexts = {
  title: "Übung",
  hint: "Wählen Sie einen Anruf, und helfen Sie dem Kunden mit dem, was das Panel vorschlägt. Ein Moment ist ein Zeitpunkt, zu dem der Kunde etwas sagt, das nach Vorschlägen verlangt.",
  none: { title: "Dies ist keine Übung", hint: "Die Plattform ist echt. Geübt wird, wo Callside auf seiner eigenen Übungsplattform läuft." },

  free: {
    title: "Anrufe folgen von selbst aufeinander.",
    hint: "Ein Anruf, den Sie wählen, läuft allein und wird am Ende ausgewertet.",
    back: "Anrufe von selbst folgen lassen",
    backHint: "Wie beim ersten Start: zwei Anrufe und ein Chat gleichzeitig, ohne Auswertung",
  },

  running: {
    title: (call) => `„${call}“ läuft.`,
    how: (speed) => `Mit dem ${speed}-Fachen des wirklichen Tempos.`,
    toCall: "Zum Anruf",
    stop: "Beenden",
  },

  choose: {
    title: "Anruf wählen",
    minutes: (minutes) => withUnit(minutes, "min"),
    moments: (count) => (count === 0 ? "keine Momente" : plural(count, "Moment", "Momente")),
    languages: { en: "Englisch", de: "Deutsch", es: "Spanisch" },
    channels: { voice: "Anruf", chat: "Chat" },
    best: (used, moments) => `Bestwert: ${used} von ${moments} genutzt`,
    speed: "Tempo",
    speedHint: "1 ist das wirkliche Tempo",
    times: (speed) => `${speed}×`,
    fault: "Plattform",
    faults: { none: "Funktioniert", slow: "Langsam", failing: "Versagt oft", dropping: "Verbindung bricht ab" },
    faultHints: {
      none: "Alles funktioniert, wie es soll.",
      slow: "Vorschläge kommen nach drei Sekunden; bis dahin steht eine Ersatzantwort da.",
      failing: "Die meisten Vorschläge scheitern, und eine Ersatzantwort bleibt. Helfen Sie ohne sie.",
      dropping: "Die Verbindung bricht immer wieder ab, und was gesagt wurde, kommt nach, wenn sie wieder da ist.",
    },
    start: "Starten",
    restart: "Stattdessen diesen starten",
    starting: "Wird gestartet…",
    failed: "Der Anruf begann nicht.",
  },

  score: {
    title: (call) => `Auswertung: ${call}`,
    label: "Auswertung in Zahlen",
    ends: { finished: "bis zum Ende", stopped: "vor dem Ende beendet", interrupted: "unterbrochen: Callside wurde geschlossen" },
    unfinished: "Nicht zu Ende",
    unfinishedHint: "Der Anruf kam nicht bis zum Ende. Ausgewertet ist, was bis dahin getan wurde.",
    moments: "Momente",
    momentsHint: "verlangten Vorschläge",
    shown: "Gezeigt",
    shownHint: "brachten welche auf den Bildschirm",
    used: "Genutzt",
    usedHint: (percent) => `${withUnit(String(percent), "%")} der gezeigten`,
    usedNone: "kopiert, gewählt oder gesendet",
    missed: "Verpasst",
    missedHint: "nichts wurde getan",
    seconds: "Bis zur Nutzung",
    secondsHint: "Median, ab dem Bildschirm",
    noMoments: "Dieser Anruf hatte keinen Moment: Das Panel hatte nichts zu sagen, und das war richtig.",
    again: "Noch einmal",
    next: "Nächster Anruf",
    close: "Auswertung schließen",
    loading: "Die Momente werden gelesen…",
    gone: "Die Momente ließen sich nicht lesen.",
  },

  moments: {
    label: "Die Momente dieses Anrufs",
    said: "Der Kunde sagte",
    unheard: "Was gesagt wurde, kam nicht an.",
    shown: "Auf dem Bildschirm",
    outcomes: { used: "Genutzt", judged: "Beiseitegelegt", missed: "Verpasst", unseen: "Nicht angesehen", nothing: "Nichts zu zeigen" },
    hints: {
      used: (seconds) => `nach ${seconds}`,
      judged: "Sie haben ihn ausgeblendet oder gesagt, ob er hilft.",
      missed: "Er war auf dem Bildschirm, und es wurde nichts damit getan.",
      unseen: "Vorschläge waren da und kamen nicht auf den Bildschirm. Mit m sehen Sie, was hinter der Zahl wartet.",
      nothing: "Die Plattform hatte nichts, was gezeigt werden darf, oder es kam zu spät.",
    },
    yours: "genutzt",
  },

  scores: {
    title: "Bisherige Auswertungen",
    none: "Noch keine. Jeder Anruf, den Sie wählen, hinterlässt hier eine; sie bleiben auf diesem Computer.",
    call: "Anruf",
    when: "Wann",
    moments: "Momente",
    used: "Genutzt",
    missed: "Verpasst",
    seconds: "Bis zur Nutzung",
    how: "Wie",
    ofMoments: (used, shown) => `${used} von ${shown}`,
    open: (call, when) => `Auswertung von ${call}, ${when}`,
    unknownCall: "Ein Anruf, den es nicht mehr gibt",
  },
} satisfies Wording<typeof english>;
