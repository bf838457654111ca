import { z } from "zod";
import { faultSchema } from "./fault.ts";

/** A value of a session context or an entity: plain JSON. */
export const jsonValueSchema: z.ZodType<JsonValue> = z.json();
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const testIdSchema = z.string().regex(/^test_[A-Za-z0-9_]+$/).max(200);

/** What a case expects of the bot (contract 5.1). What is absent is not asked for. */
export const expectedOutcomeSchema = z.strictObject({
  intent: z.string().min(1),
  entities: z.record(z.string(), jsonValueSchema),
  next_flow: z.string().min(1).exactOptional(),
  response_contains: z.string().min(1).exactOptional(),
});

/** One simulation (contract 5.1): what a customer says once, and what the bot should make of it. */
export const simulationCaseSchema = z.strictObject({
  test_id: testIdSchema,
  user_id: z.string().regex(/^usr_[A-Za-z0-9]+$/).max(200),
  platform: z.string().min(1).max(100),
  utterance: z.string().min(1),
  session_context: z.record(z.string(), jsonValueSchema),
  expected_outcome: expectedOutcomeSchema,
  tags: z.array(z.string()).readonly(),
});

/** A suite as it is run: defaults and variations worked in. */
export const suiteSchema = z.strictObject({
  name: z.string().min(1),
  /** Empty: flow coverage is not measured. */
  expected_flows: z.array(z.string()).readonly(),
  cases: z.array(simulationCaseSchema).min(1).readonly(),
});

/** Something wrong in a suite file: where (lines and columns count from 1), what was found, what is allowed. */
export const suiteProblemSchema = z.strictObject({
  file: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** Such as `cases[3].expected_outcome.intent`, or the column of a CSV file; empty for the whole file. */
  field: z.string(),
  message: z.string(),
});

/** What one expectation came to. `inconclusive`: the platform did not report what it takes to know. */
export const checkSchema = z.strictObject({
  kind: z.enum(["intent", "entity", "next_flow", "response_contains", "no_errors"]),
  /** Of the entity. */
  name: z.string().exactOptional(),
  outcome: z.enum(["passed", "failed", "inconclusive"]),
  /** In words that stand side by side; `actual` is null where nothing was reported. */
  expected: z.string(),
  actual: z.string().nullable(),
});

/** One turn of a simulation as the platform reported it (contract 5.4). */
export const turnSchema = z.strictObject({
  turnIndex: z.number().int(),
  flowId: z.string().nullable(),
  intent: z.string().nullable(),
  /** Null where the platform did not report entities. */
  entities: z.record(z.string(), jsonValueSchema).nullable(),
  output: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

/** `flaky`: failed, and came to another end when it was run again. `error`: could not be run. */
export const verdictSchema = z.enum(["passed", "failed", "flaky", "inconclusive", "error"]);

/** What became of one case. Times in ms; `startedAt` since the Unix epoch. */
export const caseResultSchema = z.strictObject({
  testId: testIdSchema,
  verdict: verdictSchema,
  checks: z.array(checkSchema).readonly(),
  turns: z.array(turnSchema).readonly(),
  /** Null where the platform took no simulation. */
  simulationId: z.string().nullable(),
  /** Why it could not be run; only with verdict `error`. */
  fault: faultSchema.exactOptional(),
  startedAt: z.number(),
  durationMs: z.number().nonnegative(),
  /** The verdict of each run, the first one first; more than one where a failing case was repeated. */
  runs: z.array(verdictSchema).min(1).readonly(),
});

/** How often each verdict was given. */
export const countsSchema = z.strictObject({
  total: z.number().int().nonnegative(),
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  flaky: z.number().int().nonnegative(),
  inconclusive: z.number().int().nonnegative(),
  errors: z.number().int().nonnegative(),
});

/** Hits and the cases behind them, by test id. */
export const hitsSchema = z.strictObject({
  name: z.string(),
  hits: z.number().int().nonnegative(),
  cases: z.array(testIdSchema).readonly(),
});

/**
 * What a batch exercised (contract 5.4). `share`: expected flows that at least one case visited, of all expected ones,
 * between 0 and 1; null where none are expected. `flows`: the expected ones in their order, `hits` counting cases.
 */
export const coverageSchema = z.strictObject({
  share: z.number().min(0).max(1).nullable(),
  flows: z.array(hitsSchema).readonly(),
  missing: z.array(z.string()).readonly(),
  unexpected: z.array(hitsSchema).readonly(),
  intents: z.array(hitsSchema).readonly(),
  entities: z.array(hitsSchema).readonly(),
  /** Flows that live interactions touched and no case visited; null where nothing is known of live interactions. */
  untested: z.array(z.string()).nullable().readonly(),
});

/** How a batch ended. `stopped`: the platform was not there, or refused; what ran before is kept. */
export const batchEndSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("finished") }),
  z.strictObject({ kind: z.literal("cancelled") }),
  z.strictObject({ kind: z.literal("stopped"), fault: faultSchema }),
]);

/** A batch that is over, without its cases. Times since the Unix epoch. `successRate` is passed / total. */
export const batchSummarySchema = z.strictObject({
  batchId: z.string(),
  suite: z.string(),
  startedAt: z.number(),
  finishedAt: z.number(),
  end: batchEndSchema,
  counts: countsSchema,
  coverage: coverageSchema,
  successRate: z.number().min(0).max(1),
  governance: z.enum(["COMPLIANT", "REVIEW_REQUIRED"]),
  /** Only in a batch that ran part of its suite again: the batch that the other results are from, and how many are new. */
  rerun: z.strictObject({ of: z.string(), ran: z.number().int().nonnegative() }).exactOptional(),
});

/** A batch with everything: what the JSON report holds, and what serves as a baseline. Cases in the suite's order. */
export const batchSchema = z.strictObject({ ...batchSummarySchema.shape, results: z.array(caseResultSchema).readonly() });

/** A batch beside its baseline, by test id. `broken`: passed then, does not now. `mended`: the other way round. */
export const comparisonSchema = z.strictObject({
  baselineId: z.string(),
  broken: z.array(testIdSchema).readonly(),
  mended: z.array(testIdSchema).readonly(),
  /** Not in the baseline. */
  added: z.array(testIdSchema).readonly(),
  /** In the baseline and not here. */
  removed: z.array(testIdSchema).readonly(),
});

/** A batch that is being run. */
export const progressSchema = z.strictObject({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  counts: countsSchema,
  /** Under way now, at most as many as run at once. */
  running: z.array(testIdSchema).readonly(),
  /** Cases per second over the last while; null before the first is done. */
  perSecond: z.number().nonnegative().nullable(),
  leftMs: z.number().nonnegative().nullable(),
});

export type ExpectedOutcome = z.infer<typeof expectedOutcomeSchema>;
export type SimulationCase = z.infer<typeof simulationCaseSchema>;
export type Suite = z.infer<typeof suiteSchema>;
export type SuiteProblem = z.infer<typeof suiteProblemSchema>;
export type Check = z.infer<typeof checkSchema>;
export type Turn = z.infer<typeof turnSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type CaseResult = z.infer<typeof caseResultSchema>;
export type Counts = z.infer<typeof countsSchema>;
export type Hits = z.infer<typeof hitsSchema>;
export type Coverage = z.infer<typeof coverageSchema>;
export type BatchEnd = z.infer<typeof batchEndSchema>;
export type BatchSummary = z.infer<typeof batchSummarySchema>;
export type Batch = z.infer<typeof batchSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type Progress = z.infer<typeof progressSchema>;
