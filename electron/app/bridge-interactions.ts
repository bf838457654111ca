import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent, Delivery } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Interaction, Speaker, Utterance } from "../../shared/interaction.ts";
import { mergeInteraction } from "../assist/interaction-meta.ts";
import type { UpdatePayload } from "../assist/parse-frame.ts";
import { createRecentNames } from "../assist/recent-names.ts";

/** A conversation in which nothing has been written for this long is over; the platform has no word for that here. */
export const IDLE_MS = 30 * 60_000;
/** As many as agent assist follows; the one that was silent longest is taken for over. */
const MAX_LIVE = 1_000;
const MAX_ENDED = 500;
/** As many ids as the bridge knows duplicates by (contract 3.3). */
const MAX_TOLD = 10_000;
/** The platform tells our own messages again; what comes later with the same words is somebody else's. */
const ECHO_MS = 120_000;
const MAX_ECHOES = 50;
/** As long as an utterance of the stream may be. */
const MAX_TEXT_LENGTH = 100_000;

const NO_CONTEXT = Object.freeze({});
const NO_MARKS: Utterance["marks"] = Object.freeze([]);

export interface BridgeInteractionsOptions {
  readonly clock: Clock;
  /** The agent whose conversations these are; null where they are the organisation's. */
  readonly agentId: () => string | null;
  /** Hands what was said to agent assist; false where that does not run. */
  readonly hear: (payload: UpdatePayload) => boolean;
  /** Hears of interactions and utterances where agent assist does not. */
  readonly emit: (event: AssistEvent) => void;
}

/** Makes interactions of bridged conversations (contract 3.7). Disposing stops the timer. */
export interface BridgeInteractions extends Disposable {
  take(event: BridgeEvent): void;
}

/** Something of ours that the platform will tell again. `at`: monotonic ms. */
interface Echo {
  readonly text: string;
  readonly at: number;
}

interface Talk {
  /** What was last written, in monotonic ms. */
  heardAt: number;
  /** As it was told here; null while agent assist tells it. */
  interaction: Interaction | null;
  echoes: readonly Echo[];
}

/** What is said, before it is known who tells it. `at` in ms since the Unix epoch. */
interface Said {
  readonly id: string;
  readonly conversationId: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly at: number;
  readonly customerName?: string | undefined;
}

/**
 * Follows what the bridge tells. An interaction's id is the conversation's, an utterance's that of the message, or
 * `reply-` and the delivery's for a message of ours. A text that is held or waits is none yet: it may never be sent.
 */
export function createBridgeInteractions({ clock, agentId, hear, emit }: BridgeInteractionsOptions): BridgeInteractions {
  /** In the order in which something was last written. */
  const live = new Map<string, Talk>();
  const ended = new Map<string, Talk>();
  const told = createRecentNames(MAX_TOLD);
  let cancelTimer: (() => void) | null = null;

  const watch = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const oldest = live.values().next().value;
    if (oldest !== undefined) cancelTimer = clock.after(Math.max(0, oldest.heardAt + IDLE_MS - clock.monotonic()), endIdle);
  };

  const endIdle = (): void => {
    const now = clock.monotonic();
    for (const [conversationId, talk] of live) {
      if (talk.heardAt + IDLE_MS > now) break;
      end(conversationId, talk);
    }
    watch();
  };

  const end = (conversationId: string, talk: Talk): void => {
    live.delete(conversationId);
    ended.set(conversationId, talk);
    if (ended.size > MAX_ENDED) deleteFirst(ended);
    tell(talk, payloadOf({ conversationId, status: "ended" }), null);
  };

  const touch = (conversationId: string): Talk => {
    const talk = live.get(conversationId) ?? ended.get(conversationId) ?? { heardAt: 0, interaction: null, echoes: [] };
    talk.heardAt = clock.monotonic();
    live.delete(conversationId);
    ended.delete(conversationId);
    live.set(conversationId, talk);
    const first = live.entries().next().value;
    if (live.size > MAX_LIVE && first !== undefined) end(...first);
    if (cancelTimer === null) watch();
    return talk;
  };

  const tell = (talk: Talk, payload: UpdatePayload, utterance: Utterance | null): void => {
    if (hear(payload)) {
      talk.interaction = null;
      return;
    }
    const interaction = mergeInteraction(talk.interaction ?? undefined, payload, clock.now());
    if (interaction !== talk.interaction) emit({ kind: "interaction", interaction });
    talk.interaction = interaction;
    if (utterance !== null) emit({ kind: "utterance", interactionId: interaction.id, utterance });
  };

  const payloadOf = ({ conversationId, status, said }: { readonly conversationId: string; readonly status: "live" | "ended"; readonly said?: Said }): UpdatePayload => ({
    interactionId: conversationId,
    transcript: said?.text ?? "",
    sentimentScore: 0,
    speaker: said?.speaker ?? "unknown",
    timestamp: said?.at,
    utteranceId: said?.id,
    final: true,
    sequence: undefined,
    status,
    customerName: said?.customerName,
    channel: "chat",
    queue: undefined,
    agentId: agentId() ?? undefined,
    context: NO_CONTEXT,
  });

  const say = (given: Said): Talk => {
    const talk = touch(given.conversationId);
    if (told.has(given.id)) return talk;
    told.add(given.id);
    const said = { ...given, text: cut(given.text) };
    const { id, speaker, text, at } = said;
    tell(talk, payloadOf({ conversationId: said.conversationId, status: "live", said }), { id, speaker, text, at, score: 0, final: true, marks: NO_MARKS });
    return talk;
  };

  /** What the platform tells of our own is known by its words: its id may not have reached us yet. */
  const isEcho = (conversationId: string, text: string): boolean => {
    const talk = live.get(conversationId) ?? ended.get(conversationId);
    if (talk === undefined) return false;
    const key = plain(text);
    const index = talk.echoes.findIndex((echo) => echo.text === key && clock.monotonic() - echo.at <= ECHO_MS);
    if (index < 0) return false;
    talk.echoes = talk.echoes.toSpliced(index, 1);
    return true;
  };

  const takeDelivery = ({ id, conversationId, origin, text, at, state }: Delivery): void => {
    if (state.kind !== "sending" && state.kind !== "delivered" && state.kind !== "uncertain") return;
    const utteranceId = `reply-${id}`;
    if (told.has(utteranceId) || !isOfNow(at, state.kind === "uncertain")) return;
    const since = state.kind === "sending" ? state.since : state.kind === "delivered" ? state.at : at;
    const talk = say({ id: utteranceId, conversationId, speaker: origin === "agent" ? "agent" : "bot", text, at: since });
    talk.echoes = [...talk.echoes, { text: plain(text), at: clock.monotonic() }].slice(-MAX_ECHOES);
  };

  /**
   * Whether something that is told at the start belongs on the panel. An agent has no other place to settle what is left
   * from before; with the organisation's conversations the supervisor's view has all of it, and the panel those that go on.
   */
  const isOfNow = (at: number, waits: boolean): boolean => (waits && agentId() !== null) || clock.now() - at < IDLE_MS;

  return {
    take(event) {
      switch (event.kind) {
        case "message": {
          const { id, conversationId, speaker, text, at, customerName } = event;
          if (speaker !== "customer" && isEcho(conversationId, text)) {
            told.add(id);
            return;
          }
          say({ id, conversationId, speaker, text, at, customerName: customerName ?? undefined });
          return;
        }
        case "delivery":
          takeDelivery(event.delivery);
          return;
        case "dead-letter": {
          const { id, conversationId, text, receivedAt } = event.letter;
          if (!told.has(id) && isOfNow(receivedAt, true)) say({ id, conversationId, speaker: "customer", text, at: receivedAt });
          return;
        }
        case "duplicate":
        case "gap":
        case "gap-filled":
        case "malformed":
        case "foreign":
        case "answered":
        case "withheld":
        case "left-to-agent":
        case "uncertain":
        case "settled":
        case "answerer":
        case "level":
        case "paused":
        case "storage":
          return;
        default:
          assertNever(event);
      }
    },
    [Symbol.dispose]() {
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}

/** How the platform shows a text may differ in white space. */
function plain(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Never in the middle of a character. */
function cut(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  return text.slice(0, MAX_TEXT_LENGTH).replace(/[\uD800-\uDBFF]$/u, "");
}

function deleteFirst(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
