import { describe, expect, test } from "vitest";
import { createProgressMeter } from "../../electron/simulations/progress.ts";
import { progressSchema, type Progress } from "../../shared/simulation.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { resultOf } from "../support/simulation-parts.ts";

function meterOf(total: number, kept: Parameters<typeof createProgressMeter>[0]["kept"] = []) {
  const clock = createFakeClock();
  const told: { readonly at: number; readonly progress: Progress }[] = [];
  const meter = createProgressMeter({ total, kept, clock, onProgress: (progress) => told.push({ at: clock.monotonic(), progress: progressSchema.parse(progress) }) });
  const finish = (index: number): void => {
    meter.started(`test_${index}`);
    meter.finished(resultOf({ testId: `test_${index}` }));
  };
  return { clock, told, meter, finish };
}

describe("progress", () => {
  test("is told at most every 100 ms, the last state always, and no timer is left", async () => {
    const { clock, told, meter, finish } = meterOf(1_000);
    for (let index = 0; index < 1_000; index += 1) {
      finish(index);
      await clock.advance(1);
    }
    expect(told.map(({ at }) => at)).toEqual(Array.from({ length: 11 }, (_, index) => index * 100));
    meter.end();
    expect(told.at(-1)?.progress).toMatchObject({ done: 1_000, total: 1_000, running: [], leftMs: 0 });
    finish(1);
    await clock.advance(1_000);
    expect(told).toHaveLength(12);
    expect(clock.pending()).toBe(0);
  });

  test("names what is under way, and forgets what was cut short", async () => {
    const { clock, told, meter } = meterOf(3);
    meter.started("test_a");
    meter.started("test_b");
    await clock.advance(100);
    expect(told.at(-1)?.progress).toMatchObject({ running: ["test_a", "test_b"], done: 0, perSecond: null, leftMs: null });
    meter.dropped("test_a");
    meter.finished(resultOf({ testId: "test_b", verdict: "failed" }));
    meter.end();
    expect(told.at(-1)?.progress).toMatchObject({ running: [], done: 1, counts: { total: 1, failed: 1, passed: 0 } });
  });

  test("has the rate of the last while and the time that is left at that rate", async () => {
    const { clock, told, finish } = meterOf(1_000);
    for (let second = 0; second < 60; second += 1) {
      for (let one = 0; one < (second < 30 ? 20 : 2); one += 1) finish(second * 20 + one);
      await clock.advance(1_000);
    }
    const last = told.at(-1)?.progress;
    expect(last?.done).toBe(660);
    expect(last?.perSecond).toBeCloseTo(2, 0);
    expect(last?.leftMs).toBeCloseTo((340 / (last?.perSecond ?? 0)) * 1_000, 5);
  });

  test("that stands still has no time left to tell", async () => {
    const { clock, told, meter, finish } = meterOf(10);
    finish(0);
    for (let second = 0; second < 30; second += 1) {
      await clock.advance(1_000);
      meter.started(`test_${second}`);
    }
    await clock.advance(1_000);
    expect(told.at(-1)?.progress).toMatchObject({ done: 1, perSecond: 0, leftMs: null });
  });

  test("counts what was kept from before as done, and not for the rate", async () => {
    const { clock, told, meter } = meterOf(100, Array.from({ length: 90 }, (_, index) => resultOf({ testId: `test_${index}` })));
    meter.started("test_90");
    expect(told[0]?.progress).toMatchObject({ done: 90, perSecond: null, leftMs: null });
    await clock.advance(1_000);
    meter.finished(resultOf({ testId: "test_90" }));
    expect(told.at(-1)?.progress).toMatchObject({ done: 91, perSecond: 1, leftMs: 9_000 });
  });
});
