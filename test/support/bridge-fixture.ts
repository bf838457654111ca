import type { BridgeCommands } from "../../electron/host/bridge-commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import { type BridgedConversation, type BridgeView, hopBounds, type HopView, MAX_THROUGHPUT } from "../../shared/bridge-view.ts";
import type { DeadLetter, Delivery, DeliveryState, HopName } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";

const MINUTE = 60_000;

export const botTimeout: Fault = { kind: "transport", code: "timeout", detail: "no answer in 5 s" };
export const noAnswer: Fault = { kind: "contract", code: "no-answer", detail: "response is an empty text" };
export const conversationGone: Fault = { kind: "refused", code: "not-found", detail: "the conversation is closed", status: 404 };

/** A message of ours; by default the agent's, delivered half a minute ago. */
export function deliveryOf(now: number, id: string, text: string, state?: DeliveryState, more: Partial<Delivery> = {}): Delivery {
  return { id, conversationId: "chat-rivera", origin: "agent", text, at: now - 31_000, state: state ?? { kind: "delivered", at: now - 30_000 }, ...more };
}

/** A customer's message that died a minute ago after five attempts. */
export function deadLetterOf(now: number, id: string, text: string, more: Partial<DeadLetter> = {}): DeadLetter {
  return { id, conversationId: "chat-rivera", text, receivedAt: now - 2 * MINUTE, diedAt: now - MINUTE, attempts: 5, fault: botTimeout, ...more };
}

/** A hop whose latencies lie around `p50`. */
export function hopOf(hop: HopName, p50: number, more: Partial<HopView> = {}): HopView {
  const bars = Array.from({ length: hopBounds.length + 1 }, (_, index) => {
    const middle = hopBounds.findIndex((bound) => p50 <= bound);
    return Math.max(0, Math.round(420 * 0.32 ** Math.abs(index - (middle < 0 ? hopBounds.length : middle))));
  });
  const count = bars.reduce((sum, bar) => sum + bar, 0);
  return { hop, level: p50 > 1_000 ? "critical" : p50 > 500 ? "elevated" : "normal", recentMs: p50, lastMs: p50 * 1.1, p50, p95: p50 * 2.2, p99: p50 * 3.4, count, sumMs: count * p50, bars, ...more };
}

/** A bridge that has worked for two hours and has nothing to complain of. */
export function bridgeView(now: number, more: Partial<BridgeView> = {}): BridgeView {
  return {
    since: now - 126 * MINUTE,
    scope: "organisation",
    elevatedMs: 500,
    criticalMs: 1_000,
    throughput: Array.from({ length: MAX_THROUGHPUT }, (_, index) => Math.round(9 + 5 * Math.sin(index / 6) + (index % 4))),
    received: 4_212,
    answered: 4_031,
    leftToAgent: 168,
    withheld: 4,
    duplicates: 37,
    malformed: 0,
    gaps: { missed: 12, recovered: 12 },
    queue: { waiting: 3, working: 10, oldestAt: now - 1_400 },
    hops: [hopOf("genesys", 62), hopOf("bot", 184), hopOf("reply", 88)],
    clockAheadMs: null,
    resumePoint: 88_412,
    paused: [],
    storage: null,
    deadLetters: { count: 0, list: [] },
    uncertain: { count: 0, list: [] },
    ...more,
  };
}

const lost = ["Where is my parcel?", "I was charged twice for the same invoice, the second time on a Sunday. Who does that?", "hello??", "Can I get a refund for the late fee?", "My name is spelled wrong on the contract"];

/** As many dead letters as are asked for, newest first, of the kinds that happen. */
export function deadLetters(now: number, count: number): readonly DeadLetter[] {
  const faults = [botTimeout, noAnswer, conversationGone];
  return Array.from({ length: count }, (_, index) =>
    deadLetterOf(now, `message-dead-${index}`, lost[index % lost.length] ?? "", {
      conversationId: `chat-${String(index % 90).padStart(3, "0")}`,
      receivedAt: now - (index + 2) * MINUTE,
      diedAt: now - (index + 1) * MINUTE,
      fault: faults[index % faults.length] ?? botTimeout,
      attempts: index % faults.length === 1 ? 1 : 5,
    }),
  );
}

/** As many replies of unknown fate as are asked for, newest first. */
export function uncertainReplies(now: number, count: number): readonly Delivery[] {
  return Array.from({ length: count }, (_, index) =>
    deliveryOf(now, `message-uncertain-${index}`, `Your parcel number ${index} is on its way and arrives tomorrow.`, { kind: "uncertain" }, {
      conversationId: `chat-${String(index).padStart(3, "0")}`,
      origin: index % 3 === 2 ? "agent" : "bot",
      at: now - (index + 1) * MINUTE,
    }),
  );
}

/** The bridge as a whole at one moment. */
export interface BridgeMoment {
  readonly state: ConnectionState;
  readonly view: BridgeView | null;
}

const connectedSince = (now: number): ConnectionState => ({ kind: "connected", since: now - 26 * MINUTE });
const drop: Fault = { kind: "transport", code: "socket-abnormal", detail: "closed without a goodbye", closeCode: 1006 };

/** The moments of the bridge that look different to a supervisor; `now` in ms since the Unix epoch. */
export const bridgeMoments = {
  off: () => ({ state: { kind: "idle" }, view: null }),
  quiet: (now) => ({
    state: connectedSince(now),
    view: bridgeView(now, {
      since: now - 4 * MINUTE,
      throughput: [],
      received: 0,
      answered: 0,
      leftToAgent: 0,
      withheld: 0,
      duplicates: 0,
      gaps: { missed: 0, recovered: 0 },
      queue: { waiting: 0, working: 0, oldestAt: null },
      hops: (["genesys", "bot", "reply"] as const).map((hop) => ({ hop, level: null, recentMs: null, lastMs: null, p50: null, p95: null, p99: null, count: 0, sumMs: 0, bars: hopBounds.map(() => 0).concat(0) })),
      resumePoint: null,
    }),
  }),
  busy: (now) => ({ state: connectedSince(now), view: bridgeView(now) }),
  slowBot: (now) => ({
    state: connectedSince(now),
    view: bridgeView(now, {
      hops: [hopOf("genesys", 71), hopOf("bot", 1_340), hopOf("reply", 93)],
      queue: { waiting: 212, working: 32, oldestAt: now - 19_000 },
      clockAheadMs: 240,
    }),
  }),
  troubled: (now) => ({
    state: connectedSince(now),
    view: bridgeView(now, {
      hops: [hopOf("genesys", 84), hopOf("bot", 640), hopOf("reply", 130)],
      gaps: { missed: 21, recovered: 18 },
      queue: { waiting: 41, working: 32, oldestAt: now - 12_000 },
      paused: [
        { host: "bot.example.com", until: now + 22_000, why: "failing" },
        { host: "api.mypurecloud.com", until: now + 8_000, why: "asked" },
      ],
      deadLetters: { count: 12, list: deadLetters(now, 12) },
      uncertain: { count: 2, list: uncertainReplies(now, 2) },
    }),
  }),
  many: (now) => ({
    state: connectedSince(now),
    view: bridgeView(now, { deadLetters: { count: 1_204, list: deadLetters(now, 200) }, uncertain: { count: 260, list: uncertainReplies(now, 200) } }),
  }),
  fullDisk: (now) => ({ state: connectedSince(now), view: bridgeView(now, { storage: "no space left on device" }) }),
  reconnecting: (now) => ({ state: { kind: "reconnecting", since: now - 12_000, attempt: 3, retryAt: now + 14_000, fault: drop }, view: bridgeView(now) }),
  inUse: (now) => ({
    state: { kind: "rejected", since: now - 3 * MINUTE, fault: { kind: "policy", code: "in-use", detail: "another bridge works on this state directory" } },
    view: null,
  }),
  credentials: (now) => ({
    state: { kind: "rejected", since: now - 3 * MINUTE, fault: { kind: "refused", code: "credentials", detail: "GENESYS_CLIENT_SECRET", status: 401 } },
    view: bridgeView(now),
  }),
} as const satisfies Readonly<Record<string, (now: number) => BridgeMoment>>;

export type BridgeMomentName = keyof typeof bridgeMoments;

/** What the panel asked of the bridge. */
export type BridgeCall = readonly [name: keyof BridgeCommands, ...input: readonly unknown[]];

/** Main's side of the bridge, played from memory: commands are kept and do to the panel's state what the bridge would. */
export interface PlayedBridge {
  readonly commands: BridgeCommands;
  readonly calls: readonly BridgeCall[];
  show(moment: BridgeMoment): void;
  /** Brings a message of ours to a state, as the bridge would tell it: from `sending` on it is a line of the transcript. */
  moveOn(deliveryId: string, state: DeliveryState): void;
  /** Answers the next command of this name with a fault. */
  refuse(name: keyof BridgeCommands, fault: Fault): void;
}

/** How long what an agent sends can be taken back. */
const HOLD_MS = 3_000;
const notHere: Fault = { kind: "policy", code: "not-found-here", detail: "no such conversation, delivery or letter" };

/** Plays the bridge on a publisher. `now`: wall clock in ms since the Unix epoch. */
export function playBridge(publisher: Publisher, now: () => number): PlayedBridge {
  const calls: BridgeCall[] = [];
  const refusals = new Map<keyof BridgeCommands, Fault>();
  let sent = 0;

  const answer = async <T>(call: BridgeCall, then: () => Result<T, Fault>): Promise<Result<T, Fault>> => {
    calls.push(call);
    const refusal = refusals.get(call[0]);
    refusals.delete(call[0]);
    return refusal === undefined ? then() : err(refusal);
  };
  const conversationOf = (id: string): BridgedConversation | null => publisher.state().interactions.find((one) => one.interaction.id === id)?.bridged ?? null;
  const change = (id: string, to: (conversation: BridgedConversation) => BridgedConversation): Result<null, Fault> => {
    const conversation = conversationOf(id);
    if (conversation === null) return err(notHere);
    publisher.publish({ kind: "bridged", interactionId: id, conversation: to(conversation) });
    return ok(null);
  };
  const ofDelivery = (deliveryId: string, to: (delivery: Delivery) => Delivery | null): Result<null, Fault> => {
    const view = publisher.state().interactions.find((one) => one.bridged?.deliveries.some(({ id }) => id === deliveryId));
    if (view === undefined) return err(notHere);
    return change(view.interaction.id, (conversation) => ({
      ...conversation,
      deliveries: conversation.deliveries.flatMap((delivery) => {
        if (delivery.id !== deliveryId) return [delivery];
        const changed = to(delivery);
        return changed === null ? [] : [changed];
      }),
    }));
  };
  const moveOn = (deliveryId: string, state: DeliveryState): Result<null, Fault> =>
    ofDelivery(deliveryId, (delivery) => {
      const { conversationId, origin, text } = delivery;
      const said = publisher.state().interactions.some(({ utterances }) => utterances.some(({ id }) => id === `reply-${deliveryId}`));
      if (!said && (state.kind === "sending" || state.kind === "delivered")) {
        const speaker = origin === "agent" ? "agent" : "bot";
        publisher.publish({ kind: "utterance", interactionId: conversationId, utterance: { id: `reply-${deliveryId}`, speaker, text, at: now(), score: 0, final: true, marks: [] } });
      }
      return { ...delivery, state };
    });
  const without = (ids: readonly string[] | null): number => {
    const view = publisher.state().bridge;
    if (view === null) return 0;
    const isMeant = ({ id }: { readonly id: string }): boolean => ids === null || ids.includes(id);
    const list = view.deadLetters.list.filter((letter) => !isMeant(letter));
    const gone = ids === null ? view.deadLetters.count : view.deadLetters.list.length - list.length;
    publisher.publish({ kind: "bridge", view: { ...view, deadLetters: { count: view.deadLetters.count - gone, list } } });
    return gone;
  };
  const settledInView = (deliveryId: string): void => {
    const view = publisher.state().bridge;
    if (view === null || !view.uncertain.list.some(({ id }) => id === deliveryId)) return;
    const list = view.uncertain.list.filter(({ id }) => id !== deliveryId);
    publisher.publish({ kind: "bridge", view: { ...view, uncertain: { count: view.uncertain.count - 1, list } } });
  };

  return {
    calls,
    show({ state, view }) {
      publisher.publish({ kind: "connection", name: "bridge", state, lastHeardAt: state.kind === "idle" ? null : now() - 2_000 });
      publisher.publish({ kind: "bridge", view });
    },
    moveOn: (deliveryId, state) => void moveOn(deliveryId, state),
    refuse: (name, fault) => void refusals.set(name, fault),
    commands: {
      answerer: (conversationId, answerer) =>
        answer(["answerer", conversationId, answerer], () =>
          change(conversationId, (conversation) => ({ ...conversation, answerer, since: now(), askingSince: null, attention: answerer === "bot" ? null : conversation.attention })),
        ),
      send: (conversationId, text) =>
        answer(["send", conversationId, text], () => {
          sent += 1;
          const id = `sent-${sent}`;
          const delivery: Delivery = { id, conversationId, origin: "agent", text, at: now(), state: { kind: "held", sendsAt: now() + HOLD_MS } };
          const kept = change(conversationId, (conversation) => ({
            ...conversation,
            ...(conversation.answerer === "agent" ? {} : { answerer: "agent", since: now() }),
            askingSince: null,
            attention: null,
            deliveries: [...conversation.deliveries, delivery],
          }));
          return kept.ok ? ok(id) : kept;
        }),
      undo: (deliveryId) => answer(["undo", deliveryId], () => ofDelivery(deliveryId, () => null)),
      sendAgain: (deliveryId) => answer(["sendAgain", deliveryId], () => moveOn(deliveryId, { kind: "sending", since: now() })),
      settle: (deliveryId, arrived) =>
        answer(["settle", deliveryId, arrived], () => {
          settledInView(deliveryId);
          moveOn(deliveryId, arrived ? { kind: "delivered", at: now() } : { kind: "sending", since: now() });
          return ok(null);
        }),
      replay: (ids) => answer(["replay", ids], () => ok(without(ids))),
      discard: (ids) =>
        answer(["discard", ids], () => {
          without(ids);
          return ok(null);
        }),
    },
  };
}
