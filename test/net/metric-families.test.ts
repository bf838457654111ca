import { expect, test } from "vitest";
import { connectionFamily, counterFamily, gaugeFamily, quantileSamples, toSeconds } from "../../electron/net/metric-families.ts";
import { openMetricsText } from "../../electron/net/open-metrics.ts";
import { metricValues } from "../support/metric-values.ts";

test("a state tells which it is, and neither since when nor why", () => {
  const fault = { kind: "refused", code: "forbidden", detail: "secret.example says no", status: 403 } as const;
  const text = openMetricsText([connectionFamily("link", "It.", { kind: "rejected", since: 77, fault })]);
  expect(text).not.toMatch(/77|secret|403/u);
  expect([...metricValues(text)].filter(([, value]) => value === 1)).toEqual([["link rejected", 1]]);
});

test("what is not known is absent, and latencies are seconds without noise", () => {
  const gauges = { kind: "gauge", name: "way_seconds", unit: "seconds", help: "Way.", samples: quantileSamples({ p50: 0.1, p95: null, p99: 1_234.567 }, { of: "a" }) } as const;
  const values = metricValues(openMetricsText([counterFamily("things", "Things.", 3), gaugeFamily("age_seconds", "Age.", null, "seconds"), gaugeFamily("size", "Size.", 0), gauges]));
  expect([...values]).toEqual([["things_total", 3], ["size", 0], ["way_seconds a 0.5", 0.0001], ["way_seconds a 0.99", 1.234567]]);
  expect(toSeconds(30)).toBe(0.03);
});
