import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Batch, BatchSummary, SimulationCase } from "../../shared/simulation.ts";
import { MAX_TREND, type TrendPoint } from "../../shared/simulation-view.ts";
import type { BatchArchive } from "../history/batch-archive.ts";
import type { KeptBatch } from "../history/history-record.ts";

/** Suites that memory knows batches of; the one that was used longest ago is let go. */
const MAX_SUITES = 50;

/** The batches of this session, and those that the history keeps. Suites go by their name. */
export interface BatchStore {
  /** Keeps a batch; the fault if the history could not take it, in which case it is known until the program ends. */
  keep(batch: Batch, cases: readonly SimulationCase[]): Promise<Result<void, Fault>>;
  /** The latest batches that ran their whole suite, at most {@link MAX_TREND}, oldest first. */
  trend(suite: string): Promise<readonly TrendPoint[]>;
  /** The baseline of a suite; null where there is none, or where the history cannot tell. */
  baseline(suite: string): Promise<KeptBatch | null>;
  /** Makes a batch the baseline of its suite; null takes the baseline away. The fault if the history could not take it. */
  pin(suite: string, kept: KeptBatch | null): Promise<Result<void, Fault>>;
}

/** `baseline`: null where it was taken away, undefined where this session did not touch it. */
interface Known {
  summaries: readonly BatchSummary[];
  baseline: KeptBatch | null | undefined;
}

/** Memory first, then the history: so all of it works while the history is off, until the program ends. */
export function createBatchStore(archive: () => BatchArchive | null): BatchStore {
  const memory = new Map<string, Known>();
  const known = (suite: string): Known => {
    const found = memory.get(suite) ?? { summaries: [], baseline: undefined };
    // Put last, so that the first is the one that was used longest ago.
    memory.delete(suite);
    memory.set(suite, found);
    const [oldest] = memory.keys();
    if (memory.size > MAX_SUITES && oldest !== undefined) memory.delete(oldest);
    return found;
  };

  return {
    async keep(batch, cases) {
      const { results: _, ...summary } = batch;
      const here = known(batch.suite);
      if (ranWhole(summary)) here.summaries = [summary, ...here.summaries].slice(0, MAX_TREND);
      return (await archive()?.keepBatch(batch, cases)) ?? ok(undefined);
    },
    async trend(suite) {
      const kept = await archive()?.batches({ suite, limit: MAX_TREND * 5 });
      const ofHistory = kept?.ok === true ? kept.value.filter(ranWhole) : [];
      const all = new Map([...ofHistory, ...known(suite).summaries].map((one) => [one.batchId, one]));
      return [...all.values()].toSorted((a, b) => a.startedAt - b.startedAt).slice(-MAX_TREND).map(pointOf);
    },
    async baseline(suite) {
      const here = known(suite).baseline;
      if (here !== undefined) return here;
      const kept = await archive()?.baseline(suite);
      return kept?.ok === true ? kept.value : null;
    },
    async pin(suite, kept) {
      known(suite).baseline = kept;
      const history = archive();
      if (history === null) return ok(undefined);
      // Kept once more: it may be from a time when the history could not take it.
      const there = kept === null ? ok(undefined) : await history.keepBatch(kept.batch, kept.cases);
      return there.ok ? history.pinBaseline(suite, kept === null ? null : kept.batch.batchId) : there;
    },
  };
}

/** A trend compares like with like: no batch that ended early, and none that ran only what had failed. */
function ranWhole({ end, rerun }: BatchSummary): boolean {
  return end.kind === "finished" && rerun === undefined;
}

function pointOf({ batchId, startedAt, successRate, coverage, counts }: BatchSummary): TrendPoint {
  return { batchId, startedAt, successRate, coverage: coverage.share, total: counts.total, passed: counts.passed };
}
