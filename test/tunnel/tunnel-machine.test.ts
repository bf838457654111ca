import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TunnelState } from "../../electron/tunnel/tunnel-state.ts";
import { failureTable } from "./failures.ts";
import { type Happening, modelTunnel, type TunnelModel } from "./tunnel-model.ts";

type Kind = TunnelState["kind"];

/** The drawing of `tunnel-state.ts` as a table: which state may follow on which. */
const transitions: Readonly<Record<Kind, readonly Kind[]>> = {
  idle: ["validating", "closed"],
  validating: ["connecting", "reconnecting", "rejected", "closed"],
  connecting: ["validating", "connected", "reconnecting", "rejected", "closed"],
  connected: ["degraded", "validating", "reconnecting", "rejected", "closed"],
  degraded: ["connected", "validating", "reconnecting", "rejected", "closed"],
  reconnecting: ["validating", "closed"],
  rejected: ["validating", "closed"],
  closed: [],
};

/** What contract 1.1 calls final, and the form of the token, without which nothing can be asked. */
const finalCodes = ["credentials", "missing-scope", "forbidden", "not-found", "protocol-version", "token-form"];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 500, 2_000, 8_000, 10_000, 30_000, 60_000, 3_600_000).map((ms) => ({ kind: "pass" as const, ms })) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom("start" as const, "retry-now" as const, "time" as const, "authorized" as const, "opened" as const, "greeted" as const, "heard" as const)
      .map((event) => ({ kind: "socket" as const, event })),
  },
  { weight: 3, arbitrary: fc.constantFrom(...failureTable).map(({ failure }) => ({ kind: "fails" as const, failure })) },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        // `validating` and `bot-accepted` come with the socket's own steps alone: the model says them there, as the runner does.
        fc.constantFrom("check-now" as const, "time" as const, "token-refreshed" as const).map((kind) => ({ kind })),
        fc.constantFrom("probe" as const, "refresh" as const, "nothing" as const).map((next) => ({ kind: "chosen" as const, next })),
        fc.constantFrom("available", "unavailable", "draining", "").map((status) => ({ kind: "status" as const, status })),
      )
      .map((input) => ({ kind: "tunnel" as const, input })),
  },
);

function isOpen(model: TunnelModel): boolean {
  const { kind } = model.socket();
  return kind === "connected" || kind === "checking";
}

/** Things that happen to a tunnel which is up more often than not. */
const story = fc.array(fc.oneof({ weight: 3, arbitrary: happening }, { weight: 2, arbitrary: fc.constant("well" as const) }), { maxLength: 60 });

function play(events: readonly (Happening | "well")[], check: (model: TunnelModel) => void = () => {}): TunnelModel {
  const model = modelTunnel();
  for (const event of events) {
    if (event === "well") model.goesWell();
    else model.happens(event);
    check(model);
  }
  return model;
}

describe("the tunnel's states", () => {
  test("any order of events leads along the drawing, and the state never says more than the socket below knows", () => {
    fc.assert(
      fc.property(story, (events) => {
        const model = play(events, (now) => {
          const { kind } = now.state();
          expect(kind === "connected" || kind === "degraded").toBe(isOpen(now));
          if (now.socket().kind === "checking") expect(kind).toBe("degraded");
          if (kind === "rejected") expect(finalCodes).toContain(now.lastFault()?.code);
        });
        for (const [index, kind] of model.kinds.entries()) {
          const before = model.kinds[index - 1];
          if (before !== undefined) expect(transitions[before]).toContain(kind);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("there is a way back from everywhere: by itself, or from a refusal by asking for it", () => {
    fc.assert(
      fc.property(story, (events) => {
        const model = play(events);
        if (model.state().kind === "rejected") model.happens({ kind: "socket", event: "retry-now" });
        for (let steps = 0; steps < 10 && model.state().kind !== "connected"; steps += 1) model.goesWell();
        expect(model.state().kind).toBe("connected");
      }),
      { numRuns: 2_000 },
    );
  });

  test("every connection is told of once, and its end once, before the next", () => {
    fc.assert(
      fc.property(story, (events) => {
        const model = play(events);
        model.happens({ kind: "socket", event: "stop" });
        const told = model.told.map((telling) => telling.event).filter((event) => event === "tunnel_established" || event === "tunnel_lost" || event === "tunnel_closed");
        for (const [index, event] of told.entries()) expect(event === "tunnel_established").toBe(index % 2 === 0);
        expect(told.length % 2).toBe(0);
        if (told.includes("tunnel_closed")) expect(told.indexOf("tunnel_closed")).toBe(told.length - 1);
      }),
      { numRuns: 1_000 },
    );
  });

  test("closed is the end of it", () => {
    fc.assert(
      fc.property(story, story, (before, after) => {
        const model = play(before);
        model.happens({ kind: "socket", event: "stop" });
        const tellings = model.told.length;
        for (const event of after) if (event !== "well") model.happens(event);
        expect(model.state().kind).toBe("closed");
        expect(model.told).toHaveLength(tellings);
      }),
    );
  });
});

/** A tunnel that is up since time 0, its first heartbeat answered. */
function up(tokenDueMs?: () => number | null): TunnelModel {
  const model = modelTunnel(tokenDueMs);
  model.happens({ kind: "socket", event: "start" });
  for (const event of ["authorized", "opened", "greeted"] as const) model.happens({ kind: "socket", event });
  model.happens({ kind: "pass", ms: 0 });
  model.happens({ kind: "socket", event: "heard" });
  expect(model.kinds).toEqual(["idle", "validating", "connecting", "connected"]);
  return model;
}

/** Lets time pass with every heartbeat answered. */
function pass(model: TunnelModel, ms: number): void {
  for (let left = ms; left > 0; left -= 1_000) {
    model.happens({ kind: "pass", ms: Math.min(left, 1_000) });
    model.happens({ kind: "socket", event: "heard" });
  }
}

const say = (status: string): Happening => ({ kind: "tunnel", input: { kind: "status", status } });
const choose = (next: "probe" | "refresh" | "nothing"): Happening => ({ kind: "tunnel", input: { kind: "chosen", next } });

describe("the runtime check (contract 1.4)", () => {
  test("comes every minute and probes the channel while the token lasts", () => {
    const model = up();
    pass(model, 59_000);
    expect(model.asked).toEqual([]);
    pass(model, 1_000);
    expect(model.asked).toEqual(["choose"]);
    model.happens(choose("probe"));
    model.happens({ kind: "pass", ms: 12 });
    model.happens(say("available"));
    expect(model.told.at(-1)).toEqual({ event: "tunnel_checked", status: "available", latencyMs: 12 });
    pass(model, 60_000);
    expect(model.asked).toEqual(["choose", "probe", "choose"]);
  });

  test("comes sooner when the token is due sooner", () => {
    const model = up(() => 20_000);
    pass(model, 19_000);
    expect(model.asked).toEqual([]);
    pass(model, 1_000);
    expect(model.asked).toEqual(["choose"]);
  });

  test("a new token that is accepted is told; one that is not answered within 10 s costs the connection", () => {
    const model = up();
    pass(model, 60_000);
    model.happens(choose("refresh"));
    model.happens({ kind: "tunnel", input: { kind: "token-refreshed" } });
    expect(model.told.at(-1)).toEqual({ event: "token_refreshed" });
    pass(model, 60_000);
    model.happens(choose("refresh"));
    pass(model, 9_000);
    expect(model.state().kind).toBe("connected");
    pass(model, 1_000);
    expect(model.state().kind).toBe("validating");
    expect(model.told.at(-1)).toMatchObject({ event: "tunnel_lost", code: 1000 });
  });

  test("without a new token the connection stays, its channel is asked about, and a token is looked for again soon", () => {
    let dueMs = 60_000;
    const model = up(() => dueMs);
    pass(model, 60_000);
    dueMs = 0;
    for (let round = 1; round <= 3; round += 1) {
      model.happens(choose("nothing"));
      model.happens(say("available"));
      expect(model.state().kind).toBe("connected");
      pass(model, 10_000);
    }
    expect(model.asked).toEqual(["choose", "probe", "choose", "probe", "choose", "probe", "choose"]);
    expect(model.told.filter(({ event }) => event === "tunnel_checked")).toHaveLength(3);
  });

  test.each([3_000, 50_000])("tokens that are due every %i ms do not keep the channel from being asked about", (dueMs) => {
    let dueAt = dueMs;
    let now = (): number => 0;
    const model = up(() => dueAt - now());
    now = () => model.now();
    let probes = 0;
    for (const end = model.now() + 600_000; model.now() < end; pass(model, 1_000)) {
      if (model.asked.at(-1) !== "choose") continue;
      if (model.now() < dueAt) {
        model.happens(choose("probe"));
        model.happens(say("available"));
        probes += 1;
      } else {
        model.happens(choose("refresh"));
        dueAt = model.now() + dueMs;
        model.happens({ kind: "tunnel", input: { kind: "token-refreshed" } });
      }
    }
    expect(probes).toBeGreaterThanOrEqual(4);
    expect(model.kinds).not.toContain("degraded");
  });

  test("a channel that is not available is told with the runtime's word until it is available again", () => {
    const model = up();
    pass(model, 60_000);
    model.happens(choose("probe"));
    model.happens(say("draining"));
    expect(model.state()).toMatchObject({ kind: "degraded", channel: { cause: "channel-unavailable", detail: "draining" } });
    expect(model.told.at(-1)).toEqual({ event: "channel_unavailable", status: "draining" });
    pass(model, 60_000);
    model.happens(choose("probe"));
    model.happens(say("available"));
    expect(model.state().kind).toBe("connected");
  });

  test("one probe without an answer is doubt, a second in a row costs the connection", () => {
    const model = up();
    pass(model, 60_000);
    model.happens(choose("probe"));
    pass(model, 10_000);
    expect(model.state()).toMatchObject({ kind: "degraded", channel: { cause: "probe-unanswered" } });
    pass(model, 10_000);
    model.happens(choose("probe"));
    pass(model, 10_000);
    expect(model.state().kind).toBe("validating");
    expect(model.told.slice(-3).map((telling) => telling.event)).toEqual(["channel_unavailable", "channel_unavailable", "tunnel_lost"]);
  });

  test("late and doubled replies change nothing", () => {
    const model = up();
    const before = model.state();
    model.happens(say("unavailable"));
    model.happens({ kind: "tunnel", input: { kind: "token-refreshed" } });
    expect(model.state()).toBe(before);
    pass(model, 60_000);
    model.happens(choose("probe"));
    model.happens({ kind: "tunnel", input: { kind: "token-refreshed" } });
    expect(model.state()).toMatchObject({ check: { kind: "probing" } });
    model.happens(say("available"));
    const settled = model.state();
    model.happens(say("unavailable"));
    expect(model.state()).toBe(settled);
  });

  test("a computer that slept through the time limit asks again and condemns nobody", () => {
    const model = up();
    pass(model, 60_000);
    model.happens(choose("probe"));
    model.happens({ kind: "pass", ms: 3_600_000 });
    expect(model.asked.slice(-2)).toEqual(["probe", "probe"]);
    expect(model.told.map((telling) => telling.event)).toEqual(["tunnel_established"]);
  });

  test("asked for, it probes at once; while one is under way it is that one", () => {
    const model = up();
    model.happens({ kind: "tunnel", input: { kind: "check-now" } });
    model.happens({ kind: "tunnel", input: { kind: "check-now" } });
    expect(model.asked).toEqual(["probe"]);
  });
});

test("a late pong is doubt, and the doubt about the channel outlasts it", () => {
  const model = up();
  model.happens({ kind: "tunnel", input: { kind: "check-now" } });
  model.happens(say("unavailable"));
  model.happens({ kind: "pass", ms: 30_000 });
  model.happens({ kind: "pass", ms: 2_000 });
  expect(model.state()).toMatchObject({ kind: "degraded", silence: { cause: "pong-late", since: 32_000 } });
  model.happens({ kind: "socket", event: "heard" });
  expect(model.state()).toMatchObject({ kind: "degraded", silence: null, channel: { cause: "channel-unavailable" } });
});

test("nothing heard within 10 s of a ping: the connection is lost as one that was cut", () => {
  const model = up();
  model.happens({ kind: "pass", ms: 30_000 });
  model.happens({ kind: "pass", ms: 2_000 });
  model.happens({ kind: "pass", ms: 8_000 });
  expect(model.state()).toMatchObject({ kind: "reconnecting", fault: { code: "socket-silent" } });
  expect(model.told.at(-1)).toMatchObject({ event: "tunnel_lost", code: 1006 });
});
