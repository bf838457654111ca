import { describe, expect, test } from "vitest";
import { countsOf, PASS_THRESHOLD, summarise } from "../../electron/simulations/summary.ts";
import { batchSummarySchema, type BatchEnd, type Verdict } from "../../shared/simulation.ts";
import { resultOf, suiteOf } from "../support/simulation-parts.ts";

function summaryOf(verdicts: readonly Verdict[], more: { readonly end?: BatchEnd; readonly threshold?: number } = {}) {
  const results = verdicts.map((verdict, index) => resultOf({ testId: `test_${index}`, verdict }));
  const batch = { batchId: "b", suite: suiteOf(100), results, end: { kind: "finished" }, startedAt: 1, finishedAt: 2, threshold: PASS_THRESHOLD } as const;
  return batchSummarySchema.parse(summarise({ ...batch, ...more }));
}

function verdicts(passed: number, failed: number): readonly Verdict[] {
  return [...Array.from({ length: passed }, () => "passed" as const), ...Array.from({ length: failed }, () => "failed" as const)];
}

describe("a batch in figures", () => {
  test("counts each verdict for itself, and only what passed is success", () => {
    const { counts, successRate } = summaryOf(["passed", "failed", "flaky", "inconclusive", "error", "passed", "error", "error"]);
    expect(counts).toEqual({ total: 8, passed: 2, failed: 1, flaky: 1, inconclusive: 1, errors: 3 });
    expect(successRate).toBe(0.25);
  });

  test.each([[19, 1], [57, 3], [95, 5], [190, 10], [7, 0]])("%i passed and %i failed are compliant at 0.95", (passed, failed) => {
    expect(summaryOf(verdicts(passed, failed)).governance).toBe("COMPLIANT");
  });

  test.each([[18, 1], [94, 6], [0, 1], [0, 0]])("%i passed and %i failed are to be reviewed at 0.95", (passed, failed) => {
    expect(summaryOf(verdicts(passed, failed)).governance).toBe("REVIEW_REQUIRED");
  });

  test("the threshold is the house's own", () => {
    expect(summaryOf(verdicts(1, 1), { threshold: 0.5 }).governance).toBe("COMPLIANT");
    expect(summaryOf(verdicts(99, 1), { threshold: 1 }).governance).toBe("REVIEW_REQUIRED");
  });

  test("a batch that ended early is never compliant: most of the bot was not looked at", () => {
    expect(summaryOf(verdicts(10, 0), { end: { kind: "cancelled" } })).toMatchObject({ successRate: 1, governance: "REVIEW_REQUIRED" });
    expect(summaryOf([], { end: { kind: "cancelled" }, threshold: 0 })).toMatchObject({ successRate: 0, governance: "REVIEW_REQUIRED" });
  });

  test("of nothing there is nothing", () => {
    expect(countsOf([])).toEqual({ total: 0, passed: 0, failed: 0, flaky: 0, inconclusive: 0, errors: 0 });
  });
});
