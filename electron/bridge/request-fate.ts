import type { Fetch } from "../net/attempt.ts";
import { neverConnected } from "../net/network-reason.ts";

/**
 * What has become of a request that must not be made twice. `not-taken`: it was never made or came to no connection, or
 * was refused. `taken`: a success was answered, whatever became of the rest of the answer. `unclear`: it may have been taken.
 */
export type RequestFate = "not-taken" | "taken" | "unclear";

/**
 * Refusals that do not say that nothing was taken: the other side gave up waiting (408), or a request with the same
 * `Idempotency-Key` is known or under way (409).
 */
const UNCLEAR_REFUSALS: ReadonlySet<number> = new Set([408, 409]);

/** A fetch, and the fate of the last request that was made with it. */
export function watchFate(fetch: Fetch): { readonly fetch: Fetch; readonly fate: () => RequestFate } {
  let fate: RequestFate = "not-taken";
  return {
    fate: () => fate,
    async fetch(input, init) {
      fate = "unclear";
      try {
        const response = await fetch(input, init);
        fate = fateOf(response.status);
        return response;
      } catch (error) {
        if (neverConnected(error)) fate = "not-taken";
        throw error;
      }
    },
  };
}

/** A redirect and a server's error may come after the work was done. */
function fateOf(status: number): RequestFate {
  if (status >= 200 && status <= 299) return "taken";
  return status >= 400 && status <= 499 && !UNCLEAR_REFUSALS.has(status) ? "not-taken" : "unclear";
}
