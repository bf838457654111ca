import { expect, test } from "vitest";
import { createBatchStore } from "../../electron/app/batch-store.ts";
import { casesToRerun, mergeRerun } from "../../electron/app/batch-rerun.ts";
import { batchRecord } from "../../electron/app/batch-record.ts";
import type { BatchArchive } from "../../electron/history/batch-archive.ts";
import type { KeptBatch } from "../../electron/history/history-record.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Batch, Suite } from "../../shared/simulation.ts";
import { batchOf, sampleBatch, sampleCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

const suite: Suite = { name: "shop", expected_flows: ["flow_a", "flow_b"], cases: [sampleCase("test_1"), sampleCase("test_2"), sampleCase("test_3")] };

function batch(batchId: string, more: Partial<Batch> = {}): Batch {
  return batchOf(suite, suite.cases.map((one) => sampleResult(one.test_id)), { batchId, ...more });
}

/** A history in memory, which can refuse. */
function archive() {
  const batches = new Map<string, KeptBatch>();
  const baselines = new Map<string, string>();
  let fault: Fault | null = null;
  const refused = (): { readonly ok: false; readonly error: Fault } | null => (fault === null ? null : { ok: false, error: fault });
  const bound: BatchArchive = {
    keepBatch: async (one, cases) => {
      const no = refused();
      if (no !== null) return no;
      batches.set(one.batchId, { batch: one, cases });
      return { ok: true, value: undefined };
    },
    batches: async ({ suite: name, limit }) => refused() ?? { ok: true, value: [...batches.values()].map((one) => one.batch).filter((one) => one.suite === name).toReversed().slice(0, limit) },
    batch: async (id) => refused() ?? { ok: true, value: batches.get(id) ?? null },
    pinBaseline: async (name, id) => {
      const no = refused();
      if (no !== null) return no;
      if (id === null) baselines.delete(name);
      else baselines.set(name, id);
      return { ok: true, value: undefined };
    },
    baseline: async (name) => refused() ?? { ok: true, value: batches.get(baselines.get(name) ?? "") ?? null },
  };
  return {
    bound,
    refuse: (to: Fault | null) => {
      fault = to;
    },
  };
}

const FULL: Fault = { kind: "transport", code: "disk", detail: "no space is left on the disk (ENOSPC)" };

test("without a history, trend and baseline live until the program ends", async () => {
  const store = createBatchStore(() => null);
  for (let index = 1; index <= 12; index += 1) await store.keep(batch(`b${index}`, { startedAt: index }), suite.cases);
  expect((await store.trend("shop")).map((point) => point.batchId)).toEqual(Array.from({ length: 10 }, (_, index) => `b${index + 3}`));
  expect(await store.trend("bank")).toEqual([]);
  expect(await store.baseline("shop")).toBeNull();
  const kept = { batch: batch("b1"), cases: suite.cases };
  await store.pin("shop", kept);
  expect(await store.baseline("shop")).toEqual(kept);
  await store.pin("shop", null);
  expect(await store.baseline("shop")).toBeNull();
});

test("with a history, both outlive the program, and no batch is shown twice", async () => {
  const history = archive();
  const first = createBatchStore(() => history.bound);
  await first.keep(batch("b1", { startedAt: 1 }), suite.cases);
  await first.pin("shop", { batch: batch("b1", { startedAt: 1 }), cases: suite.cases });
  const second = createBatchStore(() => history.bound);
  await second.keep(batch("b2", { startedAt: 2 }), suite.cases);
  expect((await second.trend("shop")).map((point) => point.batchId)).toEqual(["b1", "b2"]);
  expect((await second.baseline("shop"))?.batch.batchId).toBe("b1");
});

test("a history that refuses is told of, and the session still knows; once it takes, a pin is kept with its batch", async () => {
  const history = archive();
  history.refuse(FULL);
  const store = createBatchStore(() => history.bound);
  expect(await store.keep(batch("b1"), suite.cases)).toEqual({ ok: false, error: FULL });
  expect((await store.trend("shop")).map((point) => point.batchId)).toEqual(["b1"]);
  const kept = { batch: batch("b1"), cases: suite.cases };
  expect(await store.pin("shop", kept)).toEqual({ ok: false, error: FULL });
  expect(await store.baseline("shop")).toEqual(kept);
  history.refuse(null);
  expect(await store.pin("shop", kept)).toEqual({ ok: true, value: undefined });
  expect(await createBatchStore(() => history.bound).baseline("shop")).toEqual(kept);
});

test("the trend compares like with like: no batch that ended early, none that ran only some cases again", async () => {
  const history = archive();
  const store = createBatchStore(() => history.bound);
  await store.keep(batch("cancelled", { end: { kind: "cancelled" } }), suite.cases);
  await store.keep(batch("stopped", { end: { kind: "stopped", fault: FULL } }), suite.cases);
  await store.keep(batch("again", { rerun: { of: "whole", ran: 1 } }), suite.cases);
  await store.keep(batch("whole"), suite.cases);
  for (const one of [store, createBatchStore(() => history.bound)]) expect((await one.trend("shop")).map((point) => point.batchId)).toEqual(["whole"]);
});

test("a rerun takes the cases that did not pass, and its results take the place of theirs", () => {
  const before = batchOf(
    suite,
    [
      sampleResult("test_1", { turns: [sampleTurn({ flowId: "flow_a" })] }),
      sampleResult("test_2", { verdict: "failed", turns: [sampleTurn({ flowId: "flow_x" })] }),
      sampleResult("test_3", { verdict: "inconclusive" }),
    ],
    { batchId: "b1" },
  );
  expect(casesToRerun(suite, before).map((one) => one.test_id)).toEqual(["test_2", "test_3"]);
  const again = batchOf(suite, [sampleResult("test_2", { turns: [sampleTurn({ flowId: "flow_b" })] }), sampleResult("test_3", { verdict: "flaky", runs: ["failed", "passed"] })], {
    batchId: "b2",
    startedAt: 50,
    finishedAt: 60,
  });
  const merged = mergeRerun(suite, before, again, 0.6);
  expect(merged).toMatchObject({
    batchId: "b2",
    startedAt: 50,
    finishedAt: 60,
    counts: { total: 3, passed: 2, failed: 0, flaky: 1, inconclusive: 0, errors: 0 },
    coverage: { share: 1, missing: [], unexpected: [] },
    governance: "COMPLIANT",
    rerun: { of: "b1", ran: 2 },
  });
  expect(merged.results.map((one) => one.testId)).toEqual(["test_1", "test_2", "test_3"]);
  expect(mergeRerun(suite, merged, batchOf(suite, [sampleResult("test_3")], { batchId: "b3" }), 0.6)).toMatchObject({ batchId: "b3", rerun: { of: "b1", ran: 1 }, counts: { passed: 3 } });
});

test("cases that never ran are not run by a rerun of what failed", () => {
  expect(casesToRerun(suite, batchOf(suite, [sampleResult("test_1", { verdict: "error" })], { end: { kind: "cancelled" } })).map((one) => one.test_id)).toEqual(["test_1"]);
});

test("the audit tells a whole batch by its name, and anything less by another, with why and without a word that was said", () => {
  const { batch: whole, suite: whatRan } = sampleBatch();
  const { results: _, ...summary } = whole;
  const line = batchRecord(summary);
  expect(line).toMatchObject({
    event: "simulation_batch_complete",
    data: { event_type: "simulation_batch_complete", audit_timestamp: expect.stringMatching(/Z$/u), data: { batch_id: "batch-42", total_tests: whole.counts.total, governance_status: "REVIEW_REQUIRED" } },
  });
  expect(batchRecord({ ...summary, end: { kind: "cancelled" } })).toMatchObject({ event: "simulation_batch_partial", data: { event_type: "simulation_batch_partial", end: "cancelled" } });
  expect(batchRecord({ ...summary, end: { kind: "stopped", fault: FULL } })).toMatchObject({ data: { end: "stopped", fault: "disk" } });
  expect(batchRecord({ ...summary, rerun: { of: "b1", ran: 7 } })).toMatchObject({ event: "simulation_batch_partial", data: { end: "finished", rerun_of: "b1" } });
  for (const { utterance } of whatRan.cases) expect(JSON.stringify(line)).not.toContain(utterance);
});
