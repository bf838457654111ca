import { expect, test } from "vitest";
import { createAssistFigures } from "../../electron/assist/assist-metrics.ts";
import { openMetricsText } from "../../electron/net/open-metrics.ts";
import type { EvaluationRecord } from "../../shared/assist-event.ts";
import { metricValues } from "../support/metric-values.ts";

const record: EvaluationRecord = {
  timestamp: "2026-01-05T09:00:00.000Z",
  interactionId: "talk-secret",
  triggered: true,
  cached: false,
  fallback: false,
  suggestionCount: 2,
  eventType: "AGENT_ASSIST_QUERY",
  latencyMs: 100,
  trigger: "keyword",
  blockedCount: 0,
  superseded: false,
};

test("each evaluation counts for what it was, and only answers say how long one takes", () => {
  const figures = createAssistFigures();
  figures.record(record);
  figures.record({ ...record, cached: true, latencyMs: 50 });
  figures.record({ ...record, fallback: true, blockedCount: 3, latencyMs: 300 });
  figures.record({ ...record, superseded: true, latencyMs: 9_000 });
  figures.record({ ...record, triggered: false, trigger: null, latencyMs: 0.01 });
  const text = openMetricsText(figures.families({ kind: "connected", since: 1 }));
  const values = metricValues(text);
  expect([...values].filter(([name]) => !name.includes("connection"))).toEqual([
    ["callside_assist_evaluations_total", 5],
    ["callside_assist_triggers_total", 4],
    ["callside_assist_cached_total", 1],
    ["callside_assist_fallbacks_total", 1],
    ["callside_assist_blocked_suggestions_total", 3],
    ["callside_assist_latency_seconds 0.5", 0.1],
    ["callside_assist_latency_seconds 0.95", 0.3],
    ["callside_assist_latency_seconds 0.99", 0.3],
  ]);
  expect(values.get("callside_assist_connection connected")).toBe(1);
  expect(text).not.toContain("secret");
});

test("before the first evaluation there are counts of none and no latency", () => {
  const values = metricValues(openMetricsText(createAssistFigures().families({ kind: "idle" })));
  expect(values.get("callside_assist_evaluations_total")).toBe(0);
  expect([...values.keys()].filter((name) => name.includes("latency"))).toEqual([]);
});
