import { expect, test } from "vitest";
import { openMetricsText } from "../../electron/net/open-metrics.ts";
import { tunnelMetrics } from "../../electron/tunnel/tunnel-metrics.ts";
import { watchTunnel } from "../../electron/tunnel/tunnel-view.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { metricValues } from "../support/metric-values.ts";

test("the tunnel's view is told in figures, without the bot and without the runtime's words", () => {
  const clock = createFakeClock();
  const watch = watchTunnel({ botId: "bot-secret", channel: "channel-secret", clock });
  const timestamp = "2026-01-05T09:00:00.000Z";
  for (const ms of [20, 40]) {
    watch.event({ event: "tunnel_established", bot_id: "bot-secret", latency_ms: 5, timestamp });
    watch.event({ event: "heartbeat", latency_ms: ms, timestamp });
  }
  for (let frame = 0; frame < 3; frame += 1) watch.pushed();
  watch.ignored();
  const state = { kind: "degraded", since: 1, connectedSince: 1, cause: "channel-unavailable", detail: "word-secret" } as const;
  watch.state(state, "reason-secret");
  const text = openMetricsText(tunnelMetrics(watch.view(), state));
  expect([...metricValues(text)].filter(([name, value]) => value === 1 || !name.includes("connection"))).toEqual([
    ["callside_tunnel_connection degraded", 1],
    ["callside_tunnel_latency_seconds 0.5", 0.02],
    ["callside_tunnel_latency_seconds 0.95", 0.04],
    ["callside_tunnel_reconnects_today", 1],
    ["callside_tunnel_pushes_total", 3],
    ["callside_tunnel_ignored_frames_total", 1],
  ]);
  expect(text).not.toContain("secret");
});
