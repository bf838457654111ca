import { expect, onTestFinished, test } from "vitest";
import { createBridgeInteractions, IDLE_MS } from "../../electron/app/bridge-interactions.ts";
import type { UpdatePayload } from "../../electron/assist/parse-frame.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent, Delivery } from "../../shared/bridge.ts";
import { createFakeClock } from "../support/fake-clock.ts";

function setUp({ assists = false, agentId = null as string | null } = {}) {
  const clock = createFakeClock();
  const emitted: AssistEvent[] = [];
  const heard: UpdatePayload[] = [];
  const engine = { runs: assists };
  const interactions = createBridgeInteractions({
    clock,
    agentId: () => agentId,
    hear: (payload) => {
      if (engine.runs) heard.push(payload);
      return engine.runs;
    },
    emit: (event) => emitted.push(event),
  });
  onTestFinished(() => {
    interactions[Symbol.dispose]();
    expect(clock.pending()).toBe(0);
  });
  const message = (id: string, text: string, more: Partial<Extract<BridgeEvent, { readonly kind: "message" }>> = {}): void => {
    interactions.take({ kind: "message", id, conversationId: "c1", sequenceId: null, speaker: "customer", text, at: clock.now(), ...more });
  };
  const delivery = (id: string, text: string, state: Delivery["state"], more: Partial<Delivery> = {}): void => {
    interactions.take({ kind: "delivery", delivery: { id, conversationId: "c1", origin: "bot", text, at: clock.now(), state, ...more } });
  };
  const lines = (): readonly string[] =>
    emitted.flatMap((event) => (event.kind === "utterance" ? [`${event.utterance.id} ${event.utterance.speaker}: ${event.utterance.text}`] : []));
  const statuses = (): readonly string[] =>
    emitted.flatMap((event) => (event.kind === "interaction" ? [`${event.interaction.id} ${event.interaction.status}`] : []));
  return { clock, interactions, emitted, heard, engine, message, delivery, lines, statuses };
}

test("a bridged conversation is an interaction: the customer, the bot, the agent, each line once", () => {
  const { clock, emitted, message, delivery, lines, statuses } = setUp();
  message("m1", "My card is blocked", { customerName: "Ada" });
  delivery("m1", "Which card?", { kind: "queued" });
  delivery("m1", "Which card?", { kind: "sending", since: clock.now() });
  delivery("m1", "Which card?", { kind: "delivered", at: clock.now() });
  delivery("a1", "I see it here", { kind: "sending", since: clock.now() }, { origin: "agent" });
  expect(emitted[0]).toMatchObject({ interaction: { id: "c1", status: "live", channel: "chat", customerName: "Ada" } });
  expect(statuses()).toEqual(["c1 live"]);
  expect(lines()).toEqual(["m1 customer: My card is blocked", "reply-m1 bot: Which card?", "reply-a1 agent: I see it here"]);
});

test("a text that is held, waits, was taken back or never left is no utterance", () => {
  const { clock, emitted, delivery } = setUp();
  delivery("a1", "Wait", { kind: "held", sendsAt: clock.now() + 3_000 }, { origin: "agent" });
  delivery("a1", "Wait", { kind: "queued" }, { origin: "agent" });
  delivery("a1", "Wait", { kind: "withdrawn" }, { origin: "agent" });
  delivery("a2", "Wait", { kind: "failed", fault: { kind: "transport", code: "aborted", detail: "not sent" } }, { origin: "agent" });
  expect(emitted).toEqual([]);
});

test("what the platform tells again of our own is no second line; the same words once more, or much later, are", async () => {
  const { clock, message, delivery, lines } = setUp();
  message("m1", "Hello");
  delivery("m1", "How can\nI help?", { kind: "sending", since: clock.now() });
  // Before the platform's answer to the request has told its id, and with white space of the platform's own.
  message("g1", "How can I help?", { speaker: "agent" });
  message("g2", "How can I help?", { speaker: "agent" });
  delivery("m2", "Bye", { kind: "delivered", at: clock.now() });
  await clock.advance(120_001);
  message("g3", "Bye", { speaker: "agent" });
  expect(lines()).toEqual(["m1 customer: Hello", "reply-m1 bot: How can\nI help?", "g2 agent: How can I help?", "reply-m2 bot: Bye", "g3 agent: Bye"]);
});

test("a reply of ours from before a restart is shown as the bot's", () => {
  const { message, lines } = setUp();
  message("g1", "Which card?", { speaker: "bot" });
  expect(lines()).toEqual(["g1 bot: Which card?"]);
});

test("where agent assist runs, it hears what was said and tells it", () => {
  const { clock, emitted, heard, message, delivery } = setUp({ assists: true, agentId: "jo" });
  message("m1", "I want a refund", { customerName: "Ada" });
  delivery("m1", "Sure", { kind: "sending", since: clock.now() });
  expect(emitted).toEqual([]);
  expect(heard).toMatchObject([
    { interactionId: "c1", utteranceId: "m1", transcript: "I want a refund", speaker: "customer", final: true, channel: "chat", customerName: "Ada", agentId: "jo", status: "live" },
    { interactionId: "c1", utteranceId: "reply-m1", transcript: "Sure", speaker: "bot" },
  ]);
});

test("agent assist that is switched off or on in the middle costs no line", () => {
  const { engine, heard, message, lines, statuses } = setUp({ assists: true });
  message("m1", "one");
  engine.runs = false;
  message("m2", "two");
  message("m3", "three");
  engine.runs = true;
  message("m4", "four");
  expect(heard.map((payload) => payload.utteranceId)).toEqual(["m1", "m4"]);
  expect(lines()).toEqual(["m2 customer: two", "m3 customer: three"]);
  expect(statuses()).toEqual(["c1 live"]);
});

test("half an hour without a message ends a conversation, each for itself; a new message makes it live again", async () => {
  const { clock, emitted, message, statuses } = setUp();
  message("m1", "one");
  const startedAt = clock.now();
  await clock.advance(IDLE_MS / 2);
  message("m2", "two", { conversationId: "c2" });
  await clock.advance(IDLE_MS / 4);
  message("m3", "three");
  await clock.advance(IDLE_MS - IDLE_MS / 4 - 1);
  expect(statuses()).toEqual(["c1 live", "c2 live"]);
  await clock.advance(1);
  expect(statuses()).toEqual(["c1 live", "c2 live", "c2 ended"]);
  await clock.advance(IDLE_MS / 4);
  expect(statuses()).toEqual(["c1 live", "c2 live", "c2 ended", "c1 ended"]);
  expect(clock.pending()).toBe(0);
  message("m4", "four");
  expect(emitted.at(-2)).toMatchObject({ kind: "interaction", interaction: { id: "c1", status: "live", startedAt } });
});

test("where agent assist runs, it hears of the end", async () => {
  const { clock, heard, message } = setUp({ assists: true });
  message("m1", "one");
  await clock.advance(IDLE_MS);
  expect(heard.at(-1)).toMatchObject({ interactionId: "c1", status: "ended", transcript: "" });
});

test("with more conversations than are followed, the one that was silent longest ends", () => {
  const { message, statuses } = setUp();
  for (let number = 0; number < 1_001; number += 1) message(`m${number}`, "hello", { conversationId: `c${number}` });
  expect(statuses().filter((status) => status.endsWith("ended"))).toEqual(["c0 ended"]);
});

const before = { kind: "transport", code: "server-error", detail: "answered 500" } as const;

test.each([
  [null, 20 * 60_000, true],
  [null, 40 * 60_000, false],
  ["jo", 40 * 60_000, true],
])("what is left from before is on the panel where it goes on, or where it is the agent's to settle (%s, %i ms old)", (agentId, age, shown) => {
  const { clock, interactions, delivery, lines } = setUp({ agentId });
  const at = clock.now() - age;
  interactions.take({ kind: "dead-letter", letter: { id: "m1", conversationId: "c1", text: "Hello?", receivedAt: at, diedAt: at, attempts: 5, fault: before } });
  interactions.take({ kind: "dead-letter", letter: { id: "m1", conversationId: "c1", text: "Hello?", receivedAt: at, diedAt: at, attempts: 5, fault: before } });
  delivery("m0", "Hi", { kind: "uncertain" }, { at });
  expect(lines()).toEqual(shown ? ["m1 customer: Hello?", "reply-m0 bot: Hi"] : []);
});

test("a text of a megabyte is cut for the panel, not in the middle of a character", () => {
  const { emitted, message } = setUp();
  message("m1", `${"x".repeat(99_999)}😀${"y".repeat(900_000)}`);
  const last = emitted.at(-1);
  expect(last?.kind === "utterance" ? last.utterance.text.length : 0).toBe(99_999);
});
