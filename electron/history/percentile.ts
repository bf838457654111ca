/** The value below which this share (0 to 1) of the values lies, by the nearest rank; null where there are none. `sorted`: ascending. */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
