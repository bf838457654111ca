import type { rulesWords as english } from "../en/rules-words.ts";

export const rulesWords = {
  configMistakes: (problems, more) => ({
    what: `Die Konfigurationsdatei hat ${problems.length + more === 1 ? "einen Fehler" : `${problems.length + more} Fehler`}: ${withMore(problems, more)}.`,
    effect: "Die letzten gültigen Einstellungen gelten weiter.",
    remedy: "Berichtigen Sie die Datei; sie gilt, sobald sie gespeichert ist.",
  }),
  machinePolicy: (problems, more, { isUnknown, keptAt }) => {
    const kept = keptAt === null ? "" : `An ihrer Stelle gilt, was zuletzt gelesen wurde (${keptAt}).`;
    const strict = isUnknown ? "Wo vorher nichts gelesen wurde, gelten mindestens die eingebauten Regeln; sie lassen sich nicht ändern." : "";
    const effect = [kept, strict].filter((one) => one !== "").join(" ");
    return {
      what: `Die Vorgaben der IT für diesen Computer lassen sich nicht befolgen: ${withMore(problems, more)}.`,
      effect: effect === "" ? "Alle anderen Vorgaben der IT gelten." : effect,
      remedy: "Sagen Sie es der IT. Die Vorgaben werden alle zehn Minuten neu gelesen, und wenn der Computer aufwacht.",
    };
  },
  phraseList: (detail, holds) => ({
    what: `Die Liste der verbotenen Wendungen ist zurzeit nicht brauchbar: ${detail}.`,
    effect: holds ? "Die letzte gültige Liste gilt weiter, zusammen mit den Wendungen der Einstellungen." : "Es gelten nur die Wendungen der Einstellungen.",
    remedy: "Alle paar Minuten wird wieder nachgesehen. Wenn es so bleibt, sagen Sie es der IT.",
  }),
  phraseListAwaited: () => ({
    what: "Die Liste der verbotenen Wendungen wurde auf diesem Computer noch nie geholt, und ihr Server hat noch nicht geantwortet.",
    effect: "Bis sie da ist, gelten nur die Wendungen der Einstellungen.",
    remedy: "Sie wird gerade geholt, und alle paar Minuten wird wieder nachgesehen. Wenn es so bleibt, sagen Sie es der IT.",
  }),
  agentIdWanted: () => ({
    what: "Die IT hat die Gesprächshilfe auf diesem Computer für einen einzelnen Agenten eingerichtet, und niemand hat gesagt, wer hier arbeitet.",
    effect: "Die Gesprächshilfe bleibt aus, denn sie bekäme sonst die Gespräche von allen.",
    remedy: "Tragen Sie Ihre Agenten-ID in den Einstellungen unter „Verbindungen und Übung“ ein. Wenn Sie sie nicht kennen, fragen Sie die IT.",
  }),
  credentialsNotRead: (detail) => ({
    what: "Die Zugangsdaten konnten nicht aus dem Schlüsselspeicher gelesen werden.",
    effect: `Systeme, die sie brauchen, sind nicht verbunden. Gefunden: ${detail}.`,
    remedy: "Entsperren Sie den Schlüsselspeicher und starten Sie Callside neu, oder geben Sie die Zugangsdaten in den Einstellungen unter „Verbindungen und Übung“ neu ein.",
  }),
  vaultInMemory: (why) => ({
    what: `Dieser Computer bietet keinen geschützten Ort für Geheimnisse: ${why}.`,
    effect: "Ein Geheimnis, das Sie hier speichern, bleibt im Arbeitsspeicher und ist weg, wenn Callside beendet wird. Ungeschützt wird es nie auf die Festplatte geschrieben.",
    remedy: "Richten Sie den Schlüsselspeicher dieses Systems ein oder entsperren Sie ihn, und starten Sie Callside neu; oder geben Sie Geheimnisse als Umgebungsvariablen gleichen Namens.",
  }),
  secretsDamaged: (path) => ({
    what: "Die Datei der Geheimnisse war beschädigt.",
    effect: `Sie wurde als ${path} beiseitegelegt, und eine neue wird begonnen. Integrationen, die ein Geheimnis brauchen, laufen erst wieder, wenn es neu gespeichert ist.`,
    remedy: "Speichern Sie die Geheimnisse neu. Bewahren Sie diese Datei auf, falls die IT sie ansehen möchte.",
  }),
  widgetNotServed: (detail) => ({
    what: "Die Widget-Konfiguration wird nicht bereitgestellt.",
    effect: `${detail}.`,
    remedy: "Alles andere geht. Ändern Sie assist.widgetConfigPort, oder entfernen Sie es.",
  }),
  endedUnexpectedly: {
    what: "Callside wurde beim letzten Mal unerwartet beendet.",
    effect: "Was da im Panel stand, finden Sie im Verlauf; die Verbindungen wurden neu aufgebaut.",
    remedy: "Wenn es wieder vorkommt, öffnen Sie „Was stimmt nicht?“, exportieren Sie die Diagnose, und geben Sie die Datei denen, die Ihnen helfen.",
  },
} satisfies typeof english;

function withMore(problems: readonly string[], more: number): string {
  return `${problems.join("; ")}${more > 0 ? `; und ${more} weitere` : ""}`;
}
