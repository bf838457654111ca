import PQueue from "p-queue";
import type { Clock } from "../../shared/clock.ts";
import type { Batch, BatchEnd, CaseResult, Progress, SimulationCase, Suite } from "../../shared/simulation.ts";
import { watchPlatform } from "./dead-platform.ts";
import type { Journal } from "./journal.ts";
import { caseAllowance } from "./kept-turns.ts";
import { createProgressMeter } from "./progress.ts";
import { repeatCase } from "./repeat-case.ts";
import type { SimulateApi } from "./simulate-api.ts";
import { PASS_THRESHOLD, summarise } from "./summary.ts";

/** A batch to be run. Times in milliseconds. */
export interface BatchOptions {
  readonly suite: Suite;
  readonly api: SimulateApi;
  /** How many cases run side by side. */
  readonly concurrency: number;
  readonly pollMs: number;
  readonly maxPolls: number;
  /** How often a failing case is run in all; 1 unless given. */
  readonly repeat?: number;
  /** The success rate from which the batch is compliant; 0.95 unless given. */
  readonly threshold?: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Cancels the batch. */
  readonly signal: AbortSignal;
  /** Makes the batch's id. */
  readonly newId: () => string;
  /** Makes an idempotency key; random UUIDs unless given. */
  readonly newKey?: () => string;
  readonly onStarted?: (testId: string) => void;
  /** Told of each case that is over, in the order in which they end; `index` is its place in the suite. */
  readonly onResult?: (result: CaseResult, index: number) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly journal?: Journal;
  /** Results of an interrupted run of this suite: what they hold is not run again, but for errors. Not told again. */
  readonly done?: readonly CaseResult[];
  /** Flows that live interactions touched, where that is known. */
  readonly liveFlows?: readonly string[];
}

/**
 * Runs a suite (contract 5.3): cases are begun in its order, at most `concurrency` at a time, and no case's failure ends
 * the batch. It ends early as `cancelled` by the signal, and as `stopped` where the platform is not there or refuses us
 * (see dead-platform.ts); then every result that was told is kept and what was under way is dropped. The batch holds
 * exactly the results kept from before and those told, in the suite's order. Its journal is deleted where it is
 * finished. Rejects only for a bug (such as a callback that throws), after all that was under way has ended.
 */
export async function runBatch(options: BatchOptions): Promise<Batch> {
  const { suite, api, concurrency, pollMs, maxPolls, clock, random, journal } = options;
  const { cases } = suite;
  const batchId = options.newId();
  const startedAt = clock.now();
  const results = keptResults(cases, options.done ?? []);
  const kept = results.filter((result) => result !== undefined);
  using meter = createProgressMeter({ total: cases.length, kept, clock, onProgress: options.onProgress ?? ignore });
  const watch = watchPlatform(concurrency);
  const stop = new AbortController();
  let end: BatchEnd = { kind: "finished" };

  const endEarly = (early: BatchEnd): void => {
    if (stop.signal.aborted) return;
    end = early;
    stop.abort();
  };
  const onCancel = (): void => {
    endEarly({ kind: "cancelled" });
  };
  const holders = new Map<string, string>();
  const claim = (simulationId: string, testId: string): boolean => {
    const holder = holders.get(simulationId);
    if (holder === undefined) holders.set(simulationId, testId);
    return holder === undefined || holder === testId;
  };
  const ports = {
    claim,
    api,
    clock,
    random,
    newKey: options.newKey ?? ((): string => crypto.randomUUID()),
    pollMs,
    maxPolls,
    signal: stop.signal,
    repeat: options.repeat ?? 1,
    allowance: caseAllowance(cases.length),
  };

  const work = async (one: SimulationCase, index: number): Promise<void> => {
    if (stop.signal.aborted) return;
    meter.started(one.test_id);
    options.onStarted?.(one.test_id);
    const done = await repeatCase(one, ports);
    if (done === null) {
      meter.dropped(one.test_id);
      return;
    }
    const { result, fault } = done;
    results[index] = result;
    journal?.append(result);
    meter.finished(result);
    options.onResult?.(result, index);
    const reason = watch.ended(fault);
    if (reason !== null) endEarly({ kind: "stopped", fault: reason });
  };

  if (options.signal.aborted) onCancel();
  else options.signal.addEventListener("abort", onCancel, { once: true });
  try {
    await inOrder(cases, { concurrency, stop, skip: (index) => index < cases.length && results[index] !== undefined, work });
  } finally {
    options.signal.removeEventListener("abort", onCancel);
  }
  const all = results.filter((result) => result !== undefined);
  end = finalEnd(end, { whole: all.length === cases.length, silent: all.length > kept.length ? watch.verdict() : null });
  meter.end();
  if (end.kind === "finished") await journal?.finish();
  else await journal?.flush();
  const { threshold = PASS_THRESHOLD, liveFlows } = options;
  const summary = summarise({
    batchId,
    suite,
    results: all,
    end,
    startedAt,
    finishedAt: clock.now(),
    threshold,
    ...(liveFlows === undefined ? {} : { liveFlows }),
  });
  return { ...summary, results: all };
}

/** Begins the cases in their order, so many at a time. A bug in one ends the others, and is thrown when they have ended. */
async function inOrder(
  cases: readonly SimulationCase[],
  { concurrency, stop, skip, work }: {
    readonly concurrency: number;
    readonly stop: AbortController;
    readonly skip: (index: number) => boolean;
    readonly work: (one: SimulationCase, index: number) => Promise<void>;
  },
): Promise<void> {
  const queue = new PQueue({ concurrency });
  const bugs: unknown[] = [];
  let at = 0;
  // Each case puts the next one into the queue before it leaves it: ten thousand closures at once would only take memory.
  const addNext = (): void => {
    while (skip(at)) at += 1;
    const index = at;
    const one = cases[index];
    if (one === undefined || stop.signal.aborted) return;
    at += 1;
    void queue.add(async () => {
      try {
        await work(one, index);
      } catch (error) {
        bugs.push(error);
        stop.abort();
      }
      addNext();
    });
  };
  for (let lane = 0; lane < concurrency; lane += 1) addNext();
  await queue.onIdle();
  if (bugs.length > 0) throw bugs[0];
}

/** A cancel that came after the last case changes nothing; a batch that nobody answered was not run. */
function finalEnd(end: BatchEnd, { whole, silent }: { readonly whole: boolean; readonly silent: CaseResult["fault"] | null }): BatchEnd {
  if (end.kind === "stopped") return end;
  if (end.kind === "cancelled" && !whole) return end;
  return silent === null || silent === undefined ? { kind: "finished" } : { kind: "stopped", fault: silent };
}

/** What was kept, by place in the suite. What could not be run then may be possible now. */
function keptResults(cases: readonly SimulationCase[], done: readonly CaseResult[]): (CaseResult | undefined)[] {
  const known = new Map(done.filter(({ verdict }) => verdict !== "error").map((result) => [result.testId, result]));
  return cases.map(({ test_id: testId }) => known.get(testId));
}

function ignore(): void {}
