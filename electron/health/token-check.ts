import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { Result } from "../../shared/result.ts";
import type { Fetch } from "../net/attempt.ts";
import { askToken } from "../net/oauth.ts";
import { englishWords } from "../words/en.ts";
import { bad, good, stopwatch, type HealthWords } from "./outcome.ts";

/** What a system's token is asked for with. */
export interface TokenWish {
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  readonly audience?: string;
  readonly credentials: Result<{ readonly clientId: string; readonly clientSecret: string }, Fault>;
  /** Whether the system can use a token of this form; all are taken where absent. */
  readonly accepts?: (token: string) => Result<null, Fault>;
}

/**
 * Asks for a token as the system itself does, once, and lets it go. Nothing of it is told but its lifetime. Faults: those
 * of contract 0, "OAuth".
 */
export async function checkToken(
  { credentials, accepts, ...wish }: TokenWish,
  { fetch, clock, timeoutMs, words = englishWords.health }: { readonly fetch: Fetch; readonly clock: Clock; readonly timeoutMs: number; readonly words?: HealthWords },
  signal: AbortSignal,
): Promise<HealthOutcome> {
  if (!credentials.ok) return bad(credentials.error);
  const took = stopwatch(clock);
  const token = await askToken({ ...wish, ...credentials.value, fetch, clock, timeoutMs }, signal);
  if (!token.ok) return bad(token.error, took());
  const accepted = accepts?.(token.value.token);
  if (accepted?.ok === false) return bad(accepted.error, took());
  return good(words.tokenAccepted(wish.scopes, token.value.lifetimeMs), took());
}
