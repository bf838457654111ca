import { hopBounds } from "../../shared/bridge-view.ts";
import type { Level } from "../../shared/bridge.ts";

/** One bar of the drawing: how high of all, in 1, and what a latency in it at least is judged as. */
export interface HopBar {
  readonly share: number;
  readonly count: number;
  readonly level: Level;
}

/** What levels are judged by, in ms (contract 3.4). */
interface Thresholds {
  readonly elevatedMs: number;
  readonly criticalMs: number;
}

/**
 * The bars of a hop's histogram (`counts` by `hopBounds` and one more), the highest as high as the drawing. A bar is
 * judged by its fastest message, so that none is called slow for its neighbours in the bar.
 */
export function hopBars(counts: readonly number[], { elevatedMs, criticalMs }: Thresholds): readonly HopBar[] {
  const highest = Math.max(1, ...counts);
  return counts.map((count, index) => {
    const from = hopBounds[index - 1] ?? 0;
    return { count, share: count / highest, level: from >= criticalMs ? "critical" : from >= elevatedMs ? "elevated" : "normal" };
  });
}

/**
 * Where a latency in ms stands among the bars, from 0 (left edge of the first) to 1 (right edge of the last): within a
 * bar by its logarithm, as the bounds grow by factors. The last bar is open, so that it is as wide as the next would be.
 */
export function placeOnScale(ms: number): number {
  const bars = hopBounds.length + 1;
  const index = hopBounds.findIndex((bound) => ms <= bound);
  const at = index < 0 ? bars - 1 : index;
  const low = hopBounds[at - 1] ?? 1;
  const high = hopBounds[at] ?? low * 2;
  const within = Math.log(Math.max(ms, low) / low) / Math.log(high / low);
  return (at + Math.min(1, within)) / bars;
}
