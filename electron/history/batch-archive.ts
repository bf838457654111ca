import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Batch, BatchSummary, SimulationCase } from "../../shared/simulation.ts";
import type { KeptBatch, KeptCase } from "./history-record.ts";
import type { HistoryReply, HistoryRequest } from "./protocol.ts";
import type { ReaderReply } from "./reader-protocol.ts";

/** Cases that go to or come from the worker in one message: copying them holds up this thread for about a millisecond. */
const PART_CASES = 100;

/** The batches of simulations that the history keeps, with the baseline of each suite. Suites go by their name. */
export interface BatchArchive {
  /**
   * Keeps a batch with the cases that its results are of. One that could not be kept whole is not seen. Kept for as long
   * as interactions are; a baseline for as long as it is one.
   */
  keepBatch(batch: Batch, cases: readonly SimulationCase[]): Promise<Result<void, Fault>>;
  /** The latest batches of a suite first, at most 1,000, without their cases. */
  batches(query: { readonly suite: string; readonly limit: number }): Promise<Result<readonly BatchSummary[], Fault>>;
  /** A batch whole; null where it is not kept. */
  batch(batchId: string): Promise<Result<KeptBatch | null, Fault>>;
  /** Makes a batch the baseline of a suite in place of another; null takes the baseline away. */
  pinBaseline(suite: string, batchId: string | null): Promise<Result<void, Fault>>;
  /** The baseline of a suite, whole; null where there is none. */
  baseline(suite: string): Promise<Result<KeptBatch | null, Fault>>;
}

/** Binds the archive to the history's worker. `now`: ms since the Unix epoch. */
export function createBatchArchive(ask: (request: HistoryRequest) => Promise<HistoryReply>, now: () => number): BatchArchive {
  const done = async (request: HistoryRequest): Promise<Result<void, Fault>> => {
    const reply = await ask(request);
    return reply.kind === "done" ? ok(undefined) : err(faultOf(reply));
  };

  const batch = async (batchId: string): Promise<Result<KeptBatch | null, Fault>> => {
    const head = await ask({ kind: "batch-summary", batchId });
    if (head.kind !== "batches") return err(faultOf(head));
    const [summary] = head.summaries;
    if (summary === undefined) return ok(null);
    const found: KeptCase[] = [];
    for (;;) {
      const part = await ask({ kind: "batch-cases", batchId, position: found.length, count: PART_CASES });
      if (part.kind !== "batch-cases") return err(faultOf(part));
      found.push(...part.cases);
      if (part.cases.length < PART_CASES) break;
    }
    return ok({ batch: { ...summary, results: found.map((one) => one.result) }, cases: found.map((one) => one.case) });
  };

  return {
    async keepBatch({ results, ...summary }, cases) {
      const { batchId } = summary;
      const caseOf = new Map(cases.map((one) => [one.test_id, one]));
      const kept = results.flatMap((result) => {
        const found = caseOf.get(result.testId);
        return found === undefined ? [] : [{ case: found, result }];
      });
      const begun = await done({ kind: "batch-begin", summary, now: now() });
      if (!begun.ok) return begun;
      for (let position = 0; position < kept.length; position += PART_CASES) {
        const added = await done({ kind: "batch-add", batchId, position, cases: kept.slice(position, position + PART_CASES) });
        if (!added.ok) return added;
      }
      return done({ kind: "batch-finish", batchId });
    },
    async batches({ suite, limit }) {
      const reply = await ask({ kind: "batches", suite, limit });
      return reply.kind === "batches" ? ok(reply.summaries) : err(faultOf(reply));
    },
    batch,
    pinBaseline: (suite, batchId) => done({ kind: "baseline-pin", suite, batchId }),
    async baseline(suite) {
      const reply = await ask({ kind: "baseline", suite });
      if (reply.kind !== "baseline") return err(faultOf(reply));
      return reply.batchId === null ? ok(null) : batch(reply.batchId);
    },
  };
}

/** The fault of a reply that is not the one that was asked for. */
export function faultOf(reply: HistoryReply | ReaderReply): Fault {
  return reply.kind === "failed" ? reply.fault : { kind: "transport", code: "disk", detail: `the history's thread answered with ${reply.kind}` };
}
