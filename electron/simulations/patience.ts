import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { backoffMs, HTTP_BACKOFF } from "../net/backoff.ts";

/** How much trouble one case may have with the platform before it is given up. */
export interface Patience {
  /** Milliseconds to wait before the next attempt after this fault, or null where there is to be none. */
  pauseAfter(fault: Fault): number | null;
  /** An attempt succeeded: what went wrong before is forgotten. */
  succeeded(): void;
  /** Whether `waitMs` from now the case is still in time. */
  allows(waitMs: number): boolean;
}

/** Contract 0, "HTTP retries": as often is one request sent that is not answered, or with a gateway's error. */
const ATTEMPTS = 3;

/**
 * Patience for `budgetMs` from now (contract 5.3). A 429 is waited out as often as the budget allows: a busy platform
 * says nothing of the bot, and a quota shared by several cases frees itself. 502, 503, 504, timeouts and broken
 * connections are tried three times in a row; anything else is final at once. `Retry-After` is the least wait, and the
 * jittered backoff comes on top, so that cases that were turned away together do not come back together.
 */
export function createPatience({ clock, random, budgetMs }: { readonly clock: Clock; readonly random: () => number; readonly budgetMs: number }): Patience {
  const endsAt = clock.monotonic() + budgetMs;
  let failures = 0;
  let troubles = 0;
  const allows = (waitMs: number): boolean => clock.monotonic() + waitMs < endsAt;
  return {
    pauseAfter(fault) {
      failures += 1;
      if (fault.code !== "rate-limited") troubles += 1;
      if (!mayRepeat(fault) || troubles >= ATTEMPTS) return null;
      const waitMs = (fault.retryAfterMs ?? 0) + backoffMs(failures - 1, HTTP_BACKOFF, random());
      return allows(waitMs) ? waitMs : null;
    },
    succeeded() {
      failures = 0;
      troubles = 0;
    },
    allows,
  };
}

function mayRepeat({ code, status }: Fault): boolean {
  if (status !== undefined) return status === 429 || (status >= 502 && status <= 504);
  return code === "rate-limited" || code === "timeout" || code === "network";
}
