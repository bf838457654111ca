import type { Clock } from "../../shared/clock.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { Fetch } from "../net/attempt.ts";
import { isLoopback } from "../net/loopback-address.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, skipped, type HealthWords } from "./outcome.ts";

/** Up to this the clocks agree; beyond the second, tokens and signatures fail. */
const GOOD_MS = 30_000;
const DOUBTFUL_MS = 300_000;
/** `Date` has whole seconds: the moment itself lies half of one later on average. */
const HALF_SECOND_MS = 500;

/** Hears how far the platforms' clocks are from this machine's, as replies come by. */
export interface SkewWatch {
  /** `fetch` that looks at the `Date` of every reply that is the asked host's own, of now. */
  readonly fetch: Fetch;
  /** How far each is ahead of this machine, in milliseconds. */
  readonly seen: () => readonly number[];
}

export function watchSkew(fetch: Fetch, clock: Clock): SkewWatch {
  const seen: number[] = [];
  return { fetch: hearSkew(fetch, clock, (aheadMs) => seen.push(aheadMs)), seen: () => seen };
}

/** `fetch` that tells `hear` by every reply that is the asked host's own, of now, how far its clock is ahead, in ms. */
export function hearSkew(fetch: Fetch, clock: Clock, hear: (aheadMs: number) => void): Fetch {
  return async (input, init) => {
    const [from, at] = [clock.monotonic(), clock.now()];
    const response = await fetch(input, init);
    const theirs = Date.parse(response.headers.get("date") ?? "");
    const middle = at + (clock.monotonic() - from) / 2;
    if (isTheirs(input, response) && !Number.isNaN(theirs)) hear(theirs + HALF_SECOND_MS - middle);
    return response;
  };
}

/**
 * Whether a reply's `Date` is the clock of the host that was asked. Without encryption anybody on the way may answer, a
 * redirect is what a portal in between answers, what was followed comes from elsewhere, and what a cache kept is of its day.
 */
function isTheirs(input: Parameters<Fetch>[0], { status, redirected, headers }: Response): boolean {
  const url = new URL(input instanceof Request ? input.url : input);
  const isVerified = url.protocol === "https:" || isLoopback(url);
  return isVerified && !redirected && (status < 300 || status > 399) && !headers.has("age");
}

/**
 * Judges this machine's clock by those of the platforms. The one that agrees best counts: a single server whose clock is
 * wrong says nothing against ours. In English unless `words` are given; the fault's detail always is. Fault: `clock-wrong`.
 */
export function judgeClock(seen: readonly number[], words: HealthWords = englishWords.health): HealthOutcome {
  if (seen.length === 0) return skipped(words.nobodyAnswered);
  const ahead = seen.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best));
  const off = Math.abs(ahead);
  const wordsIn = ({ clockBehind, clockAhead }: HealthWords): string => (ahead > 0 ? clockBehind : clockAhead)(off);
  if (off <= GOOD_MS) return good(off < 2_000 ? words.clockAgrees : wordsIn(words));
  if (off <= DOUBTFUL_MS) return doubtful({ found: wordsIn(words), remedy: words.clockRemedy });
  return bad({ kind: "policy", code: "clock-wrong", detail: wordsIn(englishWords.health) });
}
