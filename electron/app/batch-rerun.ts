import type { Batch, SimulationCase, Suite } from "../../shared/simulation.ts";
import { summarise } from "../simulations/summary.ts";

/** The cases of a suite that did not pass in a batch, in the suite's order; those that did not run are not among them. */
export function casesToRerun(suite: Suite, batch: Batch): readonly SimulationCase[] {
  const notPassed = new Set(batch.results.filter((result) => result.verdict !== "passed").map((result) => result.testId));
  return suite.cases.filter((one) => notPassed.has(one.test_id));
}

/**
 * The results of `before` with those of `again`, which ran a part of the suite once more, in their place: counts,
 * coverage and governance follow from all of them. Marked (`rerun`), because the cases that passed before were not run
 * on the bot as it is now. `threshold` as in {@link summarise}. Pure.
 */
export function mergeRerun(suite: Suite, before: Batch, again: Batch, threshold: number): Batch {
  const results = new Map([...before.results, ...again.results].map((result) => [result.testId, result]));
  const inOrder = suite.cases.flatMap((one) => results.get(one.test_id) ?? []);
  const { batchId, end, startedAt, finishedAt } = again;
  const summary = summarise({ batchId, suite, results: inOrder, end, startedAt, finishedAt, threshold });
  return { ...summary, rerun: { of: before.rerun?.of ?? before.batchId, ran: again.results.length }, results: inOrder };
}
