import type { Fault } from "../../shared/fault.ts";
import { type Backoff, backoffMs, HTTP_BACKOFF } from "./backoff.ts";

/**
 * When a request is sent again. `attempts` counts all of them, the first included. A pause that the other side asks
 * for and that is longer than `maxPauseMs` ends the attempts instead: whoever waits is told now.
 */
export interface RetryPolicy extends Backoff {
  readonly attempts: number;
  readonly maxPauseMs: number;
  readonly retryStatus: (status: number) => boolean;
}

/** Contract 0, "HTTP retries": 3 attempts, base 0.5 s, cap 10 s, on 429, 502, 503, 504, timeouts and connection errors. */
export const HTTP_RETRY: RetryPolicy = {
  ...HTTP_BACKOFF,
  attempts: 3,
  maxPauseMs: 60_000,
  retryStatus: (status) => status === 429 || (status >= 502 && status <= 504),
};

/** Contract 0, "OAuth": as above, on every 5xx. */
export const TOKEN_RETRY: RetryPolicy = { ...HTTP_RETRY, retryStatus: (status) => status === 429 || status >= 500 };

/** What to do after a failed attempt. */
export type RetryDecision = { readonly kind: "again"; readonly waitMs: number } | { readonly kind: "give-up" };

/**
 * Decides whether a request that failed is sent again. `attempt`: how many were made; `leftMs`: what is left of the
 * whole budget (Infinity where there is none); `chance`: a random number in [0, 1).
 * `Retry-After` is the least wait; consecutive failures back off beyond it. Where the wait would use up what is left,
 * the answer is to give up now, not to find out later (contract 2.3).
 */
export function decideRetry(
  policy: RetryPolicy,
  failure: { readonly fault: Fault; readonly attempt: number; readonly leftMs: number; readonly chance: number },
): RetryDecision {
  const { fault, attempt, leftMs, chance } = failure;
  if (attempt >= policy.attempts || !mayRepeat(policy, fault)) return { kind: "give-up" };
  const pauseMs = fault.retryAfterMs ?? 0;
  if (pauseMs > policy.maxPauseMs) return { kind: "give-up" };
  const waitMs = Math.max(pauseMs, backoffMs(attempt - 1, policy, chance));
  return waitMs >= leftMs ? { kind: "give-up" } : { kind: "again", waitMs };
}

function mayRepeat(policy: RetryPolicy, fault: Fault): boolean {
  if (fault.status !== undefined) return policy.retryStatus(fault.status);
  return fault.code === "timeout" || fault.code === "network";
}
