import type { ConnectionName } from "../../../shared/connection.ts";
import type {
  alertWords as englishAlerts,
  boxWords as englishBoxes,
  changeWords as englishChanges,
  ChangeName,
  loginWords as englishLogin,
  shortcutWords as englishShortcuts,
  standingWords as englishStanding,
  trayMenuWords as englishMenu,
} from "../en/desktop-words.ts";

const endHint = "Zum Beenden wählen Sie dort „Callside beenden“.";

/** Each connection as the sentence needs it: who does something, and what something is done to. */
const subjects: Readonly<Record<ConnectionName, string>> = { stream: "Der Stream", tunnel: "Der Tunnel", bridge: "Die Bridge" };

function attempt(number: number): string {
  return number > 0 ? `, Versuch ${number}` : "";
}

function conversations(count: number): string {
  return count === 1 ? "1 laufendes Gespräch" : `${count} laufende Gespräche`;
}

export const standingWords = {
  connected: "Verbunden",
  connectedIn: (ms) => `Verbunden, ${ms < 9.95 ? ms.toLocaleString("de", { minimumFractionDigits: 1, maximumFractionDigits: 1 }) : Math.round(ms)}\u202Fms`,
  notConnected: "Nicht verbunden",
  practice: "Übungsmodus",
  validating: (number) => `Der Bot wird geprüft${attempt(number)}`,
  connecting: (name, number) => `${subjects[name]} wird verbunden${attempt(number)}`,
  reconnecting: (name, number) => `${subjects[name]} wird neu verbunden${attempt(number)}`,
  checking: (name) => `${subjects[name]} wird geprüft`,
  closed: (name) => `${subjects[name]} ist geschlossen`,
  channelUnavailable: (status) => (status === "" ? "Kanal nicht verfügbar" : `Kanal nicht verfügbar (${status})`),
  silent: "Die Runtime antwortet nicht",
  refused: (name) => `${subjects[name]} wurde abgelehnt: siehe „Was nicht stimmt“`,
  credentialsRefused: "Zugangsdaten abgelehnt: siehe „Was nicht stimmt“",
  credentialsMissing: "Zugangsdaten fehlen: siehe „Was nicht stimmt“",
  conversations,
  conversationsAndWaiting: (count, waiting) => `${conversations(count)}, ${waiting === 1 ? "1 Vorschlag wartet" : `${waiting} Vorschläge warten`}`,
} satisfies typeof englishStanding;

export const trayMenuWords = {
  hide: "Panel verbergen",
  show: "Panel zeigen",
  quiet: "Ruhemodus",
  alwaysOnTop: "Immer im Vordergrund",
  dock: "Andocken",
  docks: { left: "Links", right: "Rechts", floating: "Frei" },
  reconnect: "Jetzt neu verbinden",
  health: "Was stimmt nicht?…",
  install: (version) => `Version ${version} ist bereit: Installieren und neu starten`,
  quit: "Callside beenden",
} satisfies typeof englishMenu;

export const alertWords = {
  heard: {
    customer: (words) => `Kunde sagte „${words}“`,
    agent: (words) => `Sie sagten „${words}“`,
    bot: (words) => `Der Bot sagte „${words}“`,
    unknown: (words) => `Gehört: „${words}“`,
  },
  sentimentFell: (score) => `Stimmung sank auf ${score.toLocaleString("de", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace("-", "−")}`,
  fallback: (why) => `Ersatzantwort: ${why}`,
  hiddenTitle: "Callside arbeitet weiter",
  hiddenBody: {
    win32: `Das Symbol finden Sie im Infobereich neben der Uhr. ${endHint}`,
    darwin: `Das Symbol finden Sie in der Menüleiste. ${endHint}`,
    linux: `Das Symbol finden Sie im Infobereich. ${endHint}`,
  },
} satisfies typeof englishAlerts;

export const shortcutWords = {
  nothingToCopy: "Kein Vorschlag zum Kopieren",
  notCopied: "Der Vorschlag konnte nicht kopiert werden",
  copied: (beginning) => `Kopiert: ${beginning}`,
  quietOn: "Der Ruhemodus ist an",
  quietOff: "Der Ruhemodus ist aus",
  quietRefused: "Der Ruhemodus konnte nicht umgeschaltet werden",
} satisfies typeof englishShortcuts;

const changes: Readonly<Record<ChangeName, string>> = {
  quiet: "Ruhemodus",
  alwaysOnTop: "Immer im Vordergrund",
  dock: "Andocken",
  update: "Aktualisierung",
  stream: "Stream neu verbinden",
  tunnel: "Tunnel neu verbinden",
  bridge: "Bridge neu verbinden",
  copied: "Kopierter Vorschlag",
};

export const changeWords = {
  refused: (change, fault) => ({
    what: `${changes[change]}: ${fault.what}`,
    effect: `Es bleibt, wie es war. ${fault.cause}`,
    remedy: fault.remedy,
  }),
  notDocked: (detail) => ({
    what: "Das Panel konnte nicht angedockt oder gelöst werden.",
    effect: "Es ist an seinen Platz zurückgekehrt.",
    remedy: `Die Einstellung konnte nicht geändert werden: ${detail}.`,
  }),
  wayland: {
    what: "Dieser Desktop (Wayland) lässt kein Programm sein Fenster selbst platzieren.",
    effect: "Das Panel ist nicht angedockt, bleibt nicht im Vordergrund und kehrt nicht an seinen Platz zurück. Alles andere funktioniert.",
    remedy: "Platzieren Sie es von Hand und wählen Sie in den Einstellungen „Frei“ und nicht „Immer im Vordergrund“, oder melden Sie sich an einer X11-Sitzung an, oder bitten Sie Ihre IT, Callside mit --ozone-platform=x11 zu starten.",
  },
  linkElsewhere: {
    what: "Dieses Gespräch ist nicht in diesem Panel.",
    effect: "Es wurde nichts geöffnet.",
    remedy: "Vielleicht gehört es zu jemand anderem, oder es wurde hier geschlossen. Sehen Sie dort nach, woher der Link kam.",
  },
  linkForeign: {
    what: "Ein Link zu Callside war nicht brauchbar: Er ist keiner von uns.",
    effect: "Es wurde nichts geöffnet.",
    remedy: "Wenn Sie seiner Herkunft vertrauen, melden Sie es dort.",
  },
} satisfies typeof englishChanges;

const restarting = "Beim Neustart werden zuerst alle Verbindungen ordentlich geschlossen.";

export const boxWords = {
  restart: "Neu starten",
  quit: "Beenden",
  pageFails: "Das Panel fällt immer wieder aus.",
  pageFailsDetail: (report) => `Es wurde innerhalb einer Minute dreimal neu geladen. ${report} ${restarting}`,
  failed: "In Callside ist etwas schiefgegangen, und es muss beendet werden.",
  failedDetail: (report) => `${report} ${restarting}`,
  reportIn: (path) => `Ein Bericht liegt in ${path}. Er bleibt auf diesem Computer.`,
  noReportFor: (detail) => `Es konnte kein Bericht geschrieben werden: ${detail}.`,
  noReport: "Es konnte kein Bericht geschrieben werden.",
  reportLate: "Die Festplatte hat nicht geantwortet; vielleicht gibt es keinen Bericht.",
  notStarted: "Callside konnte nicht starten",
  badArguments: (found) => `Es wurde mit Argumenten gestartet, die ihm nichts nützen: ${found}.`,
  failedTitle: "Callside ist ausgefallen",
} satisfies typeof englishBoxes;

export const loginWords = {
  notInstalled: "Dieses Callside wurde aus einem Ordner gestartet und ist nicht installiert: Es kann nicht bei der Anmeldung starten.",
  entryRefused: "Windows hat den Eintrag nicht angenommen: Vielleicht hat Ihre Organisation ihn gesperrt.",
  entryKept: "Windows hat den Eintrag nicht entfernt: Vielleicht hat Ihre Organisation ihn gesperrt.",
  offInWindows: "Es ist in Windows ausgeschaltet: Einstellungen, Apps, Autostart.",
  macWaits: "macOS wartet auf Ihre Zustimmung: Systemeinstellungen, Allgemein, Anmeldeobjekte.",
  itemRefused: "macOS hat das Anmeldeobjekt nicht hinzugefügt: Vielleicht hat Ihre Organisation es gesperrt.",
  itemKept: "macOS hat das Anmeldeobjekt nicht entfernt: Vielleicht hat Ihre Organisation es gesperrt.",
  badPath: "Der Pfad des Programms enthält ein Zeichen, das ein Autostart-Eintrag nicht aufnehmen kann: Verschieben Sie es in einen anderen Ordner.",
  foreignEntry: "callside.desktop im Ordner autostart stammt nicht von Callside und bleibt, wie es ist: Es entscheidet.",
  offInDesktop: "Es ist in den Starteinstellungen dieses Desktops ausgeschaltet.",
  notSet: (detail) => `Der Start bei der Anmeldung lässt sich nicht einstellen. Gefunden: ${detail}.`,
} satisfies typeof englishLogin;
