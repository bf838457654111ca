import type { FaultCode } from "./fault.ts";
import type { FaultText, FaultWords } from "./tell-fault.ts";

const ADMINISTRATION = "Ihre Administration";
const CONNECTIONS = "„Verbindungen und Übung“";

/** What the close codes mean (RFC 6455, the IANA registry), for the codes a platform really sends. */
const closeMeanings: Readonly<Record<number, string>> = {
  1000: "Die Plattform hat die Sitzung beendet",
  1001: "Die Plattform startet neu oder wird abgeschaltet",
  1002: "Die beiden Seiten sprechen nicht dasselbe WebSocket-Protokoll",
  1003: "Die Plattform nimmt Daten dieser Art nicht an",
  1005: "Die Plattform hat ohne Angabe eines Grundes geschlossen",
  1007: "Die Plattform konnte nicht lesen, was gesendet wurde",
  1008: "Es verstößt gegen eine Regel der Plattform; oft ist das Token abgelaufen",
  1009: "Eine Nachricht war zu groß",
  1011: "Bei der Plattform ist ein interner Fehler aufgetreten",
  1012: "Die Plattform startet neu",
  1013: "Die Plattform ist überlastet",
};

/** A row for every code (contract 0, "Errors"), and the compiler sees that none is missing. */
const rows: Readonly<Record<FaultCode, FaultText>> = {
  network: {
    what: "Die Plattform ist nicht erreichbar.",
    cause: "Das Netz ist ausgefallen, Adresse oder Proxy stimmen nicht, oder eine Firewall steht dazwischen.",
    remedy: `Prüfen Sie Netz oder VPN. Sind auch andere betroffen, melden Sie es an ${ADMINISTRATION}. Bei einem Zertifikatsfehler hilft network.caFile.`,
  },
  timeout: {
    what: "Die Plattform hat zu lange nicht geantwortet.",
    cause: "Sie ist ausgelastet, oder das Netz ist langsam.",
    remedy: "Arbeiten Sie weiter: Es wird erneut versucht. Bleibt es dabei, melden Sie, seit wann.",
  },
  "unknown-host": {
    what: "Der Name der Plattform ist nicht zu finden.",
    cause: "Der Name ist falsch, oder kein Namensserver (DNS), der ihn kennt, ist erreichbar, etwa außerhalb eines VPN.",
    remedy: "Prüfen Sie Netz oder VPN, dann die Adresse in den Einstellungen.",
  },
  certificate: {
    what: "Das Zertifikat der Plattform wird nicht anerkannt.",
    cause: "Es ist abgelaufen, gilt für einen anderen Namen oder stammt von einer hier unbekannten Stelle, oft von einem mitlesenden Proxy.",
    remedy: `Prüfen Sie das Datum dieses Computers. Hat Ihre Firma eine eigene Zertifizierungsstelle, bitten Sie ${ADMINISTRATION}, network.caFile zu setzen.`,
  },
  "clock-wrong": {
    what: "Die Uhr dieses Computers geht falsch.",
    cause: "Sie weicht so weit von der Uhr der Plattform ab, dass Token und Signaturen nicht gelten.",
    remedy: "Stellen Sie Datum und Uhrzeit in den Systemeinstellungen auf automatisch und prüfen Sie erneut.",
  },
  aborted: {
    what: "Die Anfrage wurde abgebrochen.",
    cause: "Das Programm wurde beendet, oder etwas Neueres ist an ihre Stelle getreten.",
    remedy: "Sie müssen nichts tun.",
  },
  "bad-request": {
    what: "Die Plattform hat die Anfrage als ungültig abgelehnt.",
    cause: "Ein Feld fehlt oder hat einen Wert, den die Plattform nicht annimmt.",
    remedy: "Berichtigen Sie das genannte Feld. Ist keines genannt, prüfen Sie die Einstellungen dieses Abschnitts.",
  },
  "no-credentials": {
    what: "Für die Plattform fehlen die Zugangsdaten.",
    cause: "Callside hat dafür weder Client-ID noch Geheimnis und hat deshalb nicht angefragt.",
    remedy: `Tragen Sie sie in den Einstellungen unter ${CONNECTIONS} ein, oder bitten Sie ${ADMINISTRATION}, die genannten Variablen zu setzen, und starten Sie Callside neu.`,
  },
  credentials: {
    what: "Die Plattform nimmt die Zugangsdaten nicht an.",
    cause: "Client-ID oder Geheimnis stimmen nicht, oder das Token ist abgelaufen oder wurde entzogen.",
    remedy: `Bitten Sie ${ADMINISTRATION}, Client-ID und Geheimnis in der Konsole der Plattform und hier zu prüfen, und versuchen Sie es erneut.`,
  },
  forbidden: {
    what: "Die Plattform verweigert den Zugriff.",
    cause: "Dem Client fehlt ein Scope oder eine Rolle, oder der Bot gehört zu einem anderen Workspace oder Mandanten.",
    remedy: `Bitten Sie ${ADMINISTRATION}, Scope und Rolle zu erteilen und zu prüfen, ob Bot, Organisation und Client zusammengehören.`,
  },
  "missing-scope": {
    what: "Den Zugangsdaten fehlt eine Berechtigung.",
    cause: "Dem OAuth-Client wurden nicht alle nötigen Scopes erteilt.",
    remedy: `Bitten Sie ${ADMINISTRATION}, dem OAuth-Client die genannten Scopes zu erteilen, und versuchen Sie es erneut.`,
  },
  "not-found": {
    what: "Die Plattform kennt diese Adresse nicht.",
    cause: "Adresse, Mandant oder Bot-ID sind falsch oder wurden gelöscht.",
    remedy: "Prüfen Sie die Adresse und die IDs in den Einstellungen.",
  },
  "bot-inactive": {
    what: "Der Bot ist nicht aktiv.",
    cause: "Er wurde angehalten oder noch nicht bereitgestellt.",
    remedy: `Bitten Sie ${ADMINISTRATION}, den Bot auf der Plattform zu aktivieren. Das wird jede Minute neu geprüft.`,
  },
  "channel-missing": {
    what: "Der Bot bedient diesen Kanal nicht.",
    cause: "Der Kanal wurde für den Bot nicht freigeschaltet oder heißt hier anders.",
    remedy: `Bitten Sie ${ADMINISTRATION}, den Kanal für den Bot freizuschalten oder tunnel.channel zu berichtigen. Das wird jede Minute neu geprüft.`,
  },
  "session-limit": {
    what: "Der Bot hat keine freie Sitzung.",
    cause: "Es sind so viele Sitzungen offen, wie gleichzeitig erlaubt sind.",
    remedy: `Das wird jede Minute neu geprüft. Bleibt es dabei, bitten Sie ${ADMINISTRATION}, ungenutzte Sitzungen zu beenden oder tunnel.maxConcurrent zu erhöhen.`,
  },
  "protocol-version": {
    what: "Die Protokollversion der Runtime wird hier nicht gesprochen.",
    cause: "Die Einstellung tunnel.protocolVersion steht nicht in tunnel.protocolVersions.",
    remedy: "Berichtigen Sie tunnel.protocolVersion, oder nehmen Sie sie in tunnel.protocolVersions auf, wenn die Runtime sie spricht.",
  },
  "token-form": {
    what: "Das ausgestellte Token ist hier nicht brauchbar.",
    cause: "Die Runtime nimmt ein JWT: drei base64url-Teile, deren erster mit eyJ beginnt.",
    remedy: `Bitten Sie ${ADMINISTRATION}, tunnel.tokenUrl zu prüfen und ob der OAuth-Client JWT-Token erhält.`,
  },
  "runtime-refused": {
    what: "Die Runtime des Bots hat die Verbindung abgelehnt.",
    cause: "Auf die erste Nachricht kam etwas anderes als ihre Zustimmung.",
    remedy: `Es wird von selbst erneut versucht. Bleibt es dabei, geben Sie den gefundenen Wortlaut an ${ADMINISTRATION} weiter.`,
  },
  "rate-limited": {
    what: "Die Plattform verlangt eine Pause.",
    cause: "Das Kontingent an Anfragen für diesen Mandanten ist aufgebraucht.",
    remedy: "Arbeiten Sie weiter: Nach der Pause wird erneut versucht. Kommt es oft vor, helfen ein höheres Kontingent, weniger Auslöser oder eine längere Cache-Zeit.",
  },
  "server-error": {
    what: "Die Plattform hat eine Störung.",
    cause: "Sie ist überlastet, wird gewartet oder ist ausgefallen.",
    remedy: "Arbeiten Sie weiter: Es wird erneut versucht. Bleibt es dabei, sagen Sie es Ihrer Teamleitung.",
  },
  "unexpected-status": {
    what: "Die Plattform hat unerwartet geantwortet.",
    cause: "Die Adresse gehört zu etwas anderem, oder ein Proxy hat an ihrer Stelle geantwortet.",
    remedy: "Prüfen Sie die Adresse in den Einstellungen und ob keine Anmeldeseite und kein Proxy davorsteht.",
  },
  "malformed-reply": {
    what: "Die Antwort der Plattform war nicht zu verstehen.",
    cause: "Sie hat nicht die vereinbarte Form: eine andere Version, oder die Seite eines Proxys an ihrer Stelle.",
    remedy: "Kommt es wieder vor, melden Sie das genannte Feld.",
  },
  "reply-too-large": {
    what: "Die Antwort der Plattform war zu groß und wurde abgeschnitten.",
    cause: "Sie ist größer, als für diese Antwort erlaubt ist.",
    remedy: "Kommt es wieder vor, melden Sie es denen, die den Bot betreiben.",
  },
  "socket-lost": {
    what: "Die Verbindung ist abgebrochen.",
    cause: "Das Netz hat sie unterbrochen.",
    remedy: "Sie wird von selbst wieder aufgebaut. Versuchen Sie es gleich, wenn Sie wissen, dass das Netz wieder da ist.",
  },
  "socket-abnormal": {
    what: "Die Verbindung brach ohne Abschied ab (1006).",
    cause: "Zu lange ungenutzt, ein Proxy, der WebSocket nicht durchlässt, ein geschlossener Port 443 oder eine Protokollversion, die die Plattform nicht spricht.",
    remedy: `Sie wird von selbst wieder aufgebaut. Kommt es oft vor, bitten Sie ${ADMINISTRATION}, Proxy, Port 443 und Protokollversion zu prüfen.`,
  },
  "socket-silent": {
    what: "Die Verbindung ist offen, aber stumm.",
    cause: "Netz oder Plattform leiten keine Daten mehr weiter, ohne die Leitung zu schließen.",
    remedy: "Sie wird von selbst durch eine neue ersetzt.",
  },
  "socket-refused": {
    what: "Die Plattform hat die Verbindung abgelehnt.",
    cause: "Die Adresse ist keine WebSocket-Adresse, oder ein Proxy lässt die Umstellung nicht durch.",
    remedy: "Prüfen Sie die Adresse des Streams und ob der Proxy WebSocket durchlässt.",
  },
  "closed-by-peer": {
    what: "Die Plattform hat die Verbindung geschlossen.",
    cause: "Sie startet neu oder hat die Sitzung beendet.",
    remedy: "Sie wird von selbst wieder aufgebaut.",
  },
  "simulation-lost": {
    what: "Die Plattform kennt die Simulation nicht mehr.",
    cause: "Sie ging dort verloren oder wurde gelöscht, bevor das Ergebnis abgeholt war.",
    remedy: "Starten Sie den Fall erneut. Kommt es oft vor, melden Sie es denen, die die Plattform betreiben.",
  },
  "simulation-timeout": {
    what: "Die Simulation wurde nicht rechtzeitig fertig.",
    cause: "Der Bot hängt oder ist langsam, oder die Plattform hat mehr Simulationen, als sie bewältigt.",
    remedy: "Starten Sie den Fall erneut. Bleibt es dabei, sehen Sie sich die Flows des Bots an, oder erhöhen Sie simulations.maxPolls.",
  },
  disk: {
    what: "Eine Datei ließ sich nicht lesen oder schreiben.",
    cause: "Die Festplatte ist voll, der Ordner fehlt, oder hier darf nicht geschrieben werden.",
    remedy: "Schaffen Sie Platz, oder berichtigen Sie die Rechte des Ordners.",
  },
  "audit-broken": {
    what: "Das Ende der Audit-Datei ist nicht so, wie es geschrieben wurde.",
    cause: "Zeilen wurden von etwas anderem als Callside geändert oder entfernt, oder die Datei daneben mit der letzten Zeile ist verloren.",
    remedy: `Lassen Sie den Ordner, wie er ist, und sagen Sie es weiter an ${ADMINISTRATION}: Der Befehl audit verify zeigt die Stelle.`,
  },
  "in-use": {
    what: "Ein anderes Callside erledigt diese Arbeit hier bereits.",
    cause: "Zwei Bridges auf einem Zustandsordner würden doppelt antworten, deshalb startet die zweite nicht.",
    remedy: "Beenden Sie die andere, oder geben Sie dieser ein eigenes bridge.stateDirectory.",
  },
  "no-answer": {
    what: "Die Antwort des Bots enthält keinen Text.",
    cause: "Das Feld response fehlt, ist leer oder ist etwas anderes als Text.",
    remedy: "Antworten Sie selbst. Kommt es oft vor, sehen Sie sich den Flow des Bots an und wiederholen Sie die Nachricht.",
  },
  "circuit-open": {
    what: "Anfragen an diesen Host pausieren kurz.",
    cause: "Fünf in Folge schlugen fehl, deshalb wird er 30 Sekunden in Ruhe gelassen.",
    remedy: "Sie müssen nichts tun: Es wird von selbst erneut versucht.",
  },
  "address-refused": {
    what: "An diese Adresse sendet Callside keine Anfragen.",
    cause: "Sie ist privat, nur lokal gültig oder die dieses Computers, oder eine Weiterleitung führt zu einem anderen Host.",
    remedy: `Ist sie gewollt, bitten Sie ${ADMINISTRATION}, den Host in integrations.allowHosts aufzunehmen.`,
  },
  "no-secret": {
    what: "Das Geheimnis, das diese Integration nennt, fehlt.",
    cause: "Es wurde hier nie hinterlegt, oder die Umgebung gibt es nicht an.",
    remedy: "Hinterlegen Sie es unter dem Namen aus der Definition, oder setzen Sie die Umgebungsvariable dieses Namens.",
  },
  "invalid-input": {
    what: "Dieser Wert ist nicht erlaubt.",
    cause: "Ein Feld fehlt, hat die falsche Form oder liegt außerhalb der Grenzen.",
    remedy: "Berichtigen Sie das genannte Feld.",
  },
  "not-allowed": {
    what: "Das ist hier nicht erlaubt.",
    cause: "Ihre Rolle oder eine Regel Ihrer Organisation lässt es nicht zu.",
    remedy: `Wenden Sie sich an Ihre Teamleitung oder ${ADMINISTRATION}, wenn Sie es brauchen.`,
  },
  "newer-file": {
    what: "Eine Datei wurde von einem neueren Callside geschrieben.",
    cause: "Dieses kennt ihre Form nicht und lässt sie deshalb, wie sie ist.",
    remedy: "Aktualisieren Sie Callside, oder verschieben Sie die Datei, um eine neue zu beginnen.",
  },
  "not-found-here": {
    what: "Das gibt es hier nicht mehr.",
    cause: "Es wurde inzwischen geschlossen oder ersetzt.",
    remedy: "Wählen Sie etwas anderes.",
  },
};

/** What is said otherwise of a service that an integration asks (contract 4.3): its secret and its address stand in the definition. */
const serviceRows: Partial<Readonly<Record<FaultCode, FaultText>>> = {
  network: {
    what: "Der Dienst ist nicht erreichbar.",
    cause: "Das Netz ist ausgefallen, Adresse oder Proxy stimmen nicht, oder eine Firewall steht dazwischen.",
    remedy: `Prüfen Sie die Adresse in der Definition, dann das Netz. Bei einem Zertifikatsfehler bitten Sie ${ADMINISTRATION}, network.caFile zu setzen.`,
  },
  timeout: {
    what: "Der Dienst hat zu lange nicht geantwortet.",
    cause: "Er ist ausgelastet, oder das Netz ist langsam.",
    remedy: "Versuchen Sie es erneut. Bleibt es dabei, erhöhen Sie timeout_seconds, oder fragen Sie die Betreiber des Dienstes.",
  },
  "bad-request": {
    what: "Der Dienst hat die Anfrage als ungültig abgelehnt.",
    cause: "Ein Feld des Inhalts fehlt oder hat einen Wert, den der Dienst nicht annimmt.",
    remedy: "Vergleichen Sie die gesendete Anfrage mit dem, was der Dienst erwartet; seine Antwort nennt oft das Feld.",
  },
  credentials: {
    what: "Der Dienst nimmt das Geheimnis nicht an.",
    cause: "Das Geheimnis ist falsch, abgelaufen oder wird anders gesendet, als der Dienst es erwartet.",
    remedy: "Prüfen Sie das Geheimnis, das die Definition nennt, auth_type und auth_header_name.",
  },
  forbidden: {
    what: "Der Dienst verweigert den Zugriff.",
    cause: "Das Geheimnis ist dort bekannt, darf dies aber nicht.",
    remedy: "Bitten Sie die Betreiber des Dienstes, es zu erlauben, oder nehmen Sie ein anderes Geheimnis.",
  },
  "not-found": {
    what: "Der Dienst kennt diese Adresse nicht.",
    cause: "Der Pfad der Adresse ist falsch, oder was er nennt, gibt es nicht.",
    remedy: "Prüfen Sie config.url und die Methode.",
  },
  "rate-limited": {
    what: "Der Dienst verlangt eine Pause.",
    cause: "Sein Kontingent an Anfragen ist aufgebraucht.",
    remedy: "Versuchen Sie es nach der Pause erneut. Kommt es oft vor, bitten Sie die Betreiber des Dienstes um ein höheres Kontingent.",
  },
  "server-error": {
    what: "Der Dienst hat eine Störung.",
    cause: "Er ist überlastet, wird gewartet oder ist ausgefallen.",
    remedy: "Versuchen Sie es später erneut. Bleibt es dabei, fragen Sie die Betreiber des Dienstes.",
  },
  "unexpected-status": {
    what: "Der Dienst hat unerwartet geantwortet.",
    cause: "Adresse oder Methode sind falsch, oder ein Proxy hat an seiner Stelle geantwortet.",
    remedy: "Prüfen Sie config.url und die Methode; die Antwort sagt vielleicht mehr.",
  },
  "malformed-reply": {
    what: "Die Antwort des Dienstes war nicht zu verstehen.",
    cause: "Sie ist kein JSON, oder die Seite eines Proxys steht an ihrer Stelle.",
    remedy: "Prüfen Sie config.url. Nur Dienste, die mit JSON antworten, sind verwendbar.",
  },
  "reply-too-large": {
    what: "Die Antwort des Dienstes war zu groß und wurde abgeschnitten.",
    cause: "Sie ist größer, als für eine Antwort erlaubt ist.",
    remedy: "Bitten Sie den Dienst um weniger, etwa um weniger Einträge.",
  },
};

/** The error table in German. */
export const germanFaults: FaultWords = {
  rows,
  serviceRows,
  closeMeanings,
  closed: (code, meaning) => `Code ${code}: ${meaning}.`,
  found: (detail) => `Gefunden: ${detail}`,
  pause: { platform: (length) => `Die Plattform bat um ${length}.`, service: (length) => `Der Dienst bat um ${length}.` },
  seconds: (count) => (count === 1 ? "1 Sekunde" : `${count} Sekunden`),
  minutes: (count) => `${count} Minuten`,
};
