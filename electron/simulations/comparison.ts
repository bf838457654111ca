import type { Batch, CaseResult, Comparison } from "../../shared/simulation.ts";

/**
 * A batch beside its baseline, case by case. A flaky case is neither broken nor mended where one of its runs passed: a
 * toss-up is told apart from a regression by its verdict. What a batch that ended early did not reach is not `removed`.
 * Pure; each list is in the order of the batch that its cases are from.
 */
export function compareWith(baseline: Batch, batch: Batch): Comparison {
  const before = new Map(baseline.results.map((result) => [result.testId, result]));
  const now = new Set(batch.results.map(({ testId }) => testId));
  const changed = (test: (then: CaseResult, result: CaseResult) => boolean): readonly string[] =>
    idsOf(
      batch.results.filter((result) => {
        const then = before.get(result.testId);
        return then !== undefined && test(then, result);
      }),
    );
  return {
    baselineId: baseline.batchId,
    broken: changed((then, result) => then.verdict === "passed" && !everPassed(result)),
    mended: changed((then, result) => result.verdict === "passed" && !everPassed(then)),
    added: idsOf(batch.results.filter(({ testId }) => !before.has(testId))),
    removed: batch.end.kind === "finished" ? idsOf(baseline.results.filter(({ testId }) => !now.has(testId))) : [],
  };
}

function everPassed({ verdict, runs }: CaseResult): boolean {
  return verdict === "passed" || runs.includes("passed");
}

function idsOf(results: readonly CaseResult[]): readonly string[] {
  return results.map(({ testId }) => testId);
}
