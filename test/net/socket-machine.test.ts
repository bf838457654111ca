import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Moment, type SocketEffect, type SocketEvent, step } from "../../electron/net/socket-machine.ts";
import { connectionState, dueAt, IDLE, SOCKET_RULES, type SocketRules, type SocketState } from "../../electron/net/socket-state.ts";
import { connectionStateSchema } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";

const WALL = Date.UTC(2026, 0, 5, 9);
const gone: Fault = { kind: "transport", code: "socket-abnormal", detail: "", closeCode: 1006 };
const denied: Fault = { kind: "refused", code: "credentials", detail: "", status: 401 };
const drop = { kind: "failed", verdict: "retry", fault: gone } as const;
const unauthorized = { kind: "failed", verdict: "renew-then-retry", fault: denied } as const;

/** Plays events at monotonic times against the machine and keeps what came out. */
function play(rules: SocketRules = SOCKET_RULES) {
  let state: SocketState = IDLE;
  const machine = {
    state: () => state,
    view: () => connectionState(state),
    at(mono: number, event: SocketEvent | SocketEvent["kind"], more: Partial<Moment> = {}): readonly SocketEffect[] {
      const plain = typeof event === "string" ? ({ kind: event } as SocketEvent) : event;
      const next = step(state, plain, { mono, wall: WALL + mono, chance: 0.5, ...more }, rules);
      state = next.state;
      return next.effects;
    },
    /** From a standstill or a wait to an open connection. */
    open(mono: number): void {
      machine.at(mono, state.kind === "idle" ? "start" : "time");
      machine.at(mono, "authorized");
      machine.at(mono, "opened");
      if (rules.greets) machine.at(mono, "greeted");
      expect(state.kind).toBe("connected");
    },
    due: () => dueAt(state, rules),
  };
  return machine;
}

describe("connecting", () => {
  test("asks for a token, dials, and is connected when the upgrade is through", () => {
    const socket = play();
    expect(socket.at(0, "start")).toEqual(["authorize"]);
    expect(socket.at(1, "authorized")).toEqual(["dial"]);
    expect(socket.view()).toEqual({ kind: "connecting", since: WALL, attempt: 0 });
    expect(socket.at(2, "opened")).toEqual(["ready"]);
    expect(socket.view()).toEqual({ kind: "connected", since: WALL + 2 });
  });

  test("with a handshake, it counts only once the other side has accepted", () => {
    const socket = play({ ...SOCKET_RULES, greets: true });
    socket.at(0, "start");
    socket.at(0, "authorized");
    expect(socket.at(0, "opened")).toEqual(["greet"]);
    expect(socket.view().kind).toBe("connecting");
    expect(socket.at(5, "greeted")).toEqual(["ready"]);
    expect(socket.view().kind).toBe("connected");
  });

  test.each([
    ["authorizing", 60_000, []],
    ["opening", 10_000, ["authorized"]],
    ["greeting", 10_000, ["authorized", "opened"]],
  ] as const)("%s is given up after %d ms", (kind, limit, before) => {
    const socket = play({ ...SOCKET_RULES, greets: true });
    socket.at(0, "start");
    for (const event of before) socket.at(0, event);
    expect(socket.state().kind).toBe(kind);
    expect(socket.due()).toBe(limit);
    expect(socket.at(limit - 1, "time")).toEqual([]);
    expect(socket.at(limit, "time")).toEqual(["drop"]);
    expect(socket.view()).toMatchObject({ kind: "reconnecting", fault: { code: "timeout" } });
  });
});

describe("reconnecting", () => {
  test("waits longer with every failure, uniformly up to 2 s, 4 s ... 60 s", () => {
    const socket = play();
    socket.at(0, "start");
    let now = 0;
    const waits = Array.from({ length: 8 }, () => {
      socket.at(now, drop, { chance: 0.999_999 });
      const waited = Math.round((socket.due() ?? 0) - now);
      now = socket.due() ?? 0;
      expect(socket.at(now, "time")).toEqual(["authorize"]);
      return waited;
    });
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test("shows when it was lost, which retry comes, when, and why", () => {
    const socket = play();
    socket.open(0);
    expect(socket.at(60_000, drop)).toEqual(["drop"]);
    expect(socket.view()).toEqual({ kind: "reconnecting", since: WALL + 60_000, attempt: 1, retryAt: WALL + 61_000, fault: gone });
    socket.at(61_000, "time");
    expect(socket.view()).toEqual({ kind: "connecting", since: WALL + 61_000, attempt: 1 });
    socket.at(62_000, drop);
    expect(socket.view()).toMatchObject({ since: WALL + 60_000, attempt: 2, retryAt: WALL + 64_000 });
  });

  test("starts counting again only after a connection that worked for five seconds", () => {
    const socket = play();
    socket.open(0);
    socket.at(4_999, drop);
    expect(socket.view()).toMatchObject({ attempt: 1 });
    socket.open(10_000);
    socket.at(14_999, drop);
    // It was up for a moment: what is over since then is that connection, not the one before.
    expect(socket.view()).toMatchObject({ attempt: 2, since: WALL + 14_999 });
    socket.open(30_000);
    socket.at(35_000, drop);
    expect(socket.view()).toMatchObject({ attempt: 1, since: WALL + 35_000 });
  });

  test("never comes back before the pause that was asked for", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, { ...drop, fault: { ...gone, code: "rate-limited", retryAfterMs: 90_000 } });
    expect(socket.due()).toBe(90_000);
  });

  test("comes back within the hour, however long a pause was asked for", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, { ...drop, fault: { ...gone, code: "rate-limited", retryAfterMs: 315_360_000_000 } });
    expect(socket.due()).toBe(3_600_000);
  });
});

describe("refusals", () => {
  test("a 401 gets a new token at once; a second one in a row waits and names the credentials", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, "authorized");
    expect(socket.at(1, unauthorized)).toEqual(["drop", "renew", "authorize"]);
    socket.at(2, "authorized");
    expect(socket.at(3, unauthorized)).toEqual(["drop", "renew"]);
    expect(socket.view()).toMatchObject({ kind: "reconnecting", attempt: 1, retryAt: WALL + 1_003, fault: denied });
    socket.at(1_003, "time");
    socket.at(1_004, "authorized");
    expect(socket.at(1_005, unauthorized)).toEqual(["drop", "renew"]);
    expect(socket.view()).toMatchObject({ kind: "reconnecting", attempt: 2 });
  });

  test("another failure, or a connection that worked, ends the row", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, unauthorized);
    socket.at(0, drop);
    socket.at(1_000, "time");
    expect(socket.at(1_000, unauthorized)).toContain("authorize");
    socket.at(1_000, "authorized");
    socket.at(1_000, "opened");
    expect(socket.at(6_000, unauthorized)).toContain("authorize");
  });

  test("a token that is refused right after the upgrade each time does not spin", () => {
    const socket = play();
    socket.open(0);
    expect(socket.at(10, unauthorized)).toContain("authorize");
    socket.at(10, "authorized");
    socket.at(10, "opened");
    socket.at(20, unauthorized);
    expect(socket.view().kind).toBe("reconnecting");
  });

  test("a policy close gets one new token and is then taken for a refusal", () => {
    const policy = { kind: "failed", verdict: "renew-then-reject", fault: gone } as const;
    const socket = play();
    socket.open(0);
    expect(socket.at(3_600_000, policy)).toEqual(["drop", "renew", "authorize"]);
    socket.at(3_600_000, "authorized");
    socket.at(3_600_000, "opened");
    expect(socket.at(3_600_100, policy)).toEqual(["drop", "renew"]);
    expect(socket.view()).toMatchObject({ kind: "rejected", fault: gone });
  });

  test("a rejection stays until a person retries, who then starts with a new token", () => {
    const socket = play();
    socket.at(0, "start");
    expect(socket.at(5, { kind: "failed", verdict: "reject", fault: denied })).toEqual(["drop"]);
    expect(socket.view()).toEqual({ kind: "rejected", since: WALL + 5, fault: denied });
    expect(socket.due()).toBeNull();
    expect(socket.at(86_400_000, "time")).toEqual([]);
    expect(socket.at(86_400_000, "retry-now")).toEqual(["renew", "authorize"]);
    expect(socket.view()).toMatchObject({ kind: "connecting", attempt: 0 });
  });
});

describe("keeping watch", () => {
  test("pings every 20 s, whatever is heard in between", () => {
    const socket = play();
    socket.open(0);
    const pings: number[] = [];
    for (let now = 0; now <= 100_000; now += 500) {
      if (socket.at(now, "time").includes("ping")) pings.push(now);
      socket.at(now, "heard");
    }
    expect(pings).toEqual([20_000, 40_000, 60_000, 80_000, 100_000]);
  });

  test("says so when the answer is late, and takes it back at the first sign of life", () => {
    const socket = play();
    socket.open(0);
    socket.at(20_000, "time");
    expect(socket.due()).toBe(22_000);
    socket.at(22_000, "time");
    expect(socket.view()).toEqual({ kind: "checking", since: WALL + 22_000, connectedSince: WALL });
    expect(socket.due()).toBe(30_000);
    socket.at(29_999, "time");
    socket.at(29_999, "heard");
    expect(socket.view()).toEqual({ kind: "connected", since: WALL });
    expect(socket.due()).toBe(40_000);
  });

  test("takes the connection for dead when nothing was heard for 10 s after a ping", () => {
    const socket = play();
    socket.open(0);
    socket.at(20_000, "time");
    socket.at(22_000, "time");
    expect(socket.at(30_000, "time")).toEqual(["drop"]);
    expect(socket.view()).toMatchObject({ kind: "reconnecting", attempt: 1, fault: { code: "socket-silent" } });
  });

  test("after timers slept it asks the connection before judging it", () => {
    const socket = play();
    socket.open(0);
    socket.at(20_000, "time");
    expect(socket.at(3_600_000, "time")).toEqual(["ping"]);
    expect(socket.view()).toEqual({ kind: "checking", since: WALL + 3_600_000, connectedSince: WALL });
    expect(socket.at(3_610_000, "time")).toEqual(["drop"]);
  });

  test("notices a sleep that the monotonic clock did not count", () => {
    const socket = play();
    socket.open(0);
    expect(socket.at(10_000, "time", { wall: WALL + 10_000 + 3_600_000 })).toEqual(["ping"]);
    expect(socket.view().kind).toBe("checking");
    socket.at(10_100, "heard");
    expect(socket.at(10_200, "time", { wall: WALL + 10_200 + 3_600_000 })).toEqual([]);
    expect(socket.view().kind).toBe("connected");
  });

  test("a wall clock that is set back changes nothing", () => {
    const socket = play();
    socket.open(0);
    expect(socket.at(20_000, "time", { wall: 0 })).toEqual(["ping"]);
    expect(socket.at(20_100, "heard", { wall: 0 })).toEqual([]);
    expect(socket.due()).toBe(40_000);
  });
});

describe("stopping", () => {
  test("says goodbye to whoever was spoken to and is not known to be gone", () => {
    const greeting = play({ ...SOCKET_RULES, greets: true });
    greeting.at(0, "start");
    greeting.at(0, "authorized");
    greeting.at(0, "opened");
    expect(greeting.at(1, "stop")).toEqual(["hang-up"]);

    const doubted = play();
    doubted.open(0);
    doubted.at(20_000, "time");
    doubted.at(22_000, "time");
    expect(doubted.view().kind).toBe("checking");
    expect(doubted.at(22_001, "stop")).toEqual(["hang-up"]);
  });

  test("cuts what was not open yet", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, "authorized");
    expect(socket.at(1, "stop")).toEqual(["drop"]);
  });
});

describe("retry now", () => {
  test("ends a wait at once and keeps the count", () => {
    const socket = play();
    socket.at(0, "start");
    socket.at(0, drop);
    expect(socket.at(1, "retry-now")).toEqual(["authorize"]);
    socket.at(2, drop);
    expect(socket.view()).toMatchObject({ attempt: 2 });
  });

  test("replaces a connection that is up, politely, and one in doubt at once", () => {
    const socket = play();
    socket.open(0);
    expect(socket.at(1, "retry-now")).toEqual(["hang-up", "authorize"]);
    socket.at(1, "authorized");
    socket.at(1, "opened");
    socket.at(20_001, "time");
    socket.at(22_001, "time");
    expect(socket.at(22_002, "retry-now")).toEqual(["drop", "authorize"]);
  });

  test("does not disturb an attempt that is under way, nor start what was not started", () => {
    const socket = play();
    expect(socket.at(0, "retry-now")).toEqual([]);
    socket.at(0, "start");
    const before = socket.state();
    expect(socket.at(1, "retry-now")).toEqual([]);
    expect(socket.state()).toBe(before);
  });

  test("begins an attempt again that has been under way for a while: it may hang on a network that is gone", () => {
    const socket = play();
    socket.at(0, "start");
    expect(socket.at(999, "retry-now")).toEqual([]);
    expect(socket.at(1_000, "retry-now")).toEqual(["drop", "authorize"]);
    socket.at(1_000, "authorized");
    expect(socket.at(1_500, "retry-now")).toEqual([]);
    expect(socket.at(2_000, "retry-now")).toEqual(["drop", "authorize"]);
    expect(socket.due()).toBe(62_000);
  });
});

describe("any order of events", () => {
  const fault = fc.constantFrom(gone, denied, { ...gone, retryAfterMs: 5_000 });
  const verdict = fc.constantFrom("retry", "reject", "renew-then-retry", "renew-then-reject" as const);
  const plain = fc
    .constantFrom("start", "retry-now", "time", "authorized", "opened", "greeted", "heard", "stop" as const)
    .map((kind): SocketEvent => ({ kind }));
  const anyEvent: fc.Arbitrary<SocketEvent> = fc.oneof(
    { weight: 6, arbitrary: plain.filter((event) => event.kind !== "stop") },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("failed" as const), verdict, fault }) },
  );
  const moves = fc.array(
    fc.record({
      event: anyEvent,
      afterMs: fc.oneof(fc.nat(3_000), fc.nat(120_000)),
      wallJump: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1e9, max: 1e9 }) }),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    }),
    { maxLength: 80 },
  );

  test("gives a legal state that always has a way on: a deadline, or a person's retry", () => {
    fc.assert(
      fc.property(moves, fc.boolean(), (sequence, greets) => {
        const rules = { ...SOCKET_RULES, greets };
        let state: SocketState = step(IDLE, { kind: "start" }, { mono: 0, wall: WALL, chance: 0 }, rules).state;
        let mono = 0;
        let wall = WALL;
        let dialled = 0;
        for (const move of sequence) {
          mono += move.afterMs;
          wall += move.afterMs + move.wallJump;
          const at = { mono, wall, chance: move.chance };
          const next = step(state, move.event, at, rules);
          for (const effect of next.effects) {
            if (effect === "dial") dialled += 1;
            if (effect === "drop" || effect === "hang-up") dialled = 0;
          }
          expect(dialled).toBeLessThanOrEqual(1);
          state = next.state;
          expect(connectionStateSchema.safeParse(connectionState(state)).success).toBe(true);
          const due = dueAt(state, rules);
          if (state.kind === "rejected") {
            expect(due).toBeNull();
            expect(step(state, { kind: "retry-now" }, at, rules).effects).toContain("authorize");
          } else {
            expect(state.kind).not.toBe("closed");
            expect(due).not.toBeNull();
            // Left alone from here, time itself leads to a new attempt or to a ping, in a bounded number of steps.
            expect(leadsOn(state, at, rules)).toBe(true);
          }
        }
        const stopped = step(state, { kind: "stop" }, { mono, wall, chance: 0 }, rules);
        expect(stopped.state.kind).toBe("closed");
        expect(stopped.effects.filter((effect) => effect === "drop" || effect === "hang-up")).toHaveLength(1);
        for (const move of sequence) {
          expect(step(stopped.state, move.event, { mono, wall, chance: 0 }, rules)).toEqual({ state: stopped.state, effects: [] });
        }
      }),
      { numRuns: 300 },
    );
  });

  function leadsOn(from: SocketState, at: Moment, rules: SocketRules): boolean {
    let state = from;
    let { mono, wall } = at;
    for (let turn = 0; turn < 5; turn += 1) {
      const due = dueAt(state, rules);
      if (due === null) return false;
      const later = Math.max(0, due - mono);
      mono += later;
      wall += later;
      const next = step(state, { kind: "time" }, { mono, wall, chance: 0.5 }, rules);
      if (next.effects.includes("authorize") || next.effects.includes("ping")) return true;
      state = next.state;
    }
    return false;
  }
});
