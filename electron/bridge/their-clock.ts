import type { Fetch } from "../net/attempt.ts";

/** A fetch, and what the last answer to it says of the other side's clock. */
export interface TheirClock {
  readonly fetch: Fetch;
  /** How far it is behind a clock that shows `now` (ms since the Unix epoch), in ms to the second; 0 where it is not, or nothing is known. */
  behindMs(now: number): number;
}

/** Reads the clock of whoever answers from the `Date` of the answer (RFC 9110, 6.6.1). */
export function watchTheirClock(fetch: Fetch): TheirClock {
  let theirs = Number.NaN;
  return {
    async fetch(input, init) {
      const response = await fetch(input, init);
      theirs = Date.parse(response.headers.get("date") ?? "");
      return response;
    },
    behindMs: (now) => (Number.isNaN(theirs) ? 0 : Math.max(0, now - theirs)),
  };
}
