import { type BatchOptions, runBatch } from "../../electron/simulations/runner.ts";
import type { SimulateApi } from "../../electron/simulations/simulate-api.ts";
import { batchSchema, type Batch, type CaseResult, type Progress, type Suite } from "../../shared/simulation.ts";
import type { FakeClock } from "./fake-clock.ts";
import { broken, createScriptedApi, over, running, type ScriptedApi, turnOf } from "./simulation-parts.ts";

/** What a batch told while it ran. */
export interface Heard {
  readonly started: string[];
  readonly results: { readonly testId: string; readonly index: number }[];
  readonly progress: Progress[];
}

/** Begins a batch, three cases at a time unless told otherwise. */
export function begin(clock: FakeClock, suite: Suite, api: SimulateApi, more: Partial<BatchOptions> = {}): { readonly batch: Promise<Batch>; readonly heard: Heard } {
  const heard: Heard = { started: [], results: [], progress: [] };
  const batch = runBatch({
    suite,
    api,
    concurrency: 3,
    pollMs: 100,
    maxPolls: 5,
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    newId: () => "batch-1",
    onStarted: (testId) => heard.started.push(testId),
    onResult: ({ testId }, index) => heard.results.push({ testId, index }),
    onProgress: (progress) => heard.progress.push(progress),
    ...more,
  });
  return { batch, heard };
}

/** Runs a batch to its end, on a clock that moves by `forMs`. */
export async function run(clock: FakeClock, suite: Suite, api: SimulateApi, more: Partial<BatchOptions> = {}, forMs = 1_000_000) {
  const { batch, heard } = begin(clock, suite, api, more);
  await clock.advance(forMs);
  return { batch: batchSchema.parse(await batch), heard };
}

/** The ids, in the order in which the results are given. */
export function idsOf(results: readonly Pick<CaseResult, "testId">[]): readonly string[] {
  return results.map(({ testId }) => testId);
}

/** A different end for cases of different numbers: passed, failed, not reported, lost; the longer the higher. */
export function varied(clock: FakeClock, latencyMs = 7): ScriptedApi {
  return createScriptedApi({
    clock,
    latencyMs,
    result: (id, n) => {
      const number = Number(id.slice("test_".length));
      if (n < number % 4) return running();
      if (number % 5 === 1) return over({ turns: [turnOf({ intent: "other", flowId: `flow_${number % 3}` })] });
      if (number % 5 === 2) return over({ turns: [turnOf({ intent: null })] });
      return number % 5 === 3 ? broken({ kind: "refused", code: "simulation-lost", status: 404 }) : over();
    },
  });
}

/** The batch as it would be whenever it had run. */
export function withoutTimes(batch: Batch) {
  const results = batch.results.map(({ startedAt: _startedAt, durationMs: _durationMs, ...rest }) => rest);
  return { ...batch, startedAt: 0, finishedAt: 0, results };
}
