import { array, assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { createLatencyWindow } from "../../electron/net/latency-window.ts";

test("is empty before anything was recorded", () => {
  expect(createLatencyWindow().summary()).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
});

test("gives the nearest-rank percentiles", () => {
  const latencies = createLatencyWindow();
  for (let latency = 100; latency >= 1; latency -= 1) latencies.record(latency);
  expect(latencies.summary()).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
});

test("a single latency is every percentile", () => {
  const latencies = createLatencyWindow();
  latencies.record(7.5);
  expect(latencies.summary()).toEqual({ count: 1, p50: 7.5, p95: 7.5, p99: 7.5, max: 7.5 });
});

test("looks at the latest only, and counts all", () => {
  const latencies = createLatencyWindow(10);
  for (let latency = 0; latency < 1_000; latency += 1) latencies.record(latency);
  expect(latencies.summary()).toEqual({ count: 1_000, p50: 994, p95: 999, p99: 999, max: 999 });
});

test("leaves out what is no latency", () => {
  const latencies = createLatencyWindow();
  for (const latency of [Number.NaN, Infinity, -1, -Infinity]) latencies.record(latency);
  expect(latencies.summary().count).toBe(0);
});

test("agrees with sorting everything, whatever is recorded", () => {
  assert(
    property(array(double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 }), (recorded) => {
      const latencies = createLatencyWindow(64);
      for (const latency of recorded) latencies.record(latency);
      const sorted = recorded.slice(-64).toSorted((a, b) => a - b);
      const { p50, p95, p99, max } = latencies.summary();
      const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
      expect([p50, p95, p99, max]).toEqual([at(0.5), at(0.95), at(0.99), sorted.at(-1)]);
    }),
  );
});
