import { array, assert, double, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { levelOf, watchHop } from "../../electron/bridge/hop-latency.ts";
import { hopBounds, hopViewSchema } from "../../shared/bridge-view.ts";

const thresholds = { elevatedMs: 500, criticalMs: 1_000 };

/** Records them all; the levels that were told. */
function levelsOf(latencies: readonly number[]) {
  const hop = watchHop("bot", thresholds);
  return latencies.flatMap((ms, index) => {
    const change = hop.record(ms);
    return change === null ? [] : [[index, change.level, change.ms] as const];
  });
}

const times = (count: number, ms: number): readonly number[] => Array.from({ length: count }, () => ms);

test.each([
  [0, "normal"],
  [500, "normal"],
  [500.01, "elevated"],
  [1_000, "elevated"],
  [1_000.01, "critical"],
])("a message of %d ms is %s", (ms, level) => {
  expect(levelOf(ms, thresholds)).toBe(level);
});

describe("the level of a hop", () => {
  test("is nobody's guess before there are enough messages", () => {
    const hop = watchHop("bot", thresholds);
    expect(hop.view()).toMatchObject({ level: null, recentMs: null, lastMs: null });
    hop.record(3_000);
    hop.record(90);
    expect(hop.view()).toMatchObject({ level: null, recentMs: null, lastMs: 90 });
    hop.record(100);
    expect(hop.view()).toMatchObject({ level: "normal", recentMs: 100, lastMs: 100 });
  });

  test("does not change for one slow message, nor for a slow first one", () => {
    expect(levelsOf([4_000, ...times(30, 100), 4_000, ...times(5, 100), 9_000, 9_000, ...times(30, 100)])).toEqual([]);
  });

  test("is told once when most of the last messages are slow, and once when they are not any more", () => {
    expect(levelsOf([...times(20, 100), ...times(40, 2_000), ...times(40, 100)])).toEqual([
      [30, "critical", 2_000],
      [69, "normal", 100],
    ]);
  });

  test("is told at once where it is slow from the beginning, with the threshold that it is above", () => {
    const hop = watchHop("reply", thresholds);
    expect(times(5, 700).map((ms) => hop.record(ms))).toEqual([null, null, { kind: "level", hop: "reply", level: "elevated", ms: 700, aboveMs: 500 }, null, null]);
    const changes = times(25, 1_200).flatMap((ms) => hop.record(ms) ?? []);
    expect(changes).toEqual([{ kind: "level", hop: "reply", level: "critical", ms: 1_200, aboveMs: 1_000 }]);
  });

  test("does not go to and fro where the latencies lie at a threshold", () => {
    const swinging = Array.from({ length: 600 }, (_, index) => (Math.floor(index / 25) % 2 === 0 ? 510 : 480));
    expect(levelsOf(swinging).map(([, level]) => level)).toEqual(["elevated"]);
    expect(levelsOf([...swinging, ...times(20, 440)]).map(([, level]) => level)).toEqual(["elevated", "normal"]);
  });

  test("falls from critical by way of elevated where it is not clear of it", () => {
    expect(levelsOf([...times(20, 2_000), ...times(20, 800), ...times(20, 300)]).map(([, level]) => level)).toEqual(["critical", "elevated", "normal"]);
  });
});

test("what is negative, no number or more than a day leaves no trace", () => {
  const hop = watchHop("genesys", thresholds);
  for (const ms of [-1, -0.001, Number.NaN, 86_400_001, Infinity, -Infinity]) expect(hop.record(ms)).toBeNull();
  expect(hop.view()).toEqual(watchHop("genesys", thresholds).view());
});

test("a latency that equals a bound is in the bar of that bound", () => {
  const hop = watchHop("bot", thresholds);
  for (const bound of hopBounds) hop.record(bound);
  hop.record(0);
  hop.record(5_000.1);
  expect(hop.view().bars).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test("every view is one that the panel takes, and its bars hold what was recorded, also what the window let go", () => {
  assert(
    property(array(oneof(double({ min: 0, max: 8_000, noNaN: true }), double()), { maxLength: 80 }), (latencies) => {
      const hop = watchHop("bot", thresholds);
      for (const ms of latencies) hop.record(ms);
      const view = hopViewSchema.parse(hop.view());
      const taken = latencies.filter((ms) => ms >= 0 && ms <= 86_400_000);
      expect(view.count).toBe(taken.length);
      expect(view.bars.reduce((sum, bar) => sum + bar, 0)).toBe(taken.length);
      expect(view.sumMs).toBeCloseTo(taken.reduce((sum, ms) => sum + ms, 0), 1);
    }),
  );
  const hop = watchHop("bot", thresholds);
  for (let index = 0; index < 10_000; index += 1) hop.record(index < 5_000 ? 5 : 60);
  expect(hop.view()).toMatchObject({ count: 10_000, sumMs: 325_000, p50: 60, bars: [5_000, 0, 0, 5_000, 0, 0, 0, 0, 0, 0] });
});
