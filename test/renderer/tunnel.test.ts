import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BEAT_SLOTS, beatLine } from "../../renderer/connection/beat-line.ts";
import { transitionWords } from "../../renderer/connection/transition-words.ts";
import { tunnelState } from "../../renderer/connection/tunnel-state.ts";
import { endsTrouble, tunnelTrouble } from "../../renderer/connection/tunnel-trouble.ts";
import { connectionSince, connectionTone, connectionWords } from "../../renderer/panel/connection-words.ts";
import { needsBanner } from "../../renderer/panel/connection-banner.tsx";
import { bothWords, stripTone } from "../../renderer/panel/strip-words.ts";
import { formatLatency } from "../../renderer/ui/format.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { faultCodes } from "../../shared/fault.ts";
import { MAX_BEATS, type Transition } from "../../shared/tunnel.ts";
import { isBeating, latencyNow, sessionSince } from "../../shared/tunnel-latency.ts";
import { brokenFault, inactiveFault, scopeFault, silentFault, tunnelMoments, tunnelOf } from "../support/tunnel-fixture.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const START = NOW - 600_000;

const connected: ConnectionState = { kind: "connected", since: START };
const late: ConnectionState = { kind: "degraded", since: NOW - 4_000, connectedSince: START, cause: "pong-late", detail: "" };
const closedChannel = (detail: string): ConnectionState => ({ kind: "degraded", since: NOW, connectedSince: START, cause: "channel-unavailable", detail });
const unanswered: ConnectionState = { kind: "degraded", since: NOW, connectedSince: START, cause: "probe-unanswered", detail: "" };
const validating: ConnectionState = { kind: "validating", since: NOW, attempt: 2 };
const connecting: ConnectionState = { kind: "connecting", since: NOW, attempt: 2 };
const reconnecting = (fault = silentFault): ConnectionState => ({ kind: "reconnecting", since: NOW - 9_000, attempt: 2, retryAt: NOW + 12_000, fault });
const rejected: ConnectionState = { kind: "rejected", since: NOW, fault: scopeFault };
const closed: ConnectionState = { kind: "closed", since: NOW };

const states = [connected, late, closedChannel("maintenance"), unanswered, validating, connecting, reconnecting(), rejected, closed, { kind: "idle" }] as const;
const change = (state: ConnectionState, reason: string | null = null): Transition => ({ at: NOW, state, reason });

describe("the line of beats", () => {
  const pointsOf = (beats: readonly number[], width: number, height: number) =>
    (beatLine(beats, width, height)?.points ?? "").split(" ").map((point) => point.split(",").map(Number));

  it("has room for as many beats as the panel is told", () => {
    expect(BEAT_SLOTS).toBe(MAX_BEATS);
  });

  it("is nothing before the first beat, and begins with one point at the right end", () => {
    expect(beatLine([], 56, 16)).toBeNull();
    expect(beatLine([40], 56, 16)).toMatchObject({ end: { x: 54 }, min: 40, max: 40 });
  });

  it("keeps a beat's distance from the right end, however many there are", () => {
    const few = pointsOf([50, 40, 30], 120, 40);
    const many = pointsOf([...Array.from({ length: 57 }, () => 45), 50, 40, 30], 120, 40);
    expect(many.slice(-3).map(([x]) => x)).toEqual(few.map(([x]) => x));
    expect(many[0]?.[0]).toBe(2);
  });

  it("is drawn from zero: twice as long stands twice as high, and fast beats stay low", () => {
    const [half, full] = pointsOf([40, 80], 56, 104);
    expect([half?.[1], full?.[1]]).toEqual([52, 2]);
    const [fast] = pointsOf([1], 56, 104);
    expect(fast?.[1]).toBeGreaterThan(90);
  });

  it("stays inside its box, in order, newest last, for any beats", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 80 }), (beats) => {
        const points = pointsOf(beats, 56, 16);
        expect(points).toHaveLength(Math.min(beats.length, MAX_BEATS));
        for (const [index, [x = NaN, y = NaN]] of points.entries()) {
          expect(x).toBeGreaterThanOrEqual(2);
          expect(x).toBeLessThanOrEqual(54);
          expect(y).toBeGreaterThanOrEqual(2);
          expect(y).toBeLessThanOrEqual(14);
          expect(x).toBeGreaterThan(points[index - 1]?.[0] ?? 0);
        }
        const shown = beats.slice(-MAX_BEATS);
        expect(beatLine(beats, 56, 16)).toMatchObject({ min: Math.min(...shown), max: Math.max(...shown) });
      }),
    );
  });

  it("has its figures in tenths on a fast network only", () => {
    expect([0, 0.34, 9.94, 9.95, 41.6, 1_204.4].map(formatLatency)).toEqual(["0.0", "0.3", "9.9", "10", "42", "1204"]);
  });
});

describe("the tunnel's state in words", () => {
  it("is one word where both connections work, and both names where they differ", () => {
    expect(bothWords(connected, connected, NOW)).toBe("Connected");
    expect(bothWords(connected, late, NOW)).toBe("Live connected · Tunnel checking (4 s)");
    expect(bothWords(connected, validating, NOW)).toBe("Live connected · Tunnel validating the bot");
    expect(bothWords(connected, reconnecting(), NOW)).toBe("Live connected · Tunnel reconnecting in 12 s");
    expect(bothWords(connected, reconnecting(), NOW + 12_000)).toBe("Live connected · Tunnel reconnecting");
    expect(bothWords(connected, rejected, NOW)).toBe("Live connected · Tunnel refused");
    expect(bothWords(connected, { kind: "idle" }, NOW)).toBe("Live connected · Tunnel not connected");
    expect(bothWords(reconnecting(), connected, NOW)).toBe("Live reconnecting · Tunnel connected");
    expect(bothWords({ kind: "idle" }, connected, NOW)).toBe("Live off · Tunnel connected");
  });

  it("gives the runtime's own word, unless that is the same word again", () => {
    expect(bothWords(connected, closedChannel("maintenance"), NOW)).toBe("Live connected · Channel unavailable (maintenance)");
    expect(bothWords(connected, closedChannel("Unavailable"), NOW)).toBe("Live connected · Channel unavailable");
    expect(connectionWords(closedChannel(""), NOW)).toBe("Channel unavailable");
    expect(bothWords(connected, unanswered, NOW)).toBe("Live connected · Runtime does not answer");
  });

  it("never says connected of a tunnel that is not known to work", () => {
    for (const state of states.filter((one) => one.kind !== "connected" && one.kind !== "idle")) {
      expect(connectionWords(state, NOW)).not.toMatch(/connected/iu);
      expect(bothWords(connected, state, NOW).replace("Live connected", "")).not.toMatch(/connected/iu);
      expect(connectionTone(state)).not.toBe("ok");
    }
    expect(connectionWords(late, NOW)).toBe("Checking, silent for 4 s");
  });

  it("has the dot of the worse of the two", () => {
    expect(stripTone(connected, null)).toBe("ok");
    expect(stripTone(connected, connected)).toBe("ok");
    expect(stripTone(connected, late)).toBe("warn");
    expect(stripTone(rejected, late)).toBe("bad");
    expect(stripTone({ kind: "idle" }, connected)).toBe("off");
  });

  it("counts a session from when its connection was made, and none while there is none", () => {
    expect([connected, late, unanswered].map(sessionSince)).toEqual([START, START, START]);
    expect([validating, connecting, reconnecting(), rejected, closed].map(sessionSince)).toEqual([null, null, null, null, null]);
    expect(connectionSince(late)).toBe(START);
  });
});

describe("the latency that is called the present one", () => {
  const view = tunnelOf(NOW, connected);

  it("is told while pings are answered, whatever the runtime says of its channel", () => {
    expect(latencyNow(connected, view)).toBe(view.latencyMs);
    expect(latencyNow(closedChannel("maintenance"), view)).toBe(view.latencyMs);
    expect(latencyNow(unanswered, view)).toBe(view.latencyMs);
  });

  it("is unknown while a pong is late and while there is no connection", () => {
    for (const state of [late, validating, connecting, reconnecting(), rejected, closed, { kind: "idle" } as const]) {
      expect(latencyNow(state, view)).toBeNull();
      expect(isBeating(state)).toBe(false);
    }
  });

  it("is not that of the connection before", () => {
    expect(latencyNow({ kind: "connected", since: NOW - 2_000 }, view)).toBeNull();
    expect(latencyNow(connected, { ...view, lastBeatAt: null, latencyMs: null })).toBeNull();
    expect(latencyNow(connected, null)).toBeNull();
  });
});

describe("a tunnel that is off", () => {
  const known = (state: ConnectionState | undefined, tunnel = tunnelOf(NOW, connected)) =>
    tunnelState({ tunnel, connections: state === undefined ? {} : { tunnel: { state, lastHeardAt: null } } });

  it("is one that nothing is told of", () => {
    expect(tunnelState({ tunnel: null, connections: {} })).toBeNull();
    expect(tunnelState({ tunnel: null, connections: { tunnel: { state: { kind: "idle" }, lastHeardAt: null } } })).toBeNull();
    expect(tunnelState({ tunnel: null, connections: { tunnel: { state: closed, lastHeardAt: null } } })).toBeNull();
  });

  it("is not one that was refused before it began, nor one that is about to begin", () => {
    expect(tunnelState({ tunnel: null, connections: { tunnel: { state: rejected, lastHeardAt: null } } })).toEqual(rejected);
    expect(known(undefined)).toEqual({ kind: "idle" });
    expect(known(closed)).toEqual(closed);
  });
});

describe("a tunnel that a person has to see to", () => {
  it.each(faultCodes)("while it reconnects after %s, only where waiting does not mend it", (code) => {
    const told = tunnelTrouble(reconnecting({ ...silentFault, code }), []);
    const forPersons = code === "bot-inactive" || code === "channel-missing" || code === "session-limit";
    expect(told?.kind ?? null).toBe(forPersons ? "waiting" : null);
  });

  it("is one that was refused, and no other", () => {
    expect(tunnelTrouble(rejected, [])).toMatchObject({ kind: "refused", fault: scopeFault });
    for (const state of [connected, late, unanswered, connecting, validating, closed]) expect(tunnelTrouble(state, [])).toBeNull();
    expect(tunnelTrouble(null, [])).toBeNull();
  });

  it("stays one while the bot is asked again, until it lets us dial", () => {
    const history = [change(validating), change(reconnecting(inactiveFault)), change(validating), change(connected)];
    expect(tunnelTrouble(validating, history)).toMatchObject({ kind: "asking", fault: inactiveFault });
    expect(tunnelTrouble(connecting, [change(connecting), ...history])).toBeNull();
    expect(tunnelTrouble(connected, [change(connected), ...history])).toBeNull();
    expect(tunnelTrouble(validating, [change(validating), change(reconnecting(brokenFault)), change(connected)])).toBeNull();
  });

  it("ends once it is connected, and an earlier day's trouble is not ended again", () => {
    const inactive = [change(connecting), change(validating), change(reconnecting(inactiveFault)), change(connected)];
    expect(endsTrouble([change(connected), ...inactive])).toBe(true);
    expect(endsTrouble(inactive)).toBe(true);
    expect(endsTrouble([change(connected), change(connecting), change(reconnecting(brokenFault)), change(connected), ...inactive])).toBe(false);
    expect(endsTrouble([])).toBe(false);
  });

  it("gives way to the stream's banner", () => {
    const troubled = (["connected", "checking"] as const).map((kind): ConnectionState => ({ kind, since: START, connectedSince: START }));
    expect(troubled.map(needsBanner)).toEqual([false, false]);
    expect([reconnecting(), rejected, closed, { ...connecting }].map(needsBanner)).toEqual([true, true, true, true]);
    expect(needsBanner({ kind: "connecting", since: NOW, attempt: 0 })).toBe(false);
  });
});

describe("a change of the tunnel's state, told afterwards", () => {
  it.each(states.map((state) => [state.kind, state] as const))("holds nothing that ages: %s", (_, state) => {
    const { words, reason } = transitionWords(change(state));
    expect(words).not.toBe("");
    expect(`${words} ${reason}`).not.toMatch(/\d+ (?:s|min)\b|\bnow\b/u);
  });

  it("says what failed and what was found", () => {
    expect(transitionWords(change(reconnecting(inactiveFault)))).toEqual({
      words: "Attempt 1 failed",
      reason: "The bot is not active. Found: the bot's status is \"paused\".",
    });
    expect(transitionWords(change({ kind: "reconnecting", since: NOW, attempt: 1, retryAt: NOW, fault: { ...silentFault, detail: "" } }))).toEqual({
      words: "Not connected",
      reason: "The connection is open but silent.",
    });
    expect(transitionWords(change(rejected)).words).toBe("Refused");
  });

  it("calls no connection that was up, however briefly, an attempt that failed", () => {
    for (const before of [connected, late, closedChannel("busy")]) expect(transitionWords(change(reconnecting()), before).words).toBe("Not connected");
    for (const before of [validating, connecting, undefined]) expect(transitionWords(change(reconnecting()), before).words).toBe("Attempt 1 failed");
  });

  it("says what the runtime said, and why a new connection was made", () => {
    expect(transitionWords(change(closedChannel("maintenance")))).toEqual({ words: "Channel unavailable", reason: "The runtime says: maintenance." });
    expect(transitionWords(change(late))).toEqual({ words: "Checking", reason: "A ping has not been answered in time." });
    expect(transitionWords(change(validating, "the computer woke up")).reason).toBe("The computer woke up.");
    expect(transitionWords(change(reconnecting(silentFault), "the network is back.")).reason).toMatch(/^The network is back\. The connection/u);
  });

  it("is there for every moment that is shown", () => {
    for (const moment of Object.values(tunnelMoments)) {
      const { tunnel } = moment(NOW);
      expect(tunnel.transitions.map((one) => transitionWords(one).words)).not.toContain("");
      expect(tunnel.transitions.map(({ at }) => at)).toEqual(tunnel.transitions.map(({ at }) => at).toSorted((a, b) => b - a));
    }
  });
});
