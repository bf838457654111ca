import type { Clock } from "../../shared/clock.ts";

interface Timer {
  readonly due: number;
  readonly number: number;
  readonly fire: () => void;
}

/** A clock that moves only when told to. */
export interface FakeClock extends Clock {
  /** Moves time on by `ms`, firing what falls due in order; promises settle between timers. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock without moving monotonic time, as a person or NTP may do. */
  setWall(epochMs: number): void;
  /** How many timers wait; 0 after everything was closed. */
  pending(): number;
}

/** A fake clock whose wall time starts at `startMs` (default: 2026-01-05T09:00:00Z) and whose monotonic time starts at 0. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 5, 9)): FakeClock {
  let elapsed = 0;
  let wallOffset = startMs;
  let count = 0;
  let timers: Timer[] = [];
  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    pending: () => timers.length,
    setWall(epochMs) {
      wallOffset = epochMs - elapsed;
    },
    after(delayMs, fire) {
      count += 1;
      const timer: Timer = { due: elapsed + Math.max(0, delayMs), number: count, fire };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = timers.filter((one) => one.due <= end).toSorted((a, b) => a.due - b.due || a.number - b.number)[0];
        if (next === undefined) break;
        elapsed = next.due;
        timers = timers.filter((one) => one !== next);
        next.fire();
        await settle();
      }
      elapsed = end;
      await settle();
    },
  };
}

/** Lets promise chains that do not depend on I/O run to their end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
