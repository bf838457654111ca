import { describe, expect, test } from "vitest";
import { createBot } from "../../electron/sandbox/bot.ts";
import { practiceArticles } from "../../electron/sandbox/knowledge-base.ts";
import { practiceCalls } from "../../electron/sandbox/practice-list.ts";

const bot = createBot(practiceArticles);
const idByText = new Map(practiceArticles.flatMap((article) => article.texts.map((text) => [text, article.id] as const)));

function ask(transcript: string, sentimentScore = 0, context: Record<string, unknown> = {}) {
  return bot
    .suggest({ interactionId: "any", transcript, sentimentScore, context })
    .map((one) => ({ ...one, id: idByText.get(one.text) ?? "" }));
}

/** Things said in words that stand neither in an article nor in a practice call. */
const reworded: readonly (readonly [article: string, said: string, score?: number])[] = [
  ["duplicate-charge", "you've taken the forty five dollars out of my account two times this month"],
  ["duplicate-charge", "so the same payment went out twice, on the third and the ninth"],
  ["duplicate-charge", "why did I get billed double in October?"],
  ["refund-request", "honestly i'd just like my money back please"],
  ["refund-request", "could you reimburse me for the thirty dollars"],
  ["refund-status", "it's been three weeks and the refund still hasn't arrived"],
  ["goodwill-full-refund", "i expect the entire sum refunded, every cent of it, a full refund"],
  ["cancel-first-response", "right then, i'm going to switch provider, close my account please"],
  ["cancel-first-response", "i want out, how do i get rid of this membership"],
  ["cancel-first-response", "i've decided to leave you and go elsewhere"],
  ["complaint-intake", "i would like to lodge a formal complaint about the way i was treated"],
  ["complaint-intake", "who do i complain to about this"],
  ["complaint-status", "I complained in spring already and never had an answer"],
  ["escalate-supervisor", "can i please talk to whoever is in charge there"],
  ["escalate-supervisor", "put your manager on the phone"],
  ["late-delivery", "the courier says it was delivered but there's no parcel here"],
  ["late-delivery", "my order should have been here on monday and it never turned up"],
  ["damaged-item", "the glass arrived broken, the whole package was smashed"],
  ["engineer-missed", "i stayed at home all day and the technician just never showed up"],
  ["roaming-bill", "we were in turkey on holiday and now there's three hundred dollars for data abroad"],
  ["internet-outage", "every night the wifi just drops"],
  ["warranty-repair", "the kettle leaks and it won't turn on any more"],
  ["return-item", "the boots don't fit, i'd like to send them back"],
  ["late-fee", "why is there a fifteen dollar overdraft fee again, please take it off"],
  ["payment-plan", "i can't pay all of that this month, i lost my job"],
  ["price-increase", "you've put the price up again and i can't afford that"],
  ["change-address", "we moved house last week so you need the new address"],
  ["card-lost", "i think somebody stole my wallet with my debit card in it"],
  ["card-lost", "hi um i misplaced my visa could you send me another one"],
  ["card-fraud", "there's a payment on my card i didn't make, that wasn't me"],
  ["password-reset", "i can't log in, it does not take my passcode"],
  ["transfer-money", "i need to move some money over to my savings account"],
  ["transfer-money", "hi my name is ann i'd like to send some money to my daughter's account"],
  ["statement-copy", "could you mail me the statements for march and april"],
  ["appointment", "hello i'd like to schedule a meeting with one of your advisers"],
  ["branch-hours", "what time does your office on main street open"],
  ["pay-bill", "yeah i have a bill here that i would like to pay"],
  ["balance", "can you tell me how much money i have in my checking account balance"],
  ["order-checks", "i'm nearly out of cheques, can i get a new book"],
  ["empathy-anger", "well that's just great, isn't it", -0.55],
  ["empathy-anger", "i don't know what to say any more", -0.45],
  ["empathy-repeat", "i've now explained this to four different people, every time i start again", -0.5],
  ["de-doppelt", "da haben Sie mir den Betrag gleich zweimal vom Konto genommen"],
  ["de-erstattung", "ich hätte gern mein geld wieder"],
  ["de-kuendigung", "dann möchte ich den Vertrag beenden und zu einem anderen gehen"],
  ["de-beschwerde", "an wen richte ich eine Beschwerde?"],
  ["de-vorgesetzter", "holen Sie mir bitte mal Ihren Chef ans Telefon"],
  ["de-lieferung", "die Bestellung ist immer noch nicht da, ich warte seit zehn Tagen"],
  ["de-karte", "meine Kreditkarte ist weg, wahrscheinlich geklaut"],
  ["de-empathie", "also ich weiß nicht mehr, was ich noch machen soll", -0.6],
  ["es-doble", "me aparece el mismo cargo dos veces en la cuenta"],
  ["es-reembolso", "lo que quiero es que me devuelvan mi dinero"],
  ["es-baja", "pues entonces prefiero darme de baja"],
  ["es-queja", "donde puedo poner una reclamacion"],
  ["es-supervisor", "quiero que me ponga con su jefe"],
  ["es-entrega", "llevo esperando el paquete desde el martes y no llega"],
  ["duplicate-charge", "There are two identical payments to you on my account, you've charged me once too often"],
  ["duplicate-charge", "I only ordered one but I was billed for it twice"],
  ["refund-request", "I'd like to have that amount credited back to me"],
  ["refund-request", "when can I expect to be reimbursed"],
  ["refund-status", "the refund you promised me last month is still missing"],
  ["refund-request", "look I just want you to pay me back"],
  ["cancel-first-response", "I don't want this subscription any longer, please end it"],
  ["cancel-first-response", "how can I terminate my plan with you guys"],
  ["cancel-first-response", "we're thinking of leaving, another company offers more"],
  ["cancel-terms", "what do I have to pay to get out of the contract early"],
  ["complaint-intake", "I wish to file a grievance against one of your staff"],
  ["complaint-intake", "I'm going to report this to the regulator"],
  ["escalate-supervisor", "is your boss available, I'd rather speak with him"],
  ["escalate-supervisor", "you obviously can't help, get me somebody higher up"],
  ["late-delivery", "it's already four days overdue, where's my package"],
  ["late-delivery", "I'm still waiting for the delivery from last week"],
  ["damaged-item", "I opened the parcel and the vase is in pieces, broken"],
  ["missing-item", "you sent me only one of the two chairs I ordered"],
  ["engineer-missed", "your guy was supposed to come this morning and nobody came"],
  ["internet-outage", "we've had no internet since last night"],
  ["internet-outage", "my connection is really unstable, it disconnects every few minutes"],
  ["roaming-bill", "you charged me a fortune for using my phone in Spain while travelling"],
  ["warranty-repair", "the washing machine I bought in spring broke, can someone fix it"],
  ["return-item", "these trousers are the wrong size, I want to exchange them"],
  ["late-fee", "I see a penalty on my account that I don't think is fair, remove this fee"],
  ["payment-plan", "could I pay that off in instalments, money is tight right now"],
  ["price-increase", "my plan got more expensive again"],
  ["card-lost", "my credit card was in the bag that got stolen"],
  ["card-lost", "i need a replacement for my bank card, i can't find it anywhere"],
  ["card-fraud", "someone hacked my account and bought things"],
  ["password-reset", "I've forgotten my login"],
  ["password-reset", "it keeps locking me out, i need a new password"],
  ["transfer-money", "i wanna wire two hundred dollars from checking to savings"],
  ["statement-copy", "i need my account statement for the tax office"],
  ["appointment", "i need to make an appointment for next tuesday"],
  ["branch-hours", "are you open on saturday"],
  ["pay-bill", "can you take a payment for my water bill"],
  ["balance", "what's the balance on my savings account"],
  ["loan-question", "I'd like to talk about getting a mortgage"],
  ["change-address", "my address has changed"],
  ["empathy-wait", "I've been on hold for fifty minutes", -0.5],
  ["broken-promise", "you told me this would be fixed, you promised", -0.5],
  ["empathy-anger", "this whole thing is an absolute disgrace", -0.7],
  ["legal-threat", "then my attorney will be in touch with you", -0.6],
  ["de-erstattung", "Wann bekomme ich denn mein Geld zurück?"],
  ["de-erstattung", "den Betrag hätte ich gern gutgeschrieben"],
  ["de-doppelt", "das ist doppelt von meinem Konto eingezogen worden"],
  ["de-kuendigung", "ich hab keine Lust mehr, ich kündige jetzt meinen Tarif"],
  ["de-beschwerde", "ich will mich über den Fahrer beschweren"],
  ["de-internet", "seit gestern habe ich kein Internet mehr"],
  ["de-passwort", "ich komme mit meinem Kennwort nicht mehr rein"],
  ["de-empathie", "so eine Unverschämtheit, ich bin total sauer", -0.7],
  ["es-reembolso", "cuándo voy a recibir el reembolso"],
  ["es-baja", "ya no quiero el servicio, quiero cancelarlo"],
  ["es-queja", "quiero presentar una queja formal"],
  ["es-supervisor", "necesito hablar con el encargado"],
  ["es-tarjeta", "me robaron el bolso con la tarjeta"],
  ["es-contrasena", "se me olvidó la clave de acceso"],
  ["es-internet", "llevo tres días sin internet"],
];

const smallTalk = [
  "hello good morning how are you today",
  "the weather has been lovely, we took the dog to the lake",
  "okay thank you very much you too bye bye",
  "purple elephants calculate quietly",
  "zero seven eight seven",
  "yes that's right",
  "my name is patricia brown",
  "no that's all the help i needed today thank you",
  "hallo, guten Tag, hier ist Frau Weber",
  "ja genau, vielen Dank, tschüss",
  "buenas tardes, qué tal",
  "muchas gracias, adiós",
  "did you watch the game last night",
  "let me write that down, one second",
  "can you spell your last name for me",
  "it's b as in boy, r, o, w, n",
  "one moment please, my son is at the door",
  "einen Moment bitte, ich hole was zu schreiben",
  "perdone, un momento",
  "asdf qwer zxcv",
  "",
  "?!? ... 123",
];

describe("the bot finds the article for things said in other words", () => {
  test.each(reworded.map(([article, said, score = 0]) => [article, said, score] as const))("%s: %s", (article, said, score) => {
    const answer = ask(said, score);
    expect(answer[0]?.id).toBe(article);
    expect(answer[0]?.confidence).toBeGreaterThanOrEqual(0.75);
  });

  test("no rewording stands in an article or a call as it is", () => {
    const written = new Set(
      [
        ...practiceArticles.flatMap((article) => article.asked),
        ...practiceCalls.flatMap((call) => call.lines.map((line) => line.text)),
      ].map((text) => text.toLowerCase()),
    );
    expect(reworded.filter((row) => written.has(row[1].toLowerCase()))).toEqual([]);
  });
});

describe("the bot does not recommend what nobody asked for", () => {
  test.each(smallTalk)("%s", (said) => {
    expect(ask(said).filter((one) => one.confidence >= 0.75)).toEqual([]);
  });
});

describe("what is recommended", () => {
  test("two wishes in one breath both find their article", () => {
    const ids = ask("if I don't get a refund for that I'd rather cancel the whole thing, honestly")
      .filter((one) => one.confidence >= 0.75)
      .map((one) => one.id);
    expect(ids).toEqual(expect.arrayContaining(["refund-request", "cancel-first-response"]));
  });

  test("is at most five, best first, with confidence between 0 and 1", () => {
    for (const [, said, score] of reworded) {
      const answer = ask(said, score ?? 0);
      expect(answer.length).toBeLessThanOrEqual(5);
      expect(answer.map((one) => one.confidence)).toEqual(answer.map((one) => one.confidence).toSorted((a, b) => b - a));
      for (const one of answer) {
        expect(one.confidence).toBeGreaterThan(0);
        expect(one.confidence).toBeLessThanOrEqual(1);
      }
    }
  });

  test("has weak ones among it, for the policy to drop", () => {
    const weak = reworded.flatMap(([, said, score]) => ask(said, score ?? 0)).filter((one) => one.confidence < 0.75);
    expect(weak.length).toBeGreaterThan(5);
  });

  test("is more certain the closer the words come", () => {
    const close = ask("my refund has not arrived")[0];
    const vague = ask("my refund").find((one) => one.id === "refund-status");
    expect(close?.id).toBe("refund-status");
    expect(close?.confidence ?? 0).toBeGreaterThan((vague?.confidence ?? 0) + 0.1);
  });

  test("depends neither on the interaction nor on what else its context says", () => {
    const question = { transcript: "I want my money back", sentimentScore: -0.2 };
    const one = bot.suggest({ ...question, interactionId: "charged-twice", context: {} });
    const other = bot.suggest({ ...question, interactionId: "zz", context: { queue: "Banking", caseId: 7 } });
    expect(one).toEqual(other);
  });

  test("brings empathy in when the tone sinks, and leaves the matter itself first", () => {
    const calm = ask("I want to speak to a supervisor", 0.1);
    const angry = ask("I want to speak to a supervisor", -0.65);
    expect(calm.some((one) => one.id.startsWith("empathy"))).toBe(false);
    expect(angry[0]?.id).toBe("escalate-supervisor");
    expect(angry[0]?.confidence).toBe(calm[0]?.confidence);
    expect(angry.some((one) => one.id === "empathy-anger")).toBe(true);
  });

  test("keeps to the customer's language, and to the context's where a line is too short to tell", () => {
    expect(ask("internet", 0, { language: "de" })[0]?.id).toMatch(/^de-/);
    expect(ask("internet", 0, { language: "es" })[0]?.id).toMatch(/^es-/);
    expect(ask("ich möchte kündigen und zwar sofort", 0, { language: "en" })[0]?.id).toBe("de-kuendigung");
  });

  test("finds Spanish without its accents and German in capitals", () => {
    expect(ask("quiero una devolucion del dinero")[0]?.id).toBe("es-reembolso");
    expect(ask("ICH MÖCHTE EINE RÜCKERSTATTUNG")[0]?.id).toBe("de-erstattung");
  });

  test("survives words that objects inherit", () => {
    expect(() => ask("constructor __proto__ toString hasOwnProperty refund")).not.toThrow();
    expect(ask("constructor __proto__ refund please")[0]?.id).toBe("refund-request");
  });
});

describe("the knowledge base", () => {
  test("has unique ids and texts, and a source in two parts for each article", () => {
    expect(new Set(practiceArticles.map((article) => article.id)).size).toBe(practiceArticles.length);
    const texts = practiceArticles.flatMap((article) => article.texts);
    expect(new Set(texts).size).toBe(texts.length);
    for (const article of practiceArticles) expect(article.source).toMatch(/^.+ · .+$/);
  });

  test("breaks policy in exactly one article, which can be found", () => {
    const breaking = practiceArticles.filter((article) => article.texts.some((text) => /guarantee full refund|legal action|sue the company/i.test(text)));
    expect(breaking.map((article) => article.id)).toEqual(["goodwill-full-refund"]);
    const answer = ask("I want a full refund, every penny").filter((one) => one.confidence >= 0.75);
    expect(answer.map((one) => one.id)).toEqual(expect.arrayContaining(["goodwill-full-refund", "refund-request"]));
  });
});
