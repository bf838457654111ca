import { MAX_THROUGHPUT, THROUGHPUT_STEP_MS } from "../../shared/bridge-view.ts";
import type { Clock } from "../../shared/clock.ts";

/** How much was done in each of the last steps of time. */
export interface Throughput {
  count(): void;
  /** One number for each step of {@link THROUGHPUT_STEP_MS} since it was made, at most {@link MAX_THROUGHPUT}, oldest first; the last is under way. */
  steps(): readonly number[];
}

/** Counts on the monotonic clock: a wall clock that is set would tear the steps. */
export function createThroughput(clock: Pick<Clock, "monotonic">): Throughput {
  const startedAt = clock.monotonic();
  const ring = Array.from({ length: MAX_THROUGHPUT }, () => 0);
  let latest = 0;
  const moveOn = (): void => {
    const now = Math.floor((clock.monotonic() - startedAt) / THROUGHPUT_STEP_MS);
    for (let step = Math.max(latest + 1, now - MAX_THROUGHPUT + 1); step <= now; step += 1) ring[step % MAX_THROUGHPUT] = 0;
    latest = now;
  };
  return {
    count() {
      moveOn();
      const at = latest % MAX_THROUGHPUT;
      ring[at] = (ring[at] ?? 0) + 1;
    },
    steps() {
      moveOn();
      if (latest < MAX_THROUGHPUT) return ring.slice(0, latest + 1);
      const oldest = (latest + 1) % MAX_THROUGHPUT;
      return [...ring.slice(oldest), ...ring.slice(0, oldest)];
    },
  };
}
