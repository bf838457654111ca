import type { Article } from "./article.ts";

export const germanArticles: readonly Article[] = [
  {
    id: "de-doppelt",
    language: "de",
    source: "Abrechnung · Doppelte Buchung",
    title: "Betrag doppelt abgebucht",
    texts: [
      "Ich sehe beide Buchungen. Die zweite nehme ich jetzt zurück, das Geld ist in drei bis fünf Werktagen wieder bei Ihnen.",
      "Sie bekommen gleich eine Bestätigung per E-Mail, damit Sie etwas in der Hand haben.",
    ],
    asked: ["zweimal abgebucht", "der Betrag wurde doppelt eingezogen", "doppelte Abbuchung", "Sie haben zweimal Geld vom Konto genommen", "doppelt berechnet"],
  },
  {
    id: "de-erstattung",
    language: "de",
    source: "Abrechnung · Erstattung",
    title: "Erstattung: Geld zurück",
    texts: [
      "Ich stoße die Erstattung jetzt an. Das Geld geht auf demselben Weg zurück, meist innerhalb von fünf Werktagen.",
      "Die Vorgangsnummer schicke ich Ihnen sofort. Stimmt Ihre E-Mail-Adresse noch?",
    ],
    asked: ["ich möchte mein Geld zurück", "ich will eine Rückerstattung", "bitte erstatten Sie mir das", "wann wird mir das gutgeschrieben", "wo bleibt meine Erstattung", "das muss zurückgezahlt werden"],
  },
  {
    id: "de-kuendigung",
    language: "de",
    source: "Kundenbindung · Erste Antwort",
    title: "Kündigung: Kunde möchte kündigen",
    texts: [
      "Bevor Sie sich entscheiden: Darf ich nachsehen, welcher Tarif jetzt besser zu Ihnen passt?",
      "Ich kann den Vertrag auch bis zu drei Monate ruhen lassen, dann zahlen Sie in dieser Zeit nichts.",
    ],
    asked: ["ich möchte kündigen", "ich will meinen Vertrag kündigen", "wie kann ich den Vertrag beenden", "ich wechsle den Anbieter", "mein Abo loswerden", "dann kündige ich eben"],
  },
  {
    id: "de-beschwerde",
    language: "de",
    source: "Beschwerden · Aufnahme",
    title: "Beschwerde aufnehmen",
    texts: [
      "Es tut mir leid, dass es so weit gekommen ist. Ich nehme Ihre Beschwerde Wort für Wort auf, die Nummer bekommen Sie gleich.",
      "Innerhalb von zwei Werktagen meldet sich jemand mit Namen bei Ihnen.",
    ],
    asked: ["ich möchte mich beschweren", "ich will eine Beschwerde einreichen", "wo kann ich mich beschweren", "das reklamiere ich", "offizielle Beschwerde"],
  },
  {
    id: "de-vorgesetzter",
    language: "de",
    source: "Eskalation · Teamleitung",
    title: "Kunde möchte mit dem Vorgesetzten sprechen",
    texts: ["Ich hole meine Teamleitung dazu und erkläre vorher alles, damit Sie nicht von vorn anfangen müssen."],
    asked: ["ich möchte Ihren Vorgesetzten sprechen", "geben Sie mir den Chef", "verbinden Sie mich mit einem Verantwortlichen", "Teamleiter sprechen"],
  },
  {
    id: "de-empathie",
    language: "de",
    source: "Empathie · Verärgerter Kunde",
    title: "Kunde ist verärgert",
    texts: [
      "Ich verstehe, dass Sie das ärgert. Wir gehen das jetzt Schritt für Schritt durch, und ich bleibe dran, bis es gelöst ist.",
      "Sie haben recht, das darf nicht passieren. Das kann ich jetzt sofort für Sie tun.",
    ],
    asked: ["das ist eine Frechheit", "ich bin wirklich sauer", "das ist unmöglich", "mir reicht es", "ich bin enttäuscht", "das nervt", "so etwas Ärgerliches"],
  },
  {
    id: "de-lieferung",
    language: "de",
    source: "Bestellungen · Verspätete Lieferung",
    title: "Paket kommt zu spät oder ist nicht angekommen",
    texts: [
      "Ich sehe nach, wo Ihr Paket ist. Wenn es sich seit zwei Tagen nicht bewegt hat, geht heute noch ein neues raus.",
    ],
    asked: ["mein Paket ist nicht angekommen", "wo bleibt meine Bestellung", "die Lieferung ist zu spät", "ich warte seit Tagen auf die Sendung", "der Zusteller war nicht da"],
  },
  {
    id: "de-ruecksendung",
    language: "de",
    source: "Retouren · Zurückschicken",
    title: "Ware zurückschicken oder umtauschen",
    texts: ["Sie können sie innerhalb von dreißig Tagen zurückschicken. Das Etikett ist schon auf dem Weg in Ihr Postfach."],
    asked: ["ich möchte das zurückschicken", "wie geht der Umtausch", "ich will die Ware zurückgeben", "Retoure"],
  },
  {
    id: "de-passwort",
    language: "de",
    source: "Konto · Passwort",
    title: "Passwort zurücksetzen, wieder einloggen",
    texts: ["Ich schicke Ihnen jetzt einen Link auf Ihr Handy. Er gilt zehn Minuten, ich warte so lange."],
    asked: ["ich habe mein Passwort vergessen", "ich kann mich nicht einloggen", "Kennwort zurücksetzen", "ich komme nicht in mein Konto", "ausgesperrt"],
  },
  {
    id: "de-karte",
    language: "de",
    source: "Karten · Verloren oder gestohlen",
    title: "Karte verloren oder gestohlen, sperren",
    texts: ["Ich sperre die Karte sofort, dann kann niemand mehr damit zahlen. Die neue ist in drei Werktagen bei Ihnen."],
    asked: ["ich habe meine Karte verloren", "meine Bankkarte wurde gestohlen", "bitte Karte sperren", "ich finde meine Kreditkarte nicht"],
  },
  {
    id: "de-internet",
    language: "de",
    source: "Technik · Verbindung",
    title: "Internet ausgefallen oder bricht ab",
    texts: ["Ich prüfe Ihre Leitung von hier aus. Bitte lassen Sie den Router an, das dauert keine Minute."],
    asked: ["mein Internet ist ausgefallen", "die Verbindung bricht ständig ab", "das WLAN geht nicht", "Störung am Anschluss"],
  },
];
