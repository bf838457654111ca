import { z } from "zod";
import { faultSchema } from "../../shared/fault.ts";
import { interactionSchema, spanSchema, utteranceSchema } from "../../shared/interaction.ts";
import { keptDispositionSchema, keptTriggerSchema, shownSetSchema } from "../../shared/history.ts";
import { dispositionSchema, suggestionSchema, withheldSchema } from "../../shared/suggestion.ts";
import { json } from "../files/json-column.ts";

const flag = z.number().transform((value) => value !== 0);

export const utteranceRowSchema = utteranceSchema.extend({ marks: json(z.array(spanSchema)) });

/** One showing of a set, as a row gives it; its suggestions are rows of their own. */
export const setRowSchema = shownSetSchema.omit({ suggestions: true }).extend({
  row: z.number(),
  trigger: json(keptTriggerSchema),
  fault: json(faultSchema).exactOptional(),
  withheld: json(z.array(withheldSchema)),
  rejudged: flag,
});

export const suggestionRowSchema = suggestionSchema.extend({ setRow: z.number() });

export const dispositionRowSchema = keptDispositionSchema.extend({ undone: flag });

export const summaryRowSchema = interactionSchema.extend({
  /** When something of it was last taken, ms since the Unix epoch. */
  lastAt: z.number(),
  utterances: z.number(),
  /** Showings, so that a fallback and the answer in its place are two. */
  sets: z.number(),
});

export const countRowSchema = z.object({ count: z.number() });
export const rowSchema = z.object({ row: z.number() });

/** How many suggestions each thing was done with. */
export const outcomeSumsSchema = z.record(dispositionSchema, z.number());

/** A row of the database without the columns that hold nothing. */
export function present(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
