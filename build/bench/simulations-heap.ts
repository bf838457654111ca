import type { Figure } from "./figure.ts";
import { benchSuite } from "./simulations-cases.ts";
import { openBatchRuns } from "./simulations-run.ts";
import { startSimulations } from "./simulations-server.ts";

const CASES = 10_000;
const WARM_UP = 2_000;
const CONCURRENCY = 50;
const POLL_MS = 1;
const WEIGH_EVERY = 1_000;

/** How much the heap grows over a batch of 10,000 cases, the results of all of them included, after a batch of 2,000. */
export async function measureSimulationsHeap(): Promise<readonly Figure[]> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run with --expose-gc");
  const weigh = (): number => {
    gc();
    return process.memoryUsage().heapUsed / 1_000_000;
  };
  await using server = await startSimulations({ answerMs: 1, runningPolls: 1 });
  await using batches = await openBatchRuns(server);
  const suite = benchSuite(CASES);
  await batches.run({ suite: { ...suite, cases: suite.cases.slice(0, WARM_UP) }, concurrency: CONCURRENCY, pollMs: POLL_MS });
  const before = weigh();
  const during: number[] = [];
  let done = 0;
  const startedMs = performance.now();
  const batch = await batches.run({
    suite,
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    onResult: () => {
      done += 1;
      if (done % WEIGH_EVERY === 0) during.push(weigh());
    },
  });
  const spentMs = performance.now() - startedMs;
  const results = JSON.stringify(batch.results).length / 1_000_000;
  const held = weigh();
  // Mentioned once more, so that it was there to be weighed.
  const { total } = batch.counts;
  return [
    { name: "10,000 simulations: most heap over that before", value: Math.max(...during, held) - before, unit: "MB", limit: { kind: "at most", value: 30 } },
    { name: "  of that, what a batch holds when it is over", value: held - before, unit: "MB" },
    { name: "  its results as JSON", value: results, unit: "MB" },
    { name: "  pace, the platform answering in 1 ms", value: (total / spentMs) * 1_000, unit: "cases/s" },
  ];
}
