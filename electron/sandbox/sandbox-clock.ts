/** Time as the platform needs it: wall clock (ms since the Unix epoch), a clock that never goes back, and timers. */
export interface SandboxClock {
  now(): number;
  monotonic(): number;
  /** Calls `fire` once after `delayMs`, unless the returned function is called first. */
  after(delayMs: number, fire: () => void): () => void;
}

/** Resolves after `delayMs`, or at once when `signal` aborts. */
export function pause(clock: SandboxClock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || delayMs <= 0) return Promise.resolve();
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
