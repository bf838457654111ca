import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runHealth } from "../../electron/app/health-run.ts";
import type { HealthSources } from "../../electron/app/health-sources.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import type { HealthCheck, HealthOutcome, HealthSubject, HealthView } from "../../shared/health.ts";
import type { FakeClock } from "./fake-clock.ts";
import { machineWith } from "./machine-with.ts";
import { TEST_ENV } from "./program.ts";
import { tempDirectory } from "./temp-directory.ts";
import { createWatchedClock, type WatchedClock } from "./watched-clock.ts";

/** A run of every check of a configuration, without a program. */
export interface HealthTrial {
  readonly clock: WatchedClock;
  readonly stop: AbortController;
  readonly views: readonly HealthView[];
  readonly run: Promise<HealthView>;
  readonly folder: string;
  /** As of the last view. */
  outcomes(subject: HealthSubject, check: HealthCheck): readonly HealthOutcome[];
  /** The names that were looked up. */
  readonly lookedUp: readonly string[];
}

export interface TrialOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly sources?: (sources: HealthSources) => Partial<HealthSources>;
  readonly clock?: WatchedClock;
  /** What IT has set: the settings, or the text of the policy. */
  readonly policy?: object | string;
}

/** The machine of tests: no name is looked up outside, every name leads to loopback unless it ends in `.invalid`. */
export function trialMachine(lookedUp: string[] = []): HealthSources["machine"] {
  return {
    resolve(host) {
      lookedUp.push(host);
      if (host.endsWith(".invalid")) return Promise.reject(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
      return Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
    },
    freeBytes: async () => 1_000_000_000,
    home: "/home/ann",
    versions: { program: "1.2.3", node: "24.0.0", electron: "45.0.0" },
  };
}

/** Starts every check of a configuration. */
export async function startTrial(config: Readonly<Record<string, unknown>>, options: TrialOptions = {}): Promise<HealthTrial> {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  const path = join(temp.path, "callside.config.json");
  await writeFile(path, JSON.stringify(config));
  const clock = options.clock ?? createWatchedClock(Date.now());
  const env = options.env ?? TEST_ENV;
  const opened = await openConfig({ file: { path, required: true }, env, flags: [], dataFolder: temp.path, cwd: temp.path, clock: clock satisfies FakeClock, watch: false, ...(options.policy === undefined ? {} : { machine: machineWith(options.policy) }) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const source = opened.value;
  onTestFinished(() => source[Symbol.asyncDispose]());
  const lookedUp: string[] = [];
  const base: HealthSources = {
    machine: trialMachine(lookedUp),
    config: source,
    wanted: source.current(),
    env,
    clock,
    readFile: (file) => readFile(file, "utf8"),
    newId: () => "id",
    files: nodeFiles,
    dataFolder: temp.path,
    knownSecrets: () => [],
    trouble: () => null,
    history: async () => ({ kind: "good", found: "opens and answers", tookMs: 1 }),
    secrets: async () => ({ kind: "good", found: "kept", tookMs: null }),
    connection: () => ({ kind: "skipped", why: "not connected by this test" }),
  };
  const stop = new AbortController();
  const views: HealthView[] = [];
  const run = runHealth({ ...base, ...options.sources?.(base) }, { signal: stop.signal, onView: (view) => views.push(view) });
  return {
    clock,
    stop,
    views,
    run,
    folder: temp.path,
    lookedUp,
    outcomes: (subject, check) => views.at(-1)?.lines.flatMap((line) => (line.subject === subject && line.check === check ? [line.outcome] : [])) ?? [],
  };
}
