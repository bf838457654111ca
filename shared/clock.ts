/**
 * Time as an argument. `now` is wall-clock time (ms since the Unix epoch; it may jump), `monotonic` never goes back
 * (ms from an arbitrary start) and is what latencies, ages of cache entries and deadlines are measured on.
 */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Calls `fire` once after `delayMs`, unless the returned function is called first. */
  after(delayMs: number, fire: () => void): () => void;
}

/** Resolves after `delayMs`, or at once when `signal` aborts (the caller looks at the signal). */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    signal.addEventListener("abort", done, { once: true });
  });
}
