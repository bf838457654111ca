import type { z } from "zod";
import type { Batch, CaseResult, SimulationCase } from "../../shared/simulation.ts";
import type { Disposition } from "../../shared/suggestion.ts";
import type { summaryRowSchema } from "./history-rows.ts";

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
