import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { batchSummarySchema, caseResultSchema, comparisonSchema, progressSchema, simulationCaseSchema, suiteProblemSchema, verdictSchema } from "./simulation.ts";

/** How many problems of a suite the panel lists; the count tells of the rest. */
export const MAX_PROBLEMS = 1_000;
/** How many batches the trend shows. */
export const MAX_TREND = 10;

/** One line of the table of cases: enough to filter, sort and read it; everything else is asked for by its id. */
export const caseRowSchema = z.strictObject({
  testId: z.string(),
  utterance: z.string(),
  tags: z.array(z.string()).readonly(),
  /** `waiting` before it runs in this batch. */
  state: z.union([verdictSchema, z.enum(["waiting", "running"])]),
  /** What was expected and what was found instead, one line each; empty where all is well. */
  reasons: z.array(z.string()).readonly(),
  durationMs: z.number().nonnegative().nullable(),
});

/** What is being done: nothing, reading or checking a suite, running a batch. Times since the Unix epoch. */
export const simulationWorkSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("idle") }),
  z.strictObject({ kind: z.literal("preparing"), since: z.number() }),
  z.strictObject({ kind: z.literal("running"), batchId: z.string(), since: z.number(), progress: progressSchema }),
  z.strictObject({ kind: z.literal("cancelling"), batchId: z.string(), since: z.number(), progress: progressSchema }),
]);

/** One earlier batch of the same suite. */
export const trendPointSchema = z.strictObject({
  batchId: z.string(),
  startedAt: z.number(),
  successRate: z.number(),
  coverage: z.number().nullable(),
  total: z.number().int(),
  passed: z.number().int(),
});

/** All that the supervisor's view of simulations shows, but for the rows of its table. */
export const simulationsViewSchema = z.strictObject({
  /** Null before a suite was chosen, or where the one chosen has problems. */
  suite: z.strictObject({ name: z.string(), file: z.string(), cases: z.number().int(), expectedFlows: z.number().int() }).nullable(),
  /** Of the file that was chosen last, or of the preflight. */
  problems: z.strictObject({ file: z.string(), count: z.number().int(), list: z.array(suiteProblemSchema).max(MAX_PROBLEMS).readonly() }).nullable(),
  work: simulationWorkSchema,
  /** Why the last run could not begin. */
  fault: faultSchema.nullable(),
  /** The batch that the table shows, once it is over. */
  batch: batchSummarySchema.nullable(),
  baseline: z.strictObject({ batchId: z.string(), startedAt: z.number() }).nullable(),
  comparison: comparisonSchema.nullable(),
  /** Oldest first. */
  trend: z.array(trendPointSchema).max(MAX_TREND).readonly(),
  /** Whether an interrupted batch of this suite can be taken up where it stopped, and how much of it is done. */
  resumable: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
});

/** Everything about one case, for the place beside the table. */
export const caseDetailsSchema = z.strictObject({
  case: simulationCaseSchema,
  result: caseResultSchema.nullable(),
  /** What became of it in the baseline. */
  baseline: caseResultSchema.nullable(),
});

/** What a batch can be exported as. */
export const exportFormatSchema = z.enum(["junit", "json", "html"]);

export type CaseRow = z.infer<typeof caseRowSchema>;
export type SimulationWork = z.infer<typeof simulationWorkSchema>;
export type TrendPoint = z.infer<typeof trendPointSchema>;
export type SimulationsView = z.infer<typeof simulationsViewSchema>;
export type CaseDetails = z.infer<typeof caseDetailsSchema>;
export type ExportFormat = z.infer<typeof exportFormatSchema>;
