import type { z } from "zod";
import type { Interaction, Utterance } from "../../shared/interaction.ts";
import type { Batch, CaseResult, SimulationCase } from "../../shared/simulation.ts";
import type { Disposition, Suggestion, SuggestionSet } from "../../shared/suggestion.ts";
import type { dispositionRowSchema, keptTriggerSchema, summaryRowSchema } from "./history-rows.ts";

/** One showing of a set: where it came from and when, as it was told, with the trigger but for places in the text. */
interface ShownSet extends Omit<SuggestionSet, "trigger" | "suggestions"> {
  readonly trigger: z.infer<typeof keptTriggerSchema>;
  readonly suggestions: readonly Suggestion[];
  /** Policy changed while it was shown, and this is how it read from then on. */
  readonly rejudged: boolean;
}

/** Everything that is kept of one interaction. Showings and dispositions in the order in which they came. */
export interface InteractionRecord {
  readonly interaction: Interaction;
  /** In order of speech. */
  readonly utterances: readonly Utterance[];
  readonly sets: readonly ShownSet[];
  readonly dispositions: readonly z.infer<typeof dispositionRowSchema>[];
}

export type InteractionSummary = Readonly<z.infer<typeof summaryRowSchema>>;

/** How much is kept. A disposition that was taken back does not count, one that was made twice counts once. */
export interface HistoryCounts {
  readonly interactions: number;
  readonly utterances: number;
  readonly sets: number;
  readonly suggestions: number;
  readonly dispositions: Readonly<Record<Disposition, number>>;
}

/** A case as it was when it ran, with what became of it. */
export interface KeptCase {
  readonly case: SimulationCase;
  readonly result: CaseResult;
}

/** A batch with the cases behind its results, in the same order. */
export interface KeptBatch {
  readonly batch: Batch;
  readonly cases: readonly SimulationCase[];
}
