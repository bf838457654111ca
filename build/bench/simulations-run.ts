import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulationsPlatform } from "../../electron/app/simulations-platform.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openJournal } from "../../electron/simulations/journal.ts";
import { type BatchOptions, runBatch } from "../../electron/simulations/runner.ts";
import type { Batch, Suite } from "../../shared/simulation.ts";
import type { SimulationsServer } from "./simulations-server.ts";

/** What differs from batch to batch. */
type Run = Pick<BatchOptions, "suite" | "concurrency" | "pollMs" | "onResult">;

/** Batches on a platform, each as the program runs it: signed requests, a journal on the disk, progress that is heard. */
export interface BatchRuns extends AsyncDisposable {
  /** Runs a batch to its end; throws where a case did not pass, as that is no measurement. */
  run(wanted: Run): Promise<Batch>;
}

export async function openBatchRuns(server: SimulationsServer): Promise<BatchRuns> {
  await using opening = new AsyncDisposableStack();
  const opened = await openSimulationsPlatform({
    section: server,
    network: { caFile: undefined, proxy: undefined },
    env: { COGNIGY_CLIENT_ID: "bench", COGNIGY_CLIENT_SECRET: "bench" },
    clock: systemClock,
    random: Math.random,
    readFile: () => Promise.reject(new Error("no file is read")),
  });
  if (!opened.ok) throw new Error(opened.error.detail);
  const { api } = opening.use(opened.value);
  const directory = opening.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const journalOf = async (suite: Suite) => {
    const journal = await openJournal({
      files: nodeFiles,
      directory,
      suite,
      target: server.apiUrl,
      batchId: "bench",
      startedAt: systemClock.now(),
      resume: false,
      clock: systemClock,
      onTrouble: (trouble) => {
        if (trouble.kind === "failing") throw new Error(trouble.detail);
      },
    });
    if (!journal.ok) throw new Error(journal.error.detail);
    return journal.value;
  };
  const open = opening.move();
  return {
    async run(wanted) {
      await using journal = await journalOf(wanted.suite);
      const batch = await runBatch({
        ...wanted,
        api,
        maxPolls: 30,
        clock: systemClock,
        random: Math.random,
        signal: new AbortController().signal,
        newId: () => "bench",
        onStarted: () => {},
        onProgress: () => {},
        journal,
      });
      if (batch.end.kind !== "finished" || batch.counts.passed !== wanted.suite.cases.length) {
        throw new Error(`only ${batch.counts.passed} of ${wanted.suite.cases.length} cases passed: ${JSON.stringify(batch.results.find(({ verdict }) => verdict !== "passed"))}`);
      }
      return batch;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
