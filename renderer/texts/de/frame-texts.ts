import type { frameTexts as english } from "../en/frame-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** What stands around the views: notices, empty states, announcements, and the ways to what stands in front of them. */
export const frameTexts = {
  notices: { label: "Hinweise" },

  places: {
    label: "Ansichten",
    menu: "Meine Zahlen und Verlauf",
    mine: "Meine Zahlen",
    withKey: (name, key) => `${name} (g ${key})`,
    live: "Live",
    overview: "Übersicht",
    history: "Verlauf",
    workshop: "Werkstatt",
    simulations: "Simulationen",
    bridge: "Bridge",
    integrations: "Integrationen",
    practice: "Übung",
    waiting: (count) => `${count} warten auf eine Entscheidung`,
    loading: "Wird geöffnet…",
    failed: "Diese Ansicht ließ sich nicht laden",
    failedHint: "Laden Sie die Seite neu. Hilft das nicht, starten Sie Callside neu.",
    reload: "Seite neu laden",
  },

  health: {
    title: "Was nicht stimmt",
    ask: "Was stimmt nicht?",
    askHint: "Funktioniert etwas nicht?",
    loading: "Wird geöffnet…",
  },

  empty: {
    waitingTitle: "Bereit für das nächste Gespräch",
    waitingHint: "Sobald ein Anruf oder Chat für Sie beginnt, öffnet er sich hier: oben, was gesagt wird, unten, was Sie als Nächstes sagen könnten.",
    practiceTitle: "Übungsbetrieb",
    practiceHint: "Gleich beginnt ein Übungsanruf. Mit den Tasten 1 bis 3 kopieren Sie einen Vorschlag.",
    offTitle: "Die Gesprächshilfe ist nicht eingerichtet",
    offHint: "Callside hat keine Plattform, der es zuhören kann. Ergänzen Sie in der Konfiguration den Abschnitt „assist“, dann öffnen sich Gespräche hier.",
    connectingTitle: "Verbindet mit der Plattform",
    connectingHint: "Gespräche öffnen sich hier, sobald der Stream steht.",
    lostTitle: "Keine Verbindung zur Plattform",
    lostHint: "Callside versucht es weiter. Gespräche öffnen sich hier, sobald sie wieder da ist.",
    rejectedTitle: "Die Plattform hat die Verbindung abgelehnt",
    keys: "Tastenkürzel",
  },

  announce: {
    suggestion: (text) => `Vorschlag: ${text}`,
    suggestions: (count, text) => `${count} Vorschläge. Der erste: ${text}`,
    suggestionElsewhere: (name) => `Neuer Vorschlag für ${name}`,
    waiting: (count) => plural(count, "Vorschlag wartet", "Vorschläge warten"),
    opened: (name) => `Gespräch mit ${name} begonnen`,
    ended: (name) => `Gespräch mit ${name} beendet`,
    connected: "Wieder verbunden",
    lost: "Verbindung abgebrochen, verbindet neu",
    rejected: "Die Plattform hat die Verbindung abgelehnt",
    hostLost: "Callside läuft nicht",
    tunnelRefused: "Der Tunnel wurde abgelehnt",
    tunnelDown: (what) => `Der Tunnel ist ausgefallen: ${what}`,
    tunnelBack: "Der Tunnel ist wieder verbunden",
    suiteRefused: (count) => `Die Suite hat ${plural(count, "Fehler", "Fehler")}`,
    batchBegun: (total) => `Der Durchlauf mit ${plural(total, "Fall", "Fällen")} hat begonnen`,
    batchFinished: (passed, total) => `Der Durchlauf ist fertig: ${passed} von ${total} bestanden`,
    batchCancelled: (done, total) => `Der Durchlauf ist abgebrochen: ${done} von ${total} Fällen sind gelaufen`,
    batchStopped: (what) => `Der Durchlauf wurde angehalten: ${what}`,
  },

  help: { open: "Tastenkürzel" },
  settings: { open: "Einstellungen" },
} satisfies Wording<typeof english>;
