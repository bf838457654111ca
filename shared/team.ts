import { z } from "zod";

/** The newest version of the lines that this program writes and reads. */
export const TEAM_VERSION = 1;

const time = z.number();
const count = z.number().int().nonnegative();
const id = z.string().min(1).max(64);

/** The first line of a file: whose day it is. `day` in UTC, as `2026-03-04`; `written` in ms since the Unix epoch. */
const deskLineSchema = z.strictObject({ kind: z.literal("desk"), version: z.literal(TEAM_VERSION), desk: id, day: z.string().regex(/^\d{4}-\d\d-\d\d$/u), written: time });

/** An interaction without anybody's name or words; `id` tells it apart from others of the same desk and means nothing elsewhere. */
const interactionLineSchema = z.strictObject({
  kind: z.literal("interaction"),
  id,
  status: z.enum(["live", "ended"]),
  startedAt: time,
  endedAt: time.exactOptional(),
  agentId: z.string().max(200).exactOptional(),
  channel: z.string().max(200).exactOptional(),
  queue: z.string().max(200).exactOptional(),
  said: count,
  sentimentStart: z.number().min(-1).max(1).nullable(),
  sentimentEnd: z.number().min(-1).max(1).nullable(),
});

/** One showing of a set: what brought it, where it came from, what policy withheld and what was done with it. */
const setLineSchema = z.strictObject({
  kind: z.literal("set"),
  interaction: id,
  id,
  at: time,
  origin: z.enum(["live", "cached", "fallback"]),
  rejudged: z.boolean(),
  /** The last showing of its id. */
  current: z.boolean(),
  outcome: z.enum(["filled", "empty", "emptied"]),
  latencyMs: z.number(),
  triggers: z.array(z.strictObject({ kind: z.enum(["keyword", "sentiment"]), words: z.string().max(200) })).max(1_000).readonly(),
  withheld: z.array(z.strictObject({ rule: z.enum(["phrase", "confidence", "malformed"]), words: z.string().max(500), count })).max(1_000).readonly(),
  displayed: count,
  copied: count,
  sent: count,
  used: count,
  dismissed: count,
  helpful: count,
  notHelpful: count,
});

/** The agent of this desk has looked at the own figures up to the end of a day. */
const seenLineSchema = z.strictObject({ kind: z.literal("seen"), agentId: z.string().max(200), until: time });

/** A line of a desk's file for the team: one JSON object, strictly of one of these forms. */
export const teamLineSchema = z.discriminatedUnion("kind", [deskLineSchema, interactionLineSchema, setLineSchema, seenLineSchema]);

export type TeamLine = z.infer<typeof teamLineSchema>;
export type TeamInteraction = z.infer<typeof interactionLineSchema>;
export type TeamSet = z.infer<typeof setLineSchema>;
