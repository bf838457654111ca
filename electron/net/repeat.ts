import { type Clock, wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { decideRetry, type RetryPolicy } from "./retry-policy.ts";

/** A success and the number of attempts that it took. */
export interface Repeated<T> {
  readonly value: T;
  readonly attempts: number;
}

/**
 * Runs `once` until it succeeds or `policy` says to give up, and gives the last fault then. `leftMs` tells each attempt
 * how much of `budgetMs` is left (Infinity where there is no budget). A wait ends at once when `signal` aborts.
 */
export async function repeat<T>(
  once: (leftMs: number) => Promise<Result<T, Fault>>,
  options: {
    readonly policy: RetryPolicy;
    readonly clock: Clock;
    readonly random: () => number;
    readonly signal: AbortSignal;
    readonly budgetMs?: number;
  },
): Promise<Result<Repeated<T>, Fault>> {
  const { policy, clock, random, signal } = options;
  const endsAt = clock.monotonic() + (options.budgetMs ?? Infinity);
  const leftMs = (): number => endsAt - clock.monotonic();
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await once(leftMs());
    if (outcome.ok) return ok({ value: outcome.value, attempts: attempt });
    if (signal.aborted) return outcome;
    const decision = decideRetry(policy, { fault: outcome.error, attempt, leftMs: leftMs(), chance: random() });
    if (decision.kind === "give-up") return outcome;
    await wait(clock, decision.waitMs, signal);
    if (signal.aborted) return err({ kind: "transport", code: "aborted", detail: "while waiting to try again" });
  }
}
