import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Batch, SimulationCase, Suite } from "../../shared/simulation.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import type { FilePort } from "../files/file-port.ts";
import type { BatchJob, BatchRefusal } from "./batch-job.ts";
import { createBatchStore, type BatchStore } from "./batch-store.ts";
import type { Notices } from "./notices.ts";
import type { QaDeliveries } from "./qa-deliveries.ts";
import type { Records } from "./records.ts";
import type { SimulationsPlatform } from "./simulations-platform.ts";
import { createSlot } from "./slot.ts";

type SimulationsConfig = NonNullable<Config["simulations"]>;

/** Runs simulations as the configuration wants them at the moment, and has what became of them kept and told. */
export interface SimulationsBench extends AsyncDisposable {
  apply(config: Config): Promise<void>;
  /** Whether the configuration has the section. */
  isOn(): boolean;
  /** Hears when that changes; returns what stops it. */
  onSwitched(listener: () => void): () => void;
  /** The success rate from which a batch is compliant, as last configured. */
  passThreshold(): number;
  readonly store: BatchStore;
  /** Whether a batch of this suite was interrupted, and how much of it is done. */
  resumable(suite: Suite): Promise<{ readonly done: number; readonly total: number } | null>;
  /** Runs a batch to its end, which may be early (`batch.end`). Audit, metrics and QA platform hear of it. */
  run(job: BatchJob): Promise<Result<Batch, BatchRefusal>>;
  /** Keeps a batch for trend and baseline; where the history cannot, a notice says so. */
  keep(batch: Batch, cases: readonly SimulationCase[]): Promise<void>;
  /** Resolves when the QA platform has been told of every batch so far, or could not be. */
  told(): Promise<void>;
}

export interface SimulationsBenchOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly newId: () => string;
  readonly notices: Notices;
  readonly records: Pick<Records, "simulation" | "batches">;
  readonly files: FilePort;
  readonly dataFolder: string;
}

/** What a platform is opened from; a change of anything else holds from the next batch on. */
interface Made {
  readonly section: Pick<SimulationsConfig, "tokenUrl" | "apiUrl"> | null;
  /** Part of it, so that a secret that is put or replaced opens it anew. */
  readonly pair: ReturnType<typeof credentials>;
  readonly network: Config["network"];
}

/** The open platform with the batches that run on it. Disposing cancels them and waits for their end. */
interface Running extends AsyncDisposable {
  readonly platform: SimulationsPlatform;
  readonly deliveries: QaDeliveries;
  readonly closing: AbortSignal;
  follow<T>(work: Promise<T>): Promise<T>;
}

/** What runs a batch is loaded when the first one is wanted: most starts of the program are for something else. */
const loadRun = () => import("./simulations-run.ts");

/** Follows the configuration with an open platform. Disposing cancels what runs; it can be taken up later. */
export function createSimulationsBench(options: SimulationsBenchOptions): SimulationsBench {
  const { clock, notices, records } = options;
  const store = createBatchStore(() => records.batches());
  const listeners = new Set<() => void>();
  let config: SimulationsConfig | undefined;
  let fault: Fault | null = null;
  let threshold = 1;

  const slot = createSlot(async ({ section, network }: Made): Promise<Running | null> => {
    fault = null;
    if (section === null) return null;
    const [{ openSimulationsPlatform }, { createQaDeliveries }] = await Promise.all([import("./simulations-platform.ts"), import("./qa-deliveries.ts")]);
    const opened = await openSimulationsPlatform({ ...options, section, network });
    if (opened.ok) return runningOn(opened.value, createQaDeliveries({ send: opened.value.sendPlain, clock, notices }));
    fault = opened.error;
    return null;
  });

  const runAndTell = async ({ platform, deliveries, closing }: Running, section: SimulationsConfig, job: BatchJob): Promise<Result<Batch, BatchRefusal>> => {
    const [{ runJob }, { batchRecord }] = await Promise.all([loadRun(), import("./batch-record.ts")]);
    const signal = AbortSignal.any([job.signal, closing]);
    const ran = await runJob({ ...options, api: platform.api, section }, { ...job, signal });
    if (!ran.ok) return ran;
    const batch = ran.value;
    records.simulation(batch, batchRecord(batch));
    // A part of a suite would read there as a worse bot.
    if (section.webhookUrl !== undefined && batch.end.kind === "finished" && batch.rerun === undefined) {
      deliveries.send(section.webhookUrl, batch, section.projectId ?? batch.suite);
    }
    return ran;
  };

  return {
    async apply({ simulations, network }) {
      const switched = (simulations === undefined) !== (config === undefined);
      config = simulations;
      threshold = simulations?.passThreshold ?? threshold;
      await slot.make({ section: simulations === undefined ? null : { tokenUrl: simulations.tokenUrl, apiUrl: simulations.apiUrl }, pair: credentials(options.env, "simulations"), network });
      if (switched) for (const listener of listeners) listener();
    },
    isOn: () => config !== undefined,
    onSwitched(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    passThreshold: () => threshold,
    store,
    async resumable(suite) {
      if (config === undefined) return null;
      const { interruptedBatch } = await loadRun();
      const interrupted = await interruptedBatch(options, suite, config.apiUrl);
      return interrupted === null ? null : { done: interrupted.results.length, total: suite.cases.length };
    },
    async run(job) {
      // The certificate file that was missing may be there by now.
      if (slot.current() === null) await slot.retry();
      const running = slot.current();
      if (config === undefined || running === null) return err({ kind: "fault", fault: fault ?? OFF });
      return running.follow(runAndTell(running, config, job));
    },
    async keep(batch, cases) {
      const kept = await store.keep(batch, cases);
      if (kept.ok) notices.clear(HISTORY_NOTICE);
      else tellNotKept(notices, kept.error.detail);
    },
    told: async () => slot.current()?.deliveries.settled(),
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}

const OFF: Fault = { kind: "policy", code: "not-found-here", detail: "simulations are off: the configuration has no section simulations" };
const HISTORY_NOTICE = "simulations-history";

function runningOn(platform: SimulationsPlatform, deliveries: QaDeliveries): Running {
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  return {
    platform,
    deliveries,
    closing: closing.signal,
    follow(work) {
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(underWay);
      await deliveries[Symbol.asyncDispose]();
      await platform[Symbol.asyncDispose]();
    },
  };
}

function tellNotKept(notices: Notices, detail: string): void {
  notices.raise({
    id: HISTORY_NOTICE,
    level: "warning",
    say: ({ simulations }) => simulations.notKept(detail),
  });
}
