import { formatCount } from "../../ui/format.ts";
import type { bridgeTexts as english } from "../en/bridge-texts.ts";
import type { Wording } from "../wording.ts";

/** About bridged chats: who answers, what is written into them and what became of it. */
export const bridgeTexts = {
  chat: {
    answererLabel: "Wer antwortet",
    botAnswers: "Der Bot antwortet",
    agentAnswers: "Sie antworten",
    takeOver: "Übernehmen",
    handBack: "Zurückgeben",
    takeOverHint: "Der Bot schweigt in diesem Chat, bis Sie ihn zurückgeben (t)",
    handBackHint: "Der Bot beantwortet, was Sie nicht beantwortet haben, und was der Kunde als Nächstes schreibt (t)",

    attentionLabel: "Wartet auf Sie",
    waits: "Wartet auf Sie",
    withheld: "Die Richtlinie hielt die Antwort des Bots zurück",
    withheldPhrase: (phrase) => `Die Antwort enthielt die verbotene Wendung „${phrase}“.`,
    withheldDo: "Der Kunde wartet auf Ihre Antwort: Schreiben Sie sie unten. Geben Sie den Chat zurück, beantwortet der Bot die anderen Nachrichten, diese nicht.",
    withheldDoBot: "Der Kunde wartet auf Ihre Antwort: Schreiben Sie sie unten.",
    deadLetter: "Der Bot konnte dem Kunden nicht antworten",
    deadLetterDo: "Antworten Sie selbst, oder fragen Sie den Bot noch einmal.",
    deadLetterDoAgent: "Antworten Sie selbst.",
    asked: (text) => `„${text}“`,
    write: "Antwort schreiben",
    askAgain: "Bot noch einmal fragen",

    typing: (age) => `wird gefragt · ${age}`,
    handOver: "Übergabetext",

    sendingIn: (countdown) => `Wird gesendet in ${countdown}`,
    undoHint: "Zurückholen, was gerade gesendet wird (z)",
    queued: "Wartet auf das Senden",
    sending: "Wird gesendet",
    delivered: "Zugestellt",
    deliveredAt: (time) => `Zugestellt um ${time}`,
    failed: "Nicht gesendet.",
    sendAgain: "Erneut senden",
    uncertain: "Niemand weiß, ob dies ankam.",
    uncertainKnown: (time) => `Um ${time} gesendet, es kam keine Antwort, und das Gespräch ließ sich nicht nachlesen. Sehen Sie auf der Plattform nach:`,
    arrived: "Es kam an",
    tooLate: "Zu spät zum Zurückholen: Es ist unterwegs.",
    tooLateRemedy: "Was daraus wird, steht bei der Nachricht.",

    composer: "Nachricht an den Kunden",
    placeholder: (name) => `An ${name} schreiben`,
    send: "Senden",
    sent: "Gesendet",
    hint: "Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile",
    sendHint: "Senden (Eingabe)",
    sendHintTakesOver: "Mit dem Senden übernehmen Sie den Chat vom Bot (Eingabe)",
    hintTakesOver: "Mit dem Senden übernehmen Sie den Chat vom Bot",
    sendCard: "Dies an den Kunden senden",
    sendCardTakesOver: "Dies an den Kunden senden; übernimmt den Chat vom Bot",
    edit: "Vor dem Senden ändern",
    tooLong: (count, limit) => `${count} von ${limit} Zeichen: Kürzen Sie den Text, um ihn zu senden.`,
    notRunning: "Callside läuft nicht. Ihr Text bleibt hier.",
    notSent: (what, remedy) => `Nicht gesendet. ${what} ${remedy}`,
  },

  announceChat: {
    withheld: (name) => `${name} wartet auf Sie: Die Richtlinie hielt die Antwort des Bots zurück`,
    deadLetter: (name) => `${name} wartet auf Sie: Der Bot konnte nicht antworten`,
    waits: (name) => `${name} hat geschrieben und wartet auf Sie`,
    failed: (name) => `Eine Nachricht an ${name} wurde nicht gesendet`,
    uncertain: (name) => `Niemand weiß, ob eine Nachricht an ${name} ankam`,
    held: "Wird gleich gesendet. Z holt es zurück",
    agentAnswers: "Jetzt antworten Sie",
    botAnswers: "Jetzt antwortet der Bot",
    bridgeRefused: "Die Bridge wurde abgelehnt",
    bridgeLost: "Die Bridge ist nicht verbunden, verbindet neu",
    bridgeBack: "Die Bridge ist wieder verbunden",
  },

  bridgeLink: {
    title: "Genesys-Bridge",
    refused: "Die Bridge wurde abgelehnt",
    lastHeard: "Zuletzt gehört",
    chats: "Chats hier",
    chatsOf: (count, withAgent) => (count === 0 ? "keine" : `${formatCount(count)}, davon ${formatCount(withAgent)} von Ihnen beantwortet`),
    missed: "Verpasste Ereignisse",
    offHint:
      "Die Bridge bringt die Chats von Genesys Cloud hierher und lässt den Bot antworten. Meist läuft sie als eigener Dienst; soll sie mit diesem Panel laufen, ergänzen Sie in der Konfiguration den Abschnitt „bridge“ mit scope.",
  },

  chatKeys: {
    group: "In einem Chat",
    write: "An den Kunden schreiben",
    answerer: "Übernehmen oder an den Bot zurückgeben",
    send: "Das Geschriebene senden",
    newLine: "Neue Zeile",
    leave: "Den Text lassen, wie er ist",
    undo: "Zurückholen, was gerade gesendet wird",
    editCard: "Einen Vorschlag vor dem Senden ändern",
    sendCard: "Einen Vorschlag senden",
  },
} satisfies Wording<typeof english>;
