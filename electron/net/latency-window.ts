/** A summary of the latencies in the window; milliseconds, null where nothing was recorded. */
interface LatencySummary {
  /** How many were recorded since the start, also those that the window let go. */
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** The highest in the window. */
  readonly max: number | null;
}

export interface LatencyWindow {
  /** Takes a latency in ms; what is not a number of at least 0 is left out. Costs a store, nothing more. */
  record(latencyMs: number): void;
  summary(): LatencySummary;
}

/** How many of the latest latencies are looked at unless said otherwise: p99 then rests on some 40 of them. */
const WINDOW = 4_096;

/**
 * Latencies of the last `window` events, exact percentiles (nearest rank): sorting is left to the few who ask, so that
 * recording costs nothing.
 */
export function createLatencyWindow(window = WINDOW): LatencyWindow {
  const latest = new Float64Array(window);
  let count = 0;
  return {
    record(latencyMs) {
      if (!(latencyMs >= 0 && latencyMs < Infinity)) return;
      latest[count % window] = latencyMs;
      count += 1;
    },
    summary() {
      const sorted = latest.slice(0, Math.min(count, window)).toSorted();
      const rank = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
      return { count, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: sorted.at(-1) ?? null };
    },
  };
}
