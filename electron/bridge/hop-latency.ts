import { hopBounds, type HopView } from "../../shared/bridge-view.ts";
import type { BridgeEvent, HopName, Level } from "../../shared/bridge.ts";
import type { Thresholds } from "../../shared/hop-words.ts";
import { createLatencyWindow } from "../net/latency-window.ts";

export type LevelChange = Extract<BridgeEvent, { readonly kind: "level" }>;

/** The latencies of one hop. */
export interface HopLatency {
  /** Takes a latency in ms; what is none (negative, no number, more than a day) is left out. Gives the change of level that it made, if any. */
  record(ms: number): LevelChange | null;
  view(): HopView;
}

/** How many of the last messages a level is judged on: the median of them, so that one slow message changes nothing. */
const JUDGED = 20;
/** From how many on a level is given at all: the first answer of a bot that has just been started is often slow. */
const JUDGED_FROM = 3;
/** A message that came after an outage may have been hours on its way; what is longer is a wrong clock. */
const LONGEST_MS = 24 * 3_600_000;
/** How far under a threshold the median must be for the level to fall, so that one that lies at it does not change to and fro. */
const FALL = 0.9;

/** How a single latency is judged (contract 3.4): normal up to `elevatedMs`, elevated above it, critical above `criticalMs`. */
export function levelOf(ms: number, { elevatedMs, criticalMs }: Thresholds): Level {
  return ms > criticalMs ? "critical" : ms > elevatedMs ? "elevated" : "normal";
}

/** Watches one hop: what is seen of it, and its level, which is the median's with some reluctance to fall. */
export function watchHop(hop: HopName, thresholds: Thresholds): HopLatency {
  const window = createLatencyWindow();
  const bars = Array.from({ length: hopBounds.length + 1 }, () => 0);
  let recent: readonly number[] = [];
  let recentMs: number | null = null;
  let lastMs: number | null = null;
  let sumMs = 0;
  let level: Level | null = null;

  return {
    record(ms) {
      if (!(ms >= 0 && ms <= LONGEST_MS)) return null;
      window.record(ms);
      const bar = hopBounds.findIndex((bound) => ms <= bound);
      const index = bar < 0 ? hopBounds.length : bar;
      bars[index] = (bars[index] ?? 0) + 1;
      lastMs = ms;
      sumMs += ms;
      recent = [...recent, ms].slice(-JUDGED);
      if (recent.length < JUDGED_FROM) return null;
      const median = recent.toSorted((a, b) => a - b)[Math.ceil(recent.length / 2) - 1] ?? ms;
      recentMs = median;
      const before = level;
      level = nextLevel(before, median, thresholds);
      // That all is well from the beginning is no change.
      if (level === (before ?? "normal")) return null;
      return { kind: "level", hop, level, ms: median, aboveMs: level === "normal" ? null : level === "elevated" ? thresholds.elevatedMs : thresholds.criticalMs };
    },
    view() {
      const { count, p50, p95, p99 } = window.summary();
      return { hop, level, recentMs, lastMs, p50, p95, p99, count, sumMs, bars: [...bars] };
    },
  };
}

const ranks: Readonly<Record<Level, number>> = { normal: 0, elevated: 1, critical: 2 };

/** It rises at once, and falls only to what the median is clear of. */
function nextLevel(before: Level | null, median: number, thresholds: Thresholds): Level {
  const now = levelOf(median, thresholds);
  if (before === null || ranks[now] >= ranks[before]) return now;
  const reluctant = levelOf(median / FALL, thresholds);
  return ranks[reluctant] < ranks[before] ? reluctant : before;
}
