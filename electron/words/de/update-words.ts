import type { updateWords as english } from "../en/update-words.ts";

const again = "Es wird von selbst wieder versucht.";
const tellStaying = "Wenn es so bleibt, sagen Sie es Ihrer Administration.";
const notLoaded = "Es wurde nichts geladen. Sagen Sie es Ihrer Administration.";
const notKept = `Es wurde verworfen und wird von selbst neu geladen. ${tellStaying}`;

export const updateWords = {
  noFeed: (name) => ({
    what: `An der Adresse für Aktualisierungen gibt es kein ${name}.`,
    remedy: `${again} Wenn es so bleibt, sagen Sie es Ihrer Administration: Die Adresse oder der Kanal ist falsch, oder es ist nichts veröffentlicht.`,
  }),
  unsigned: { what: "Die Aktualisierung ist nicht signiert.", remedy: notLoaded },
  wrongSignature: { what: "Die Aktualisierung ist nicht von ihrem Hersteller signiert.", remedy: notLoaded },
  malformed: (detail) => ({ what: `Was für Aktualisierungen veröffentlicht ist, ist nicht brauchbar: ${detail}.`, remedy: notLoaded }),
  wrongChannel: (found, allowed) => ({ what: `Die Aktualisierung ist für einen anderen Kanal: gefunden ${found}, erlaubt ${allowed}.`, remedy: notLoaded }),
  wrongPlatform: (found, allowed) => ({ what: `Die Aktualisierung ist für ein anderes System: gefunden ${found}, erlaubt ${allowed}.`, remedy: notLoaded }),
  noVersion: (found) => ({ what: `Die Aktualisierung hat keine richtige Version: gefunden ${found}, erlaubt etwa 1.2.3.`, remedy: notLoaded }),
  older: (found, running) => ({
    what: `Version ${found} ist älter als ${running}, die hier läuft.`,
    remedy: "Sie wird nicht installiert. Um zurückzugehen, installiert Ihre Administration die ältere Version von Hand.",
  }),
  checksum: (version) => ({ what: `Das Paket der Version ${version} ist nicht das, das signiert wurde.`, remedy: notKept }),
  publisher: (version) => ({ what: `Das System erkennt nicht an, wer das Paket der Version ${version} signiert hat.`, remedy: notKept }),
  system: (version) => ({ what: `Version ${version} braucht ein neueres Betriebssystem.`, remedy: "Diese Version arbeitet weiter. Sagen Sie es Ihrer Administration." }),
  updater: (code) => ({ what: `Die Aktualisierung konnte nicht vorbereitet werden (${code}).`, remedy: `${again} ${tellStaying}` }),
  notInstalled: (version) => ({
    what: `Version ${version} wurde nicht installiert.`,
    remedy: `Diese Version arbeitet weiter. Versuchen Sie es noch einmal. ${tellStaying}`,
  }),
  notStored: (detail) => ({ what: `Die Aktualisierung konnte nicht auf der Festplatte aufbewahrt werden. ${detail}`, remedy: `Schaffen Sie Platz, oder fragen Sie Ihre Administration. ${again}` }),
  unreachable: (detail) => ({ what: `Der Ort, von dem Aktualisierungen kommen, ist nicht erreichbar. ${detail}`, remedy: `Sie müssen nichts tun. ${again}` }),
  unavailable: (detail, remedy) => ({ what: `Aktualisierungen sind nicht zu bekommen. ${detail}`, remedy }),
  off: {
    noAddress: "es ist keine Adresse für Aktualisierungen eingestellt",
    notInstalled: "dieses Programm wurde nicht aus einem Paket installiert",
    byIt: "dieses Programm wird von Ihrer IT aktualisiert",
    noFeed: "diese Fassung aktualisiert sich nicht selbst",
    diskImage: "Callside läuft von seinem Installationsabbild; bewegen Sie es zuerst in den Ordner „Programme“",
    noNetwork: (detail, remedy) => `${detail}. ${remedy}`,
  },
} satisfies typeof english;
