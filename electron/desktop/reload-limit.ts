import type { Clock } from "../../shared/clock.ts";

const MAX_RELOADS = 3;
const WITHIN_MS = 60_000;

/** Whether a page that ended may be loaded again by itself: three times in a minute. Asking counts. */
export function createReloadLimit(clock: Clock): () => boolean {
  let at: readonly number[] = [];
  return () => {
    const now = clock.monotonic();
    at = at.filter((one) => now - one < WITHIN_MS);
    if (at.length >= MAX_RELOADS) return false;
    at = [...at, now];
    return true;
  };
}
