import type { Delivery, DeliveryState, Level } from "../../shared/bridge.ts";
import type { Reply, TakenMessage } from "./inbox.ts";
import type { Sending } from "./own-replies.ts";
import type { Stage } from "./work-item.ts";

/** How much of a dead letter the panel is given; in characters. */
const MAX_LETTER_LENGTH = 2_000;

/** An item in memory, while it is worked. Times of `arrivedAt` monotonic, of `madeAt` ms since the Unix epoch. */
export interface Job {
  readonly item: TakenMessage;
  readonly author: "customer" | "agent";
  stage: Stage;
  /** When it arrived in this run; null for what was there before. */
  readonly arrivedAt: number | null;
  /** When what is to be sent was made. */
  madeAt: number;
  botMs: number | null;
  replyMs: number | null;
  /** The platform was told that an answer is being written. */
  typed: boolean;
  /** A person wants it sent, whoever answers. */
  readonly insisted: boolean;
  /** The panel knows that what is to be sent waits. */
  queued: boolean;
  /** The request that may have brought the reply into the conversation. */
  sending: Sending | null;
  /** Whose message it is has still to be found out, when its turn comes. `tell`: nobody has been told of it; null where they have. */
  doubt: { readonly byWords: boolean; readonly tell: ((speaker: "customer" | "bot") => void) | null } | null;
  /** Ends the asking of the bot: somebody else answers now. */
  cut: (() => void) | null;
}

/** A job for an item from the inbox, or one that was just taken. */
export function createJob(given: Pick<Job, "item" | "author" | "stage" | "doubt"> & { readonly arrivedAt?: number; readonly madeAt: number; readonly insisted?: boolean }): Job {
  return { arrivedAt: null, botMs: null, replyMs: null, typed: false, insisted: false, queued: false, sending: null, cut: null, ...given };
}

/** A message of ours into a conversation, as the panel is told of it. */
export function deliveryOf(item: Pick<TakenMessage, "id" | "conversationId">, reply: Reply, at: number, state: DeliveryState): Delivery {
  return { id: item.id, conversationId: item.conversationId, origin: reply.origin, text: reply.text, at, state };
}

/** The first part of a text, whole letters only. */
export function letterText(text: string): string {
  return text.length <= MAX_LETTER_LENGTH ? text : `${text.slice(0, MAX_LETTER_LENGTH).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

/** How a latency of `ms` is judged (contract 3.4); what was not measured is normal. */
export function levelOf(ms: number | null, thresholds: { readonly elevatedMs: number; readonly criticalMs: number }): Level {
  if (ms === null || ms <= thresholds.elevatedMs) return "normal";
  return ms <= thresholds.criticalMs ? "elevated" : "critical";
}
