import type { Clock } from "../../shared/clock.ts";

/** How long a contradiction of the clocks is told for: at least once this, at most twice. */
const HALF_MS = 5 * 60_000;

/** By how much another clock is known to be ahead of ours. */
export interface ClockLead {
  /** Something bore a time that lies `ms` after our receipt of it; what is not positive says nothing. */
  record(ms: number): void;
  /** The most of the last minutes, in ms; null where nothing contradicted our clock. */
  ms(): number | null;
}

/**
 * Keeps the greatest lead of the last five to ten minutes: each is a lower bound, as the way to us took time too, and
 * one from before the clock was set right must not be told for ever.
 */
export function createClockLead(clock: Pick<Clock, "monotonic">): ClockLead {
  let half = 0;
  let current: number | null = null;
  let previous: number | null = null;
  const moveOn = (): void => {
    const now = Math.floor(clock.monotonic() / HALF_MS);
    if (now === half) return;
    previous = now === half + 1 ? current : null;
    current = null;
    half = now;
  };
  return {
    record(ms) {
      if (!(ms > 0 && ms < Infinity)) return;
      moveOn();
      current = Math.max(current ?? 0, ms);
    },
    ms() {
      moveOn();
      return current === null || previous === null ? (current ?? previous) : Math.max(current, previous);
    },
  };
}
