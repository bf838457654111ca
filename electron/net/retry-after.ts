const SECONDS = /^\d+$/;
/** Longer than anybody waits; keeps absurd numbers finite. */
const MAX_SECONDS = 10 * 365 * 24 * 3_600;
/** The three date forms of HTTP (RFC 9110, 5.6.7) all begin with a weekday; `Date.parse` alone would take "-5" for a year. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * Reads a `Retry-After` header: seconds or an HTTP date, measured against `nowMs` (wall clock, ms since the epoch).
 * Gives the pause in milliseconds (0 for a date that has passed), or undefined where the header is absent or unreadable.
 */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (SECONDS.test(text)) return Math.min(Number(text), MAX_SECONDS) * 1_000;
  if (!HTTP_DATE.test(text)) return undefined;
  // The asctime form names no zone and means UTC, as the other two say.
  const at = Date.parse(/(GMT|UTC)$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
