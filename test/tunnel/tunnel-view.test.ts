import { describe, expect, test } from "vitest";
import { watchTunnel } from "../../electron/tunnel/tunnel-view.ts";
import { MAX_BEATS, MAX_TRANSITIONS } from "../../shared/tunnel.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const HOUR_MS = 3_600_000;

function setUp(startMs = new Date(2026, 0, 5, 9).getTime()) {
  const clock = createFakeClock(startMs);
  const watch = watchTunnel({ botId: "bot", channel: "webchat", clock });
  const timestamp = "2026-01-05T09:00:00.000Z";
  return {
    clock,
    watch,
    beat: (latency_ms: number) => {
      watch.event({ event: "heartbeat", latency_ms, timestamp });
    },
    establish: (latency_ms = 100) => {
      watch.event({ event: "tunnel_established", bot_id: "bot", latency_ms, timestamp });
    },
  };
}

describe("what the panel is told of a tunnel", () => {
  test("is nothing before anything is known", () => {
    const { watch, clock } = setUp();
    expect(watch.view()).toEqual({
      botId: "bot",
      channel: "webchat",
      handshakeMs: null,
      latencyMs: null,
      p50: null,
      p95: null,
      beats: [],
      lastBeatAt: null,
      reconnects: 0,
      countedSince: clock.now(),
      pushes: 0,
      ignored: 0,
      transitions: [],
    });
  });

  test("is the latest beat, and the middle and the high end of the last sixty", async () => {
    const { watch, clock, beat } = setUp();
    for (let ms = 100; ms >= 1; ms -= 1) beat(ms);
    await clock.advance(8_000);
    const view = watch.view();
    expect(view).toMatchObject({ latencyMs: 1, p50: 30, p95: 57, lastBeatAt: clock.now() - 8_000 });
    expect(view.beats).toHaveLength(MAX_BEATS);
    expect(view.beats[0]).toBe(60);
  });

  test("counts the times that it came back, by the day of this desk", async () => {
    const { watch, clock, establish } = setUp();
    const startedAt = clock.now();
    establish(80);
    expect(watch.view()).toMatchObject({ reconnects: 0, handshakeMs: 80, countedSince: startedAt });
    establish();
    establish();
    expect(watch.view().reconnects).toBe(2);
    await clock.advance(15 * HOUR_MS - 1);
    expect(watch.view().reconnects).toBe(2);
    await clock.advance(1);
    expect(watch.view()).toMatchObject({ reconnects: 0, countedSince: startedAt + 15 * HOUR_MS });
    establish();
    expect(watch.view().reconnects).toBe(1);
  });

  test("keeps the last changes of state, newest first, with the reason of those that were asked for", () => {
    const { watch, clock } = setUp();
    for (let since = 0; since < 60; since += 1) watch.state({ kind: "connected", since }, null);
    watch.state({ kind: "validating", since: 60, attempt: 0 }, "a new connection was asked for");
    const { transitions } = watch.view();
    expect(transitions).toHaveLength(MAX_TRANSITIONS);
    expect(transitions[0]).toEqual({ at: clock.now(), state: { kind: "validating", since: 60, attempt: 0 }, reason: "a new connection was asked for" });
    expect(transitions.at(-1)?.state).toEqual({ kind: "connected", since: 11 });
  });

  test("counts what was pushed and what was skipped", () => {
    const { watch } = setUp();
    watch.pushed();
    watch.pushed();
    watch.ignored();
    expect(watch.view()).toMatchObject({ pushes: 2, ignored: 1 });
  });
});
