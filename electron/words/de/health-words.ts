import type { healthWords as english, Standing } from "../en/health-words.ts";

/** A narrow space that no line is broken at stands before a unit. */
const S = "\u202F";

function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds}${S}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes}${S}min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours}${S}h` : `${Math.round(hours / 24)} Tagen`;
}

const lookedAtAgain = "Von selbst wird wieder nachgesehen. Bleibt es so, sagen Sie es Ihrer Administration.";

export const healthWords = {
  historyNotOpen: "er ist noch nicht offen",
  historyAnswers: "lässt sich öffnen und antwortet",
  historyOff: "in der Konfiguration fehlt der Verlauf",
  nothingKept: "noch ist nichts aufbewahrt",
  historySize: (bytes) => `${Math.max(1, Math.round(bytes / 1_000))}${S}kB`,
  historyOdd: (bytes) => ({
    found: `${Math.max(1, Math.round(bytes / 1_000))}${S}kB, aber nicht begonnen oder kein Verlauf`,
    remedy: "Starten Sie Callside: Es legt einen beschädigten beiseite und beginnt einen neuen.",
  }),
  auditOff: "in der Konfiguration fehlt das Audit-Protokoll",
  auditEmpty: "noch ist nichts geschrieben",
  auditWhole: (line, agoMs) => (agoMs === null ? `am Ende unversehrt, Zeile ${line}` : `am Ende unversehrt, Zeile ${line} vor ${span(agoMs)} geschrieben`),
  auditTorn: (file) => ({
    found: `die letzte Zeile von ${file} ist unvollständig, wie nach einem Stromausfall`,
    remedy: "Sie müssen nichts tun: Der nächste Start behebt es und vermerkt das.",
  }),
  keyStore: "im Schlüsselspeicher dieses Systems aufbewahrt",
  keyStoreClosed: (detail) => ({ found: "der Schlüsselspeicher dieses Systems ist zurzeit nicht brauchbar", remedy: `Entsperren Sie ihn, oder starten Sie Callside neu. Gefunden: ${detail}` }),
  secretsInMemory: (detail) => ({
    found: "nur im Arbeitsspeicher aufbewahrt, bis Callside beendet wird",
    remedy: `Richten Sie den Schlüsselspeicher dieses Systems ein oder entsperren Sie ihn, oder geben Sie Geheimnisse als Umgebungsvariablen.${detail === null ? "" : ` Gefunden: ${detail}`}`,
  }),
  noSecrets: "es ist nichts aufbewahrt; es bliebe nur im Arbeitsspeicher",
  secretsUnused: "nichts Eingeschaltetes nimmt ein Geheimnis von dort",
  keyStoreSilent: { found: "der Schlüsselspeicher dieses Systems hat nicht geantwortet", remedy: "Entsperren Sie ihn: Vielleicht wartet er in einem eigenen Fenster auf Ihr Passwort." },
  policyRead: (keys) => (keys === 1 ? "1 Einstellung ist von der IT vorgegeben" : `${keys} Einstellungen sind von der IT vorgegeben`),
  noFile: (on) => `keine Datei; ${systems(on)}`,
  fileRead: (on) => `fehlerfrei gelesen; ${systems(on)}`,
  fileMissing: (on) => `es gibt keine, was erlaubt ist; ${systems(on)}`,
  folderMissing: "noch nicht da: Er entsteht, wenn zum ersten Mal etwas aufbewahrt wird",
  folderWritable: "beschreibbar; wie viel Platz bleibt, ist hier nicht zu erfahren",
  folderFree: (bytes) => `beschreibbar, ${size(bytes)} frei`,
  folderFilling: (bytes) => ({ found: `beschreibbar, ${size(bytes)} frei`, remedy: "Schaffen Sie Platz auf dieser Festplatte, bevor sie voll ist." }),
  noClock: "keine Uhr zum Vergleichen",
  nobodyAnswered: "keine Plattform hat geantwortet, also fehlt eine Uhr zum Vergleichen",
  clockAgrees: "stimmt mit der Plattform überein",
  clockBehind: (ms) => `geht um ${span(ms)} gegenüber der Plattform nach`,
  clockAhead: (ms) => `geht um ${span(ms)} gegenüber der Plattform vor`,
  clockRemedy: `Stellen Sie Datum und Uhrzeit in den Systemeinstellungen auf automatisch: Ab 5${S}min scheitern Token und Signaturen.`,
  tokenAccepted: (scopes, lifetimeMs) => `angenommen${scopes.length === 0 ? "" : ` mit ${scopes.join(", ")}`}; Gültigkeit eines Tokens: ${lasting(lifetimeMs)}`,
  apiAnswers: (status) => `antwortet (Status ${status}; jeder unter 500 genügt)`,
  apiFails: (target, status) => ({
    found: `${target} antwortet, allerdings mit einem eigenen Fehler (Status ${status})`,
    remedy: "Was dort angefragt wird, scheitert dort und nicht hier. Bleibt es dabei, sagen Sie es denen, die die Plattform betreiben, und nennen Sie diesen Status.",
  }),
  isAddress: "eine Adresse, also ist kein Name nachzuschlagen",
  addresses: (count) => (count === 1 ? "1 Adresse" : `${count} Adressen`),
  portAnswers: "der Port antwortet",
  proxyPasses: "der Proxy leitet es weiter",
  noEncryption: "auf diesem Computer unverschlüsselt",
  certificate,
  certificateEnds: (issuer, until, leftMs) => ({
    found: `${certificate(issuer, until)}; das ist in ${span(leftMs)}`,
    remedy: "Sagen Sie es denen, die die Plattform betreiben, oder dem Proxy, der es ausgestellt hat: Es muss vorher erneuert werden.",
  }),
  notOpened: "sie wurde nicht geöffnet",
  wasClosed: "sie wurde geschlossen",
  opening: (ms) => ({ found: `wird seit ${span(ms)} geöffnet`, remedy: "Warten Sie einen Moment, und prüfen Sie dann erneut." }),
  open: openWords,
  late: (standing) => ({ found: `${openWords(standing)}; ein Lebenszeichen steht aus`, remedy: "Warten Sie einen Moment: Kommt keines, wird sie von selbst ersetzt." }),
  channel: (standing, status) => ({ found: `${openWords(standing)}; die Runtime sagt zu ihrem Kanal: ${status}`, remedy: lookedAtAgain }),
  probe: (standing) => ({ found: `${openWords(standing)}; die Runtime hat die letzte Prüfung nicht beantwortet`, remedy: lookedAtAgain }),
  degradedLate: (standing) => ({ found: `${openWords(standing)}; ein Lebenszeichen steht aus`, remedy: lookedAtAgain }),
  eventsMissed: (standing, missed) => ({
    found: `${openWords(standing)}; ${missed === 1 ? "ein Ereignis kam nie an" : `${missed} Ereignisse kamen nie an`}`,
    remedy: "Was da gesagt wurde, kann in Mitschriften fehlen. Werden es mehr, melden Sie es.",
  }),
  notLookedAt: "sie ließ sich nicht ansehen",
  stopped: "angehalten",
  nameFailed: (host) => `der Name ${host} wurde nicht gefunden`,
  reachFailed: (target) => `${target} wurde nicht erreicht`,
  certificateFailed: (target) => `zu ${target} kam keine verschlüsselte Verbindung zustande`,
  tokenFailed: "es wurde kein Token ausgestellt",
  answerFailed: (target) => `${target} hat nicht geantwortet`,
  connectionFailed: "es gibt keine Verbindung",
  clockFailed: "die Uhr dieses Computers geht falsch",
} satisfies typeof english;

function openWords({ openMs, heardMs, latencyMs }: Standing): string {
  const heard = heardMs === null ? "" : `, zuletzt gehört vor ${span(heardMs)}`;
  const latency = latencyMs === null ? "" : `, Latenz ${Math.round(latencyMs)}${S}ms`;
  return `offen seit ${span(openMs)}${heard}${latency}`;
}

function certificate(issuer: string | null, until: string | null): string {
  return `ausgestellt von ${issuer ?? "niemandem, der genannt wäre"}, gültig bis ${until ?? "zu einem unbekannten Tag"}`;
}

/** As a length by itself; the others follow a preposition. */
function lasting(ms: number): string {
  return span(ms).replace("Tagen", "Tage");
}

function systems(on: readonly string[]): string {
  return on.length === 0 ? "kein System ist eingeschaltet" : `eingeschaltet: ${on.join(", ")}`;
}

function size(bytes: number): string {
  return bytes >= 10_000_000_000 ? `${Math.round(bytes / 1_000_000_000)}${S}GB` : `${Math.floor(bytes / 1_000_000)}${S}MB`;
}
