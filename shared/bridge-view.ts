import { z } from "zod";
import { answererSchema, deadLetterSchema, deliverySchema, hopNameSchema, levelSchema } from "./bridge.ts";
import { gapsSchema } from "./gaps.ts";

/** How many messages of ours a conversation shows the state of; those that are not settled stay beyond it. */
export const MAX_DELIVERIES = 50;
/** How many dead letters the panel lists; the count tells of the rest. */
export const MAX_DEAD_LETTERS = 200;
/** The throughput's points: one for every five seconds of the last five minutes. */
export const MAX_THROUGHPUT = 60;
export const THROUGHPUT_STEP_MS = 5_000;
/** The upper bounds of the histogram's bars in ms; a last bar takes what is above. */
export const hopBounds = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000] as const;

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();

/**
 * One hop in ms, null where nothing was measured. `level` and what it is judged by, `recentMs`: the median of the last
 * messages, so that one slow one does not change it; null until there are enough. Percentiles over the last window.
 * `count`, `sumMs` and `bars` (counts by `hopBounds`, one more than there are bounds) since the bridge's start.
 */
export const hopViewSchema = z.strictObject({
  hop: hopNameSchema,
  level: levelSchema.nullable(),
  recentMs: ms.nullable(),
  lastMs: ms.nullable(),
  p50: ms.nullable(),
  p95: ms.nullable(),
  p99: ms.nullable(),
  count,
  sumMs: ms,
  bars: z.array(count).length(hopBounds.length + 1).readonly(),
});

/** All that the supervisor's view of the bridge shows. Times in ms since the Unix epoch. Counts since `since`, the bridge's start. */
export const bridgeViewSchema = z.strictObject({
  since: z.number(),
  scope: z.enum(["organisation", "agent"]),
  /** The thresholds that levels are judged by (contract 3.4), in ms. */
  elevatedMs: ms,
  criticalMs: ms,
  /** Messages answered in each step, oldest first; the last one is under way. */
  throughput: z.array(count).max(MAX_THROUGHPUT).readonly(),
  received: count,
  answered: count,
  leftToAgent: count,
  withheld: count,
  duplicates: count,
  malformed: count,
  gaps: gapsSchema,
  /** Taken and neither answered nor given up: `waiting` for their turn, `working` now. `oldestAt`: receipt of the oldest of them. */
  queue: z.strictObject({ waiting: count, working: count, oldestAt: z.number().nullable() }),
  hops: z.array(hopViewSchema).readonly(),
  /** Genesys' clock is ahead of ours by at least so much, in ms; null where nothing contradicts ours. */
  clockAheadMs: ms.nullable(),
  resumePoint: z.number().int().nullable(),
  /** Hosts that get no requests for now, with the reason: it keeps failing, or it asked for a pause. */
  paused: z.array(z.strictObject({ host: z.string(), until: z.number(), why: z.enum(["failing", "asked"]) })).readonly(),
  /** Why nothing can be taken at the moment; null where all is well. */
  storage: z.string().nullable(),
  /** Newest first. */
  deadLetters: z.strictObject({ count, list: z.array(deadLetterSchema).max(MAX_DEAD_LETTERS).readonly() }),
  /** Replies of which nobody knows whether they arrived, newest first. */
  uncertain: z.strictObject({ count, list: z.array(deliverySchema).max(MAX_DEAD_LETTERS).readonly() }),
});

/** What the panel shows of a bridged conversation beside its transcript. */
export const bridgedConversationSchema = z.strictObject({
  answerer: answererSchema,
  /** Since when, ms since the Unix epoch. */
  since: z.number(),
  /** Why the conversation waits for the agent; null where it does not. `phrase`: policy stopped the bot's answer. */
  attention: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("withheld"), phrase: z.string(), at: z.number() }),
      z.strictObject({ kind: z.literal("dead-letter"), letter: deadLetterSchema }),
    ])
    .nullable(),
  /** The bot is being asked since then. */
  askingSince: z.number().nullable(),
  /** Messages of ours, oldest first. A `withdrawn` one is not among them. */
  deliveries: z.array(deliverySchema).readonly(),
});

/** What an agent can send into a conversation; as long as a suggestion may be. */
export const bridgeTextSchema = z.string().trim().min(1).max(10_000);

export type HopView = z.infer<typeof hopViewSchema>;
export type BridgeView = z.infer<typeof bridgeViewSchema>;
export type BridgedConversation = z.infer<typeof bridgedConversationSchema>;
