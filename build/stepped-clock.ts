import type { Clock } from "../shared/clock.ts";

/**
 * A clock that stands still but for steps from timer to timer, so that a run of the whole program comes to the same
 * moments each time, whatever the machine has to do beside it.
 */
export interface SteppedClock extends Clock {
  /** Fires every timer that is due by `epochMs`, each at its exact time, and stands there. */
  advanceTo(epochMs: number): Promise<void>;
  /** Goes from timer to timer until `isThere`. Rejects when there are no timers or that takes more than `MAX_STEPS`. */
  advanceUntil(isThere: () => boolean): Promise<void>;
}

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

/** Real time after a step, for what sockets and files on this machine have to do with it. */
const SETTLE_MS = 15;
const MAX_STEPS = 5_000;

/** Makes a clock that stands at `startMs`, in ms since the Unix epoch. */
export function createSteppedClock(startMs: number): SteppedClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (first === undefined || timer.dueMs < first.dueMs) first = timer;
    return first;
  };

  const step = async (timer: Timer): Promise<void> => {
    timers.delete(timer);
    elapsedMs = Math.max(elapsedMs, timer.dueMs);
    timer.fire();
    await settle();
  };

  return {
    now: () => Math.floor(startMs + elapsedMs),
    monotonic: () => elapsedMs,
    after(delayMs, fire) {
      const timer = { dueMs: elapsedMs + Math.max(0, delayMs), fire };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advanceTo(epochMs) {
      const targetMs = epochMs - startMs;
      for (let timer = next(); timer !== undefined && timer.dueMs <= targetMs; timer = next()) await step(timer);
      elapsedMs = Math.max(elapsedMs, targetMs);
    },
    async advanceUntil(isThere) {
      for (let steps = 0; !isThere(); steps += 1) {
        const timer = next();
        if (timer === undefined || steps >= MAX_STEPS) throw new Error("the program did not come to the moment that was waited for");
        await step(timer);
      }
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, SETTLE_MS);
  });
}
