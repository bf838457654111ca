import type { keptWords as english } from "../en/kept-words.ts";
import { diskHindrance } from "../disk-hindrance.ts";
import { diskRemedies } from "./disk-remedies.ts";

const kept = {
  audit: "Das Audit-Protokoll",
  history: "Der Verlauf",
  metrics: "Die Metrikdatei",
  "open-metrics": "Die OpenMetrics-Datei",
  log: "Die Protokolldatei",
};

const nothing = "Sie müssen nichts tun.";

export const keptWords = {
  writtenAgain: (name, lost) => ({
    what: `${kept[name]} wird wieder geschrieben.`,
    effect: `${lost} ${lost === 1 ? "Eintrag ging" : "Einträge gingen"} in der Zwischenzeit verloren.`,
    remedy: nothing,
  }),
  notWritten: (name, detail, lost) => ({
    what: `${kept[name]} kann nicht geschrieben werden: ${detail}.`,
    effect:
      lost > 0
        ? `Die Arbeit geht weiter. Der Speicher ist voll: Bisher ${lost === 1 ? "ging ein Eintrag" : `gingen ${lost} Einträge`} verloren.`
        : name === "open-metrics"
          ? "Die Arbeit geht weiter. Die Werte werden geschrieben, sobald das möglich ist."
          : "Die Arbeit geht weiter. Einträge bleiben im Arbeitsspeicher und werden geschrieben, sobald das möglich ist.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  notOpened: (name, detail) => ({
    what: `${kept[name]} kann nicht geöffnet werden: ${detail}.`,
    effect: "Die Arbeit geht weiter, aber dort wird nichts aufbewahrt.",
    remedy: name === "audit" ? "Beheben Sie, was dort genannt ist. Alle paar Sekunden wird es wieder versucht." : "Beheben Sie, was dort genannt ist, und starten Sie Callside neu.",
  }),
  historySetAside: (path) => ({
    what: "Der Verlauf war beschädigt.",
    effect: `Er wurde als ${path} beiseitegelegt, und ein neuer wurde begonnen.`,
    remedy: "Bewahren Sie diese Datei auf, falls die IT sie ansehen möchte.",
  }),
  clockLeapt: (last, now) => ({
    what: `Die Uhr dieses Computers ist vorgesprungen: Der Verlauf sah zuletzt den ${momentWords(last)}, und jetzt ist der ${momentWords(now)}.`,
    effect: "Was nach dieser Uhr zu alt ist, wird erst aus dem Verlauf entfernt, wenn die Uhr einer Plattform mit ihr übereinstimmt oder Callside einen Tag lang mit ihr gelaufen ist.",
    remedy: "Stimmt dieses Datum, müssen Sie nichts tun. Sonst stellen Sie Datum und Uhrzeit des Computers auf automatisch.",
  }),
  teamNotWritten: (detail) => ({
    what: `Die Zahlen für das Team können nicht geschrieben werden: ${detail}.`,
    effect: "Sie bleiben hier und werden geschrieben, sobald das möglich ist.",
    remedy: "Prüfen Sie, ob der Ordner oder der Collector des Teams erreichbar ist, oder fragen Sie die IT.",
  }),
  scoresNotKept: (detail) => ({
    what: "Übungsergebnisse können nicht aufbewahrt werden.",
    effect: `Sie bleiben, bis Callside beendet wird: ${detail}.`,
    remedy: "Schaffen Sie Platz auf der Festplatte, oder geben Sie Ihrem Konto Zugriff auf diesen Ordner.",
  }),
  scoresDamaged: (path) => ({
    what: "Die Datei der Übungsergebnisse war beschädigt.",
    effect: `Sie wurde als ${path} beiseitegelegt, und eine neue wird begonnen.`,
    remedy: "Sie müssen nichts tun, außer Sie vermissen die früheren Ergebnisse.",
  }),
  scoresNewer: (path) => ({
    what: "Die Übungsergebnisse stammen von einem neueren Callside.",
    effect: `${path} bleibt, wie sie ist; neue Ergebnisse bleiben, bis Callside beendet wird.`,
    remedy: "Starten Sie die neuere Version, oder verschieben Sie diese Datei.",
  }),
} satisfies typeof english;

function momentWords(at: number): string {
  return new Date(at).toLocaleString("de", { dateStyle: "long", timeStyle: "short" });
}
