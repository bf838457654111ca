/** The first look, so that five thousand programs that start with the shift do not come at once. */
const FIRST_MS = 600_000;
const HOUR_MS = 3_600_000;
const RETRY_BASE_MS = 60_000;

/** How long the last interaction must have been over before an install that waits for it begins. */
export const CALM_MS = 10_000;

/** When to look for the first time after a start, in milliseconds. `chance` is from 0 (inclusive) to 1 (exclusive). */
export function firstLookMs(chance: number): number {
  return chance * FIRST_MS;
}

/**
 * When to look next, in milliseconds: every `checkHours`, a tenth more or less. After failures sooner: a minute, doubled with
 * each, halved at most by chance, and never later than the usual time.
 */
export function nextLookMs({ checkHours, failures, chance }: { readonly checkHours: number; readonly failures: number; readonly chance: number }): number {
  const usual = checkHours * HOUR_MS;
  if (failures === 0) return usual * (0.9 + chance * 0.2);
  return Math.min(usual, RETRY_BASE_MS * 2 ** (failures - 1)) * (0.5 + chance * 0.5);
}
