import { z } from "zod";
import { faultSchema } from "../../shared/fault.ts";
import { interactionSchema, spanSchema, utteranceSchema } from "../../shared/interaction.ts";
import { dispositionSchema, suggestionSchema, suggestionSetSchema, triggerSchema, withheldSchema } from "../../shared/suggestion.ts";
import { json } from "../files/json-column.ts";

const flag = z.number().transform((value) => value !== 0);

/** The trigger without places in the text: masking may have moved the words. The utterance's own marks are kept right. */
export const keptTriggerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("keyword"), matches: z.array(z.strictObject({ keyword: z.string(), text: z.string() })) }),
  triggerSchema.options[1],
]);

export const utteranceRowSchema = utteranceSchema.extend({ marks: json(z.array(spanSchema)) });

/** One showing of a set, as a row gives it; its suggestions are rows of their own. */
export const setRowSchema = suggestionSetSchema.omit({ suggestions: true }).extend({
  row: z.number(),
  trigger: json(keptTriggerSchema),
  fault: json(faultSchema).exactOptional(),
  withheld: json(z.array(withheldSchema)),
  rejudged: flag,
});

export const suggestionRowSchema = suggestionSchema.extend({ setRow: z.number() });

export const dispositionRowSchema = z.strictObject({
  suggestionId: z.string(),
  disposition: dispositionSchema,
  undone: flag,
  at: z.number(),
});

export const summaryRowSchema = interactionSchema.extend({
  /** When something of it was last taken, ms since the Unix epoch. */
  lastAt: z.number(),
  utterances: z.number(),
  /** Showings, so that a fallback and the answer in its place are two. */
  sets: z.number(),
});

export const dispositionCountSchema = z.strictObject({ disposition: dispositionSchema, count: z.number() });

/** A row of the database without the columns that hold nothing. */
export function present(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
