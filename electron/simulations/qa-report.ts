import type { Batch, CaseResult, Verdict } from "../../shared/simulation.ts";
import { faultLine, isoTime } from "./report-words.ts";

/** What the QA platform is told of a batch (contract 5.5); the names of the fields are exact. */
export interface QaReport {
  readonly project_id: string;
  readonly timestamp: string;
  readonly batch_summary: {
    readonly total_tests: number;
    readonly passed: number;
    /** Everything that did not pass. */
    readonly failed: number;
    /** Between 0 and 1; null where no flows are expected. */
    readonly coverage: number | null;
  };
  readonly detailed_results: readonly QaResult[];
}

/** One case. `missing_flows` and `coverage_score` measure it against the flows that the whole batch is expected to visit. */
export interface QaResult {
  readonly simulationId: string | null;
  readonly testId: string;
  readonly verdict: Verdict;
  readonly is_pass: boolean;
  readonly triggered_flows: readonly string[];
  readonly missing_flows: readonly string[];
  readonly coverage_score: number | null;
  readonly errors: readonly QaError[];
}

/** An error of a turn; `turn_index` is null where the case could not be run at all. */
interface QaError {
  readonly turn_index: number | null;
  readonly error_code: string;
  readonly message: string;
}

/**
 * The body of the webhook to the QA platform (contract 5.5). `now` is wall-clock time in ms since the Unix epoch.
 * Neither what a customer says nor what the bot answers is in it. Pure.
 */
export function qaReport(batch: Batch, { projectId, now }: { readonly projectId: string; readonly now: number }): QaReport {
  const { counts, coverage } = batch;
  const expected = coverage.flows.map(({ name }) => name);
  return {
    project_id: projectId,
    timestamp: isoTime(now),
    batch_summary: { total_tests: counts.total, passed: counts.passed, failed: counts.total - counts.passed, coverage: coverage.share },
    detailed_results: batch.results.map((result) => qaResult(result, expected)),
  };
}

function qaResult(result: CaseResult, expected: readonly string[]): QaResult {
  const triggered = new Set(result.turns.flatMap(({ flowId }) => (flowId === null ? [] : [flowId])));
  const missing = expected.filter((flow) => !triggered.has(flow));
  return {
    simulationId: result.simulationId,
    testId: result.testId,
    verdict: result.verdict,
    is_pass: result.verdict === "passed",
    triggered_flows: [...triggered],
    missing_flows: missing,
    coverage_score: expected.length === 0 ? null : (expected.length - missing.length) / expected.length,
    errors: errorsOf(result),
  };
}

function errorsOf(result: CaseResult): readonly QaError[] {
  const ofTurns = result.turns.flatMap(({ turnIndex, errorCode, errorMessage }) =>
    errorCode === null && errorMessage === null ? [] : [{ turn_index: turnIndex, error_code: errorCode ?? "unknown", message: errorMessage ?? "" }],
  );
  return result.fault === undefined ? ofTurns : [...ofTurns, { turn_index: null, error_code: result.fault.code, message: faultLine(result) }];
}
