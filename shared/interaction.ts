import { z } from "zod";

/** Interaction and utterance ids come from the platform: non-empty text of a bounded length. */
export const idSchema = z.string().min(1).max(200);

/** `bot`: what the bot wrote into a bridged conversation. */
export const speakerSchema = z.enum(["agent", "customer", "bot", "unknown"]);

/** A stretch of an utterance's text, in UTF-16 code units, end exclusive. */
export const spanSchema = z.strictObject({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() });

/** One thing somebody said. Times are milliseconds since the Unix epoch, the score is between -1 and 1. */
export const utteranceSchema = z.strictObject({
  id: idSchema,
  speaker: speakerSchema,
  text: z.string(),
  at: z.number(),
  score: z.number().min(-1).max(1),
  /** `false` while the recogniser may still change its mind: shown, replaced by its successor, triggers nothing. */
  final: z.boolean(),
  /** The platform's own number of this utterance within the interaction, where it gives one. */
  sequence: z.number().int().exactOptional(),
  /** The words that a keyword matched, for highlighting; empty where nothing fired. */
  marks: z.array(spanSchema).readonly(),
});

/** What is known of an interaction apart from what was said. Times in milliseconds since the Unix epoch. */
export const interactionSchema = z.strictObject({
  id: idSchema,
  status: z.enum(["live", "ended"]),
  startedAt: z.number(),
  endedAt: z.number().exactOptional(),
  agentId: z.string().exactOptional(),
  customerName: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  queue: z.string().exactOptional(),
});

export type Speaker = z.infer<typeof speakerSchema>;
export type Span = z.infer<typeof spanSchema>;
export type Utterance = z.infer<typeof utteranceSchema>;
export type Interaction = z.infer<typeof interactionSchema>;
