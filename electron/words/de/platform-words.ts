import type { HopName } from "../../../shared/bridge.ts";
import type { bridgeWords as englishBridge, integrationWords as englishIntegrations, simulationWords as englishSimulations, webhookWords as englishWebhooks } from "../en/platform-words.ts";
import { diskHindrance } from "../disk-hindrance.ts";
import { diskRemedies } from "./disk-remedies.ts";

const nothing = "Sie müssen nichts tun.";
const genesysStatus = "Sehen Sie auf der Statusseite von Genesys Cloud nach, und im Netzwerk zwischen ihr und diesem Computer.";
const whereSlow: Readonly<Record<HopName, string>> = {
  genesys: genesysStatus,
  bot: "Sehen Sie beim Flow des Bots nach, und bei der Plattform, auf der er läuft.",
  reply: genesysStatus,
};
const takes: Readonly<Record<HopName, (latency: string) => string>> = {
  genesys: (latency) => `Genesys braucht ${latency}`,
  bot: (latency) => `Der Bot braucht ${latency}`,
  reply: (latency) => `Antworten brauchen ${latency}`,
};

export const bridgeWords = {
  deadLetters: {
    what: "Es gibt Nachrichten von Kunden, die nicht beantwortet werden konnten.",
    effect: "Sie sind aufbewahrt, und von selbst wird nichts mehr gesendet.",
    remedy: "Antworten Sie im Chat, oder lassen Sie den Bot noch einmal fragen: in der Ansicht „Bridge“ der Teamleitung, oder mit callside bridge --replay-dead-letters.",
  },
  uncertain: {
    what: "Es gibt Antworten, von denen niemand weiß, ob sie angekommen sind.",
    effect: "Sie werden nicht noch einmal gesendet, damit kein Kunde zweimal eine Antwort bekommt.",
    remedy: "Sehen Sie im Chat in Genesys nach, und sagen Sie dann, ob die Antwort ankam oder noch einmal gesendet werden soll.",
  },
  storage: (detail) => ({
    what: `Die Bridge kann keine Nachrichten aufbewahren: ${detail}.`,
    effect: "Es geht keine Nachricht verloren: Was ankommt, wartet im Arbeitsspeicher oder bei Genesys und wird übernommen, sobald es aufbewahrt werden kann.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  slow: (hop, ms, aboveMs) => ({
    what: `${takes[hop](latency(ms))} (${aboveMs === null ? "kritisch" : `kritisch über ${latency(aboveMs)}`}).`,
    effect: "So lange warten die Kunden. Es geht nichts verloren.",
    remedy: whereSlow[hop],
  }),
  setAside: (path) => ({
    what: "Die früheren Nachrichten der Bridge konnten nicht gelesen werden: Die Datei war beschädigt.",
    effect: `Sie wurde als ${path} beiseitegelegt, und eine neue wurde begonnen. Was in der alten noch nicht beantwortet war, wird nicht von selbst beantwortet.`,
    remedy: "Sehen Sie die offenen Chats in Genesys durch, und bewahren Sie diese Datei für die IT auf.",
  }),
  healthNotServed: (detail) => ({
    what: "Der Zustand der Bridge wird nicht bereitgestellt.",
    effect: `${detail}.`,
    remedy: "Die Bridge arbeitet trotzdem. Ändern Sie bridge.healthPort, oder entfernen Sie es.",
  }),
} satisfies typeof englishBridge;

export const webhookWords = {
  unsigned: (number, secret) => ({
    what: `Der Webhook ${number} des Tunnels wird nicht gesendet: Sein Signaturgeheimnis fehlt.`,
    effect: "Der Tunnel arbeitet, aber das System hinter dieser Adresse erfährt nichts davon.",
    remedy: `Setzen Sie ${secret} in der Umgebung, und starten Sie Callside neu.`,
  }),
  well: (host, lost) => ({
    what: `Der Webhook des Tunnels bei ${host} nimmt wieder Ereignisse an.`,
    effect: eventsLost(lost),
    remedy: nothing,
  }),
  closed: (host, lost) => ({
    what: `Der Webhook des Tunnels bei ${host} wurde geschlossen, bevor er alle Ereignisse hatte.`,
    effect: eventsLost(lost),
    remedy: "Prüfen Sie das System hinter dieser Adresse, wenn es sie rechtzeitig hätte annehmen sollen.",
  }),
  failing: (host, detail) => ({
    what: `Der Webhook des Tunnels bei ${host} nimmt keine Ereignisse an: ${detail}.`,
    effect: "Der Tunnel arbeitet. Ereignisse werden gesendet, sobald die Adresse antwortet; dauert es lange, entfallen die ältesten.",
    remedy: "Prüfen Sie die Adresse in tunnel.webhooks, und das System dahinter.",
  }),
} satisfies typeof englishWebhooks;

export const integrationWords = {
  unsigned: (secret) => ({
    what: "Der Webhook der Integrationen wird nicht gesendet: Sein Signaturgeheimnis fehlt.",
    effect: "Integrationen arbeiten, aber das System hinter dem Webhook erfährt nichts davon.",
    remedy: `Speichern Sie das Geheimnis ${secret}, oder setzen Sie es in der Umgebung und starten Sie Callside neu.`,
  }),
  well: (host, lost) => ({
    what: `Der Webhook der Integrationen bei ${host} nimmt wieder Ereignisse an.`,
    effect: lost === 1 ? "Von einem Lauf hat er nichts erfahren." : `Von ${lost} Läufen hat er nichts erfahren.`,
    remedy: nothing,
  }),
  failing: (host, detail) => ({
    what: `Der Webhook der Integrationen bei ${host} nimmt keine Ereignisse an: ${detail}.`,
    effect: "Integrationen arbeiten. Er erfährt davon, sobald er antwortet; dauert es lange, entfallen die ältesten Läufe.",
    remedy: "Prüfen Sie integrations.webhookUrl, und das System dahinter.",
  }),
  damaged: (paths, count) => ({
    what: count === 1 ? "Eine Datei der Integrationen war beschädigt." : `${count} Dateien der Integrationen waren beschädigt.`,
    effect: `Beiseitegelegt als ${paths.join(", ")}${count > paths.length ? " und weitere" : ""}; nichts anderes ist betroffen.`,
    remedy: "Berichtigen Sie die Datei und geben Sie ihr ihren Namen zurück, oder schreiben Sie die Definition neu.",
  }),
  folder: (detail) => ({
    what: `Die Definitionen der Integrationen können nicht gelesen werden: ${detail}.`,
    effect: "Es wird keine gezeigt, und keine kann aufbewahrt werden.",
    remedy: "Bitten Sie die IT, die Rechte des Ordners zu prüfen. Mit dem nächsten Befehl wird es wieder versucht.",
  }),
} satisfies typeof englishIntegrations;

export const simulationWords = {
  qaRefused: (batchId, detail) => ({
    what: `Die QA-Plattform hat das Ergebnis des Durchlaufs ${batchId} nicht angenommen: ${detail}.`,
    effect: "Der Durchlauf selbst bleibt, wie er ausfiel, hier und in jedem Bericht.",
    remedy: "Prüfen Sie simulations.webhookUrl und das System dahinter; exportieren Sie den Durchlauf als JSON, um ihn weiterzugeben.",
  }),
  noJournal: (detail) => ({
    what: `Das Journal der Simulationen kann nicht geschrieben werden: ${detail}.`,
    effect: "Simulationen laufen weiter, aber ein unterbrochener Durchlauf muss von vorn beginnen.",
    remedy: diskRemedies[diskHindrance(detail)],
  }),
  notKept: (detail) => ({
    what: `Der Durchlauf wurde nicht im Verlauf aufbewahrt: ${detail}.`,
    effect: "Er steht im Trend, bis Callside beendet wird.",
    remedy: "Exportieren Sie ihn als JSON, um ihn zu behalten.",
  }),
} satisfies typeof englishSimulations;

function eventsLost(lost: number): string {
  return lost === 1 ? "Ein Ereignis hat ihn nicht erreicht." : `${lost} Ereignisse haben ihn nicht erreicht.`;
}

/** Rounded up, so that what is above a threshold never reads as equal to it. */
function latency(ms: number): string {
  const whole = Math.ceil(ms);
  return whole < 1_000 ? `${whole}\u202Fms` : `${(Math.ceil(ms / 10) / 100).toLocaleString("de")}\u202Fs`;
}
