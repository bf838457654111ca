import type { Clock } from "../../shared/clock.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import { hostOf, type Fetch } from "../net/attempt.ts";
import { networkReason } from "../net/network-reason.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, stopwatch, type HealthWords } from "./outcome.ts";

export interface AnswerOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** English unless given. */
  readonly words?: HealthWords;
}

/**
 * Whether somebody answers at an HTTP API: a GET of its address without token, query and body, which no redirect leads
 * further. Any status below 500 is an answer, since an unsigned request cannot expect more. Of several addresses the
 * worst is told. Fault: `network`.
 */
export async function checkAnswer(addresses: readonly string[], { fetch, clock, words = englishWords.health }: AnswerOptions, signal: AbortSignal): Promise<HealthOutcome> {
  const took = stopwatch(clock);
  try {
    const found = await Promise.all(addresses.map((address) => statusOf(address, fetch, signal)));
    const worst = Math.max(...found);
    return worst < 500 ? good(words.apiAnswers(worst), took()) : doubtful(words.apiFails(hostOf(addresses[found.indexOf(worst)] ?? ""), worst));
  } catch (error) {
    const [host] = addresses.map(hostOf);
    return bad({ kind: "transport", code: "network", detail: `${host}: ${networkReason(error)}` }, took());
  }
}

async function statusOf(address: string, fetch: Fetch, signal: AbortSignal): Promise<number> {
  const response = await fetch(address, { redirect: "manual", signal });
  await response.body?.cancel();
  return response.status;
}
