import { describe, expect, test } from "vitest";
import { pushLine, tunnelLine, tunnelStateLine } from "../../electron/cli/tunnel-lines.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";

const timestamp = "2026-01-05T09:00:00.000Z";
const bot_id = "b1";

const told: readonly (readonly [TunnelEvent, string])[] = [
  [{ event: "tunnel_established", bot_id, latency_ms: 120.04, timestamp }, "established  handshake 120.0 ms, bot b1"],
  [{ event: "heartbeat", latency_ms: 8.06, timestamp }, "heartbeat    8.1 ms"],
  [{ event: "token_refreshed", bot_id, timestamp }, "token        refreshed"],
  [{ event: "tunnel_checked", status: "available", latency_ms: 8, timestamp }, "channel      available, round trip 8.0 ms"],
  [{ event: "channel_unavailable", status: "draining", timestamp }, "channel      not available: draining"],
  [{ event: "tunnel_lost", code: 1006, reason: "no close frame", timestamp }, "lost         code 1006: no close frame"],
  [{ event: "tunnel_lost", code: 1001, reason: "", timestamp }, "lost         code 1001"],
  [{ event: "tunnel_closed", bot_id, final_latency_ms: 7.96, timestamp }, "closed       last latency 8.0 ms"],
];

describe("the tunnel's events", () => {
  test.each(told)("%j is told by its name with all its fields, and in columns", (event, human) => {
    const { event: name, ...fields } = event;
    expect(tunnelLine(event)).toStrictEqual({ event: name, fields, human });
  });

  test("what the runtime says cannot break the columns, nor fill the screen", () => {
    const reason = `going\naway ${"x".repeat(5_000)}`;
    const human = tunnelLine({ event: "tunnel_lost", code: 1001, reason, timestamp }).human ?? "";
    expect(human).toContain("going away");
    expect(human).not.toContain("\n");
    expect(human.length).toBeLessThan(300);
  });
});

describe("pushes", () => {
  test("tell type and size, never the text", () => {
    const line = pushLine({ type: "typing", bytes: 42, text: '{"type":"typing","said":"private"}' });
    expect(line).toStrictEqual({ event: "push", fields: { type: "typing", bytes: 42 }, human: "push         typing, 42 bytes" });
  });

  test("one that names no type says so", () => {
    expect(pushLine({ type: null, bytes: 2, text: "{}" })).toStrictEqual({ event: "push", fields: { type: null, bytes: 2 }, human: "push         no type, 2 bytes" });
  });
});

test("the state stands in the same columns", () => {
  const fault = { kind: "transport", code: "socket-abnormal", detail: "no close frame", closeCode: 1006 } as const;
  const line = tunnelStateLine({ kind: "reconnecting", since: 0, attempt: 1, retryAt: 1_500, fault }, 0);
  expect(line.fields).toStrictEqual({ name: "tunnel", state: "reconnecting", code: 1006, reason: "no close frame", retryInMs: 1_500 });
  expect(line.human).toMatch(/^tunnel {7}not connected\. The connection broke off .*Next attempt in 1\.5 s$/);
});
