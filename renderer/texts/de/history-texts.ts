import { formatCount } from "../../ui/format.ts";
import type { historyTexts as english } from "../en/history-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** About the past: finding an interaction, reading it as it was, forgetting it. Loaded with the views of the past. */
export const historyTexts = {
  title: "Verlauf",

  off: {
    title: "Es wird kein Verlauf geführt",
    hint: "Callside kann auf diesem Computer aufbewahren, was gesagt, vorgeschlagen und daraus gemacht wurde, damit Sie es hier wiederfinden.",
    how: "Zum Einschalten ergänzen Sie in der Konfiguration den Abschnitt „history“. Er sagt, wie viele Tage aufbewahrt wird.",
  },
  nothing: {
    title: "Noch ist nichts aufbewahrt",
    hint: "Jedes Gespräch wird hier von Anfang an aufbewahrt: was gesagt wurde, was wann vorgeschlagen wurde und was daraus wurde.",
  },
  notFound: { title: "Nichts dergleichen", hint: "Kein aufbewahrtes Gespräch hat in diesem Zeitraum diese Wörter.", reset: "Überall suchen" },
  failed: "Der Verlauf ließ sich nicht lesen.",
  retry: "Erneut versuchen",

  filter: {
    label: "Welche Gespräche",
    period: "Zeitraum",
    any: "Jederzeit",
    days: { 1: "Heute", 7: "7 Tage", 30: "30 Tage" },
    range: "Von–bis",
    from: "Von",
    to: "Bis",
    channel: "Kanal",
    anyChannel: "Alle Kanäle",
    queue: "Warteschlange",
    anyQueue: "Alle Warteschlangen",
    agent: "Agent",
    anyAgent: "Alle Agenten",
    problems: {
      incomplete: () => "Wählen Sie beide Tage.",
      order: () => "Der erste Tag liegt nach dem letzten.",
      "too long": (days) => `Das sind mehr als ${formatCount(days)} Tage. Wählen Sie einen kürzeren Zeitraum.`,
    },
  },

  search: {
    label: "Suchen in Gesagtem und Vorgeschlagenem",
    hint: "Wörter, „eine Wendung“, Name oder ID (/)",
    asking: "…",
    tooLong: (max) => `Gesucht wird nach höchstens ${formatCount(max)} Zeichen; was darüber hinausging, wurde weggelassen.`,
    nothingIn: (text) => `In „${text}“ ist nichts, wonach sich suchen lässt`,
    nothingInHint: "Gesucht wird nach Buchstaben und Ziffern.",
    found: (count, more) => (more ? `${formatCount(count)} und mehr` : formatCount(count)),
    results: "Gefundene Gespräche",
    announced: (count, more) => (count === 0 ? "Nichts gefunden" : more ? `Mehr als ${plural(count, "Gespräch", "Gespräche")} gefunden` : `${plural(count, "Gespräch", "Gespräche")} gefunden`),
    lines: (count) => plural(count, "Zeile", "Zeilen"),
    moments: (count) => plural(count, "Moment", "Momente"),
    suggested: "Vorgeschlagen",
    more: "Sucht weiter…",
    moreFailed: "Der Rest ließ sich nicht lesen.",
    live: "Live",
  },

  record: {
    label: "Das Gespräch, wie es war",
    choose: "Wählen Sie ein Gespräch, um es zu lesen, wie es war.",
    opening: "Wird geöffnet…",
    failed: "Dieses Gespräch ließ sich nicht öffnen.",
    back: "Zurück",
    backHint: "Zurück zu den Treffern (Esc)",
    agent: (id) => `Agent ${id}`,
    lasted: (length) => `dauerte ${length}`,
    under: "läuft noch",
    endUnknown: "Ende nicht bekannt",
    unsaid: "Antworten auf Zeilen, die nicht aufbewahrt sind",
    silent: "Es wurde nichts gesagt.",
    rejudged: (version) => `Die Richtlinie wurde inzwischen geändert, zu ${version}. Ab da:`,
    replaced: "Die Antwort kam und trat an die Stelle der Ersatzantwort:",
    came: (time, after) => `kam um ${time}, ${after} nach dem Gesagten`,
    empty: "Die Plattform hatte dazu nichts vorzuschlagen.",
    emptied: (count) => `Die Plattform hat geantwortet, und die Richtlinie hielt ${count === 1 ? "den einzigen Vorschlag" : `alle ${formatCount(count)} Vorschläge`} zurück.`,
    withheld: (count) => `${formatCount(count)} zurückgehalten:`,
    why: (what) => `Warum: ${what}`,
    unseen: "war nie auf dem Bildschirm",
    did: {
      displayed: (time) => `auf dem Bildschirm um ${time}`,
      clicked: (time) => `gewählt um ${time}`,
      copied: (time) => `kopiert um ${time}`,
      sent: (time) => `gesendet um ${time}`,
      dismissed: (time) => `ausgeblendet um ${time}`,
      helpful: (time) => `hilfreich gefunden um ${time}`,
      "not helpful": (time) => `nicht hilfreich gefunden um ${time}`,
    },
    copy: "Kopieren",
    copied: "Kopiert",
    copyLabel: (text) => `Kopieren: ${text}`,
    copyFailed: "Die Zwischenablage nahm den Text nicht an. Markieren und kopieren Sie ihn hier.",
  },

  forget: {
    one: "Dieses Gespräch vergessen…",
    customer: (name) => `Alles über „${name}“ vergessen…`,
    counting: "Wird gezählt…",
    confirmOne: (name) => `Das Gespräch mit ${name} vergessen?`,
    whatOne: (day, time, lines, suggestions) =>
      `Vom ${day}, ${time}: ${plural(lines, "gesprochene Zeile", "gesprochene Zeilen")}, ${plural(suggestions, "Vorschlag", "Vorschläge")} und was daraus wurde. Das wird von diesem Computer gelöscht und lässt sich nicht zurückholen. In der Audit-Datei bleibt eine Zeile, dass etwas vergessen wurde, ohne Namen.`,
    confirmCustomer: (name) => `Alles über „${name}“ vergessen?`,
    whatCustomer: (count, name) =>
      `${plural(count, "Gespräch", "Gespräche")} mit Kunden namens ${name}, ob hier aufgeführt oder nicht: alles Gesagte und Vorgeschlagene und der Name. Das wird von diesem Computer gelöscht und lässt sich nicht zurückholen. Auch eine andere Person desselben Namens wird vergessen.`,
    nothingYet: "Noch wurde nichts vergessen.",
    staying: (begun) =>
      begun.length === 1
        ? `Das Gespräch, das am ${begun[0]} begann, läuft noch und bleibt. Vergessen Sie es, sobald es beendet ist oder darin eine halbe Stunde lang nichts gesagt wurde.`
        : `${formatCount(begun.length)} Gespräche laufen noch und bleiben; sie begannen am ${begun.join("; ")}. Vergessen Sie sie, sobald sie beendet sind oder darin eine halbe Stunde lang nichts gesagt wurde.`,
    stillLive: "Das Gespräch läuft noch. Vergessen Sie es, sobald es beendet ist oder darin eine halbe Stunde lang nichts gesagt wurde.",
    nobody: (name) => `Über „${name}“ ist nichts aufbewahrt.`,
    now: "Vergessen",
    allNow: (count) => `${plural(count, "Gespräch", "Gespräche")} vergessen`,
    cancel: "Abbrechen",
    erasing: "Wird gelöscht…",
    doneOne: "Vergessen. Im Verlauf ist nichts davon geblieben.",
    doneCustomer: (count) => `Vergessen: ${plural(count, "Gespräch", "Gespräche")}. Im Verlauf ist nichts davon geblieben.`,
    failed: "Es wurde nicht vergessen.",
    countFailed: "Es ließ sich nicht zählen, und nichts wurde vergessen.",
  },
} satisfies Wording<typeof english>;
