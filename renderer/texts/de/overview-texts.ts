import { formatCount, withUnit } from "../../ui/format.ts";
import type { overviewTexts as english } from "../en/overview-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

const percent = (share: number): string => withUnit(String(share), "%");

/** About whether suggestions help. Loaded with the overview. */
export const overviewTexts = {
  title: "Übersicht",
  mine: "Meine Zahlen",
  mineHint: "Aus dem Verlauf dieses Arbeitsplatzes: was Ihnen vorgeschlagen wurde und was Sie daraus gemacht haben.",
  percent,

  head: {
    asOf: (time) => `Stand ${time}`,
    reading: "Wird gelesen…",
    again: "Neu lesen",
    size: (interactions, utterances) => `${plural(interactions, "Gespräch", "Gespräche")}, ${plural(utterances, "Zeile", "Zeilen")}`,
  },

  systems: {
    label: "Systeme",
    stream: "Live-Stream",
    tunnel: "Tunnel",
    bridge: "Bridge",
    integrations: "Integrationen",
    simulations: "Simulationen",
    latency: (now, p95) => `${withUnit(now, "ms")}, p95 ${withUnit(p95, "ms")}`,
    noLatency: "noch nicht gemessen",
    heard: (age) => `letztes Ereignis vor ${age}`,
    unheard: "noch kein Ereignis",
    waiting: (waiting) => (waiting === 0 ? "nichts wartet" : `${formatCount(waiting)} wartend`),
    decide: (count) => `${formatCount(count)} zu entscheiden`,
    registered: (count, all) => `${formatCount(count)} von ${formatCount(all)} registriert`,
    noIntegrations: "Noch keine",
    paused: (count) => plural(count, "pausiert", "pausieren"),
    failing: (failures, calls) => `${formatCount(failures)} von ${plural(calls, "Aufruf", "Aufrufen")} fehlgeschlagen`,
    noCalls: "noch keine Aufrufe",
    notRun: "Noch nicht gelaufen",
    noSuite: "keine Suite gewählt",
    running: (done, total) => `Läuft, ${formatCount(done)} von ${formatCount(total)}`,
    preparing: "Wird vorbereitet",
    passed: (passed, total) => `${formatCount(passed)} von ${formatCount(total)} bestanden`,
    review: "Überprüfung nötig",
    compliant: "regelkonform",
  },

  source: { label: "Wessen Verlauf", desk: "Dieser Arbeitsplatz", team: "Team" },

  figures: {
    label: "Vorschläge in Zahlen",
    displayed: "Angezeigt",
    ofSets: (sets) => `in ${plural(sets, "Moment", "Momenten")}`,
    used: "Genutzt",
    ofDisplayed: (share) => `${percent(share)} der angezeigten`,
    nothingDisplayed: "keiner wurde angezeigt",
    copied: "Kopiert",
    sent: "Gesendet",
    dismissed: "Ausgeblendet",
    withheld: "Zurückgehalten",
    byPolicy: "von der Richtlinie",
    fallbacks: "Ersatzantworten",
    ofMoments: (share) => `${percent(share)} der Momente`,
    noMoments: "kein Moment",
    helpful: (helpful, notHelpful) => `${formatCount(helpful)} hilfreich gefunden, ${formatCount(notHelpful)} nicht`,
    latency: "Latenz p95",
    median: (latency) => `p50 ${latency}`,
    ms: (ms) => withUnit(ms, "ms"),
    notMeasured: "nichts wurde gefragt",
  },

  days: {
    title: "Je Tag",
    oneDay: "Ein Tag allein hat keinen Verlauf. Wählen Sie mehr Tage, um die Entwicklung zu sehen.",
    displayed: "angezeigt",
    used: "davon genutzt",
    hover: (day, displayed, used) => `${day}: ${formatCount(displayed)} angezeigt, ${formatCount(used)} genutzt`,
    table: "Zahlen je Tag",
    day: "Tag",
    interactions: "Gespräche",
    p50: "Latenz p50, ms",
    p95: "Latenz p95, ms",
  },

  latency: {
    title: "Latenz, Auslöser bis Antwort",
    p50: (ms) => `p50 ${withUnit(ms, "ms")}`,
    p95: (ms) => `p95 ${withUnit(ms, "ms")}`,
    last: "am letzten Tag",
    none: "Die Plattform wurde in diesem Zeitraum nicht gefragt.",
    top: (ms) => withUnit(ms, "ms"),
  },

  triggers: {
    title: "Auslöser",
    hint: "Was Vorschläge bringt, die genutzt werden, und was nur stört.",
    none: "In diesem Zeitraum hat nichts ausgelöst.",
    sortBy: "Sortieren nach",
    columns: {
      words: "Auslöser",
      sets: "Momente",
      displayed: "Angezeigt",
      used: "Genutzt",
      dismissed: "Ausgeblendet",
      notHelpful: "Nicht hilfreich",
      withheld: "Zurückgehalten",
      empty: "Leer",
    },
    columnHints: {
      words: "Das eingestellte Stichwort",
      sets: "Wie oft es ausgelöst hat",
      displayed: "Vorschläge, die auf dem Bildschirm waren",
      used: "Kopiert oder gesendet",
      dismissed: "Ungenutzt ausgeblendet",
      notHelpful: "Nicht hilfreich gefunden",
      withheld: "Von der Richtlinie zurückgehalten",
      empty: "Es wurde nichts daraus: Die Plattform hatte nichts, oder die Richtlinie ließ nichts übrig",
    },
    sentiment: "Stimmung unter der Schwelle",
    worth: { useful: "Nützlich", noise: "Störend", mixed: "", few: "" },
    worthHints: {
      useful: "Mindestens ein Viertel davon wurde genutzt",
      noise: "Kaum etwas davon wurde genutzt",
      mixed: "",
      few: "",
    },
    share: percent,
    act: "Was sich tun lässt",
    without: "Ohne ihn probieren",
    withoutLabel: (words) => `Ohne ihn probieren: „${words}“`,
    all: (count) => `Alle ${formatCount(count)} zeigen`,
    fewer: "Weniger zeigen",
  },

  withheld: {
    title: "Zurückgehalten, nach Regel",
    none: "Die Richtlinie hielt nichts zurück.",
    more: (count) => `und ${plural(count, "weitere Regel", "weitere Regeln")}`,
    rules: { phrase: "Wendung", confidence: "Sicherheit zu gering", malformed: "Nicht lesbar" },
  },

  sentiment: {
    title: "Wie Kunden klangen",
    hint: "Das erste und das letzte Fünftel dessen, was sie sagten, von −1 bis +1",
    start: "Am Anfang",
    end: "Am Ende",
    none: "Nichts von dem, was Kunden sagten, wurde bewertet.",
    better: (count) => `${formatCount(count)} besser`,
    worse: (count) => `${formatCount(count)} schlechter`,
    same: (count) => `${formatCount(count)} gleich`,
    of: (count) => `von ${plural(count, "Gespräch", "Gesprächen")}`,
  },

  agents: {
    title: "Agenten",
    hint: "Die eigenen Zahlen sieht ein Agent zuerst.",
    agent: "Agent",
    share: "Anteil genutzt",
    rest: (date) => `Neuere spätestens ab ${date}`,
    hidden: (date) => `Wird erst gezeigt, wenn der Agent sie angesehen hat, oder ab ${date}.`,
  },

  leftOut: {
    title: (interactions, agents) => `Hier in keiner Zahl: ${plural(interactions, "Gespräch", "Gespräche")} von ${formatCount(agents)} Agenten.`,
    hint: "Die eigenen Zahlen sieht ein Agent zuerst: Für andere zählt ein Gespräch, sobald der Agent sie danach angesehen hat, oder sieben Tage später.",
  },

  unread: {
    title: (count) => `${plural(count, "Datei des Team-Ordners ist", "Dateien des Team-Ordners sind")} nicht lesbar.`,
    one: (file, why) => `${file}: ${why}`,
    more: (count) => `und ${formatCount(count)} weitere`,
  },

  export: {
    button: "CSV exportieren",
    writing: "Wird geschrieben…",
    written: "Geschrieben nach",
    copy: "Pfad kopieren",
    copied: "Kopiert",
    refused: "Die Zwischenablage nahm ihn nicht an. Markieren Sie den Pfad hier.",
    failed: "Die Zahlen wurden nicht exportiert.",
  },

  off: {
    title: "Es wird kein Verlauf geführt",
    hint: "Die Zahlen stammen aus dem Verlauf: was gezeigt wurde und was daraus wurde.",
    how: "Zum Einschalten ergänzen Sie in der Konfiguration den Abschnitt „history“.",
  },
  noTeam: {
    title: "Es ist kein Team-Ordner eingerichtet",
    hint: "Mehrere Arbeitsplätze können ihre Zahlen in einem Ordner zusammenlegen, und diese Seite kann sie lesen.",
    how: "Setzen Sie in der Konfiguration history.teamFolder auf diesen Ordner.",
    desk: "Diesen Arbeitsplatz zeigen",
  },
  nothing: {
    title: "Noch nichts zu zählen",
    hint: "Sobald ein Gespräch einen Vorschlag bringt, wird er hier gezählt: gezeigt, genutzt, ausgeblendet, zurückgehalten.",
  },
  nothingThen: { title: "Nichts in diesem Zeitraum", hint: "Aus ihm ist kein Gespräch aufbewahrt, das zum Filter passt.", reset: "30 Tage zeigen" },
  failed: "Die Zahlen ließen sich nicht lesen.",
  retry: "Erneut versuchen",
} satisfies Wording<typeof english>;
