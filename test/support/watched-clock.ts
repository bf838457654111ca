import type { Clock } from "../../shared/clock.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { until } from "./until.ts";

/** A fake clock that tells which delays are being waited for. */
export interface WatchedClock extends FakeClock {
  /** The delays of all timers that wait, as they were asked for. */
  waiting(): readonly number[];
  /** Waits (in real I/O) until somebody waits for exactly `delayMs`, then moves time on by that much. */
  pass(delayMs: number): Promise<void>;
}

/** A {@link FakeClock} that can be watched; see there for `startMs`. */
export function createWatchedClock(startMs?: number): WatchedClock {
  const clock = createFakeClock(startMs);
  const live = new Map<symbol, number>();
  const after: Clock["after"] = (delayMs, fire) => {
    const key = Symbol("timer");
    live.set(key, delayMs);
    const cancel = clock.after(delayMs, () => {
      live.delete(key);
      fire();
    });
    return () => {
      live.delete(key);
      cancel();
    };
  };
  const waiting = (): readonly number[] => Array.from(live.values());
  return {
    ...clock,
    after,
    waiting,
    async pass(delayMs) {
      await until(() => waiting().includes(delayMs), `a wait of ${delayMs} ms`);
      await clock.advance(delayMs);
    },
  };
}
