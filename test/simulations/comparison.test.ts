import { describe, expect, test } from "vitest";
import { compareWith } from "../../electron/simulations/comparison.ts";
import { PASS_THRESHOLD, summarise } from "../../electron/simulations/summary.ts";
import { comparisonSchema, type Batch, type BatchEnd, type CaseResult, type Verdict } from "../../shared/simulation.ts";
import { resultOf, suiteOf } from "../support/simulation-parts.ts";

function batchOf(batchId: string, results: readonly CaseResult[], end: BatchEnd = { kind: "finished" }): Batch {
  return { ...summarise({ batchId, suite: suiteOf(1), results, end, startedAt: 0, finishedAt: 1, threshold: PASS_THRESHOLD }), results };
}

function one(testId: string, verdict: Verdict, runs: readonly Verdict[] = [verdict]): CaseResult {
  return resultOf({ testId: `test_${testId}`, verdict, runs: [...runs] });
}

describe("a batch beside its baseline", () => {
  test("shows what broke, what was mended, what is new and what is gone", () => {
    const baseline = batchOf("then", [one("a", "passed"), one("b", "failed"), one("gone", "passed"), one("c", "passed"), one("d", "error"), one("e", "passed")]);
    const batch = batchOf("now", [one("new", "failed"), one("e", "inconclusive"), one("a", "failed"), one("b", "passed"), one("c", "passed"), one("d", "passed")]);
    expect(comparisonSchema.parse(compareWith(baseline, batch))).toEqual({
      baselineId: "then",
      broken: ["test_e", "test_a"],
      mended: ["test_b", "test_d"],
      added: ["test_new"],
      removed: ["test_gone"],
    });
  });

  test("what did not pass then and does not now is neither", () => {
    expect(compareWith(batchOf("then", [one("a", "failed")]), batchOf("now", [one("a", "error")]))).toMatchObject({ broken: [], mended: [] });
  });

  test("a toss-up is no regression and no mending, but one that never passed is", () => {
    const tossUp = one("a", "flaky", ["failed", "passed"]);
    expect(compareWith(batchOf("then", [one("a", "passed")]), batchOf("now", [tossUp]))).toMatchObject({ broken: [], mended: [] });
    expect(compareWith(batchOf("then", [tossUp]), batchOf("now", [one("a", "passed")]))).toMatchObject({ broken: [], mended: [] });
    expect(compareWith(batchOf("then", [one("a", "passed")]), batchOf("now", [one("a", "flaky", ["failed", "inconclusive"])]))).toMatchObject({ broken: ["test_a"] });
  });

  test("what a batch that ended early did not reach is not gone", () => {
    const baseline = batchOf("then", [one("a", "passed"), one("b", "passed")]);
    expect(compareWith(baseline, batchOf("now", [one("a", "passed")], { kind: "cancelled" })).removed).toEqual([]);
  });
});
