import type { problemWords as english } from "../en/problem-words.ts";

const figure = (count: number): string => count.toLocaleString("de");
const inGerman = (count: string): string => count.replaceAll(",", ".");

/** What the schemas of definitions and suites say is allowed. */
const rules: Readonly<Record<string, string>> = {
  "the name of a secret, not the secret: letters, digits and _, not beginning with a digit, at most 100": "der Name eines Geheimnisses, nicht das Geheimnis selbst: Buchstaben, Ziffern und _, nicht mit einer Ziffer am Anfang, höchstens 100",
  "one line of text of at most 8,000 characters, without characters beyond Latin-1": "eine Zeile Text mit höchstens 8.000 Zeichen, keines davon außerhalb von Latin-1",
  "the name of a header: letters, digits and -, at most 200": "der Name eines Headers: Buchstaben, Ziffern und -, höchstens 200",
  "a map of names of headers and texts": "Paare aus dem Namen eines Headers und einem Text",
  "a whole number of seconds from 1 to 120": "eine ganze Zahl von Sekunden von 1 bis 120",
  "a JMESPath expression of 1 to 2,000 characters": "ein JMESPath-Ausdruck mit 1 bis 2.000 Zeichen",
  "a map: what is sent, and $input where the bot's payload is to be merged into it": "Paare aus Schlüssel und Wert: was gesendet wird, und $input, wo die Daten des Bots dazukommen sollen",
  "a key of 1 to 200 characters": "ein Schlüssel mit 1 bis 200 Zeichen",
  "a value that JSON has": "ein Wert, den es in JSON gibt",
  text: "Text",
  "text that is not empty": "Text, der nicht leer ist",
  "test_ and then letters, digits or _": "test_ und dahinter Buchstaben, Ziffern oder _",
  "usr_ and then letters or digits": "usr_ und dahinter Buchstaben oder Ziffern",
  "letters, digits or _": "Buchstaben, Ziffern oder _",
  "a list of texts": "eine Liste von Texten",
  "a number of at most 15 digits (put a longer one in quotes)": "eine Zahl mit höchstens 15 Ziffern (längere in Anführungszeichen)",
  "a map of names and values": "Paare aus Name und Wert",
  "a map: what is different in this variation, and values for {placeholders}": "Paare aus Schlüssel und Wert: was in dieser Variante anders ist, und Werte für {platzhalter}",
  "a list of rows": "eine Liste von Zeilen",
  "at least 1 row": "mindestens 1 Zeile",
  "at least 1 text": "mindestens 1 Text",
  "a list of rows, or a map with the keys utterances, rows": "eine Liste von Zeilen, oder die Schlüssel utterances, rows",
  "a map": "Paare aus Schlüssel und Wert",
  "a map with the keys of a case": "die Schlüssel eines Falls",
  "a list of names of flows": "eine Liste von Namen von Flows",
  "a list of cases": "eine Liste von Fällen",
  "at least 1 case": "mindestens 1 Fall",
};

/** Those that a number or a list of keys is part of. */
const patterns: readonly (readonly [RegExp, (values: readonly string[]) => string])[] = [
  [/^text of ([\d,]+) to ([\d,]+) characters$/u, ([least = "", most = ""]) => `Text mit ${inGerman(least)} bis ${inGerman(most)} Zeichen`],
  [/^text of at most ([\d,]+) characters$/u, ([most = ""]) => `Text mit höchstens ${inGerman(most)} Zeichen`],
  [/^at most ([\d,]+) characters$/u, ([most = ""]) => `höchstens ${inGerman(most)} Zeichen`],
  [/^at most ([\d,]+) cases$/u, ([most = ""]) => `höchstens ${inGerman(most)} Fälle`],
  [/^a map with the keys (.+)$/u, ([keys = ""]) => `die Schlüssel ${keys}`],
];

/** A list of words that may stand there is the same in any language. */
function inRule(rule: string): string {
  const known = rules[rule];
  if (known !== undefined) return known;
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(rule);
    if (found !== null) return words(found.slice(1));
  }
  return rule;
}

const kinds: Readonly<Record<string, string>> = { function: "eine Funktion", symbol: "ein Symbol", bigint: "eine sehr große ganze Zahl", object: "ein Objekt" };

export const problemWords = {
  found: (found, allowed) => `gefunden: ${found}; erlaubt: ${allowed}`,
  missing: (allowed) => `fehlt; erlaubt: ${allowed}`,
  didYouMean: (key) => ` (meinten Sie ${key}?)`,
  unknownKey: (key) => `der unbekannte Schlüssel ${key}`,
  key: (key) => `der Schlüssel ${key}`,
  inQuotes: " (in Anführungszeichen setzen)",
  mapInQuotes: " (in Anführungszeichen, wenn Klammern oder ein Doppelpunkt darin stehen)",
  rule: inRule,
  values: {
    nothing: "nichts",
    list: (count) => (count === 1 ? "eine Liste mit 1 Eintrag" : `eine Liste mit ${figure(count)} Einträgen`),
    map: "Paare aus Schlüssel und Wert",
    number: (value) => `die Zahl ${value}`,
    aNumber: "eine Zahl",
    ofKind: (kind) => kinds[kind] ?? `ein Wert der Art ${kind}`,
    emptyText: "ein leerer Text",
    text: (length, isBroken) => `ein Text mit ${figure(length)} Zeichen${isBroken ? " und einem Zeilenumbruch" : ""}`,
  },
  hazards: {
    manyValues: (most) => `gefunden: mehr als ${figure(most)} Werte; erlaubt: höchstens so viele`,
    tooDeep: (most) => `gefunden: zu tief verschachtelte Listen oder Paare; erlaubt: höchstens ${most} Ebenen`,
    tooMany: "gefunden: mehr von dieser Art, als hier aufgeführt sind",
    lossy: "eine Zahl mit höchstens 15 Ziffern (längere in Anführungszeichen)",
    notJson: (kind) => `gefunden: ein Wert, den es in JSON nicht gibt (${kind}); erlaubt: Text, Zahl, true, false, null, Liste oder Paare aus Schlüssel und Wert`,
    manyKeys: (count, most) => `gefunden: ${figure(count)} Schlüssel; erlaubt: höchstens ${figure(most)} auf einer Ebene`,
    everyKeyBut: (keys) => `alle Schlüssel außer ${keys}`,
    more: (count) => `gefunden: ${figure(count)} weitere Fehler`,
  },
  address: {
    allowed: "eine Adresse, die mit https:// beginnt (http:// nur für diesen Computer, wenn integrations.allowHosts ihn nennt), ohne Benutzernamen, Passwort und Fragment",
    space: "ein Leerzeichen, ein Zeilenumbruch oder ein Backslash in der Adresse",
    noScheme: "ein Text, der nicht mit https:// beginnt",
    notWhole: "ein Text, der keine ganze Adresse ist",
    plain: "http://, was unterwegs jeder mitlesen kann",
    credentials: "ein Benutzername oder Passwort (als Geheimnis speichern, mit auth_type: basic)",
    fragment: "ein Fragment (#…)",
    placeholder: (place) => `der Platzhalter ${place}, den nichts ausfüllt`,
  },
  body: {
    onGet: "gefunden: ein Body bei GET; erlaubt: keiner bei GET, oder eine andere Methode",
    withInput: (found) => `${found}; erlaubt mit $input: json_merge`,
    foundOnly: (found) => `gefunden: ${found}`,
    missingOnly: "fehlt",
    withTransform: "fehlt; erlaubt mit transform json_merge: bot.payload",
    nested: "gefunden: $input innerhalb des Bodys; erlaubt: nur ganz oben, request_mapping.body.$input",
  },
  expression: (why) => `kein brauchbarer JMESPath-Ausdruck: ${why}`,
  headers: {
    ours: { address: "er folgt aus der Adresse", body: "er folgt aus dem Body", perRun: "jeder Lauf bekommt einen eigenen", connection: "er gehört zur Verbindung" },
    ownMeaning: "er hat eine eigene Bedeutung",
    notForCredentials: (name, why) => `gefunden: ${name} (${why}); erlaubt: ein Header, der für Zugangsdaten da ist, etwa Authorization oder X-Api-Key`,
    setAlready: (why) => `gefunden: ein Header, der schon gesetzt ist (${why}); erlaubt: jeder andere Header`,
    setByAuth: (type) => `gefunden: der Header, den auth_type ${type} setzt; erlaubt: jeder andere Header (der Name des Geheimnisses gehört in config.secret)`,
    twin: (name) => `gefunden: derselbe Header wie ${name}, Groß- und Kleinschreibung zählt nicht; erlaubt: jeder Header einmal`,
    notJson: "gefunden: eine Art von Inhalt, die kein JSON ist; erlaubt: application/json, oder eine Art, die auf +json endet (gesendet wird JSON)",
  },
  secrets: {
    allowed: "kein Geheimnis in einer Definition: Speichern Sie es unter einem Namen, und geben Sie diesen in config.secret an",
    inQuery: (name) => `was nach einem Geheimnis aussieht, in der Abfrage (${name}=…)`,
    queryHint: " (ein Dienst, der seinen Schlüssel nur in der Adresse nimmt, lässt sich nicht verwenden)",
    inAddress: "was nach einem Geheimnis aussieht, in der Adresse",
    inHeader: "was nach einem Geheimnis aussieht",
    header: "ein Header mit Zugangsdaten",
    headerHint: (name) => ` (setzen Sie auth_type, und auth_header_name: ${name})`,
    inField: (field) => `was nach einem Geheimnis aussieht, in ${field}`,
    itself: "was nach dem Geheimnis selbst aussieht",
  },
  notes: {
    plain: (host) => `config.url: ${host} wird mit unverschlüsseltem http gefragt, und nur, wenn integrations.allowHosts ihn nennt.`,
    noBody: "config.request_mapping: Ohne body wird nichts gesendet, auch nicht, was der Bot mitgibt; dafür body: { $input: bot.payload, transform: json_merge }.",
  },
  suite: {
    casesInMap: "die Liste unter dem Schlüssel cases",
    tooMany: (most) => `gefunden: mehr Fälle, als eine Suite haben darf, Varianten mitgezählt; erlaubt: höchstens ${figure(most)}`,
    before: "vorher",
    at: (line, column) => `in Zeile ${line}, Spalte ${column}`,
    repeated: (testId, where) => `gefunden: ${testId} zum zweiten Mal, zuerst ${where}; erlaubt: jede test_id einmal, auch unter den Varianten`,
    repeatedFlow: (flow) => `gefunden: ${flow} zum zweiten Mal; erlaubt: jeder Flow einmal`,
    userId: "usr_ und dahinter Buchstaben oder Ziffern, hier oder in defaults",
    intent: "der Name eines Intents, hier oder in defaults",
    utterance: "Text, der nicht leer ist, hier oder in variations",
    longId: (length, most) => `gefunden: eine test_id mit ${length} Zeichen, samt dem, was ihre Variante anhängt; erlaubt: höchstens ${most}`,
    unasked: (quoted, key, keys) => `gefunden: ${quoted}, aber kein Text des Falls enthält {${key}}; erlaubt: ${keys}, und Namen, die im Fall in geschweiften Klammern stehen`,
    rowKeys: (keys) => `${keys}, oder der Name eines Platzhalters aus Buchstaben, Ziffern und _`,
    rowValue: "Text, eine Zahl, true oder false",
    nothingLeft: "gefunden: nichts, sobald diese Zeile ausgefüllt ist; erlaubt: Text, der nicht leer ist",
    unfilled: (name) => `es fehlt ein Wert für {${name}} aus dem Fall; erlaubt: ${name} als Schlüssel dieser Zeile`,
    unquoted: (name) => `gefunden: {${name}} ohne Anführungszeichen, was YAML anders liest; erlaubt: '{${name}}'`,
    wrongName: "gefunden: eine andere Endung; erlaubt: eine Datei, die auf .yaml, .yml, .json oder .csv endet",
    empty: "gefunden: nichts in der Datei; erlaubt: eine Suite mit mindestens 1 Fall",
  },
} satisfies typeof english;
