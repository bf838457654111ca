import type { PracticeCall } from "./practice-call.ts";

export const doppeltAbgebucht: PracticeCall = {
  id: "doppelt-abgebucht",
  customerName: "Birgit Hollmann",
  channel: "voice",
  queue: "Kundenservice",
  language: "de",
  rows: [
    [1, "agent", 0.4, "Guten Tag, Kundenservice, mein Name ist Jonas. Was kann ich für Sie tun?"],
    [5, "customer", -0.15, "Ja, hallo, Hollmann hier. Es geht um, äh, um meine Rechnung vom März."],
    [9.5, "agent", 0.2, "Gern, ich schaue gleich nach."],
    [12.5, "customer", -0.44, "Da ist der Betrag doppelt abgebucht worden, am zweiten und am vierten."],
    [17, "agent", 0.1, "Ja, ich sehe beide Buchungen."],
    [20.5, "customer", -0.45, "Und ich hätte gern eine Erstattung, und zwar, also, möglichst noch diese Woche."],
    [25.5, "agent", 0.25, "Die zweite Buchung nehme ich jetzt zurück. Das dauert drei bis fünf Werktage."],
    [30, "customer", -0.55, "Drei bis fünf Tage! Und andersrum geht es sofort. Das ist doch eine Frechheit."],
    [35, "agent", 0.1, "Ich verstehe Sie. Schneller geht es von der Bank aus leider nicht."],
    [39.5, "customer", -0.5, "Na gut. Wenn das noch mal vorkommt, dann kündige ich, das sage ich Ihnen ganz ehrlich."],
    [44.5, "agent", 0.3, "Ich habe einen Vermerk gemacht, damit es nicht wieder passiert."],
    [48.5, "customer", 0.05, "Bekomme ich da irgendwas, äh, irgendwas Schriftliches?"],
    [52, "agent", 0.4, "Ja, die Bestätigung ist gerade an Ihre E-Mail-Adresse gegangen."],
    [56, "customer", 0.35, "Gut, ist da. Dann danke ich Ihnen."],
    [59.5, "agent", 0.5, "Sehr gern, Frau Hollmann. Einen schönen Tag noch."],
  ],
};

export const verlassenesPaket: PracticeCall = {
  id: "verlassenes-paket",
  customerName: "Cem Aydoğan",
  channel: "chat",
  queue: "Bestellungen",
  language: "de",
  rows: [
    [1, "customer", -0.1, "hallo, ich warte seit letzter woche auf mein paket"],
    [5, "agent", 0.4, "Hallo Cem, hier ist Mira. Ich sehe gleich nach."],
    [10, "customer", -0.35, "laut sendung ist es seit montag in der zustellung, aber es kam nie jemand"],
    [16, "agent", 0.1, "Es liegt im Depot, der Zusteller hat die Adresse nicht gefunden."],
    [22, "customer", -0.55, "die adresse stimmt. das ist jetzt schon das dritte mal, mir reicht es langsam"],
    [28, "customer", -0.5, "wo kann ich mich da beschweren?"],
    [33, "agent", 0.3, "Direkt bei mir. Ich nehme die Beschwerde auf, genau so, wie Sie es geschrieben haben."],
    [39, "customer", -0.2, "ok. und das paket?"],
    [44, "agent", 0.35, "Heute geht ein neues raus, mit Lieferung bis morgen zwölf Uhr."],
    [50, "customer", -0.1, "und wenn nicht, bekomme ich dann mein geld zurück?"],
    [55, "agent", 0.4, "Ja, dann erstatte ich Ihnen den Betrag, ohne dass Sie noch einmal fragen müssen."],
    [61, "customer", 0.35, "gut, danke. klingt fair"],
    [65, "agent", 0.5, "Danke Ihnen für die Geduld."],
  ],
};
