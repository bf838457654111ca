import type { Clock } from "../../shared/clock.ts";
import type { CaseResult, Counts, Progress } from "../../shared/simulation.ts";
import { countsOf, withVerdict } from "./summary.ts";

/** Keeps account of a batch under way. Disposing leaves no timer behind and tells nothing. */
export interface ProgressMeter extends Disposable {
  started(testId: string): void;
  finished(result: CaseResult): void;
  /** A case that was cut short: it is neither running nor done. */
  dropped(testId: string): void;
  /** Tells how it stands a last time, and nothing afterwards. */
  end(): void;
}

/** Who watches reads no faster; told more often, a fast batch would spend its time on telling. */
const EVERY_MS = 100;
/** The rate is that of the last ten seconds: what was fast an hour ago says nothing of the time left. */
const WINDOW_MS = 10_000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/**
 * A meter that tells `onProgress` at most every 100 ms, and once at the end. `kept` was done before this run: it counts
 * as done and not for the rate.
 */
export function createProgressMeter({ total, kept, clock, onProgress }: {
  readonly total: number;
  readonly kept: readonly CaseResult[];
  readonly clock: Clock;
  readonly onProgress: (progress: Progress) => void;
}): ProgressMeter {
  const running = new Set<string>();
  let counts: Counts = countsOf(kept);
  let samples: readonly Sample[] = [{ at: clock.monotonic(), done: kept.length }];
  let toldAt = -Infinity;
  let cancelTimer: (() => void) | null = null;
  let over = false;

  const tell = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const at = clock.monotonic();
    toldAt = at;
    const done = counts.total;
    const perSecond = done > kept.length ? rateAt(at, done) : null;
    const left = total - done;
    const leftMs = left === 0 ? 0 : perSecond === null || perSecond === 0 ? null : (left / perSecond) * 1_000;
    onProgress({ done, total, counts, running: [...running], perSecond, leftMs });
  };

  /** Of the window's samples the oldest is kept, so that the rate spans at least the window once there is one. */
  const rateAt = (at: number, done: number): number | null => {
    const start = samples.findLastIndex((sample) => sample.at <= at - WINDOW_MS);
    samples = [...samples.slice(Math.max(0, start)), { at, done }];
    const [oldest] = samples;
    if (oldest === undefined || at <= oldest.at) return null;
    return ((done - oldest.done) / (at - oldest.at)) * 1_000;
  };

  const changed = (): void => {
    if (over) return;
    const dueInMs = toldAt + EVERY_MS - clock.monotonic();
    if (dueInMs <= 0) tell();
    else cancelTimer ??= clock.after(dueInMs, tell);
  };

  return {
    started(testId) {
      running.add(testId);
      changed();
    },
    finished(result) {
      running.delete(result.testId);
      counts = withVerdict(counts, result.verdict);
      changed();
    },
    dropped(testId) {
      running.delete(testId);
      changed();
    },
    end() {
      if (over) return;
      over = true;
      tell();
    },
    [Symbol.dispose]() {
      over = true;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
