import type { SandboxClock } from "./sandbox-clock.ts";

const WINDOW_MS = 60_000;

/** How many requests a client may make in any minute. */
export interface RateLimit {
  /** Counts a request; null lets it through, otherwise the seconds after which one is let through again. */
  refuse(perMinute: number): number | null;
}

/** Counts the requests that were let through; refused ones cost nothing. */
export function createRateLimit(clock: SandboxClock): RateLimit {
  let times: number[] = [];
  return {
    refuse(perMinute) {
      const now = clock.monotonic();
      times = times.filter((at) => now - at < WINDOW_MS);
      const oldest = times.at(-perMinute);
      if (oldest !== undefined) return Math.ceil((oldest + WINDOW_MS - now) / 1000);
      times.push(now);
      return null;
    },
  };
}
