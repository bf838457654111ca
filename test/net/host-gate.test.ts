import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askGate, createHostGates, FRESH_GATE, GATE_RULES, type GateReport, type GateState, type HostPause, reportToGate } from "../../electron/net/host-gate.ts";
import type { Fault } from "../../shared/fault.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const WALL = Date.UTC(2026, 0, 5, 9);
const HOST = "api.example.test:8443";
const URL_THERE = `https://${HOST}/one/path?query=1`;
const unreachable: Fault = { kind: "transport", code: "network", detail: "" };
const timeout: Fault = { kind: "transport", code: "timeout", detail: "" };
const broken: Fault = { kind: "transport", code: "server-error", detail: "", status: 500 };
const notFound: Fault = { kind: "refused", code: "not-found", detail: "", status: 404 };
const aborted: Fault = { kind: "transport", code: "aborted", detail: "" };
const quota = (retryAfterMs?: number): Fault => ({ kind: "refused", code: "rate-limited", detail: "", status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

function openGates() {
  const clock = createFakeClock(WALL);
  const told: [string, HostPause | null][] = [];
  const gates = createHostGates({ clock, onChange: (host, pause) => told.push([host, pause]) });
  const gate = gates.gate(URL_THERE);
  const fail = (fault: Fault, times = 1): void => {
    for (let time = 0; time < times; time += 1) {
      gate.enter();
      gate.failed(fault);
    }
  };
  return { clock, told, gates, gate, fail };
}

describe("a host that fails", () => {
  test.each([
    ["cannot be reached", unreachable],
    ["does not answer in time", timeout],
    ["has an error of its own", broken],
  ])("is left alone for 30 s after five failures in a row: it %s", async (_what, fault) => {
    const { clock, told, gate, fail } = openGates();
    fail(fault, 4);
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(told).toEqual([]);
    gate.failed(fault);
    expect(gate.enter()).toEqual({ kind: "wait", ms: 30_000 });
    expect(told).toEqual([[HOST, { until: WALL + 30_000, why: "failing" }]]);
    await clock.advance(29_999);
    expect(gate.enter()).toEqual({ kind: "wait", ms: 1 });
  });

  test("is not left alone where a success comes between the failures", () => {
    const { gate, told, fail } = openGates();
    fail(broken, 4);
    gate.enter();
    gate.succeeded();
    fail(broken, 4);
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(told).toEqual([]);
  });

  test.each([
    ["a refusal", notFound],
    ["a quota that names no time", quota()],
    ["an answer that cannot be used", { kind: "contract", code: "malformed-reply", detail: "" } satisfies Fault],
    ["a request that it gave up waiting for", { kind: "transport", code: "timeout", detail: "", status: 408 } satisfies Fault],
  ])("is proved alive by %s", (_what, fault) => {
    const { gate, fail } = openGates();
    fail(broken, 4);
    fail(fault);
    fail(broken, 4);
    expect(gate.enter()).toEqual({ kind: "go" });
  });

  test("is not judged by a request that was given up", () => {
    const { gate, fail } = openGates();
    fail(broken, 4);
    gate.enter();
    gate.leave();
    fail(aborted, 3);
    expect(gate.enter()).toEqual({ kind: "go" });
    gate.failed(broken);
    expect(gate.enter().kind).toBe("wait");
  });

  test("is tried by one request, and opened again by its success", async () => {
    const { clock, told, gate, fail } = openGates();
    fail(broken, 5);
    await clock.advance(30_000);
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(gate.enter()).toEqual({ kind: "wait", ms: GATE_RULES.lookAgainMs });
    expect(told).toHaveLength(1);
    gate.succeeded();
    expect(told.at(-1)).toEqual([HOST, null]);
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(gate.enter()).toEqual({ kind: "go" });
  });

  test("is left alone for another 30 s by the probe's failure, without five more", async () => {
    const { clock, told, gate, fail } = openGates();
    fail(broken, 5);
    await clock.advance(30_000);
    fail(timeout);
    expect(gate.enter()).toEqual({ kind: "wait", ms: 30_000 });
    expect(told).toEqual([
      [HOST, { until: WALL + 30_000, why: "failing" }],
      [HOST, { until: WALL + 60_000, why: "failing" }],
    ]);
  });

  test("is tried by the next request where the probe was given up", async () => {
    const { clock, told, gate, fail } = openGates();
    fail(broken, 5);
    await clock.advance(30_000);
    gate.enter();
    gate.leave();
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(gate.enter().kind).toBe("wait");
    expect(told).toHaveLength(1);
  });

  test("is not judged by what was under way when it was closed, be it late success or late failure", async () => {
    const { clock, gate, fail } = openGates();
    for (let late = 0; late < 3; late += 1) gate.enter();
    fail(broken, 5);
    gate.succeeded();
    expect(gate.enter().kind).toBe("wait");
    await clock.advance(30_000);
    expect(gate.enter()).toEqual({ kind: "go" });
    gate.failed(timeout);
    expect(gate.enter().kind).toBe("wait");
    gate.leave();
    expect(gate.enter().kind).toBe("wait");
    gate.succeeded();
    expect(gate.enter()).toEqual({ kind: "go" });
  });

  test("is not shut off for ever by a probe that never tells how it went", async () => {
    const { clock, gate, fail } = openGates();
    fail(broken, 5);
    await clock.advance(30_000);
    gate.enter();
    await clock.advance(GATE_RULES.probeMs - 1);
    expect(gate.enter().kind).toBe("wait");
    await clock.advance(1);
    expect(gate.enter()).toEqual({ kind: "go" });
    gate.succeeded();
    expect(gate.enter()).toEqual({ kind: "go" });
  });
});

describe("a host that asks for silence", () => {
  test("gets it, and is no failing host", async () => {
    const { clock, told, gate, fail } = openGates();
    fail(quota(7_000));
    expect(gate.enter()).toEqual({ kind: "wait", ms: 7_000 });
    expect(told).toEqual([[HOST, { until: WALL + 7_000, why: "asked" }]]);
    await clock.advance(7_000);
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(gate.enter()).toEqual({ kind: "go" });
    expect(told.at(-1)).toEqual([HOST, null]);
  });

  test("gets the longest of the pauses that several requests were told", async () => {
    const { clock, told, gate } = openGates();
    for (let request = 0; request < 4; request += 1) gate.enter();
    gate.failed(quota(5_000));
    gate.failed(quota(9_000));
    gate.failed(quota(2_000));
    gate.succeeded();
    expect(gate.enter()).toEqual({ kind: "wait", ms: 9_000 });
    expect(told.map(([, pause]) => pause?.until)).toEqual([WALL + 5_000, WALL + 9_000]);
    await clock.advance(9_000);
    expect(gate.enter()).toEqual({ kind: "go" });
  });

  test("gets an hour at the most", () => {
    const { gate, fail } = openGates();
    fail(quota(10 * 365 * 24 * 3_600_000));
    expect(gate.enter()).toEqual({ kind: "wait", ms: 3_600_000 });
  });

  test("while it fails, counts as failing and gets the longer of the two", () => {
    const { told, gate, fail } = openGates();
    fail(broken, 4);
    fail({ ...broken, status: 503, retryAfterMs: 90_000 });
    expect(gate.enter()).toEqual({ kind: "wait", ms: 90_000 });
    expect(told).toEqual([[HOST, { until: WALL + 90_000, why: "failing" }]]);
  });

  test("with a single 503 gets it too, and what failed before still counts", async () => {
    const { clock, told, gate, fail } = openGates();
    fail(broken, 3);
    fail({ ...broken, status: 503, retryAfterMs: 1_000 });
    expect(told).toEqual([[HOST, { until: WALL + 1_000, why: "asked" }]]);
    await clock.advance(1_000);
    fail(broken);
    expect(told.at(-1)).toEqual([HOST, { until: WALL + 31_000, why: "failing" }]);
    expect(gate.enter().kind).toBe("wait");
  });

  test("can ask the probe for it: it lives", async () => {
    const { clock, gate, fail } = openGates();
    fail(broken, 5);
    await clock.advance(30_000);
    fail(quota(2_000));
    await clock.advance(2_000);
    expect([gate.enter().kind, gate.enter().kind]).toEqual(["go", "go"]);
  });
});

test("hosts do not share a gate, addresses of one host do", () => {
  const { gates, fail } = openGates();
  fail(broken, 5);
  expect(gates.gate(`https://${HOST}/other`).enter().kind).toBe("wait");
  expect(gates.gate("https://api.example.test/one/path").enter().kind).toBe("go");
});

test("a wall clock that is set back moves no pause", async () => {
  const { clock, gate, fail } = openGates();
  fail(broken, 5);
  clock.setWall(WALL - 86_400_000);
  await clock.advance(30_000);
  expect(gate.enter()).toEqual({ kind: "go" });
});

/** What may happen to a gate: time, a request that wants to go, and a report of one that is under way. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("time" as const), ms: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 60_000 })) }),
  fc.record({ kind: fc.constant("enter" as const) }),
  fc.record({
    kind: fc.constant("report" as const),
    report: fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("dead" as const), pauseMs: fc.constantFrom(0, 0, 0, 5_000) }) },
      fc.record({ kind: fc.constant("pause" as const), pauseMs: fc.integer({ min: 1, max: 60_000 }) }),
      fc.record({ kind: fc.constantFrom("alive" as const, "left" as const) }),
    ),
  }),
);

test("in every story: nobody goes during a pause, one at a time after a failure's, and sooner or later somebody goes", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 200 }), (story) => {
      let state: GateState = FRESH_GATE;
      let now = 0;
      for (const one of story) {
        if (one.kind === "time") now += one.ms;
        else if (one.kind === "report") {
          if (state.outstanding > 0) state = reportToGate(state, one.report satisfies GateReport, now, GATE_RULES);
        } else {
          const { phase } = state;
          const { state: next, answer } = askGate(state, now, GATE_RULES);
          if (phase.kind === "open") expect(answer.kind).toBe("go");
          if (phase.kind === "paused") expect(answer.kind).toBe(now < phase.until ? "wait" : "go");
          if (phase.kind === "paused" && phase.why === "failing" && answer.kind === "go") expect(next.phase.kind).toBe("probing");
          if (phase.kind === "probing" && now < phase.since + GATE_RULES.probeMs) expect(answer.kind).toBe("wait");
          if (answer.kind === "wait") expect(answer.ms).toBeGreaterThan(0);
          state = next;
        }
        if (state.phase.kind === "open") expect(state.phase.failures).toBeLessThan(GATE_RULES.failures);
        expect(state.outstanding).toBeGreaterThanOrEqual(0);
      }
      const patience = GATE_RULES.maxPauseMs + GATE_RULES.probeMs;
      expect(askGate(state, now + patience, GATE_RULES).answer.kind).toBe("go");
    }),
  );
});
