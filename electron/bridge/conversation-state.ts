import { assertNever } from "../../shared/assert-never.ts";
import { MAX_DELIVERIES, type BridgedConversation } from "../../shared/bridge-view.ts";
import type { Answerer, BridgeEvent, Delivery } from "../../shared/bridge.ts";
import type { Withheld } from "../../shared/suggestion.ts";

type Attention = NonNullable<BridgedConversation["attention"]>;

/** What a conversation waits for the agent for; `id` is the message's. */
interface Matter {
  readonly id: string;
  readonly attention: Attention;
}

/** What is known of a bridged conversation. Times in ms since the Unix epoch. */
export interface ConversationState {
  readonly answerer: Answerer;
  readonly since: number;
  /** The customer's messages that the bot is being asked about, by id, oldest first. */
  readonly asking: ReadonlyMap<string, number>;
  /** What the conversation waits for the agent for, oldest first. */
  readonly matters: readonly Matter[];
  readonly deliveries: readonly Delivery[];
}

/** Events that say something of one conversation. */
export type ConversationEvent = Extract<
  BridgeEvent,
  { readonly kind: "message" | "delivery" | "answered" | "withheld" | "left-to-agent" | "dead-letter" | "uncertain" | "settled" | "answerer" }
>;

/** More than these of one conversation say nothing new to the agent. */
const MAX_MATTERS = 50;

/** A conversation that nothing is known of. */
export function newConversation(answerer: Answerer, since: number): ConversationState {
  return { answerer, since, asking: new Map(), matters: [], deliveries: [] };
}

/** The conversation after an event of it, at `now`; the very same where the event changes nothing. Pure. */
export function conversationAfter(state: ConversationState, event: ConversationEvent, now: number): ConversationState {
  switch (event.kind) {
    case "message":
      if (event.speaker === "agent") return without(state, ({ attention }) => attention.kind === "withheld");
      return event.speaker === "customer" && event.fromBefore !== true ? asked(state, event.id, now) : state;
    case "delivery":
      return delivered(state, event.delivery);
    case "answered":
    case "left-to-agent":
      return dealtWith(unasked(state, event.id), event.id);
    case "uncertain":
      return unasked(state, event.id);
    case "withheld":
      return event.instead === "agent"
        ? attended(dealtWith(unasked(state, event.id), event.id), { id: event.id, attention: { kind: "withheld", phrase: wordsOf(event.rule), at: event.since ?? now } })
        : unasked(state, event.id);
    case "dead-letter":
      return attended(dealtWith(unasked(state, event.letter.id), event.letter.id), { id: event.letter.id, attention: { kind: "dead-letter", letter: event.letter } });
    case "settled": {
      const settled = dealtWith(event.how === "discarded" ? unsent(state, event.id) : state, event.id);
      // Where a reply is known already, it is sent; the bot is not asked again.
      const isAsked = event.how === "replayed" && settled.deliveries.every((delivery) => delivery.id !== event.id);
      return isAsked ? asked(settled, event.id, now) : settled;
    }
    case "answerer":
      return answeredBy(state, event.answerer, event.since, now);
    default:
      return assertNever(event);
  }
}

/** Whether somebody still has to do something, or is doing it; who answers does not matter here. */
export function isOpen(state: ConversationState): boolean {
  return state.asking.size > 0 || state.matters.length > 0 || state.deliveries.some((delivery) => delivery.state.kind !== "delivered");
}

/** What the panel shows of it. */
export function shownConversation({ answerer, since, asking, matters, deliveries }: ConversationState): BridgedConversation {
  return {
    answerer,
    since,
    attention: matters.at(-1)?.attention ?? null,
    askingSince: asking.values().next().value ?? null,
    deliveries,
  };
}

function asked(state: ConversationState, id: string, now: number): ConversationState {
  return state.answerer === "bot" ? { ...state, asking: new Map(state.asking).set(id, now) } : state;
}

function unasked(state: ConversationState, id: string): ConversationState {
  if (!state.asking.has(id)) return state;
  const asking = new Map(state.asking);
  asking.delete(id);
  return { ...state, asking };
}

function attended(state: ConversationState, matter: Matter): ConversationState {
  return { ...state, matters: [...state.matters, matter].slice(-MAX_MATTERS) };
}

/** The message `id` does not wait any more. */
function dealtWith(state: ConversationState, id: string): ConversationState {
  return without(state, (matter) => matter.id === id);
}

/** The message `id` was given up by a person: its reply, surely not delivered, is not to be sent again. */
function unsent(state: ConversationState, id: string): ConversationState {
  const deliveries = state.deliveries.filter((delivery) => delivery.id !== id || delivery.state.kind !== "failed");
  return deliveries.length === state.deliveries.length ? state : { ...state, deliveries };
}

function answeredBy(state: ConversationState, answerer: Answerer, since: number | undefined, now: number): ConversationState {
  if (answerer === state.answerer && since === undefined) return state;
  // Taken over, the bot says nothing more; handed back, what it was stopped from saying is still the agent's to say.
  return { ...state, answerer, since: since ?? now, ...(answerer === "agent" ? { asking: new Map<string, number>() } : {}) };
}

function without(state: ConversationState, isOver: (matter: Matter) => boolean): ConversationState {
  const matters = state.matters.filter((matter) => !isOver(matter));
  return matters.length === state.matters.length ? state : { ...state, matters };
}

/** A message of ours under way: the bot has answered then. One of the agent's that has arrived answers what came before it was written. */
function delivered(state: ConversationState, delivery: Delivery): ConversationState {
  const { kind } = delivery.state;
  const isOver = ({ attention }: Matter): boolean => attention.kind === "dead-letter" || attention.at <= delivery.at;
  const next = unasked(delivery.origin === "agent" && kind === "delivered" ? without(state, isOver) : state, delivery.id);
  const known = next.deliveries.findIndex((one) => one.id === delivery.id);
  if (kind === "withdrawn") return known < 0 ? next : { ...next, deliveries: next.deliveries.toSpliced(known, 1) };
  return { ...next, deliveries: known < 0 ? bounded([...next.deliveries, delivery]) : next.deliveries.with(known, delivery) };
}

/** Lets the oldest go of those that have arrived. */
function bounded(deliveries: readonly Delivery[]): readonly Delivery[] {
  let excess = deliveries.length - MAX_DELIVERIES;
  return excess <= 0 ? deliveries : deliveries.filter((delivery) => delivery.state.kind !== "delivered" || excess-- <= 0);
}

/** The rule's own words, as far as it has them. */
function wordsOf(rule: Withheld): string {
  return rule.rule === "phrase" ? rule.phrase : rule.rule === "malformed" ? rule.reason : "confidence";
}
