import { MAX_THROUGHPUT, THROUGHPUT_STEP_MS } from "../../shared/bridge-view.ts";

const STEPS_A_MINUTE = 60_000 / THROUGHPUT_STEP_MS;

/** What is drawn of the last minutes: bars from the right, the newest being under way, on a scale that seldom changes. */
export interface ThroughputBars {
  /** `slot`: the place from the left, of `MAX_THROUGHPUT`; `share`: of the scale's top, at most 1. */
  readonly bars: readonly { readonly slot: number; readonly count: number; readonly share: number; readonly underWay: boolean }[];
  /** The top of the scale, answered in a minute. */
  readonly topPerMinute: number;
  readonly total: number;
  readonly highestPerMinute: number;
}

/**
 * How many are answered in a minute now, from the steps of the last minute that are over; scaled up where the bridge has
 * not run for a minute yet, null where no step is over.
 */
export function answeredPerMinute(throughput: readonly number[]): number | null {
  const over = throughput.slice(0, -1).slice(-STEPS_A_MINUTE);
  if (over.length === 0) return null;
  return Math.round((sum(over) * STEPS_A_MINUTE) / over.length);
}

/** Lays out the steps of `BridgeView.throughput`. */
export function throughputBars(throughput: readonly number[]): ThroughputBars {
  const shown = throughput.slice(-MAX_THROUGHPUT);
  const highest = Math.max(0, ...shown);
  const top = roundTop(highest);
  return {
    bars: shown.map((count, index) => ({
      slot: MAX_THROUGHPUT - shown.length + index,
      count,
      share: count / top,
      underWay: index === shown.length - 1,
    })),
    topPerMinute: top * STEPS_A_MINUTE,
    total: sum(shown),
    highestPerMinute: highest * STEPS_A_MINUTE,
  };
}

/** The next of 5, 10, 25, 50, 100, … that `count` stays below or reaches: the drawing is not stretched with every message. */
function roundTop(count: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const factor of [5, 10, 25]) if (factor * ten >= count) return factor * ten;
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
