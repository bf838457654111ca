import { describe, expect, test } from "vitest";
import { createFlowBot, type Conversation } from "../../electron/sandbox/flow-bot.ts";
import { shopFlows } from "../../electron/sandbox/shop/flows.ts";
import { shopIntents } from "../../electron/sandbox/shop/intents.ts";
import { besideTheMatter, rewordings } from "./rewordings.ts";

const bot = createFlowBot();

function say(text: string, context: Readonly<Record<string, unknown>> = {}): Conversation {
  return bot.converse({ text, context, mistaken: false });
}

function intentOf(conversation: Conversation): string | undefined {
  return conversation.turns.find((turn) => turn.intent !== undefined)?.intent;
}

function entitiesOf(text: string): unknown {
  return say(text).turns.find((turn) => turn.entities !== undefined)?.entities;
}

const path = (conversation: Conversation): readonly string[] => conversation.turns.map((turn) => turn.flowId);

describe("intents", () => {
  test("each has six to twelve phrases, all of which find it", () => {
    for (const intent of shopIntents) {
      expect([intent.id, intent.asked.length >= 6 && intent.asked.length <= 12]).toEqual([intent.id, true]);
      for (const phrase of intent.asked) expect([phrase, intentOf(say(phrase))]).toEqual([phrase, intent.id]);
    }
  });

  test("three of four things said in other words find theirs", () => {
    const found = rewordings.filter(([intent, said]) => intentOf(say(said)) === intent);
    expect(rewordings).toHaveLength(40);
    expect(found.length).toBeGreaterThanOrEqual(30);
    const phrases = new Set(shopIntents.flatMap((intent) => intent.asked).map((phrase) => phrase.toLowerCase()));
    expect(rewordings.filter(([, said]) => phrases.has(said.toLowerCase()))).toEqual([]);
  });

  test.each([...besideTheMatter, "", "?!", "ORD", "tomorrow", "$5", "in London", "sam@example.org", "constructor __proto__ toString"])(
    "%j is not understood",
    (said) => {
      expect(intentOf(say(said))).toBe("fallback");
      expect(path(say(said))).toEqual(["flow_fallback"]);
    },
  );

  test("the score says how close the words came", () => {
    const score = (text: string): number => say(text).turns.find((turn) => turn.intentScore !== undefined)?.intentScore ?? -1;
    expect(score("cancel my order")).toBeGreaterThan(0.9);
    expect(score("purple elephants")).toBe(0);
    for (const [, said] of rewordings) {
      expect(score(said)).toBeGreaterThanOrEqual(0);
      expect(score(said)).toBeLessThanOrEqual(1);
    }
  });

  test("case, accents and apostrophes make no difference", () => {
    for (const text of ["I CAN'T LOG IN", "i can’t log in", "I cant log in"]) expect(intentOf(say(text))).toBe("reset_password");
  });

  test("a greeting before a matter is returned first, and the matter's intent is the only one", () => {
    const both = say("Hello! Where is my order ORD-7?0 or rather ORD-70");
    expect(path(both)).toEqual(["flow_greeting", "flow_order_status"]);
    expect(both.turns.map((turn) => turn.intent)).toEqual([undefined, "check_order"]);
    expect(path(say("where is my order, ORD-70, thanks a lot, bye"))).toEqual(["flow_order_status"]);
  });

  test("a bot that is mistaken takes another intent, and is not mistaken by itself", () => {
    for (const text of ["cancel my order", "purple elephants", "hello"]) {
      const mistaken = bot.converse({ text, context: {}, mistaken: true });
      expect(mistaken.turns.length).toBeGreaterThan(0);
      expect(say(text)).toEqual(say(text));
    }
    expect(intentOf(bot.converse({ text: "cancel my order", context: {}, mistaken: true }))).not.toBe("cancel_order");
  });
});

describe("entities", () => {
  test.each([
    ["track ORD-4711", { order_id: "ORD-4711" }],
    ["track ord 4711", { order_id: "ORD-4711" }],
    ["track ORD_99 or ORD-12", { order_id: "ORD_99" }],
    ["my order number is 88123", { order_id: "ORD-88123" }],
    ["order no. 88123", { order_id: "ORD-88123" }],
    ["order #4711", { order_id: "ORD-4711" }],
    ["I placed an order 3 days ago", {}],
    ["record 4711 and swordfish 12", {}],
    ["$49.90", { amount: 49.9 }],
    ["49,90 €", { amount: 49.9 }],
    ["€ 1,299.00 and 5 euros", { amount: 1299 }],
    ["eur 20", { amount: 20 }],
    ["12 bucks", { amount: 12 }],
    ["1,200 dollars", { amount: 1200 }],
    ["5 dollarettes and 30 eurozone", {}],
    ["on 2026-03-14", { date: "2026-03-14" }],
    ["on 14.3.2026", { date: "2026-03-14" }],
    ["March 3rd, 2026", { date: "2026-03-03" }],
    ["the 3rd of march", { date: "03-03" }],
    ["Sept 9", { date: "09-09" }],
    ["2026-13-40", {}],
    ["next Friday or tomorrow", { date: "friday" }],
    ["mail Ada.Lane+shop@Example.org please", { email: "ada.lane+shop@example.org" }],
    ["ada@example", {}],
    ["use SAVE20", { voucher_code: "SAVE20" }],
    ["two kettles and a toaster", { product: "kettle" }],
    ["an espresso maker", { product: "coffee machine" }],
    ["my NOTEBOOK", { product: "laptop" }],
    ["in Muenchen, München or munich", { city: "Munich" }],
    ["in zürich", { city: "Zurich" }],
    ["the new yorker", {}],
    ["refund $20 for ORD-5 no, ORD-51, for the lamp in Wien on monday", { amount: 20, order_id: "ORD-51", product: "desk lamp", city: "Vienna", date: "monday" }],
  ])("%s", (text, entities) => {
    expect(entitiesOf(text)).toEqual(entities);
  });

  test("what is an order's number is no amount and no date", () => {
    expect(entitiesOf("order 20260314 costs")).toEqual({ order_id: "ORD-20260314" });
  });

  test.each(["1,111", "a.", "order ", "x@y.", "12 ", "ORD-"])("a long text of %j is read in time that grows with its length only", (piece) => {
    // Quadratic work would take minutes here, and the suite's time limit would end it.
    expect(say(piece.repeat(200_000)).turns).not.toEqual([]);
  });
});

describe("flows", () => {
  test("every intent leads to a flow that is there, and every one is reached", () => {
    const ids = shopFlows.map((flow) => flow.id);
    expect(new Set(ids).size).toBe(ids.length);
    const reached = [...shopIntents.flatMap((intent) => intent.asked), ...rewordings.map(([, said]) => said), "nonsense"].flatMap((text) => [
      ...path(say(text)),
      ...path(say(text, { authenticated: true })),
    ]);
    expect(new Set(reached)).toEqual(new Set(ids));
  });

  test("say whole sentences, with nothing left to be filled in", () => {
    const texts = [...shopIntents.flatMap((intent) => intent.asked), ...rewordings.map(([, said]) => said)];
    for (const text of texts) {
      for (const context of [{}, { authenticated: true, order_id: "ORD-5", customer_name: "Ada", tier: "gold" }]) {
        for (const { output } of say(text, context).turns) if (output !== undefined) expect(output).toMatch(/^[A-Z][^{}]+[.?]$/);
      }
    }
  });

  test.each([
    ["ORD-100", "was delivered", ["flow_order_status"]],
    ["ORD-104", "on its way", ["flow_order_status"]],
    ["ORD-107", "being packed", ["flow_order_status"]],
    ["ORD-109", "delayed", ["flow_order_status", "flow_delivery"]],
  ])("an order is where its last digit says: %s", (order, words, flows) => {
    const conversation = say(`where is ${order}`);
    expect(conversation.turns[0]?.output).toContain(words);
    expect(path(conversation)).toEqual(flows);
  });

  test("the session says who is there and which order it is about", () => {
    expect(path(say("cancel ORD-38"))).toEqual(["flow_cancel_order", "flow_identify"]);
    expect(path(say("cancel ORD-38", { authenticated: "true" }))).toEqual(["flow_cancel_order", "flow_identify"]);
    const ready = { authenticated: true, order_id: "ORD-18" };
    expect(say("cancel my order", ready).turns[0]?.output).toBe("Order ORD-18 is cancelled. Nothing will be charged.");
    // What is said counts more than what the session knows.
    expect(say("cancel ORD-28", ready).turns[0]?.output).toContain("ORD-28");
    expect(say("hello", { customer_name: "Ada" }).turns[0]?.output).toContain("Hello Ada");
    for (const odd of [{ order_id: { id: 1 } }, { order_id: null }, { constructor: 1 }]) {
      expect(say("cancel my order", { authenticated: true, ...odd }).turns[0]?.output).toContain("Which order is it?");
    }
  });

  test("one is not deployed, one breaks half-way, one is slow", () => {
    expect(say("redeem a voucher")).toMatchObject({ status: "completed", turns: [{ errorCode: "FLOW_NOT_DEPLOYED", errorMessage: "Flow flow_voucher is not deployed." }] });
    expect(say("pay my bill")).toMatchObject({ status: "failed", turns: [{ output: expect.any(String) as unknown }, { errorCode: "PAYMENT_GATEWAY_UNREACHABLE" }] });
    expect(say("reschedule my delivery").thinksMs).toBe(2_500);
    expect(say("where is ORD-9, I mean ORD-19").thinksMs).toBe(2_500);
    expect(say("where is ORD-10").thinksMs).toBe(0);
  });

  test("turns are numbered from 0", () => {
    expect(say("hi, cancel ORD-38 please").turns.map((turn) => turn.turnIndex)).toEqual([0, 1, 2]);
  });
});
