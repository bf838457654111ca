/** The stretch of time that the attention budget is counted over. */
const ATTENTION_WINDOW_MS = 60_000;

/**
 * Of the times at which cards came those that still count, ms since the Unix epoch. One that lies ahead is left out: the
 * clock was set back meanwhile, and the agent would wait for it to catch up.
 */
export function ofTheLastMinute(releasedAt: readonly number[], now: number): readonly number[] {
  return releasedAt.filter((at) => at <= now && now - at < ATTENTION_WINDOW_MS);
}
