import { describe, expect, test } from "vitest";
import { openMetricsText } from "../../electron/net/open-metrics.ts";
import { integrationSamples } from "../../electron/integrations/integration-metrics.ts";
import { createRunStats } from "../../electron/integrations/integration-stats.ts";

describe("the figures of an integration", () => {
  test("are nothing before its first run", () => {
    expect(createRunStats().of("none")).toEqual({ calls: 0, failures: 0, p50: null, p95: null, p99: null, lastAt: null });
  });

  test("count calls and failures, and judge latencies of what was sent", () => {
    const stats = createRunStats();
    for (let ms = 1; ms <= 100; ms += 1) stats.record("a", { succeeded: ms % 4 !== 0, latencyMs: ms, at: ms, host: "h" });
    stats.record("a", { succeeded: false, latencyMs: null, at: 500, host: "h" });
    stats.record("b", { succeeded: true, latencyMs: 7, at: 3, host: "h" });
    expect(stats.of("a")).toEqual({ calls: 101, failures: 26, p50: 50, p95: 95, p99: 99, lastAt: 500 });
    expect(stats.of("b")).toMatchObject({ calls: 1, failures: 0, p50: 7 });
  });

  test("are those of now, also where they were asked for before", () => {
    const stats = createRunStats();
    stats.record("a", { succeeded: true, latencyMs: 5, at: 1, host: "h" });
    expect(stats.of("a")).toMatchObject({ calls: 1, p50: 5, lastAt: 1 });
    expect(stats.of("a")).toBe(stats.of("a"));
    stats.record("a", { succeeded: false, latencyMs: 1, at: 2, host: "h" });
    expect(stats.of("a")).toEqual({ calls: 2, failures: 1, p50: 1, p95: 5, p99: 5, lastAt: 2 });
  });

  test("are kept of so many integrations; the one that ran longest ago goes", () => {
    const stats = createRunStats(3);
    for (const id of ["a", "b", "c", "a", "d"]) stats.record(id, { succeeded: true, latencyMs: 1, at: 1, host: `${id}.example` });
    expect(stats.ran()).toEqual(["c", "a", "d"].map((id) => ({ id, host: `${id}.example` })));
    expect(stats.of("b").calls).toBe(0);
    expect(stats.of("a").calls).toBe(2);
  });
});

describe("the figures as metrics", () => {
  test("are counters, quantiles in seconds and the breaker, by integration", () => {
    const stats = { calls: 3, failures: 1, p50: 10, p95: 20.5, p99: null, lastAt: 1, pausedUntil: 2_000 };
    const idle = { calls: 0, failures: 0, p50: null, p95: null, p99: null, lastAt: null, pausedUntil: null };
    const families = integrationSamples([{ id: `in"t\n1`, stats }, { id: "idle", stats: idle }], 1_000);
    const text = openMetricsText(families);
    expect(text.split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      String.raw`callside_integration_calls_total{integration="in\"t\n1"} 3`,
      `callside_integration_calls_total{integration="idle"} 0`,
      String.raw`callside_integration_failures_total{integration="in\"t\n1"} 1`,
      `callside_integration_failures_total{integration="idle"} 0`,
      String.raw`callside_integration_latency_seconds{integration="in\"t\n1",quantile="0.5"} 0.01`,
      String.raw`callside_integration_latency_seconds{integration="in\"t\n1",quantile="0.95"} 0.0205`,
      String.raw`callside_integration_paused{integration="in\"t\n1"} 1`,
      `callside_integration_paused{integration="idle"} 0`,
      "",
    ]);
    expect(text).toContain("# UNIT callside_integration_latency_seconds seconds");
    expect(integrationSamples([{ id: "a", stats }], 2_000).at(-1)).toMatchObject({ samples: [{ labels: { integration: "a" }, value: 0 }] });
  });
});
