import type { Batch, CaseResult, SimulationCase } from "../../shared/simulation.ts";

/** A case of a suite. */
export function sampleCase(testId: string, utterance = "Where is my order?"): SimulationCase {
  return {
    test_id: testId,
    user_id: "usr_1",
    platform: "web",
    utterance,
    session_context: { authenticated: true },
    expected_outcome: { intent: "order_status", entities: { order: 12 }, next_flow: "orders" },
    tags: ["smoke"],
  };
}

/** A batch with these cases, all of them passed but those named in `failed`. */
export function sampleBatch(batchId: string, cases: readonly SimulationCase[], more: Partial<Batch> = {}, failed: readonly string[] = []): Batch {
  const results = cases.map(({ test_id: testId }): CaseResult => {
    const verdict = failed.includes(testId) ? "failed" : "passed";
    return {
      testId,
      verdict,
      checks: [{ kind: "intent", outcome: verdict, expected: "order_status", actual: "order_status" }],
      turns: [{ turnIndex: 0, flowId: "orders", intent: "order_status", entities: { order: 12 }, output: "On its way.", errorCode: null, errorMessage: null }],
      simulationId: `sim-${testId}`,
      startedAt: 1_000,
      durationMs: 12.5,
      runs: [verdict],
    };
  });
  const passed = results.filter((one) => one.verdict === "passed").length;
  return {
    batchId,
    suite: "shop",
    startedAt: 1_000,
    finishedAt: 2_000,
    end: { kind: "finished" },
    counts: { total: cases.length, passed, failed: cases.length - passed, flaky: 0, inconclusive: 0, errors: 0 },
    coverage: { share: 1, flows: [{ name: "orders", hits: cases.length, cases: cases.map((one) => one.test_id) }], missing: [], unexpected: [], intents: [], entities: [], untested: null },
    successRate: cases.length === 0 ? 0 : passed / cases.length,
    governance: passed === cases.length ? "COMPLIANT" : "REVIEW_REQUIRED",
    results,
    ...more,
  };
}
