import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { Delivery } from "../../shared/bridge.ts";
import type { Utterance } from "../../shared/interaction.ts";
import { emptyPanelState, type InteractionView, type PanelState, type SetView } from "../../shared/panel-state.ts";
import { bridgeView, conversationGone, deadLetterOf, deliveryOf, noAnswer } from "./bridge-fixture.ts";
import { fixtureSettings, keywords, suggestionSet, utterance } from "./panel-parts.ts";

const MINUTE = 60_000;
export const CHAT = "chat-rivera";
const OTHER = "chat-okafor";

/** A line of ours, as it stands in the transcript, with its delivery; `at` in ms since the Unix epoch. */
function reply(at: number, id: string, origin: Delivery["origin"], text: string): readonly [Utterance, Delivery] {
  const said: Utterance = { id: `reply-${id}`, speaker: origin === "agent" ? "agent" : "bot", text, at, score: 0, final: true, marks: [] };
  return [said, { id, conversationId: CHAT, origin, text, at, state: { kind: "delivered", at: at + 90 } }];
}

const feeText = "I can take the second late fee off right now. You will see it on your account within three working days.";
const planText = "Before you decide, may I check which plan would fit you better now?";

/** A chat that the bot has answered so far; the customer has just written what triggers two cards. */
export function chatView(now: number, change: Partial<BridgedConversation> = {}, more: { readonly said?: readonly Utterance[]; readonly deliveries?: readonly Delivery[] } = {}): InteractionView {
  const [hello, helloSent] = reply(now - 171_000, "m1", "bot", "Hello Elena, this is the assistant of Northbank. What can I do for you?");
  const [invoice, invoiceSent] = reply(now - 92_000, "m2", "bot", "I have found the invoice of 3 October. It has a late fee of 45 dollars on the third and another on the ninth.");
  const asks = utterance(now, 14_000, "customer", "I paid on the second. I want a refund for both or I cancel.", { words: ["refund", "cancel"], score: -0.5 });
  const talk = [
    utterance(now, 175_000, "customer", "hi", { score: 0.1 }),
    hello,
    utterance(now, 96_000, "customer", "There is a late fee on my October invoice, twice.", { score: -0.2 }),
    invoice,
    asks,
    ...(more.said ?? []),
  ];
  const set: SetView = suggestionSet(
    CHAT,
    asks,
    1,
    [
      [feeText, 0.92, "Billing · Late fees"],
      [planText, 0.81, "Retention · First response"],
    ],
    { trigger: keywords("refund", "cancel"), at: now - 12_000 },
  );
  return {
    interaction: { id: CHAT, status: "live", startedAt: now - 3 * MINUTE, customerName: "Elena Rivera", channel: "chat", queue: "Billing" },
    utterances: talk,
    dropped: 0,
    sets: [set],
    pending: null,
    bridged: {
      answerer: "bot",
      since: now - 3 * MINUTE,
      attention: null,
      askingSince: null,
      deliveries: [helloSent, invoiceSent, ...(more.deliveries ?? [])],
      ...change,
    },
  };
}

/** Another bridged chat, quiet, with the bot. */
function otherChat(now: number): InteractionView {
  const [said, sent] = reply(now - 40_000, "o1", "bot", "We are open from nine to six.");
  return {
    interaction: { id: OTHER, status: "live", startedAt: now - MINUTE, customerName: "Chidi Okafor", channel: "chat" },
    utterances: [utterance(now, 44_000, "customer", "when do you open"), said],
    dropped: 0,
    sets: [],
    pending: null,
    bridged: { answerer: "bot", since: now - MINUTE, attention: null, askingSince: null, deliveries: [{ ...sent, conversationId: OTHER }] },
  };
}

function chatState(now: number, view: InteractionView): PanelState {
  const connected = { kind: "connected", since: now - 26 * MINUTE } as const;
  return {
    ...emptyPanelState({ ...fixtureSettings, mode: "live", role: "agent" }),
    connections: {
      stream: { state: connected, lastHeardAt: now - 1_000 },
      bridge: { state: connected, lastHeardAt: now - 2_000 },
    },
    bridge: bridgeView(now),
    interactions: [view, otherChat(now)],
  };
}

const agent = (now: number): Partial<BridgedConversation> => ({ answerer: "agent", since: now - 60_000 });

/** What a hostile customer writes, and what a careless one does. */
export const markup = '<img src=x onerror="window.hacked=1"> <b>bold</b> &amp; </p><script>window.hacked=1</script>';
export const rightToLeft = "שלום, אני רוצה החזר כספי על החשבונית של אוקטובר (מספר 4417), בבקשה.";
export const longText = `${"Donaudampfschifffahrtsgesellschaft ".repeat(40)}${"x".repeat(10_000)}`.slice(0, 10_000);

/** The moments of a bridged chat that look different; `now` in ms since the Unix epoch. */
export const chatMoments = {
  botAnswers: (now) => chatState(now, chatView(now)),
  asking: (now) => chatState(now, chatView(now, { askingSince: now - 1_300 })),
  agentAnswers: (now) => chatState(now, chatView(now, agent(now))),
  held: (now) =>
    chatState(now, chatView(now, agent(now), { deliveries: [deliveryOf(now, "h1", "One moment please, I am looking at both fees.", { kind: "held", sendsAt: now + 3_000 }, { at: now })] })),
  states: (now) => {
    const [said, sent] = reply(now - 8_000, "s1", "agent", "One moment please, I am looking at both fees.");
    return chatState(
      now,
      chatView(now, agent(now), {
        said: [said],
        deliveries: [
          sent,
          deliveryOf(now, "s2", "Both fees are off your account now.", { kind: "sending", since: now - 400 }, { at: now - 400 }),
          deliveryOf(now, "s3", "Is there anything else?", { kind: "queued" }, { at: now - 200 }),
        ],
      }),
    );
  },
  failed: (now) =>
    chatState(now, chatView(now, agent(now), { deliveries: [deliveryOf(now, "f1", "Both fees are off your account now.", { kind: "failed", fault: conversationGone }, { at: now - 5_000 })] })),
  uncertain: (now) =>
    chatState(now, chatView(now, agent(now), { deliveries: [deliveryOf(now, "q1", "Both fees are off your account now.", { kind: "uncertain" }, { at: now - 5_000 })] })),
  withheld: (now) => chatState(now, chatView(now, { ...agent(now), attention: { kind: "withheld", phrase: "guarantee full refund", at: now - 11_000 } })),
  deadLetter: (now) =>
    chatState(
      now,
      chatView(now, {
        attention: { kind: "dead-letter", letter: deadLetterOf(now, "m3", "I paid on the second. I want a refund for both or I cancel.", { receivedAt: now - 14_000, fault: noAnswer, attempts: 1 }) },
      }),
    ),
  bridgeDown: (now) => {
    const state = chatState(now, chatView(now, agent(now)));
    const fault = { kind: "transport", code: "socket-abnormal", detail: "closed without a goodbye", closeCode: 1006 } as const;
    return { ...state, connections: { ...state.connections, bridge: { state: { kind: "reconnecting", since: now - 9_000, attempt: 2, retryAt: now + 6_000, fault }, lastHeardAt: now - 20_000 } } };
  },
  strangeTexts: (now) =>
    chatState(
      now,
      chatView(now, { ...agent(now), attention: { kind: "dead-letter", letter: deadLetterOf(now, "m3", `${markup} ${longText}`.slice(0, 2_000)) } }, {
        said: [utterance(now, 6_000, "customer", markup), utterance(now, 5_000, "customer", rightToLeft), utterance(now, 4_000, "customer", longText)],
        deliveries: [
          deliveryOf(now, "x1", `${rightToLeft} ${markup}`, { kind: "uncertain" }, { at: now - 3_000 }),
          deliveryOf(now, "x2", longText, { kind: "failed", fault: conversationGone }, { at: now - 2_000, origin: "hand-over" }),
        ],
      }),
    ),
} as const satisfies Readonly<Record<string, (now: number) => PanelState>>;

export type ChatMomentName = keyof typeof chatMoments;
