/** The first step and the ceiling of an exponential backoff, in milliseconds. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Sockets (contract 0): up to 2 s, 4 s, 8 s ... 60 s. */
export const SOCKET_BACKOFF: Backoff = { baseMs: 2_000, capMs: 60_000 };

/** HTTP requests (contract 0): up to 0.5 s, 1 s, 2 s ... 10 s. */
export const HTTP_BACKOFF: Backoff = { baseMs: 500, capMs: 10_000 };

/**
 * How long to wait before retry `attempt` (0 for the first), in milliseconds: full jitter, uniform between 0 and
 * min(cap, base x 2^attempt), so that clients that failed together do not come back together (contract 0).
 * `chance` is a random number in [0, 1).
 */
export function backoffMs(attempt: number, backoff: Backoff, chance: number): number {
  return chance * Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.max(0, attempt));
}
