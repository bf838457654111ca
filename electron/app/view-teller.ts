import type { Clock } from "../../shared/clock.ts";

/** Tells something that changes fast at a pace that a person can follow. Disposing drops what was not told yet. */
export interface ViewTeller extends Disposable {
  /** It changed in what a person waits for: told now. */
  now(): void;
  /** It changed in figures: told with what else changes within the pace. */
  soon(): void;
}

/** `tell` is called at once or after a pause, so that two calls of `soon` never make it be called more often than every `paceMs`. */
export function createViewTeller(clock: Clock, paceMs: number, tell: () => void): ViewTeller {
  let toldAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | null = null;
  const drop = (): void => {
    cancelTimer?.();
    cancelTimer = null;
  };
  const now = (): void => {
    drop();
    toldAt = clock.monotonic();
    tell();
  };
  return {
    now,
    soon() {
      const waitMs = toldAt + paceMs - clock.monotonic();
      if (waitMs <= 0) now();
      else cancelTimer ??= clock.after(waitMs, now);
    },
    [Symbol.dispose]: drop,
  };
}
