import type { Fault } from "../../shared/fault.ts";

/** Contract 4.3. */
const MAX_ATTEMPTS = 3;
const MIN_WAIT_MS = 2_000;
const MAX_WAIT_MS = 10_000;
/** A service that asks for a longer pause ends the attempts instead: whoever waits is told now. */
const MAX_PAUSE_MS = 60_000;
const RETRIED: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** An attempt that brought no reply. `again`: another may do better. */
export interface AttemptFailure {
  readonly fault: Fault;
  readonly again: boolean;
}

/** Whether a fault may pass by itself. */
export function mayPass(fault: Fault): boolean {
  if (fault.status !== undefined) return RETRIED.has(fault.status);
  return fault.code === "timeout" || fault.code === "network";
}

/**
 * How long to wait after attempt number `attempt` (from 1) that failed with `fault`, in ms, or null to give up. The
 * backoff is uniform between 2 s and twice, four times … that, 10 s at most, so that those who failed together do not come
 * back together; a `Retry-After` is the least wait. `chance`: a random number in [0, 1).
 */
export function retryWaitMs(fault: Fault, attempt: number, chance: number): number | null {
  const pauseMs = fault.retryAfterMs ?? 0;
  if (attempt >= MAX_ATTEMPTS || pauseMs > MAX_PAUSE_MS) return null;
  const ceilingMs = Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** attempt);
  return Math.max(pauseMs, MIN_WAIT_MS + chance * (ceilingMs - MIN_WAIT_MS));
}
