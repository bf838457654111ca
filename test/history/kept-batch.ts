import type { Batch, SimulationCase } from "../../shared/simulation.ts";
import { batchOf, sampleCase as plainCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

/** A case of a suite. */
export function sampleCase(testId: string, utterance = "Where is my order?"): SimulationCase {
  return plainCase(testId, { utterance, expected_outcome: { intent: "order_status", entities: { order: 12 }, next_flow: "orders" }, tags: ["smoke"] });
}

/** A batch of the suite `shop` with these cases, all of them passed but those named in `failed`. */
export function sampleBatch(batchId: string, cases: readonly SimulationCase[], more: Partial<Batch> = {}, failed: readonly string[] = []): Batch {
  const results = cases.map(({ test_id: testId }) =>
    sampleResult(testId, {
      verdict: failed.includes(testId) ? "failed" : "passed",
      checks: [{ kind: "intent", outcome: "passed", expected: "order_status", actual: "order_status" }],
      turns: [sampleTurn({ flowId: "orders", intent: "order_status", entities: { order: 12 }, output: "On its way." })],
    }),
  );
  return batchOf({ name: "shop", expected_flows: ["orders"], cases }, results, { batchId, ...more });
}
