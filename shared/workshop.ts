import { z } from "zod";
import { historyFilterSchema, keptTriggerSchema } from "./history.ts";
import { idSchema, spanSchema } from "./interaction.ts";
import { policySettingsSchema, triggerSettingsSchema } from "./settings.ts";
import { withheldSchema } from "./suggestion.ts";

/** What is tried: the fields of the rules that would be other than they are, on the newest interactions that pass the filter. */
export const rehearsalSchema = z.strictObject({
  triggers: triggerSettingsSchema.partial(),
  policy: policySettingsSchema.partial(),
  filter: historyFilterSchema,
  interactions: z.number().int().min(1).max(1_000).default(200),
});

/** What is put into a list and taken out of it: what else changes in it meanwhile stays. */
const listEditOf = <T extends z.ZodType>(list: T) => z.strictObject({ added: list, removed: list }).readonly();

/** A draft of the workshop: only what is to be otherwise than it is. Of lists it has what changes, so that it holds whatever others change meanwhile. */
export const ruleDraftSchema = z.strictObject({
  triggers: triggerSettingsSchema.omit({ keywords: true }).partial().readonly(),
  policy: policySettingsSchema.omit({ prohibitedPhrases: true }).partial().readonly(),
  keywords: listEditOf(triggerSettingsSchema.shape.keywords.readonly()),
  prohibitedPhrases: listEditOf(policySettingsSchema.shape.prohibitedPhrases.readonly()),
}).readonly();

/** How many changes of each kind are listed; all of them are counted. */
export const MAX_LISTED_CHANGES = 200;

/** Why a suggestion would not be shown. `maximum`: better ones of its answer take all the places. */
const dropSchema = z.discriminatedUnion("rule", [
  withheldSchema.options[0],
  withheldSchema.options[1],
  z.strictObject({ rule: z.literal("maximum"), maxSuggestions: z.number().int() }),
]);

/** Where a change is: what was said, and when (ms since the Unix epoch). `marks`: the words that decided, in `text`. */
const place = { interactionId: idSchema, utteranceId: idSchema, at: z.number(), text: z.string(), marks: z.array(spanSchema).readonly() };

/**
 * One thing that would have been otherwise than it was, and than it would be under the rules that hold now. `withheld`: a
 * suggestion (`text`) that was shown, and what would drop it. The others tell the utterance: `triggered`: it brought
 * nothing then and would have asked; `untriggered`: it asked and would not, with how many suggestions it brought and how
 * many of them were used. What policy dropped then is not kept, so what a looser rule would have shown can only be
 * counted: `loosened`, once per suggestion, with the rule that would let go.
 */
export const ruleChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("withheld"), ...place, by: dropSchema, used: z.boolean() }),
  z.strictObject({ kind: z.literal("triggered"), ...place, trigger: keptTriggerSchema }),
  z.strictObject({ kind: z.literal("untriggered"), ...place, trigger: keptTriggerSchema, suggestions: z.number().int(), used: z.number().int() }),
  z.strictObject({ kind: z.literal("loosened"), ...place, by: withheldSchema }),
]);

export const rehearsedSchema = z.strictObject({
  interactions: z.number().int(),
  utterances: z.number().int(),
  suggestions: z.number().int(),
  /** Utterances and suggestions of which a part is masked: words inside a mask match nothing. */
  masked: z.number().int(),
  counts: z.strictObject({ withheld: z.number().int(), triggered: z.number().int(), untriggered: z.number().int(), loosened: z.number().int() }),
  /** Of the suggestions that would be gone, how many were used. */
  used: z.strictObject({ withheld: z.number().int(), untriggered: z.number().int() }),
  /** The newest first, at most `MAX_LISTED_CHANGES` of each kind. */
  changes: z.array(ruleChangeSchema).readonly(),
  tookMs: z.number(),
});

export type RuleDraft = z.infer<typeof ruleDraftSchema>;
export type Rehearsal = z.output<typeof rehearsalSchema>;
export type RuleDrop = z.infer<typeof dropSchema>;
export type RuleChange = z.infer<typeof ruleChangeSchema>;
export type Rehearsed = z.infer<typeof rehearsedSchema>;
