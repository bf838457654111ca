import { describe, expect, test } from "vitest";
import { connectionOutcome, type StandingConnection } from "../../electron/health/connection-outcome.ts";
import type { ConnectionState } from "../../shared/connection.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const fault = { kind: "transport", code: "socket-abnormal", detail: "no close frame", closeCode: 1006 } as const;

function outcome(state: ConnectionState, more: Partial<StandingConnection> = {}) {
  return connectionOutcome({ state, lastHeardAt: null, latencyMs: null, ...more }, NOW);
}

describe("what stands of a connection", () => {
  test("open: for how long, when it was last heard, how fast", () => {
    expect(outcome({ kind: "connected", since: NOW - 600_000 }, { lastHeardAt: NOW - 3_000, latencyMs: 41.7 })).toEqual({
      kind: "good",
      found: "open for 10 min, last heard 3 s ago, latency 42 ms",
      tookMs: null,
    });
  });

  test("open with events that never came is doubtful; those that came late do not count", () => {
    const state = { kind: "connected", since: NOW } as const;
    expect(outcome(state, { gaps: { missed: 5, recovered: 2 } })).toMatchObject({ kind: "doubtful", found: "open for 0 s; 3 of its events never came" });
    expect(outcome(state, { gaps: { missed: 5, recovered: 5 } })).toMatchObject({ kind: "good" });
  });

  test.each([
    [{ kind: "validating", since: NOW - 2_000, attempt: 0 }, "being opened for 2 s"],
    [{ kind: "connecting", since: NOW - 2_000, attempt: 3 }, "being opened for 2 s"],
    [{ kind: "checking", since: NOW, connectedSince: NOW - 60_000 }, "open for 60 s; a sign of life is late"],
    [{ kind: "degraded", since: NOW, connectedSince: NOW, cause: "pong-late", detail: "" }, "open for 0 s; a sign of life is late"],
    [{ kind: "degraded", since: NOW, connectedSince: NOW, cause: "channel-unavailable", detail: "paused" }, "open for 0 s; the runtime says of its channel: paused"],
    [{ kind: "degraded", since: NOW, connectedSince: NOW, cause: "probe-unanswered", detail: "" }, "open for 0 s; the runtime left the last check unanswered"],
  ] as const satisfies readonly (readonly [ConnectionState, string])[])("not known to work ($kind) is doubtful", (state, found) => {
    expect(outcome(state)).toMatchObject({ kind: "doubtful", found });
  });

  test.each([
    { kind: "reconnecting", since: NOW, attempt: 2, retryAt: NOW + 1, fault },
    { kind: "rejected", since: NOW, fault },
  ] as const satisfies readonly ConnectionState[])("gone ($kind) is bad, by the fault that it has itself", (state) => {
    expect(outcome(state)).toEqual({ kind: "bad", fault, tookMs: null });
  });

  test.each([{ kind: "idle" }, { kind: "closed", since: NOW }] as const satisfies readonly ConnectionState[])("not wanted ($kind) is skipped", (state) => {
    expect(outcome(state)).toMatchObject({ kind: "skipped" });
  });
});
