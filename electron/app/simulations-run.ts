import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Batch, Suite } from "../../shared/simulation.ts";
import type { Config } from "../config/complete-config.ts";
import type { FilePort } from "../files/file-port.ts";
import { readJournal, type Interrupted, type JournalKey } from "../simulations/journal-file.ts";
import { openJournal, type Journal } from "../simulations/journal.ts";
import { preflight } from "../simulations/preflight.ts";
import { runBatch } from "../simulations/runner.ts";
import type { SimulateApi } from "../simulations/simulate-api.ts";
import { countsOf } from "../simulations/summary.ts";
import type { BatchJob, BatchRefusal } from "./batch-job.ts";
import type { Notices } from "./notices.ts";

/** Where journals are kept. */
interface JournalPlace {
  readonly files: FilePort;
  readonly dataFolder: string;
}

/** What a batch is run with. */
export interface RunPorts extends JournalPlace {
  readonly api: SimulateApi;
  readonly section: Pick<NonNullable<Config["simulations"]>, "apiUrl" | "concurrency" | "pollSeconds" | "maxPolls" | "passThreshold">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly notices: Notices;
}

/** What an interrupted batch of this suite on this platform left; null where there is nothing, or nothing that can be read. */
export async function interruptedBatch(place: JournalPlace, suite: Suite, apiUrl: string): Promise<Interrupted | null> {
  const found = await readJournal(journalKey(place, suite, apiUrl));
  return found.ok ? found.value : null;
}

/**
 * Looks at the bot, then runs the cases; a whole suite with a journal, so that it can be taken up after a crash or a
 * cancel. The refusal is that of the preflight: nothing was sent. A batch that could not be journaled runs all the same,
 * and a notice says so.
 */
export async function runJob(ports: RunPorts, job: BatchJob): Promise<Result<Batch, BatchRefusal>> {
  const { api, section, clock, random } = ports;
  const { suite, cases, rerunOf } = job;
  const looked = await preflight({ suite, api, file: job.file, signal: job.signal });
  if (looked.kind !== "ready") return err(looked);
  const interrupted = job.resume === true ? await interruptedBatch(ports, suite, section.apiUrl) : null;
  const batchId = interrupted?.batchId ?? ports.newId();
  // What runs again is few, and over before anybody would take it up.
  await using journal = cases === undefined ? await journalOf(ports, suite, batchId, interrupted !== null) : null;
  // What could not be run then may be possible now.
  const kept = interrupted?.results.filter(({ verdict }) => verdict !== "error") ?? [];
  const total = cases?.length ?? suite.cases.length;
  job.onBegun({ batchId, kept, progress: { done: kept.length, total, counts: countsOf(kept), running: [], perSecond: null, leftMs: null } });
  const batch = await runBatch({
    suite: cases === undefined ? suite : { ...suite, cases },
    api,
    concurrency: job.concurrency ?? section.concurrency,
    pollMs: section.pollSeconds * 1_000,
    maxPolls: section.maxPolls,
    repeat: job.repeat,
    threshold: section.passThreshold,
    clock,
    random,
    signal: job.signal,
    newId: () => batchId,
    onStarted: job.onStarted,
    onResult: job.onResult,
    onProgress: job.onProgress,
    done: kept,
    ...(journal === null ? {} : { journal }),
  });
  return ok(rerunOf === undefined ? batch : { ...batch, rerun: { of: rerunOf, ran: batch.results.length } });
}

const NOTICE = "simulations-journal";

async function journalOf(ports: RunPorts, suite: Suite, batchId: string, resume: boolean): Promise<Journal | null> {
  const { clock, notices, section } = ports;
  const opened = await openJournal({
    ...journalKey(ports, suite, section.apiUrl),
    batchId,
    startedAt: clock.now(),
    resume,
    clock,
    onTrouble: (trouble) => {
      if (trouble.kind === "failing") tellNoJournal(notices, trouble.detail);
      else notices.clear(NOTICE);
    },
  });
  if (opened.ok) {
    notices.clear(NOTICE);
    return opened.value;
  }
  tellNoJournal(notices, opened.error.detail);
  return null;
}

function journalKey({ files, dataFolder }: JournalPlace, suite: Suite, apiUrl: string): JournalKey {
  return { files, directory: join(dataFolder, "simulations"), suite, target: apiUrl };
}

function tellNoJournal(notices: Notices, detail: string): void {
  notices.raise({
    id: NOTICE,
    level: "warning",
    say: ({ simulations }) => simulations.noJournal(detail),
  });
}
