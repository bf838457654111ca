import PQueue from "p-queue";
import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { HealthOutcome, HealthView } from "../../shared/health.ts";
import type { HealthJob, HealthPlan } from "./health-job.ts";
import { englishWords } from "../words/en.ts";
import { skipped, type HealthWords } from "./outcome.ts";
import { createViewTeller } from "./view-teller.ts";

const MAX_AT_ONCE = 4;

export interface RunOptions {
  readonly clock: Clock;
  /** Stops the run: what is not over is told as stopped, at once. */
  readonly signal: AbortSignal;
  /** Hears the whole page, at the beginning, after changes and at the end. */
  readonly onView: (view: HealthView) => void;
  /** Takes out of a text what nobody may see. */
  readonly clean: (text: string) => string;
  /** English unless given. */
  readonly words?: HealthWords;
}

/**
 * Runs a plan: at most four checks at once, each within its own time and after those that it stands on. Resolves with
 * the last view, which has been told before. A check that throws is a bug: it ends the run, and the promise rejects.
 */
export async function runPlan({ lines, jobs }: HealthPlan, options: RunOptions): Promise<HealthView> {
  const { clock, signal, words = englishWords.health } = options;
  const since = clock.now();
  const outcomes = new Map<string, HealthOutcome>();
  const passes = new Map<string, Promise<string | null>>();
  const queue = new PQueue({ concurrency: MAX_AT_ONCE });
  const ending = new AbortController();
  const view = (state: HealthView["state"]): HealthView => ({
    state,
    since,
    lines: lines.map(({ subject, check, target, key }) => ({
      subject,
      check,
      target: target === null ? null : options.clean(target),
      outcome: outcomes.get(key) ?? { kind: "waiting" },
    })),
  });
  using teller = createViewTeller({ clock, tell: options.onView });
  const tell = (): void => {
    if (!ending.signal.aborted) teller.changed(() => view("running"));
  };
  const settle = (key: string, outcome: HealthOutcome): void => {
    if (ending.signal.aborted) return;
    outcomes.set(key, cleaned(outcome, options.clean));
    tell();
  };

  const all = (keys: readonly string[]): Promise<readonly (string | null)[]> => Promise.all(keys.map(async (key) => (await passes.get(key)) ?? null));

  /** Tries one job when its turn has come; gives why others cannot stand on it, or null where they can. */
  const work = async (job: HealthJob): Promise<string | null> => {
    const [hindrances] = await Promise.all([all(job.needs), all(job.after)]);
    const hindrance = hindrances.find((one) => one !== null);
    if (hindrance !== undefined) {
      settle(job.key, skipped(hindrance));
      return hindrance;
    }
    const outcome = await queue.add(async () => {
      if (ending.signal.aborted) return null;
      settle(job.key, { kind: "running" });
      return inTime(job, clock, ending.signal);
    });
    if (outcome === null || outcome === undefined) return words.stopped;
    settle(job.key, outcome);
    return outcome.kind === "bad" ? job.failedWords : null;
  };

  const { promise: stopped, resolve: stop } = Promise.withResolvers<null>();
  const onAbort = (): void => {
    // At once, so that nothing is under way any more when the promise resolves.
    ending.abort();
    stop(null);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    tell();
    for (const job of jobs) passes.set(job.key, work(job));
    await Promise.race([Promise.all(passes.values()), stopped]);
    ending.abort();
    for (const { key } of jobs) {
      const outcome = outcomes.get(key);
      if (outcome === undefined || outcome.kind === "waiting" || outcome.kind === "running") outcomes.set(key, skipped(words.stopped));
    }
    const last = view(signal.aborted ? "stopped" : "done");
    teller.last(last);
    return last;
  } finally {
    ending.abort();
    queue.clear();
    signal.removeEventListener("abort", onAbort);
  }
}

/** The outcome of a job within its time; null where the run ended before. */
async function inTime(job: HealthJob, clock: Clock, signal: AbortSignal): Promise<HealthOutcome | null> {
  const cut = new AbortController();
  const { promise: early, resolve } = Promise.withResolvers<HealthOutcome | null>();
  const onAbort = (): void => {
    resolve(null);
    cut.abort();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const cancel = clock.after(job.limitMs, () => {
    resolve(job.late());
  });
  try {
    return await Promise.race([job.run(cut.signal), early]);
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
    cut.abort();
  }
}

function cleaned(outcome: HealthOutcome, clean: (text: string) => string): HealthOutcome {
  switch (outcome.kind) {
    case "good":
      return { ...outcome, found: clean(outcome.found) };
    case "doubtful":
      return { ...outcome, found: clean(outcome.found), remedy: clean(outcome.remedy) };
    case "bad":
      return { ...outcome, fault: { ...outcome.fault, detail: clean(outcome.fault.detail) } };
    case "skipped":
      return { ...outcome, why: clean(outcome.why) };
    case "waiting":
    case "running":
      return outcome;
    default:
      return assertNever(outcome);
  }
}
