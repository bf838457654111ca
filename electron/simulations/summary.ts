import { assertNever } from "../../shared/assert-never.ts";
import type { BatchEnd, BatchSummary, CaseResult, Counts, Suite, Verdict } from "../../shared/simulation.ts";
import { coverageOf } from "./coverage.ts";

/** The success rate from which a batch is compliant, unless configured otherwise (contract 5.5). */
export const PASS_THRESHOLD = 0.95;

export const NO_COUNTS: Counts = { total: 0, passed: 0, failed: 0, flaky: 0, inconclusive: 0, errors: 0 };

/** The counts with one more verdict. Pure. */
export function withVerdict(counts: Counts, verdict: Verdict): Counts {
  return { ...counts, total: counts.total + 1, [countOf(verdict)]: counts[countOf(verdict)] + 1 };
}

/** How often each verdict was given; `total` is what ran, which is not the whole suite where a batch ended early. */
export function countsOf(results: readonly CaseResult[]): Counts {
  return results.reduce((counts, { verdict }) => withVerdict(counts, verdict), NO_COUNTS);
}

/**
 * A batch in figures (contract 5.4, 5.5). The success rate is passed / total of what ran: flaky, inconclusive and error
 * are no success. Compliant is only a batch that ran to its end and reaches `threshold` (between 0 and 1): the first ten
 * cases of a hundred say nothing of the bot. `results` in the suite's order. Pure.
 */
export function summarise(batch: {
  readonly batchId: string;
  readonly suite: Suite;
  readonly results: readonly CaseResult[];
  readonly end: BatchEnd;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly threshold: number;
  readonly liveFlows?: readonly string[];
}): BatchSummary {
  const { batchId, suite, results, end, startedAt, finishedAt, threshold, liveFlows } = batch;
  const counts = countsOf(results);
  const successRate = counts.total === 0 ? 0 : counts.passed / counts.total;
  return {
    batchId,
    suite: suite.name,
    startedAt,
    finishedAt,
    end,
    counts,
    coverage: coverageOf(suite, results, liveFlows),
    successRate,
    governance: end.kind === "finished" && counts.total > 0 && successRate >= threshold ? "COMPLIANT" : "REVIEW_REQUIRED",
  };
}

function countOf(verdict: Verdict): Exclude<keyof Counts, "total"> {
  switch (verdict) {
    case "passed":
    case "failed":
    case "flaky":
    case "inconclusive":
      return verdict;
    case "error":
      return "errors";
    default:
      return assertNever(verdict);
  }
}
