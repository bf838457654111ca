import type { practiceCallWords as english } from "../en/practice-words.ts";

export const practiceCallWords: typeof english = {
  "charged-twice": { title: "Doppelt berechnet", about: "Eine Rechnung ging zweimal hinaus, und eine Gebühr steht noch da. Der Kunde möchte sein Geld zurück, oder gehen. Auf Englisch." },
  "leaving-for-cheaper": { title: "Kündigung wegen des Preises", about: "Eine Kundin möchte kündigen, weil der Preis gestiegen ist. Es gibt ein Angebot, das sie halten kann. Auf Englisch." },
  "evening-outages": { title: "Jeden Abend weg", about: "Die Verbindung bricht jeden Abend ab, und der Anrufer hat es schon dreimal erklärt. Er verlangt die Teamleitung. Auf Englisch." },
  "parcel-in-the-rain": { title: "Ein Paket im Regen", about: "Zugestellt, sagt die Sendungsverfolgung; durchnässt und kaputt, sagt der Kunde. Er möchte sich beschweren und sein Geld zurück. Auf Englisch." },
  "nobody-came": { title: "Niemand kam", about: "Zum dritten Mal ist ein Techniker nicht erschienen. Es fällt kein Stichwort: Nur die Stimmung sinkt. Auf Englisch." },
  "doppelt-abgebucht": { title: "Doppelt abgebucht", about: "Eine Rechnung wurde zweimal abgebucht. Die Kundin möchte das Geld noch diese Woche zurück und droht mit Kündigung." },
  "mudanza-sin-fibra": { title: "Umzug ohne Internet", about: "Nach einem Umzug zwei Wochen ohne Internet und trotzdem zweimal berechnet. Auf Spanisch." },
  "fee-that-stays": { title: "Die Gebühr, die bleibt", about: "Eine Überziehungsgebühr nach einem verspäteten Gehalt, und eine Beschwerde, auf die nie jemand geantwortet hat. Auf Englisch." },
  "leaking-machine": { title: "Die undichte Maschine", about: "Eine Kaffeemaschine ist undicht, schon die zweite. Eine freundliche Anruferin, die ihr Geld zurück möchte und Zeit braucht. Auf Englisch." },
  "gym-membership": { title: "Ein Umzug ins Ausland", about: "Jemand zieht ins Ausland, kündigt seine Mitgliedschaft und hat im Januar doppelt bezahlt. Kurze Zeilen, in Eile. Auf Englisch." },
  "verlassenes-paket": { title: "Verlassenes Paket", about: "Ein Paket ist seit einer Woche unterwegs und kommt nicht an. Schon zum dritten Mal." },
  "roaming-shock": { title: "Eine Rechnung nach dem Urlaub", about: "Dreihundert Dollar für Daten im Ausland. Der Kunde hat es nicht kommen sehen. Auf Englisch." },
  "zapatos-pequenos": { title: "Zu kleine Schuhe", about: "Schuhe, die zu klein sind und zu spät kamen. Der Kunde möchte sein Geld und nicht noch einmal warten. Auf Spanisch." },
  "new-address": { title: "Eine neue Adresse", about: "Eine zufriedene Anruferin mit einer neuen Adresse. Das Panel hat nichts zu sagen: Auch das ist richtig. Auf Englisch." },
};
