import { describe, expect, it } from "vitest";
import { announcements, type Heard } from "../../renderer/panel/announcements.ts";
import { heldDeliveries, waitsForAgent } from "../../renderer/panel/chat-need.ts";
import { bridgeWords, stripTone } from "../../renderer/panel/strip-words.ts";
import { type TranscriptRow, transcriptRows } from "../../renderer/panel/transcript-rows.ts";
import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { DeliveryState } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { applyUpdates, type InteractionView, type PanelState } from "../../shared/panel-state.ts";
import { botTimeout, conversationGone, deadLetterOf, deliveryOf } from "../support/bridge-fixture.ts";
import { CHAT, chatMoments, chatView } from "../support/chat-fixture.ts";
import { utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const failed: DeliveryState = { kind: "failed", fault: conversationGone };
const held: DeliveryState = { kind: "held", sendsAt: NOW + 3_000 };

/** A line of the transcript by who says it and how far it is. */
function outline(rows: readonly TranscriptRow[]): readonly string[] {
  return rows.map((row) => {
    if (row.kind === "utterance") return `${row.utterance.id}${row.delivery === null ? "" : ` ${row.delivery.state.kind}`}${row.named ? " named" : ""}`;
    if (row.kind === "message") return `${row.id} ${row.delivery.state.kind}${row.named ? " named" : ""}`;
    return row.id;
  });
}

describe("the transcript of a bridged chat", () => {
  const said = (id: string, speaker: "customer" | "agent" | "bot", at: number) => ({ ...utterance(at, 0, speaker, "words"), id });

  it("says at each line of ours how far it is", () => {
    const talk = [said("c1", "customer", 1), said("reply-c1", "bot", 2), said("reply-a1", "agent", 3)];
    const deliveries = [deliveryOf(0, "c1", "words", undefined, { at: 2, origin: "bot" }), deliveryOf(0, "a1", "words", { kind: "uncertain" }, { at: 3 })];
    expect(outline(transcriptRows(talk, 0, { deliveries, askingSince: null }))).toEqual(["c1 named", "reply-c1 delivered named", "reply-a1 uncertain named"]);
  });

  it("has what is not said yet where it was written, under the id that its line will have", () => {
    const talk = [said("c1", "customer", 10), said("c2", "customer", 30)];
    const deliveries = [deliveryOf(0, "late", "b", held, { at: 40 }), deliveryOf(0, "early", "a", failed, { at: 20 })];
    expect(outline(transcriptRows(talk, 0, { deliveries, askingSince: null }))).toEqual(["c1 named", "reply-early failed named", "c2 named", "reply-late held named"]);
    const later = transcriptRows([...talk, said("reply-late", "agent", 43)], 0, { deliveries: deliveries.map((one) => ({ ...one, state: { kind: "sending", since: 43 } as const })), askingSince: null });
    expect(later.filter(({ id }) => id === "reply-late")).toHaveLength(1);
  });

  it("names the bot once for its lines in a row", () => {
    const deliveries = [deliveryOf(0, "x", "b", { kind: "queued" }, { at: 3, origin: "hand-over" })];
    expect(outline(transcriptRows([said("b1", "bot", 1), said("b2", "bot", 2)], 0, { deliveries, askingSince: null }))).toEqual(["b1 named", "b2", "reply-x queued"]);
  });

  it("does not bring back what arrived and has fallen out of a long transcript, nor what was withdrawn", () => {
    const talk = [said("c9", "customer", 90)];
    const deliveries = [
      deliveryOf(0, "old", "a", undefined, { at: 10 }),
      deliveryOf(0, "old-failed", "a", failed, { at: 11 }),
      deliveryOf(0, "new", "a", undefined, { at: 91 }),
      deliveryOf(0, "gone", "a", { kind: "withdrawn" }, { at: 92 }),
    ];
    expect(outline(transcriptRows(talk, 2_000, { deliveries, askingSince: null }))).toEqual(["dropped", "reply-old-failed failed named", "c9 named", "reply-new delivered named"]);
  });

  it("ends with the bot being asked", () => {
    expect(outline(transcriptRows([said("c1", "customer", 1)], 0, { deliveries: [], askingSince: 2 }))).toEqual(["c1 named", "typing"]);
  });
});

describe("whether a chat waits for the agent", () => {
  const waits = (change: Partial<BridgedConversation>, more: Parameters<typeof chatView>[2] = {}): boolean => waitsForAgent(chatView(NOW, change, more));

  it("is no while the bot answers, also right after the customer wrote", () => {
    expect(waits({})).toBe(false);
    expect(waits({ askingSince: NOW })).toBe(false);
  });

  it("is yes where policy or a dead letter says so", () => {
    expect(waits({ attention: { kind: "withheld", phrase: "legal action", at: NOW } })).toBe(true);
    expect(waits({ attention: { kind: "dead-letter", letter: deadLetterOf(NOW, "d", "hello") } })).toBe(true);
  });

  it("is yes where she answers and the customer wrote last, until something of hers is on its way", () => {
    expect(waits({ answerer: "agent" })).toBe(true);
    for (const state of [held, { kind: "queued" }, { kind: "sending", since: NOW }] as const) {
      expect(waits({ answerer: "agent" }, { deliveries: [deliveryOf(NOW, "a", "b", state)] })).toBe(false);
    }
    expect(waits({ answerer: "agent" }, { said: [utterance(NOW, 0, "agent", "Here you are.")] })).toBe(false);
  });

  it("is yes for a message whose fate a person decides, and not for one that a later message made good", () => {
    expect(waits({}, { deliveries: [deliveryOf(NOW, "a", "b", { kind: "uncertain" })] })).toBe(true);
    expect(waits({}, { deliveries: [deliveryOf(NOW, "a", "b", failed, { at: NOW - 5 })] })).toBe(true);
    expect(waits({}, { deliveries: [deliveryOf(NOW, "a", "b", failed, { at: NOW - 5 }), deliveryOf(NOW, "c", "b", undefined, { at: NOW })] })).toBe(false);
  });

  it("is no once it has ended, and for what is no chat of the bridge", () => {
    const view = chatView(NOW, { attention: { kind: "withheld", phrase: "legal action", at: NOW } });
    expect(waitsForAgent({ ...view, interaction: { ...view.interaction, status: "ended" } })).toBe(false);
    expect(waitsForAgent({ ...view, bridged: null })).toBe(false);
  });

  it("knows what can still be taken back", () => {
    const deliveries = [deliveryOf(NOW, "a", "1", held), deliveryOf(NOW, "b", "2"), deliveryOf(NOW, "c", "3", held)];
    expect(heldDeliveries(chatView(NOW, {}, { deliveries }).bridged).map(({ id }) => id)).toEqual(["a", "c"]);
    expect(heldDeliveries(null)).toEqual([]);
  });
});

describe("what a screen reader says of bridged chats", () => {
  const start = chatMoments.botAnswers(NOW);
  const heard = (state: PanelState, selectedId: string): Heard => ({ state, selectedId, hostLost: false });
  const withView = (view: InteractionView): PanelState => ({ ...start, interactions: start.interactions.map((one) => (one.interaction.id === CHAT ? view : one)) });
  const after = (view: InteractionView, selectedId = CHAT, before = start): readonly string[] => announcements(heard(before, selectedId), heard(withView(view), selectedId));

  it("is why the customer waits, wherever the agent is", () => {
    const stopped = chatView(NOW, { answerer: "agent", attention: { kind: "withheld", phrase: "legal action", at: NOW } });
    expect(after(stopped)).toEqual(["Elena Rivera waits for you: policy stopped the bot's answer"]);
    expect(after(stopped, "chat-okafor")).toEqual(["Elena Rivera waits for you: policy stopped the bot's answer"]);
    expect(after(chatView(NOW, { attention: { kind: "dead-letter", letter: deadLetterOf(NOW, "d", "secret words") } }))).toEqual(["Elena Rivera waits for you: the bot could not answer"]);
    expect(after(stopped, CHAT, withView(stopped))).toEqual([]);
  });

  it("is a customer who writes to her in a chat that is not in front", () => {
    const mine = chatView(NOW, { answerer: "agent" }, { said: [utterance(NOW, 5_000, "agent", "Here you are.")] });
    const wrote = { ...mine, utterances: [...mine.utterances, utterance(NOW, 0, "customer", "Thanks, but…")] };
    expect(after(wrote, "chat-okafor", withView(mine))).toEqual(["Elena Rivera wrote and waits for you"]);
    expect(after(wrote, CHAT, withView(mine))).toEqual([]);
  });

  it("is a message that failed or may not have arrived, and not one that arrived", () => {
    const mine = (state: DeliveryState) => chatView(NOW, { answerer: "agent" }, { said: [utterance(NOW, 0, "agent", "x")], deliveries: [deliveryOf(NOW, "a", "x", state)] });
    const sending = withView(mine({ kind: "sending", since: NOW }));
    expect(after(mine(failed), "chat-okafor", sending)).toEqual(["A message to Elena Rivera was not sent"]);
    expect(after(mine({ kind: "uncertain" }), CHAT, sending)).toEqual(["Nobody knows whether a message to Elena Rivera arrived"]);
    expect(after(mine({ kind: "delivered", at: NOW }), CHAT, sending)).toEqual([]);
  });

  it("is who answers now in the chat in front, and what can be taken back", () => {
    expect(after(chatView(NOW, { answerer: "agent", since: NOW }))).toEqual(["You answer now"]);
    expect(after(chatView(NOW, { answerer: "agent" }, { deliveries: [deliveryOf(NOW, "a", "x", held)] }))).toEqual(["Sending in a moment. Press Z to take it back"]);
    expect(after(chatView(NOW, { answerer: "agent", since: NOW }), "chat-okafor")).toEqual(["Elena Rivera wrote and waits for you"]);
  });

  it("is the bridge going and coming, once each", () => {
    const drop: Fault = { kind: "transport", code: "socket-lost", detail: "" };
    const states: readonly ConnectionState[] = [
      { kind: "reconnecting", since: NOW, attempt: 1, retryAt: NOW + 1, fault: drop },
      { kind: "connecting", since: NOW, attempt: 1 },
      { kind: "reconnecting", since: NOW, attempt: 2, retryAt: NOW + 1, fault: drop },
      { kind: "connected", since: NOW },
      { kind: "rejected", since: NOW, fault: { ...botTimeout, code: "credentials" } },
    ];
    let state = start;
    const all = states.flatMap((next) => {
      const before = state;
      state = applyUpdates(state, [{ kind: "connection", name: "bridge", state: next, lastHeardAt: NOW }]);
      return announcements(heard(before, CHAT), heard(state, CHAT));
    });
    expect(all).toEqual(["The bridge is not connected, reconnecting", "The bridge is connected again", "The bridge was refused"]);
  });
});

describe("the bridge in the strip", () => {
  const well: ConnectionState = { kind: "connected", since: NOW };
  const down: ConnectionState = { kind: "reconnecting", since: NOW, attempt: 4, retryAt: NOW + 9_000, fault: botTimeout };

  it("is a word or two", () => {
    expect(bridgeWords(well, NOW)).toBe("Bridge connected");
    expect(bridgeWords(down, NOW)).toBe("Bridge reconnecting");
    expect(bridgeWords({ kind: "rejected", since: NOW, fault: botTimeout }, NOW)).toBe("Bridge refused");
  });

  it("colours the dot where it is the worst, and not where it is off", () => {
    expect(stripTone(well, null, null)).toBe("ok");
    expect(stripTone(well, well, down)).toBe("warn");
    expect(stripTone(down, null, { kind: "rejected", since: NOW, fault: botTimeout })).toBe("bad");
    expect(stripTone({ kind: "idle" }, null, well)).toBe("off");
  });
});
