import { formatCount, formatList } from "../../ui/format.ts";
import type { healthTexts as english } from "../en/health-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** So many names stand in a sentence; the rest are counted. */
const NAMED = 2;

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? formatList([...names.slice(0, NAMED), `${formatCount(more)} weitere`]) : formatList(names);
}

/** About the page "what is wrong". Loaded with it. */
export const healthTexts = {
  subjects: {
    program: "Callside",
    configuration: "Konfiguration",
    storage: "Speicher",
    assist: "Gesprächshilfe",
    tunnel: "Runtime-Tunnel",
    bridge: "Genesys-Bridge",
    integrations: "Integrationen",
    simulations: "Simulationen",
  },

  checks: {
    version: "Version des Programms",
    clock: "Uhr dieses Computers",
    file: "Konfigurationsdatei",
    policy: "Vorgaben der IT",
    "data-folder": "Ordner für die Dateien von Callside",
    history: "Verlauf der Gespräche",
    audit: "Audit-Protokoll",
    secrets: "Ort für Geheimnisse",
    name: "Adresse des Servers finden",
    reach: "Server erreichen",
    certificate: "Zertifikat des Servers",
    token: "Anmeldung bei der Plattform",
    answer: "Antwort der Plattform",
    connection: "Live-Verbindung",
  },

  outcomes: {
    waiting: "Wartet",
    running: "Wird geprüft",
    good: "Gut",
    doubtful: "Fraglich",
    bad: "Fehlgeschlagen",
    skipped: "Nicht versucht",
  },

  answer: {
    running: "Alles wird geprüft",
    good: "Kein Fehler gefunden",
    goodHint: (checks, notTried) =>
      `${plural(checks, "Prüfung ist", "Prüfungen sind")} gut${notTried === 0 ? "" : `; ${formatCount(notTried)} entfielen oder ließen sich nicht versuchen`}. Wenn trotzdem etwas nicht geht, sagen Sie es Ihrer Administration: Es liegt hinter dem, was sich von hier aus versuchen lässt.`,
    doubtful: (found) => `Es funktioniert, aber: ${found}`,
    bad: (what, subjects) => `${what} (${named(subjects)})`,
    stopped: "Angehalten, bevor alles geprüft war",
    stoppedHint: "Was bis dahin gefunden wurde, steht unten.",
    nothing: "Nichts ließ sich prüfen",
    nothingHint: "Keine Prüfung gab eine Antwort. Exportieren Sie unten die Diagnose, und geben Sie die Datei der Person, die Ihnen hilft.",
    also: "Außerdem",
    refused: "Die Prüfungen ließen sich nicht starten.",
    soFar: "Bisher gefunden",
  },

  progress: (done, total) => `${formatCount(done)} von ${formatCount(total)}`,
  progressLabel: "Erledigte Prüfungen",
  checkedAt: (time) => `Geprüft um ${time}`,
  stop: "Anhalten",
  runAgain: "Erneut prüfen",
  copyText: "Als Text kopieren",
  copied: "Kopiert",
  copyFailed: "Die Zwischenablage ließ sich nicht beschreiben.",
  list: "Prüfungen",
  sent: "Dafür fordert Callside bei jeder Plattform ein Token an, das es wieder verwirft, und fragt ihre Server, ob sie antworten, ohne Token, Namen und Inhalt. Dort ändert sich nichts.",

  allGood: (count) => `${plural(count, "Prüfung", "Prüfungen")} gut`,
  counts: {
    bad: (count) => `${formatCount(count)} fehlgeschlagen`,
    doubtful: (count) => `${formatCount(count)} fraglich`,
    good: (count) => `${formatCount(count)} gut`,
    skipped: (count) => `${formatCount(count)} nicht versucht`,
  },
  checked: (done, total) => `${formatCount(done)} von ${formatCount(total)} geprüft`,
  allWaiting: "wartet",
  underOneMs: "unter 1\u202Fms",
  found: (detail) => `Gefunden: ${detail}`,

  reconnect: "Jetzt neu verbinden",
  reconnectHint: "Prüfen Sie danach erneut, um zu sehen, ob es geholfen hat.",
  openSettings: "Einstellungen öffnen",

  export: {
    title: "Diagnose exportieren",
    hint: "Schreibt eine Datei für die Person, die Ihnen hilft. Callside sendet sie nirgendwohin, und Sie können sie vorher lesen.",
    within: "Was darin steht",
    withinList: [
      "Versionen von Callside und des Systems dieses Computers",
      "die Konfiguration, Adressen auf ihren Host gekürzt",
      "Verbindungen mit Zustand und letztem Fehler, Zahlen und Hinweise",
      "das Ergebnis dieser Prüfungen",
      "wie groß Verlauf und Audit-Protokoll sind, aber nichts von ihrem Inhalt",
      "das Protokoll und Absturzberichte als Text",
    ],
    without: "Was nicht darin steht",
    withoutList: ["Gespräche, Nachrichten und Vorschläge", "Passwörter, Token und andere Geheimnisse", "Namen, Nummern und Adressen von Personen"],
    button: "Diagnose exportieren",
    writing: "Wird geschrieben…",
    written: "Geschrieben nach",
    copyPath: "Pfad kopieren",
    failed: "Die Datei wurde nicht geschrieben.",
  },

  text: {
    title: "Callside: was nicht stimmt",
    at: (time) => `Geprüft um ${time}`,
  },
} satisfies Wording<typeof english>;
