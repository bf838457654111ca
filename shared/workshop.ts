import { z } from "zod";
import { historyFilterSchema } from "./history.ts";
import { policySettingsSchema, triggerSettingsSchema } from "./settings.ts";

/** What is tried: the rules as they would be, on the newest interactions that pass the filter. */
export const rehearsalSchema = z.strictObject({
  triggers: triggerSettingsSchema,
  policy: policySettingsSchema,
  filter: historyFilterSchema,
  interactions: z.number().int().min(1).max(1_000).default(200),
});

/**
 * One thing that would have been otherwise. `withheld`: a suggestion that was shown, and the rule that would drop it.
 * `triggered`: an utterance that brought nothing then and would have asked. `untriggered`: one that asked and would not.
 * What policy dropped then is not kept, so what a looser rule would have shown can only be counted: `loosened`.
 */
const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("withheld"), interactionId: z.string(), utteranceId: z.string(), text: z.string(), rule: z.string(), used: z.boolean() }),
  z.strictObject({ kind: z.literal("triggered"), interactionId: z.string(), utteranceId: z.string(), text: z.string(), words: z.string() }),
  z.strictObject({ kind: z.literal("untriggered"), interactionId: z.string(), utteranceId: z.string(), text: z.string(), words: z.string(), used: z.number().int() }),
  z.strictObject({ kind: z.literal("loosened"), interactionId: z.string(), utteranceId: z.string(), text: z.string(), rule: z.string() }),
]);

export const rehearsedSchema = z.strictObject({
  interactions: z.number().int(),
  utterances: z.number().int(),
  suggestions: z.number().int(),
  counts: z.strictObject({ withheld: z.number().int(), triggered: z.number().int(), untriggered: z.number().int(), loosened: z.number().int() }),
  /** The newest first, at most 200 of each kind. */
  changes: z.array(changeSchema).readonly(),
  tookMs: z.number(),
});

export type Rehearsal = z.output<typeof rehearsalSchema>;
export type RuleChange = z.infer<typeof changeSchema>;
export type Rehearsed = z.infer<typeof rehearsedSchema>;
