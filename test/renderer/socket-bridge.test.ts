import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectSocket, type OpenSocket, type SocketEvents } from "../../renderer/socket-bridge.ts";
import type { UpdatesPush } from "../../shared/panel.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { serveFixture } from "../support/fixture-host.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
let closing: AsyncDisposableStack;

afterEach(() => closing.disposeAsync());

/** A bridge over a real socket to a real host, with time in our hands. */
async function connected() {
  closing = new AsyncDisposableStack();
  const host = closing.use(await serveFixture(panelFixtures.live(NOW), "."));
  const clock = createFakeClock(NOW);
  const openSocket: OpenSocket = (events) => {
    const socket = new WebSocket(host.url.replace("http", "ws") + "panel");
    socket.on("open", events.opened);
    socket.on("message", (data) => events.received(data instanceof Buffer ? data.toString() : null));
    socket.on("close", events.closed);
    socket.on("error", () => {});
    return { send: (text) => socket.send(text), close: () => socket.close() };
  };
  const bridge = closing.use(connectSocket({ openSocket, clock, random: () => 0.5 }));
  const states: string[] = [];
  const waiting: (() => void)[] = [];
  bridge.onHost((state) => {
    states.push(state);
    waiting.shift()?.();
  });
  const nextState = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  await nextState();
  return { host, clock, bridge, states, nextState };
}

describe("the bridge over the loopback socket", () => {
  it("carries a command to main and its answer back", async () => {
    const { bridge, host } = await connected();
    const snapshot = await bridge.call("panel.snapshot", {});
    expect(snapshot).toEqual({ ok: true, value: { number: 0, state: host.state() } });
  });

  it("brings an expected failure back as a value", async () => {
    const { bridge, host } = await connected();
    const fault = { kind: "policy", code: "not-allowed", detail: "role agent" } as const;
    host.refuse("settings.change", fault);
    expect(await bridge.call("settings.change", { policy: { minConfidence: 0.5 } })).toEqual({ ok: false, error: fault });
  });

  it("answers each of many calls under way with its own answer", async () => {
    const { bridge } = await connected();
    const [first, second, third] = await Promise.all([
      bridge.call("settings.change", { display: { quiet: true } }),
      bridge.call("panel.snapshot", {}),
      bridge.call("suggestions.reveal", { interactionId: "call-johnson" }),
    ]);
    expect(first).toEqual({ ok: true, value: null });
    expect(second.ok && second.value?.state.settings.display.quiet).toBe(true);
    expect(third).toEqual({ ok: true, value: null });
  });

  it("hands on pushes in order, and stops when asked to", async () => {
    const { bridge, host } = await connected();
    const heard: UpdatesPush[] = [];
    const stop = bridge.onUpdates((push) => heard.push(push));
    host.push({ kind: "settings", settings: fixtureSettings }, { kind: "notice-cleared", id: "a" });
    host.push({ kind: "notice-cleared", id: "b" });
    await bridge.call("panel.snapshot", {});
    expect(heard.map((push) => [push.from, push.updates.length])).toEqual([
      [1, 2],
      [3, 1],
    ]);
    stop();
    host.push({ kind: "notice-cleared", id: "c" });
    await bridge.call("panel.snapshot", {});
    expect(heard).toHaveLength(2);
  });

  it("tells that the host is gone, fails what was under way, and connects again by itself", async () => {
    const { bridge, host, clock, states, nextState } = await connected();
    const lost = nextState();
    await host.goAway();
    await lost;
    expect(states).toEqual(["connected", "lost"]);
    expect(await bridge.call("panel.snapshot", {})).toMatchObject({ ok: false, error: { kind: "transport", code: "network" } });
    await host.comeBack();
    const back = nextState();
    await clock.advance(125);
    await back;
    expect(states.at(-1)).toBe("connected");
    expect(await bridge.call("panel.snapshot", {})).toMatchObject({ ok: true });
  });
});

/** A socket that does what it is told. */
function puppet() {
  const opened: SocketEvents[] = [];
  const sent: string[] = [];
  const openSocket: OpenSocket = (events) => {
    opened.push(events);
    return { send: (text) => sent.push(text), close: () => {} };
  };
  return { opened, sent, openSocket };
}

describe("the bridge when things go wrong", () => {
  it("waits longer after each failed attempt, up to five seconds, and starts over after a success", async () => {
    closing = new AsyncDisposableStack();
    const clock = createFakeClock(NOW);
    const { opened, openSocket } = puppet();
    closing.use(connectSocket({ openSocket, clock, random: () => 1 }));
    const waits: number[] = [];
    const failAndWait = async (): Promise<void> => {
      const count = opened.length;
      opened.at(-1)?.closed();
      let waited = 0;
      while (opened.length === count) {
        await clock.advance(50);
        waited += 50;
      }
      waits.push(waited);
    };
    for (let attempt = 0; attempt < 6; attempt += 1) await failAndWait();
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000]);
    opened.at(-1)?.opened();
    await failAndWait();
    expect(waits.at(-1)).toBe(250);
  });

  it("gives up on an answer after ten seconds and leaves no timer behind", async () => {
    closing = new AsyncDisposableStack();
    const clock = createFakeClock(NOW);
    const { opened, sent, openSocket } = puppet();
    const bridge = closing.use(connectSocket({ openSocket, clock, random: () => 1 }));
    opened[0]?.opened();
    const answer = bridge.call("panel.snapshot", {});
    expect(sent).toEqual(['{"kind":"call","id":1,"name":"panel.snapshot","input":{}}']);
    await clock.advance(10_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(clock.pending()).toBe(0);
  });

  it("waits three minutes for a batch to begin, as the platform is asked several questions first", async () => {
    closing = new AsyncDisposableStack();
    const clock = createFakeClock(NOW);
    const { opened, openSocket } = puppet();
    const bridge = closing.use(connectSocket({ openSocket, clock, random: () => 1 }));
    opened[0]?.opened();
    const answer = bridge.call("simulations.run", { which: "all", repeat: 1 });
    await clock.advance(179_999);
    expect(clock.pending()).toBe(1);
    await clock.advance(1);
    expect(await answer).toMatchObject({ ok: false, error: { code: "timeout", detail: "Callside did not answer in 180 s" } });
  });

  it("settles what is under way and stops dialling when it is disposed", async () => {
    closing = new AsyncDisposableStack();
    const clock = createFakeClock(NOW);
    const { opened, openSocket } = puppet();
    const bridge = connectSocket({ openSocket, clock, random: () => 1 });
    opened[0]?.opened();
    const answer = bridge.call("panel.snapshot", {});
    await bridge[Symbol.asyncDispose]();
    expect(await answer).toMatchObject({ ok: false });
    opened[0]?.closed();
    await clock.advance(60_000);
    expect(opened).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it.each(["not json", "null", '{"kind":"reply","id":99,"reply":{"ok":true,"value":1}}', '{"kind":"other"}', ""])(
    "passes over a frame that means nothing: %s",
    (frame) => {
      closing = new AsyncDisposableStack();
      const { opened, openSocket } = puppet();
      const bridge = closing.use(connectSocket({ openSocket, clock: createFakeClock(NOW), random: () => 1 }));
      const heard: UpdatesPush[] = [];
      bridge.onUpdates((push) => heard.push(push));
      opened[0]?.opened();
      expect(() => opened[0]?.received(frame)).not.toThrow();
      expect(() => opened[0]?.received(new ArrayBuffer(2))).not.toThrow();
      expect(heard).toEqual([]);
    },
  );
});
