import { afterEach, describe, expect, test } from "vitest";
import { goodReply, jwtOf, openWatched, startRuntime, type Reply, type RuntimeScript, type WatchedTunnel } from "../support/scripted-runtime.ts";
import { until } from "../support/until.ts";

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

async function runtime(script: RuntimeScript = {}) {
  const started = await startRuntime(script);
  closing.push(started);
  return started;
}

async function open(...args: Parameters<typeof openWatched>): Promise<WatchedTunnel> {
  const watched = await openWatched(...args);
  closing.push(watched.tunnel);
  return watched;
}

/** The runtime, and a tunnel to it that is up with its first heartbeat answered. */
async function connected(script: RuntimeScript = {}, more: Parameters<typeof openWatched>[1] = {}) {
  const server = await runtime(script);
  const one = await open(server.platform(), more);
  await one.is("connected");
  await one.clock.advance(0);
  await one.told("heartbeat");
  return { server, one, clock: one.clock };
}

describe("opening the tunnel", () => {
  test("checks the bot, introduces itself once, and tells how long it took", async () => {
    const { server, one } = await connected();
    expect(one.kinds()).toEqual(["validating", "connecting", "connected"]);
    expect(server.frames.map(({ frame }) => frame)).toEqual([
      { type: "CONNECT", botId: "bot_1", channel: "webchat", protocolVersion: "2.0", authToken: jwtOf(0), metadata: {} },
    ]);
    expect(server.requests.toSorted()).toEqual([
      `GET /api/v1/bots/bot_1 Bearer ${jwtOf(0)}`,
      `GET /api/v1/bots/bot_1/sessions Bearer ${jwtOf(0)}`,
      "POST /oauth/token ",
    ]);
    expect(server.stream.upgrades[0]?.headers.authorization).toBe(`Bearer ${jwtOf(0)}`);
    expect(one.events).toEqual([
      { event: "tunnel_established", bot_id: "bot_1", latency_ms: 0, timestamp: "2026-01-05T09:00:00.000Z" },
      { event: "heartbeat", latency_ms: 0, timestamp: "2026-01-05T09:00:00.000Z" },
    ]);
  });

  test("the handshake is measured from dialling to CONNECTED, and nothing else is in it", async () => {
    const server = await runtime({
      reply: (frame, connection) => {
        if (frame["type"] !== "CONNECT") return [];
        void one.clock.advance(120).then(() => connection.send('{"type":"CONNECTED"}'));
        return [];
      },
      bot: () => {
        void one.clock.advance(1_000);
        return { body: { status: "active", channels: ["webchat"] } };
      },
    });
    const one = await open(server.platform());
    await one.told("tunnel_established");
    expect(one.events[0]).toMatchObject({ event: "tunnel_established", latency_ms: 120 });
  });

  test.each<[string, readonly (object | string | Buffer)[], string]>([
    ["its message", [{ type: "ERROR", message: "bot is at capacity", code: 5 }], "bot is at capacity"],
    ["its error", [{ type: "NOPE", error: "wrong channel" }], "wrong channel"],
    ["its reason", [{ reason: "maintenance" }], "maintenance"],
    ["the frame, where it says nothing else", [{ type: "HELLO", x: 1 }], '{"type":"HELLO","x":1}'],
    ["the status of something that is no answer here", [{ status: "available" }], '{"status":"available"}'],
    ["a list", ["[1]"], "[1]"],
    ["a number", ["42"], "42"],
    ["its words after a broken frame", ["not json", Buffer.from([1, 2]), { message: "after all, no" }], "after all, no"],
  ])("another answer than CONNECTED is a refusal with %s", async (_name, frames, words) => {
    const server = await runtime({ reply: () => frames });
    const one = await open(server.platform());
    await one.is("reconnecting");
    expect(one.state()).toMatchObject({ kind: "reconnecting", fault: { kind: "refused", code: "runtime-refused", detail: words } });
    expect(one.events).toEqual([]);
  });

  test("a refusal that quotes the token does not carry it on", async () => {
    const server = await runtime({ reply: ({ authToken }) => [{ message: `token ${String(authToken)} is unknown` }] });
    const one = await open(server.platform());
    await one.is("reconnecting");
    expect(JSON.stringify(one.states)).toContain("token [token] is unknown");
    expect(JSON.stringify(one.states)).not.toContain(jwtOf(0));
  });

  test("CONNECTED that never comes is given up after 10 s, and the bot is checked anew before the next attempt", async () => {
    const server = await runtime({ reply: (frame, _connection, number) => (number === 0 ? [] : goodReply(frame, _connection, number)) });
    const one = await open(server.platform());
    await until(() => server.frames.length === 1);
    await one.clock.advance(9_999);
    expect(one.state().kind).toBe("connecting");
    await one.clock.advance(1);
    expect(one.state()).toMatchObject({ kind: "reconnecting", fault: { code: "timeout" } });
    const asked = server.requests.length;
    await one.clock.advance(1_000);
    await one.is("connected");
    expect(server.requests.slice(asked).map((request) => request.split(" ")[1] ?? "").toSorted()).toEqual(["/api/v1/bots/bot_1", "/api/v1/bots/bot_1/sessions"]);
  });

  test("CONNECTED twice is one connection", async () => {
    const { one } = await connected({ reply: (...args) => [...goodReply(...args), ...goodReply(...args)] });
    await until(() => one.ignored.length === 1);
    expect(one.names()).toEqual(["tunnel_established", "heartbeat"]);
    expect(one.ignored).toEqual(["CONNECTED once more"]);
  });

  test("a protocol version that the tenant does not speak is refused before anything is asked", async () => {
    const server = await runtime();
    const one = await open(server.platform({ protocolVersion: "3.0" }));
    await one.is("rejected");
    expect(one.state()).toMatchObject({ kind: "rejected", fault: { code: "protocol-version", detail: 'tunnel.protocolVersion is "3.0", allowed: 1.0, 2.0, 2.1' } });
    expect(server.requests).toEqual([]);
  });

  test("a token that is no JWT is asked for once more, then refused without a word of it", async () => {
    const server = await runtime({ token: (number) => ({ body: { access_token: `opaque-token-number-${number}`, expires_in: 3_600, token_type: "Bearer" } }) });
    const one = await open(server.platform());
    await one.is("rejected");
    expect(one.state()).toMatchObject({ kind: "rejected", fault: { code: "token-form" } });
    expect(JSON.stringify(one.states)).not.toContain("opaque-token");
    expect(server.requests).toHaveLength(2);
    expect(server.stream.upgrades).toHaveLength(0);
  });
});

describe("an open tunnel", () => {
  test("beats every 30 s, and the latency is ping to pong", async () => {
    const server = await runtime({ autoPong: false });
    const one = await open(server.platform());
    await one.is("connected");
    const pings: Buffer[] = [];
    const wire = server.stream.connections[0];
    wire?.on("ping", (mark: Buffer) => pings.push(mark));
    for (const [index, latencyMs] of [42, 7, 1_999].entries()) {
      await one.clock.advance(index === 0 ? 0 : 30_000 - (one.clock.monotonic() % 30_000));
      await until(() => pings.length === index + 1);
      await one.clock.advance(latencyMs);
      wire?.pong(pings[index]);
      await one.told("heartbeat", index + 1);
      expect(one.events.at(-1)).toMatchObject({ event: "heartbeat", latency_ms: latencyMs });
    }
    expect(one.kinds()).toEqual(["validating", "connecting", "connected"]);
    expect(one.tunnel.lastHeardAt()).toBe(one.clock.now());
  });

  test("renews a token in place when it is due, and uses it from then on", async () => {
    const lifeSeconds = 600;
    const { server, one, clock } = await connected({
      token: (number) => ({ body: { access_token: jwtOf(number), expires_in: lifeSeconds, token_type: "Bearer" } }),
    });
    await clock.advance(30_000);
    await one.told("heartbeat", 2);
    for (let beats = 3; !one.names().includes("token_refreshed"); beats += 1) {
      await clock.advance(30_000);
      await one.told("heartbeat", beats);
      await until(() => !server.frames.some(({ frame }) => frame["type"] === "CHANNEL_PROBE") || one.names().includes("tunnel_checked"));
      if (beats > 40) expect.unreachable();
      if (clock.monotonic() >= 540_000) await one.told("token_refreshed");
    }
    expect(server.frames.at(-1)?.frame).toEqual({ type: "REFRESH_TOKEN", botId: "bot_1", authToken: jwtOf(1) });
    expect(server.stream.connections).toHaveLength(1);
    expect(one.kinds()).toEqual(["validating", "connecting", "connected"]);
  });

  test("keeps pushes that come between request and reply apart, and hands them on in order", async () => {
    const pushing: Reply = (frame, ...rest) => {
      const reply = goodReply(frame, ...rest);
      return frame["type"] === "CHANNEL_PROBE" ? [{ type: "EVENT", n: 1 }, { type: "STATUS", status: "busy" }, ...reply, { type: "EVENT", n: 2 }] : reply;
    };
    const { one } = await connected({ reply: pushing });
    one.tunnel.check();
    await one.told("tunnel_checked");
    await until(() => one.pushes.length === 3);
    expect(one.pushes.map(({ type, text }) => [type, text])).toEqual([
      ["EVENT", '{"type":"EVENT","n":1}'],
      ["STATUS", '{"type":"STATUS","status":"busy"}'],
      ["EVENT", '{"type":"EVENT","n":2}'],
    ]);
    expect(one.state().kind).toBe("connected");
  });

  test("counts broken, late and doubled frames and is not disturbed by them", async () => {
    const { server, one } = await connected();
    const wire = server.stream.connections[0];
    for (const frame of ["{", "42", "[]", '{"status":"unavailable"}', '{"type":"TOKEN_REFRESHED"}', '{"type":"CONNECTED"}', Buffer.from([0])]) wire?.send(frame);
    await until(() => one.ignored.length === 7);
    expect(one.ignored).toEqual(["not JSON", "not an object", "not an object", "status that nothing waits for", "TOKEN_REFRESHED that nothing waits for", "CONNECTED once more", "binary"]);
    expect(one.state().kind).toBe("connected");
  });

  test("says that the channel is not available in the runtime's word, and when it is again", async () => {
    let status = "maintenance";
    const { one, clock } = await connected({ reply: (frame, ...rest) => (frame["type"] === "CHANNEL_PROBE" ? [{ status }] : goodReply(frame, ...rest)) });
    one.tunnel.check();
    await one.told("channel_unavailable");
    expect(one.events.at(-1)).toMatchObject({ event: "channel_unavailable", status: "maintenance" });
    expect(one.state()).toMatchObject({ kind: "degraded", cause: "channel-unavailable", detail: "maintenance" });
    status = "available";
    one.tunnel.check();
    await one.told("tunnel_checked");
    expect(one.state()).toEqual({ kind: "connected", since: clock.now() });
  });

  test("says DISCONNECT and closes with 1000, and leaves nothing behind", async () => {
    const { server, one, clock } = await connected();
    await one.tunnel[Symbol.asyncDispose]();
    await until(() => server.closes.length === 1);
    expect(server.closes).toEqual([1000]);
    expect(server.frames.at(-1)?.frame).toEqual({ type: "DISCONNECT", botId: "bot_1" });
    expect(one.events.at(-1)).toEqual({ event: "tunnel_closed", bot_id: "bot_1", final_latency_ms: 0, timestamp: expect.any(String) });
    expect(one.state().kind).toBe("closed");
    expect(clock.pending()).toBe(0);
  });
});

describe("a tunnel that is lost", () => {
  test("comes back with a bot check of its own", async () => {
    const { server, one, clock } = await connected();
    server.stream.connections[0]?.terminate();
    await one.is("reconnecting");
    expect(one.events.at(-1)).toMatchObject({ event: "tunnel_lost", code: 1006 });
    await clock.advance(1_000);
    await one.told("tunnel_established", 2);
    expect(server.requests.filter((request) => request.includes("/bots/bot_1 "))).toHaveLength(2);
  });

  test("tells the runtime's code and reason", async () => {
    const { server, one } = await connected();
    server.stream.connections[0]?.close(4999, "see you later");
    await one.is("reconnecting");
    expect(one.events.at(-1)).toMatchObject({ event: "tunnel_lost", code: 4999, reason: "see you later" });
  });

  test("that the runtime closes over its token takes a new one at once, and says so", async () => {
    const { server, one, clock } = await connected();
    server.stream.connections[0]?.close(4401, "token expired");
    await one.told("tunnel_established", 2);
    expect(one.events.find((event) => event.event === "tunnel_lost")).toMatchObject({ code: 4401, reason: "token expired" });
    expect(one.states.flatMap(({ reason }) => reason ?? [])).toEqual(["token expired"]);
    expect(server.frames.map(({ frame }) => frame["authToken"])).toEqual([jwtOf(0), jwtOf(1)]);
    expect(clock.monotonic()).toBe(0);
  });

  test("looks at an inactive bot again every minute and says why", async () => {
    const server = await runtime({ bot: (number) => ({ body: { status: number < 3 ? "paused" : "active", channels: ["webchat"] } }) });
    const one = await open(server.platform());
    for (let look = 0; look < 3; look += 1) {
      await one.is("reconnecting");
      expect(one.state()).toMatchObject({ fault: { code: "bot-inactive" }, retryAt: one.clock.now() + 60_000 });
      await one.clock.advance(60_000);
      await until(() => one.state().kind !== "validating");
    }
    await one.is("connected");
    expect(one.names()).not.toContain("tunnel_lost");
  });

  test("woken, it takes a new connection whatever the present one claims, and says why", async () => {
    const { server, one, clock } = await connected();
    one.tunnel.reconnect("the computer woke up");
    await one.told("tunnel_established", 2);
    await until(() => server.closes.length === 1);
    expect(server.closes).toEqual([1000]);
    expect(server.frames.map(({ connection, frame }) => [connection, frame["type"]])).toEqual([
      [0, "CONNECT"],
      [0, "DISCONNECT"],
      [1, "CONNECT"],
    ]);
    expect(one.events.find((event) => event.event === "tunnel_lost")).toMatchObject({ code: 1000, reason: "the computer woke up" });
    expect(one.states.filter(({ reason }) => reason !== null)).toEqual([{ state: { kind: "validating", since: clock.now(), attempt: 0 }, reason: "the computer woke up" }]);
  });

  test("a dead peer is noticed within heartbeat and pong timeout, and doubted before", async () => {
    const pongs: (() => void)[] = [];
    const server = await runtime({ autoPong: false });
    const one = await open(server.platform());
    await one.is("connected");
    const wire = server.stream.connections[0];
    wire?.on("ping", (mark: Buffer) => pongs.push(() => wire.pong(mark)));
    await one.clock.advance(0);
    await until(() => pongs.length === 1);
    pongs[0]?.();
    await one.told("heartbeat");
    await one.clock.advance(30_000);
    await until(() => pongs.length === 2);
    expect(one.state().kind).toBe("connected");
    await one.clock.advance(2_000);
    expect(one.state()).toMatchObject({ kind: "degraded", cause: "pong-late" });
    await one.clock.advance(7_999);
    expect(one.state().kind).toBe("degraded");
    await one.clock.advance(1);
    expect(one.state()).toMatchObject({ kind: "reconnecting", fault: { code: "socket-silent" } });
    expect(one.events.at(-1)).toMatchObject({ event: "tunnel_lost", code: 1006 });
  });

  test("a late pong ends the doubt, and its round trip is told in full", async () => {
    const pongs: (() => void)[] = [];
    const server = await runtime({ autoPong: false });
    const one = await open(server.platform());
    await one.is("connected");
    const wire = server.stream.connections[0];
    wire?.on("ping", (mark: Buffer) => pongs.push(() => wire.pong(mark)));
    await one.clock.advance(0);
    await until(() => pongs.length === 1);
    await one.clock.advance(2_500);
    expect(one.state().kind).toBe("degraded");
    pongs[0]?.();
    await one.is("connected");
    expect(one.events.at(-1)).toMatchObject({ event: "heartbeat", latency_ms: 2_500 });
  });

  test("a thousand times in a row, it comes back a thousand times, and nothing is left of any of them", async () => {
    const { server, one, clock } = await connected();
    const timers = clock.pending();
    for (let drop = 1; drop <= 1_000; drop += 1) {
      server.stream.connections.at(-1)?.terminate();
      await one.is("reconnecting");
      const state = one.state();
      await clock.advance(state.kind === "reconnecting" ? state.retryAt - clock.now() : 0);
      await one.told("tunnel_established", drop + 1);
      await clock.advance(0);
      await one.told("heartbeat", drop + 1);
      if (drop % 250 === 0) {
        expect(clock.pending()).toBe(timers);
        expect(server.stream.connections.filter((wire) => wire.readyState !== wire.CLOSED)).toHaveLength(1);
      }
    }
    const cycle = ["reconnecting", "validating", "connecting", "connected"];
    expect(one.kinds()).toEqual(["validating", "connecting", "connected", ...Array.from({ length: 1_000 }, () => cycle).flat()]);
    expect(one.names().filter((name) => name === "tunnel_lost")).toHaveLength(1_000);
    await one.tunnel[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
    await until(() => server.stream.openSockets() === 0);
  }, 60_000);
});

test("a subscriber that acts on the tunnel while it is being told does not break its order", async () => {
  const server = await runtime();
  let replaced = 0;
  const one = await open(server.platform(), {
    onEvent: (event) => {
      heard.push(event.event);
      if (event.event === "tunnel_established" && replaced < 3) {
        replaced += 1;
        one.tunnel.reconnect("again");
      }
    },
  });
  const heard: string[] = [];
  await until(() => heard.filter((event) => event === "tunnel_established").length === 4);
  expect(one.states.flatMap(({ reason }) => reason ?? [])).toEqual(["again", "again", "again"]);
  expect(heard.filter((event) => event !== "heartbeat")).toEqual(["tunnel_established", "tunnel_lost", "tunnel_established", "tunnel_lost", "tunnel_established", "tunnel_lost", "tunnel_established"]);
});
