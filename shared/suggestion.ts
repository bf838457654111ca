import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { idSchema, spanSchema } from "./interaction.ts";

/** One hit of a keyword: the configured phrase, and the words of the utterance that it stood for. */
export const keywordMatchSchema = z.strictObject({
  keyword: z.string(),
  text: z.string(),
  span: spanSchema,
});

/** Why the platform was asked. A keyword is told before sentiment when both hold. */
export const triggerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("keyword"), matches: z.array(keywordMatchSchema).min(1).readonly() }),
  z.strictObject({ kind: z.literal("sentiment"), score: z.number(), threshold: z.number() }),
]);

/** A suggestion that may be shown. `confidence` is between 0 and 1. */
export const suggestionSchema = z.strictObject({
  id: idSchema,
  text: z.string().min(1),
  confidence: z.number().min(0).max(1),
  source: z.string(),
});

/** A suggestion that may not be shown: the rule that dropped it (and the rule's own words), never its text. */
export const withheldSchema = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("phrase"), phrase: z.string() }),
  z.strictObject({ rule: z.literal("confidence"), confidence: z.number(), minConfidence: z.number() }),
  z.strictObject({ rule: z.literal("malformed"), reason: z.string() }),
]);

/**
 * Everything that one triggered utterance brought, with where it came from and when.
 * `id` stays the same when the answer replaces the fallback in place. `order` grows with the utterances of one
 * interaction: a set is never shown above one of higher order. Latencies in milliseconds, times since the Unix epoch.
 */
export const suggestionSetSchema = z.strictObject({
  id: idSchema,
  interactionId: idSchema,
  utteranceId: idSchema,
  utteranceAt: z.number(),
  order: z.number(),
  trigger: triggerSchema,
  origin: z.enum(["live", "cached", "fallback"]),
  replaces: z.literal("fallback").exactOptional(),
  /** Why the fallback stands here; only with origin `fallback`. */
  fault: faultSchema.exactOptional(),
  suggestions: z.array(suggestionSchema).readonly(),
  withheld: z.array(withheldSchema).readonly(),
  /** `empty`: the platform had nothing. `emptied`: it had, and policy dropped all of it. */
  outcome: z.enum(["filled", "empty", "emptied"]),
  policyVersion: z.string(),
  /** From the trigger to this set. */
  latencyMs: z.number(),
  /** What the platform took; absent for cached and fallback sets. */
  upstreamMs: z.number().exactOptional(),
  at: z.number(),
});

/** What an agent did with a suggestion, in the words of the history. */
export const dispositionSchema = z.enum([
  "displayed",
  "clicked",
  "copied",
  "sent",
  "dismissed",
  "helpful",
  "not helpful",
]);

export type KeywordMatch = z.infer<typeof keywordMatchSchema>;
export type Trigger = z.infer<typeof triggerSchema>;
export type Suggestion = z.infer<typeof suggestionSchema>;
export type Withheld = z.infer<typeof withheldSchema>;
export type SuggestionSet = z.infer<typeof suggestionSetSchema>;
export type Disposition = z.infer<typeof dispositionSchema>;
