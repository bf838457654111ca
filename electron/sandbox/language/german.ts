import { stemmer } from "@orama/stemmers/german";
import type { WordList } from "./word-list.ts";

/** German, as customers of a service desk speak it. */
export const german: WordList = {
  language: "de",
  stem: stemmer,
  upset: "ärgerlich",
  stopWords: `aber ach alle allem alles also am an andere anderen auch auf aus bei beim bin bis bisschen bitte da dabei dafür
    dagegen dahin damals damit danach danke dann daran darauf das dass davon dazu dein dem den denn der des dessen die dies diese
    diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einfach einmal er erst es etwas euch euer
    eure für ganz gar gegen genau gern gerne gestern gibt ging gleich gut guten habe haben hallo hat hatte hatten hätte hätten
    heute hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwie ist ja jede jedem jeden jeder jetzt
    kann kein keine keinen können könnte könnten konnte mache machen macht mag mal man mehr mein meine meinem meinen meiner mich
    mir mit möchte morgen morgens muss müssen na nach nächste nächsten name natürlich nein nicht nichts noch nochmal nun nur ob
    oder ohne okay quasi schon sehr sein seine seit sich sie sind so sogar soll sollte sonst steht stelle tag tage tagen tja
    tut über uhr um und uns unser unsere unter viel vielen vielleicht vom von vor wäre wann war waren warum was weil weiß
    weiter welche wenn wer werde werden wie wieder will wir wird wirklich wo woche wochen wohl wollen wollte worden wurde wurden
    würde würden zu zum zur zwar zwei zwischen äh ähm hm tschüss wiederhören wetter sagen gesagt sage eben halt eigentlich
    drei vier fünf sechs sieben acht neun zehn euro monat monate monaten frau herr vorne hinten geht gehen sache sprechen telefon holen geben verbinden reden leitung bekomme bekommen einfach`,
  synonyms: [
    ["erstatten", "erstattung", "rückerstattung", "rückerstatten", "erstattet", "zurückerstatten", "zurückerstattet", "geld zurück", "zurückzahlen", "zurückbekommen", "zurücküberweisen", "gutschrift", "gutschreiben", "gutgeschrieben", "zurückbuchen", "geld wieder"],
    ["abbuchen", "abgebucht", "abbuchung", "abgezogen", "belastet", "eingezogen", "berechnet", "buchung", "gebucht", "vom konto"],
    ["doppelt", "zweimal", "zwei mal", "doppelte", "zweites mal", "beide male", "doppelbuchung"],
    ["kündigen", "kündigung", "gekündigt", "kündige", "vertrag beenden", "aussteigen", "anbieter wechseln", "abmelden", "abo beenden", "loswerden", "vertrag auflösen"],
    ["vertrag", "abo", "abonnement", "mitgliedschaft", "tarif"],
    ["beschwerde", "beschweren", "beschwere", "reklamieren", "reklamation", "schriftlich", "melden"],
    ["vorgesetzter", "vorgesetzten", "vorgesetzte", "chef", "chefin", "teamleiter", "teamleitung", "verantwortlichen", "verantwortlicher", "weiter oben", "leitung", "eskalieren"],
    ["ärgerlich", "ärger", "sauer", "wütend", "frechheit", "unverschämt", "unmöglich", "enttäuscht", "genervt", "nervt", "reicht", "unfassbar", "katastrophe", "zumutung", "lächerlich", "frustriert", "frustrierend", "schlimm", "bodenlos"],
    ["paket", "lieferung", "liefern", "geliefert", "bestellung", "bestellt", "sendung", "zusteller", "bote", "päckchen", "ware"],
    ["spät", "verspätet", "verspätung", "verzögert", "nicht angekommen", "nicht da", "nicht gekommen", "fehlt", "warte", "warten", "wartet", "gewartet", "überfällig"],
    ["passwort", "kennwort", "einloggen", "anmelden", "login", "ausgesperrt", "zugang", "zugangsdaten"],
    ["karte", "bankkarte", "kreditkarte", "girokarte", "ec karte"],
    ["verloren", "gestohlen", "geklaut", "verlegt", "weg", "finde nicht", "sperren", "gesperrt"],
    ["rechnung", "rechnungen", "abrechnung", "rechnungsbetrag"],
    ["internet", "wlan", "router", "leitung tot", "verbindung", "anschluss", "dsl"],
    ["ausfall", "ausgefallen", "störung", "bricht ab", "abbrüche", "funktioniert nicht", "unterbrochen", "tot"],
    ["techniker", "monteur", "handwerker"],
    ["termin", "termine", "vereinbaren", "verschieben"],
    ["zurückschicken", "rücksendung", "retoure", "umtauschen", "zurückgeben", "umtausch", "zurücksenden"],
    ["kaputt", "defekt", "beschädigt", "zerbrochen", "geht nicht an", "kaputtgegangen"],
    ["überweisen", "überweisung", "geld senden", "geld schicken"],
    ["teuer", "teurer", "preis", "preise", "erhöhung", "erhöht", "kosten", "kostet"],
  ],
};
