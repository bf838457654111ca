import { formatCount } from "../../ui/format.ts";
import type { workshopTexts as english } from "../en/workshop-texts.ts";
import { plural } from "../plural.ts";
import type { Wording } from "../wording.ts";

/** About trying rules on the past. */
export const workshopTexts = {
  title: "Werkstatt",
  hint: "Ändern Sie Auslöser und Richtlinie als Entwurf, und sehen Sie, was anders gewesen wäre. Nichts gilt, bevor Sie speichern.",
  save: "Speichern",
  saving: "Wird gespeichert…",
  discard: "Verwerfen",
  saved: "Gespeichert: Der Entwurf gilt ab jetzt.",
  discarded: "Der Entwurf ist verworfen.",
  takenBack: "Zurückgenommen: Die Regeln gelten wie zuvor, und der Entwurf ist wieder da.",
  saveFailed: "Der Entwurf ließ sich nicht speichern.",
  notKept: "Der Entwurf liegt nicht auf der Festplatte: Er geht verloren, wenn das Programm endet.",
  failed: "Der Entwurf ließ sich nicht probieren.",
  again: "Erneut versuchen",

  draft: {
    title: "Entwurf",
    none: "Noch keine Änderungen",
    count: (count) => plural(count, "Änderung", "Änderungen"),
    takeBack: (field) => `Zurücknehmen: ${field}`,
    added: "Hinzugefügt:",
    removed: "Entfernt:",
    more: (count) => `und ${formatCount(count)} weitere`,
    from: (before) => `war ${before}`,
    on: "ein",
    off: "aus",
    rules: "Regeln des Entwurfs",
  },

  scope: {
    label: "Probiert an",
    interactions: "Gespräche",
    newest: (count) => `die neuesten ${count}`,
    channel: "Kanal",
    queue: "Warteschlange",
    every: "alle",
    tried: (interactions, utterances, suggestions) => `${interactions} Gespräche, ${utterances} Zeilen, ${suggestions} Vorschläge angesehen`,
    trying: "Wird probiert…",
  },

  figures: {
    withheld: "Neu zurückgehalten",
    withheldHint: (used) => `${used} davon waren genutzt worden`,
    triggered: "Neu ausgelöst",
    triggeredHint: "Zeilen, die gefragt hätten",
    untriggered: "Nicht mehr ausgelöst",
    untriggeredHint: (used) => `hätte ${used} genutzte Vorschläge gekostet`,
    untriggeredOne: "hätte 1 genutzten Vorschlag gekostet",
    loosened: "Nicht mehr zurückgehalten",
    loosenedHint: "soweit sich das sagen lässt",
  },

  kinds: {
    withheld: "Diese Vorschläge wurden gezeigt, und der Entwurf hielte sie zurück.",
    triggered: "Diese Zeilen brachten nichts und hätten nach Vorschlägen gefragt.",
    untriggered: "Diese Zeilen fragten nach Vorschlägen und täten es nicht mehr.",
    loosened: "Bei diesen Zeilen wurden Vorschläge zurückgehalten, und ihre Regel ließe sie durch. Zurückgehaltene Texte sind nicht aufbewahrt: Eine andere Regel kann sie trotzdem halten.",
    maximum: "Was nur die Höchstzahl abschnitt, ist nicht aufbewahrt: Eine höhere Höchstzahl zeigt vielleicht mehr, als hier gezählt ist.",
    masked: (count) => `${count} Texte sind teilweise verdeckt: Wörter unter einer Verdeckung treffen hier nichts.`,
    listed: (listed, count) => `Die neuesten ${listed} von ${count}`,
    more: (count) => `${count} weitere zeigen`,
  },

  line: {
    used: "genutzt",
    phrase: (phrase) => `„${phrase}“`,
    confidence: (confidence, least) => `Sicherheit ${confidence}, unter ${least}`,
    maximum: (most) => `nicht unter den besten ${most}`,
    malformed: (reason) => `fehlerhaft: ${reason}`,
    sentiment: (score, threshold) => `Stimmung ${score}, unter ${threshold}`,
    lost: (suggestions, used) => `${plural(suggestions, "Vorschlag", "Vorschläge")}, ${formatCount(used)} genutzt`,
    nothing: "brachte nichts",
    wordless: "(keine Wörter, nur ein Wert)",
    open: "Im Verlauf öffnen",
    openAt: (when) => `Im Verlauf öffnen: ${when}`,
  },

  empty: {
    untouchedTitle: "Ändern Sie eine Regel, um zu sehen, was sie bewirkt hätte",
    untouchedHint: "Fügen Sie ein Stichwort oder eine Wendung hinzu, entfernen Sie eine, oder verschieben Sie eine Schwelle. Was bei früheren Gesprächen anders gewesen wäre, erscheint hier sofort.",
    sameTitle: "Nichts wäre anders gewesen",
    sameHint: "Bei den angesehenen Gesprächen tut der Entwurf dasselbe wie die geltenden Regeln.",
    nothingTitle: "Noch keine früheren Gespräche",
    nothingHint: "Sobald Gespräche im Verlauf aufbewahrt sind, lassen sich Regeln an ihnen probieren.",
    elsewhereTitle: "Keine früheren Gespräche dieser Auswahl",
    elsewhereHint: "Wählen Sie einen anderen Kanal oder eine andere Warteschlange.",
    offTitle: "Es wird kein Verlauf geführt",
    offHint: "Regeln werden an dem probiert, was der Verlauf aufbewahrt. Ergänzen Sie in der Konfiguration den Abschnitt „history“.",
  },
} satisfies Wording<typeof english>;
