import { z } from "zod";
import { MAX_SEARCH_LENGTH } from "./history-bounds.ts";
import { idSchema, interactionSchema, spanSchema, utteranceSchema } from "./interaction.ts";
import { dispositionSchema, suggestionSetSchema, triggerSchema } from "./suggestion.ts";

/** The trigger without places in the text: masking may have moved the words. The utterance's own marks are kept right. */
export const keptTriggerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("keyword"), matches: z.array(z.strictObject({ keyword: z.string(), text: z.string() })).readonly() }),
  triggerSchema.options[1],
]);

/** What an agent did with a suggestion, as it is kept; `undone` takes it back. */
export const keptDispositionSchema = z.strictObject({ suggestionId: z.string(), disposition: dispositionSchema, undone: z.boolean(), at: z.number() });

/** One showing of a set: where it came from and when, as it was told. `rejudged`: policy changed while it was shown, and this is how it read from then on. */
export const shownSetSchema = suggestionSetSchema.extend({ trigger: keptTriggerSchema, rejudged: z.boolean() });

/** Everything that is kept of one interaction. Utterances in order of speech, showings and dispositions as they came. */
export const interactionRecordSchema = z.strictObject({
  interaction: interactionSchema,
  utterances: z.array(utteranceSchema).readonly(),
  sets: z.array(shownSetSchema).readonly(),
  dispositions: z.array(keptDispositionSchema).readonly(),
});

/** From the day before 1970 (which has begun where the sun rises first) to the end of the year 9999: beyond, days have no names. */
const moment = z.number().min(-86_400_000).max(253_402_300_799_999);

/** Which interactions are meant; null: whichever. `from` (inclusive) and `to` (exclusive) in ms since the Unix epoch, by when they began. */
export const historyFilterSchema = z.strictObject({
  from: moment.nullable(),
  to: moment.nullable(),
  channel: z.string().max(200).nullable(),
  queue: z.string().max(200).nullable(),
  agentId: z.string().max(200).nullable(),
});

export const MAX_HITS = 100;

/**
 * A search through what was said and suggested, and through names and ids. `text`: words that all have to be there, the
 * last one perhaps begun only; "in quotes" as they stand; empty: all, the latest first;
 * without a letter or a digit: none. `after`: the `next` of the page before.
 */
export const historySearchSchema = z.strictObject({
  text: z.string().max(MAX_SEARCH_LENGTH),
  filter: historyFilterSchema,
  limit: z.number().int().min(1).max(MAX_HITS).default(50),
  after: z.string().max(100).nullable().default(null),
});

/** A stretch of kept text that was found, with the places of the words in it. */
const snippetSchema = z.strictObject({ utteranceId: idSchema.nullable(), speaker: z.string().nullable(), text: z.string(), marks: z.array(spanSchema).readonly() });

export const historyHitSchema = z.strictObject({
  interaction: interactionSchema,
  utterances: z.number().int(),
  sets: z.number().int(),
  /** At most three, in order of speech; none where only the interaction's own particulars were found. */
  snippets: z.array(snippetSchema).max(3).readonly(),
});

export const historyPageSchema = z.strictObject({
  hits: z.array(historyHitSchema).readonly(),
  /** Where the next page goes on; null: this was the last. */
  next: z.string().nullable(),
  tookMs: z.number(),
});

/** What can be chosen to filter by: whatever the history has. */
export const historyFacetsSchema = z.strictObject({
  channels: z.array(z.string()).readonly(),
  queues: z.array(z.string()).readonly(),
  agents: z.array(z.string()).readonly(),
  interactions: z.number().int(),
  /** The oldest interaction's beginning; null where there is none. */
  since: z.number().nullable(),
});

/** What forgetting comes to: how many interactions went, or would go, and which of those that were meant stay because they still go on. */
export const forgetOutcomeSchema = z.strictObject({
  interactions: z.number().int(),
  live: z.array(z.strictObject({ id: idSchema, startedAt: z.number() })).readonly(),
});

export type InteractionRecord = z.infer<typeof interactionRecordSchema>;
export type ForgetOutcome = z.infer<typeof forgetOutcomeSchema>;
export type HistoryFilter = z.infer<typeof historyFilterSchema>;
export type HistorySearch = z.output<typeof historySearchSchema>;
export type HistoryHit = z.infer<typeof historyHitSchema>;
export type HistoryPage = z.infer<typeof historyPageSchema>;
export type HistoryFacets = z.infer<typeof historyFacetsSchema>;
