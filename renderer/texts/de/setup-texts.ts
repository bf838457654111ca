import type { setupTexts as english } from "../en/setup-texts.ts";
import type { Wording } from "../wording.ts";

const own = {
  tokenUrl: { label: "Token-Adresse", hint: "Wo Token ausgestellt werden.", example: "https://login.example.com/oauth/token" },
  apiUrl: { label: "API-Adresse", hint: "Womit alle Anfragen beginnen.", example: "https://api.example.com/api/v1" },
  socketUrl: { label: "Socket-Adresse", hint: "Wo der Socket geöffnet wird.", example: "wss://socket.example.com/events" },
};

const again = "Drücken Sie „Erneut versuchen“, damit es noch einmal probiert wird.";

/** About the first run. Loaded with it. */
export const setupTexts = {
  welcome: {
    title: "Willkommen bei Callside",
    intro: "Hinter dieser Karte läuft ein Übungsanruf. Nichts davon ist echt, und nichts erreicht einen Kunden.",
    practise: "Üben",
    practiseHint: "Weiter mit Übungsanrufen auf der eingebauten Plattform. Dafür brauchen Sie kein Konto, und verbinden können Sie später.",
    connect: "Verbinden",
    connectHint: "Tragen Sie Adressen und Schlüssel Ihrer Systeme von Cognigy und Genesys ein. Jedes wird beim Eintragen probiert.",
    again: "Sie finden dies in den Einstellungen wieder, unter „Verbindungen und Übung“.",
  },

  title: "Verbindungen",
  place: (at, of) => `${at} von ${of}`,
  steps: "Systeme",
  summary: "Zusammenfassung",
  systems: {
    assist: { name: "Gesprächshilfe", does: "Hört die laufenden Gespräche und bringt Vorschläge. Die meisten Agenten brauchen nur dies." },
    tunnel: { name: "Runtime-Tunnel", does: "Eine direkte Leitung zur Runtime eines Bots, mit Zustand und Latenz in der Leiste unten." },
    bridge: { name: "Genesys-Bridge", does: "Trägt Chats zwischen Genesys Cloud und dem Bot. Ein Arbeitsplatz oder ein Dienst antwortet; die meisten Arbeitsplätze lassen sie weg." },
    integrations: { name: "Integrationen", does: "Für die Teamleitung: die REST-Dienste festlegen, probieren und registrieren, die ein Bot fragt." },
    simulations: { name: "Simulationen", does: "Für die Teamleitung: Suiten von Testgesprächen mit einem Bot durchführen." },
  },
  fields: {
    assist: {
      orgDomain: { label: "Domain der Organisation", hint: "Was zwischen https:// und dem nächsten / steht, wenn Sie bei Cognigy angemeldet sind.", example: "your-org.cognigy.ai" },
      agentId: { label: "Ihre Agenten-ID", hint: "Dann werden nur die Gespräche dieses Agenten gezeigt, und das Panel ist das eines Agenten. Für die Teamleitung bleibt es leer.", example: "agent-204" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
      streamUrl: { label: "Stream-Adresse", hint: "Wo der Stream der Ereignisse geöffnet wird.", example: "wss://stream.example.com/agentassist" },
    },
    tunnel: {
      tenant: { label: "Mandant", hint: "Der erste Teil der Adresse Ihres Mandanten, vor .cognigy.com.", example: "your-tenant" },
      botId: { label: "Bot-ID", hint: "Die ID des Bots, aus seinen Einstellungen bei Cognigy.", example: "bot-billing" },
      channel: { label: "Kanal", hint: "Der Kanal, den der Bot bedienen muss; ohne Angabe webchat.", example: "webchat" },
      ...own,
    },
    bridge: {
      orgId: { label: "ID der Organisation", hint: "In Genesys Cloud unter Admin, Account Settings, Organization Settings.", example: "5f9c7a3e-0000-0000-0000-000000000000" },
      region: { label: "Region", hint: "Das Ende der Adresse, unter der Sie sich bei Genesys Cloud anmelden; ohne Angabe mypurecloud.com.", example: "mypurecloud.de" },
      dialogUrl: { label: "Dialog-Adresse des Bots", hint: "Die ganze Adresse, an die eine Nachricht des Kunden weitergeht.", example: "https://your-org.cognigy.ai/api/v2/dialogs/start" },
      scope: { label: "Was dieser Arbeitsplatz beantwortet", hint: "Von hier wird nichts beantwortet, solange nichts gewählt ist.", example: "" },
      agentId: { label: "Agenten-ID in Genesys", hint: "Nötig, wenn nur die Gespräche eines Agenten beantwortet werden.", example: "6a2f1c9d" },
      ...own,
    },
    integrations: {
      tenantUrl: { label: "Adresse des Mandanten", hint: "Die ganze Adresse Ihres Mandanten, mit https://.", example: "https://your-tenant.cognigy.ai" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
    },
    simulations: {
      environment: { label: "Umgebung", hint: "Der Host der Plattform; ohne Angabe api.cognigy.com.", example: "api.cognigy.com" },
      tokenUrl: own.tokenUrl,
      apiUrl: own.apiUrl,
    },
  },
  choices: { none: "Nichts", organisation: "Alle Gespräche der Organisation", agent: "Die Gespräche eines Agenten" },
  optional: "freiwillige Angabe",
  own: "Eigene Adressen",
  ownHint: "Nur nötig, wenn Ihre Plattform nicht unter den üblichen Adressen steht, etwa in einer privaten Cloud.",

  secrets: {
    title: "Schlüssel",
    hint: "Jeder kommt in den Schlüsselspeicher dieses Computers, sobald Sie ihn einfügen, und nie auf diese Seite zurück. Leerzeichen und Zeilenenden werden entfernt.",
    memoryHint: "Jeder bleibt im Arbeitsspeicher, sobald Sie ihn einfügen, bis Callside endet, und kommt nie auf diese Seite zurück. Leerzeichen und Zeilenenden werden entfernt.",
    shared: "Ein Paar genügt für alle Systeme von Cognigy.",
    names: {
      COGNIGY_CLIENT_ID: { label: "Client-ID", hint: "In der Verwaltung von Cognigy, wo API-Clients aufgeführt sind." },
      COGNIGY_CLIENT_SECRET: { label: "Client-Geheimnis", hint: "Dort einmal gezeigt, wenn der Client angelegt wird." },
      GENESYS_CLIENT_ID: { label: "Client-ID von Genesys", hint: "In Genesys Cloud unter Admin, Integrations, OAuth: ein Client mit Client Credentials Grant." },
      GENESYS_CLIENT_SECRET: { label: "Client-Geheimnis von Genesys", hint: "Von demselben Client." },
      COGNIGY_API_KEY: { label: "API-Schlüssel von Cognigy", hint: "In Ihrem Profil bei Cognigy, unter API Keys. Er wird nicht probiert: Das wäre eine Nachricht an den Bot." },
    },
    scopes: (scopes) => `Der Client braucht diese Berechtigungen: ${scopes}.`,
    sources: {
      "key-store": "Im Schlüsselspeicher",
      memory: "Aufgehoben, bis Callside endet",
      environment: "Aus der Umgebung",
    },
    missing: "Noch nicht eingetragen",
    replace: "Zum Ersetzen einen anderen einfügen",
    paste: "Hier einfügen",
    storing: "Wird hinterlegt…",
    failed: "Er wurde nicht hinterlegt.",
    memoryTitle: (why) => (why === "" ? "Auf diesem Computer lassen sich keine Schlüssel aufbewahren." : `Auf diesem Computer lassen sich keine Schlüssel aufbewahren: ${why.replace(/\.$/u, "")}.`),
    memory: "Sie gelten, bis Callside endet. Sollen sie auch beim nächsten Start da sein, bitten Sie Ihre Administration, sie als Umgebungsvariablen zu setzen.",
  },

  fixed: {
    machine: (reason) => (reason === "" ? "Von der IT für diesen Computer festgelegt." : `Von der IT für diesen Computer festgelegt: ${reason}`),
    environment: (name) => `Durch die Umgebungsvariable ${name} festgelegt.`,
    flag: (name) => `Beim Start durch ${name} festgelegt.`,
    unknown: "gesetzt, nicht gezeigt",
  },

  problem: (found, allowed) => `Gefunden: ${found}. Erlaubt: ${allowed}.`,
  nothing: "nichts",
  quoted: (typed) => `„${typed}“`,
  allowed: {
    host: "ein Hostname ohne https:// und ohne Pfad, etwa acme.cognigy.ai",
    tenant: "der Name des Mandanten: Buchstaben, Ziffern, Bindestriche und Punkte",
    botId: "die ID eines Bots mit höchstens 200 Zeichen, nicht . und nicht ..",
    text: "ein Text mit höchstens 200 Zeichen (ein Kanal: 100)",
    https: "eine Adresse, die mit https:// beginnt (http:// nur für diesen Computer), ohne Benutzernamen und Passwort",
    wss: "eine Adresse, die mit wss:// beginnt (ws:// nur für diesen Computer), ohne Benutzernamen und Passwort",
  },
  orAddresses: (allowed) => `${allowed}, oder stattdessen alle eigenen Adressen`,
  agentId: {
    assist: "die ID des Agenten an diesem Arbeitsplatz, weil die Rolle hier Agent ist",
    bridge: "die ID des Agenten, dessen Gespräche beantwortet werden",
  },
  problemElsewhere: "Zuerst muss etwas anderes in der Konfiguration behoben werden.",

  trial: {
    title: "Probe",
    untried: "Es wird von selbst probiert, sobald alles da ist, was dafür nötig ist.",
    trying: (step) => `Wird probiert: ${step}…`,
    works: "Es funktioniert.",
    fails: (step) => `Es scheitert bei: ${step}.`,
    again: "Erneut versuchen",
    steps: {
      name: "Name",
      reach: "Erreichbarkeit",
      certificate: "Zertifikat",
      token: "Anmeldung",
      scope: "Berechtigungen",
      connection: "Verbindung",
    },
    done: (step) => `${step}: gut`,
    bad: (step) => `${step}: fehlgeschlagen`,
    open: (step) => `${step}: noch nicht probiert`,
    here: "Die Probe verweist hierauf:",
    remedies: {
      timeout: `${again} Bleibt es dabei, melden Sie, seit wann.`,
      "rate-limited": "Warten Sie ein wenig, und drücken Sie dann „Erneut versuchen“. Kommt es oft vor, hilft ein höheres Kontingent.",
      "server-error": `${again} Bleibt es dabei, sagen Sie es Ihrer Teamleitung.`,
      "runtime-refused": `${again} Bleibt es dabei, geben Sie den gefundenen Wortlaut an Ihre Administration weiter.`,
      "circuit-open": "Warten Sie eine halbe Minute, und drücken Sie dann „Erneut versuchen“.",
      "bot-inactive": "Bitten Sie Ihre Administration, den Bot auf der Plattform zu aktivieren, und drücken Sie dann „Erneut versuchen“.",
      "channel-missing": "Bitten Sie Ihre Administration, den Kanal für den Bot freizuschalten, oder berichtigen Sie den Kanal oben. Drücken Sie dann „Erneut versuchen“.",
      "session-limit": `${again} Bleibt es dabei, bitten Sie Ihre Administration, ungenutzte Sitzungen zu beenden oder tunnel.maxConcurrent zu erhöhen.`,
      "socket-lost": again,
      "socket-abnormal": `${again} Kommt es oft vor, bitten Sie Ihre Administration, Proxy, Port 443 und Protokollversion zu prüfen.`,
      "socket-silent": again,
      "closed-by-peer": again,
    },
  },

  kept: {
    no: "Nicht verbunden",
    saved: "In Gebrauch",
    changed: "Geändert, nicht gespeichert",
  },
  save: "Speichern und verbinden",
  saveUntried: "Speichern, obwohl es nicht probiert ist",
  saveFailing: "Speichern, obwohl es scheitert",
  saved: (system) => `${system}: jetzt in Gebrauch.`,
  savedUndone: (system) => `${system}: wieder wie zuvor.`,
  undo: "Rückgängig",
  back: "Zurück",
  next: "Weiter",
  skip: "Überspringen",
  failed: "Das hat nicht geklappt.",
  draft: "Was Sie eintippen, bleibt erhalten, auch wenn Callside jetzt endet.",
  draftTrouble: "Was Sie eintippen, bleibt nur erhalten, bis Callside endet.",

  done: {
    title: "Was verbunden ist",
    none: "Noch ist nichts verbunden.",
    file: (path) => `Geschrieben nach ${path}`,
    open: "Panel öffnen",
    practise: "Stattdessen üben",
    practiseHint: "Geht zurück zu Übungsanrufen. Was gespeichert ist, bleibt und gilt wieder beim nächsten Start.",
  },
  why: {
    unconfigured: "Noch ist nichts verbunden. Jedes System ist freiwillig.",
    asked: "Jedes System ist freiwillig. Was in Gebrauch ist, bleibt es, bis Sie etwas anderes speichern.",
  },
} satisfies Wording<typeof english>;
