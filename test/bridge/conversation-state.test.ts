import { describe, expect, test } from "vitest";
import { conversationAfter, isOpen, newConversation, shownConversation, type ConversationEvent, type ConversationState } from "../../electron/bridge/conversation-state.ts";
import { bridgedConversationSchema } from "../../shared/bridge-view.ts";
import type { DeadLetter, Delivery, DeliveryState } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";

const fault: Fault = { kind: "transport", code: "timeout", detail: "" };
const conversationId = "chat";

function message(id: string, speaker: "customer" | "agent" | "bot" = "customer"): ConversationEvent {
  return { kind: "message", id, conversationId, sequenceId: null, speaker, text: "hello", at: 1 };
}

function delivery(id: string, state: DeliveryState, origin: Delivery["origin"] = "bot"): ConversationEvent {
  return { kind: "delivery", delivery: { id, conversationId, origin, text: "words", at: 5, state } };
}

function letter(id: string): DeadLetter {
  return { id, conversationId, text: "hello", receivedAt: 1, diedAt: 2, attempts: 5, fault };
}

const dead = (id: string): ConversationEvent => ({ kind: "dead-letter", letter: letter(id) });
const withheld: ConversationEvent = { kind: "withheld", id: "m1", conversationId, rule: { rule: "phrase", phrase: "legal action" }, instead: "agent" };
const answered: ConversationEvent = { kind: "answered", id: "m1", conversationId, hops: { genesys: null, bot: 1, reply: 1 }, totalMs: 2, level: "normal" };
const left: ConversationEvent = { kind: "left-to-agent", id: "m1", conversationId };
const takenOver: ConversationEvent = { kind: "answerer", conversationId, answerer: "agent", why: "asked" };
const handedBack: ConversationEvent = { kind: "answerer", conversationId, answerer: "bot", why: "asked" };

/** The conversation after these events, one each 10 ms from 1,000 on. */
function after(...events: readonly ConversationEvent[]): ConversationState {
  return events.reduce((state, event, index) => conversationAfter(state, event, 1_000 + index * 10), newConversation("bot", 900));
}

const shown = (...events: readonly ConversationEvent[]) => bridgedConversationSchema.parse(shownConversation(after(...events)));

test("a conversation is the bot's, and waits for nobody, before anything is known", () => {
  expect(shown()).toEqual({ answerer: "bot", since: 900, attention: null, askingSince: null, deliveries: [] });
});

describe("the bot is being asked", () => {
  test("from a customer's message on, and while any is open, since the oldest of them", () => {
    expect(shown(message("m1")).askingSince).toBe(1_000);
    expect(shown(message("m1"), message("m2")).askingSince).toBe(1_000);
    expect(shown(message("m1"), message("m2"), answered).askingSince).toBe(1_010);
  });

  test.each([
    ["it is answered", answered],
    ["it is the agent's", left],
    ["policy stops the answer", withheld],
    ["it is given up", dead("m1")],
    ["its answer is on its way", delivery("m1", { kind: "sending", since: 3 })],
    ["its answer may have arrived", { kind: "uncertain", id: "m1", conversationId } as const],
    ["an agent takes over", takenOver],
  ])("until %s", (_, event) => {
    expect(shown(message("m1"), event).askingSince).toBeNull();
  });

  test("not by what agents and the bot itself write, nor while the agent answers", () => {
    expect(shown(message("m1", "agent"), message("m2", "bot")).askingSince).toBeNull();
    expect(shown(takenOver, message("m1")).askingSince).toBeNull();
    expect(shown(takenOver, message("m1"), handedBack).askingSince).toBeNull();
    expect(shown(takenOver, handedBack, message("m1")).askingSince).toBe(1_020);
  });

  test("again when a dead letter is replayed, but not where only its reply is sent again", () => {
    const replayed: ConversationEvent = { kind: "settled", id: "m1", conversationId, how: "replayed" };
    expect(shown(message("m1"), dead("m1"), replayed)).toMatchObject({ askingSince: 1_020, attention: null });
    expect(shown(message("m1"), delivery("m1", { kind: "failed", fault }), dead("m1"), replayed).askingSince).toBeNull();
    expect(shown(delivery("m1", { kind: "uncertain" }), { ...replayed, how: "arrived" }).askingSince).toBeNull();
  });
});

describe("the conversation waits for the agent", () => {
  test("where policy stopped the bot, with the rule's words and when, and not where the customer got a text", () => {
    expect(shown(message("m1"), withheld).attention).toEqual({ kind: "withheld", phrase: "legal action", at: 1_010 });
    expect(shown({ ...withheld, instead: "hand-over" }).attention).toBeNull();
  });

  test("where a message was given up; the latest is shown, and when it is settled the one before", () => {
    expect(shown(dead("m1"), dead("m2")).attention).toEqual({ kind: "dead-letter", letter: letter("m2") });
    expect(shown(dead("m1"), dead("m2"), { kind: "settled", id: "m2", conversationId, how: "discarded" }).attention).toEqual({ kind: "dead-letter", letter: letter("m1") });
    expect(shown(dead("m1"), dead("m2"), { kind: "settled", id: "m1", conversationId, how: "replayed" }).attention).toEqual({ kind: "dead-letter", letter: letter("m2") });
  });

  test("once for a letter that dies again", () => {
    expect(after(dead("m1"), dead("m1")).matters).toHaveLength(1);
  });

  test("until it is answered, or the agent's own words are on their way; held or taken back they are not", () => {
    expect(shown(dead("m1"), answered).attention).toBeNull();
    expect(shown(withheld, delivery("a1", { kind: "held", sendsAt: 9 }, "agent"), delivery("a1", { kind: "withdrawn" }, "agent")).attention).not.toBeNull();
    expect(shown(withheld, delivery("a1", { kind: "sending", since: 9 }, "agent")).attention).toBeNull();
    expect(shown(dead("m2"), delivery("m1", { kind: "sending", since: 9 }, "bot")).attention).not.toBeNull();
  });

  test("or until it is handed back, which settles no dead letter", () => {
    expect(shown(takenOver, withheld, handedBack).attention).toBeNull();
    expect(shown(takenOver, dead("m1"), withheld, handedBack).attention).toMatchObject({ kind: "dead-letter" });
  });

  test("without growing for ever", () => {
    expect(after(...Array.from({ length: 500 }, (_, index) => dead(`m${index}`))).matters).toHaveLength(50);
  });
});

describe("who answers", () => {
  test("has been so since it was told, or since when it was told to be", () => {
    expect(shown(takenOver)).toMatchObject({ answerer: "agent", since: 1_000 });
    expect(shown(takenOver, takenOver)).toMatchObject({ answerer: "agent", since: 1_000 });
    expect(shown(takenOver, takenOver, handedBack)).toMatchObject({ answerer: "bot", since: 1_020 });
    expect(shown({ ...takenOver, since: 77, fromBefore: true })).toMatchObject({ answerer: "agent", since: 77 });
  });
});

describe("messages of ours", () => {
  test("stand in the order in which they were made, each as far as it is", () => {
    const { deliveries } = shown(
      delivery("m1", { kind: "queued" }),
      delivery("a1", { kind: "held", sendsAt: 9 }, "agent"),
      delivery("m1", { kind: "sending", since: 3 }),
      delivery("m1", { kind: "delivered", at: 4 }),
    );
    expect(deliveries.map(({ id, state }) => [id, state.kind])).toEqual([
      ["m1", "delivered"],
      ["a1", "held"],
    ]);
  });

  test("are gone when they are taken back", () => {
    expect(shown(delivery("a1", { kind: "held", sendsAt: 9 }, "agent"), delivery("a1", { kind: "withdrawn" }, "agent")).deliveries).toEqual([]);
    expect(shown(delivery("a1", { kind: "withdrawn" }, "agent")).deliveries).toEqual([]);
  });

  test("are the last fifty, and beyond those the ones that are not settled", () => {
    const many = Array.from({ length: 80 }, (_, index) => delivery(`m${index}`, index % 10 === 0 ? { kind: "uncertain" } : { kind: "delivered", at: index }));
    const { deliveries } = shown(...many);
    expect(deliveries).toHaveLength(50);
    expect(deliveries.filter(({ state }) => state.kind === "uncertain").map(({ id }) => id)).toEqual(["m0", "m10", "m20", "m30", "m40", "m50", "m60", "m70"]);
    expect(deliveries.at(-1)?.id).toBe("m79");
    const failed = Array.from({ length: 70 }, (_, index) => delivery(`f${index}`, { kind: "failed", fault }));
    expect(shown(...failed).deliveries).toHaveLength(70);
  });
});

test("an event that changes nothing gives the very same conversation", () => {
  const state = after(message("m1"), answered, takenOver);
  for (const event of [message("x", "bot"), answered, left, takenOver, { kind: "uncertain", id: "m1", conversationId } as const]) {
    expect(conversationAfter(state, event, 5_000)).toBe(state);
  }
});

test("a conversation is open while somebody has something to do in it", () => {
  expect(isOpen(after(message("m1")))).toBe(true);
  expect(isOpen(after(message("m1"), answered))).toBe(false);
  expect(isOpen(after(dead("m1")))).toBe(true);
  expect(isOpen(after(delivery("m1", { kind: "uncertain" })))).toBe(true);
  expect(isOpen(after(delivery("m1", { kind: "delivered", at: 1 })))).toBe(false);
  expect(isOpen(after(takenOver))).toBe(false);
});
