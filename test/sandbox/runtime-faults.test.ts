import { expect, test } from "vitest";
import { runtimeFaultTable } from "../../electron/sandbox/runtime-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { until } from "../support/until.ts";
import {
  askRuntimeToken,
  connectFrame,
  dialRuntime,
  expectHealthy,
  getApi,
  openTunnel,
  probe,
  refresh,
  type RuntimeClient,
  runtimeToken,
  sessionsOf,
} from "./runtime-client.ts";
import { askToken, practice } from "./sandbox-client.ts";

type FaultName = keyof typeof runtimeFaultTable;
type Proof = (sandbox: Sandbox, clock: FakeClock) => Promise<void>;

const PATHS = ["/bots/practice-bot", "/bots/practice-bot/sessions"] as const;

/** Sends CONNECT and gives all that came before the pong behind it. */
async function greet(client: RuntimeClient): Promise<RuntimeClient["frames"]> {
  client.send(connectFrame(client.token));
  await client.heard();
  return client.frames;
}

/** What each fault does, on the wire. Before and after, everything is as it should be: see the test below. */
const proofs: Record<FaultName, Proof> = {
  async "tunnel-upgrade"(sandbox) {
    for (const status of [401, 403, 404, 503]) {
      sandbox.setFault("tunnel-upgrade", status);
      await expect(dialRuntime(sandbox)).rejects.toThrow(`HTTP ${String(status)}`);
    }
    sandbox.setFault("tunnel-upgrade", 429);
    await expect(dialRuntime(sandbox)).rejects.toThrow("HTTP 429, again in 1");
  },
  async "tunnel-refuse"(sandbox) {
    for (const [value, words] of [
      ["on", "the runtime has no capacity"],
      ["closed for stocktaking", "closed for stocktaking"],
    ] as const) {
      sandbox.setFault("tunnel-refuse", value);
      await using client = await dialRuntime(sandbox);
      client.send(connectFrame(client.token));
      expect(await client.closed).toEqual({ code: 1013, reason: "rejected" });
      expect(client.frames).toEqual([{ type: "REJECTED", message: words }]);
    }
  },
  async "tunnel-wrong-type"(sandbox) {
    sandbox.setFault("tunnel-wrong-type", "on");
    await using client = await dialRuntime(sandbox);
    expect(await greet(client)).toEqual([{ type: "WELCOME", message: "send CONNECT" }]);
    expect(sandbox.stats().openTunnels).toBe(0);
  },
  async "tunnel-mute"(sandbox, clock) {
    sandbox.setFault("tunnel-mute", "on");
    await using client = await dialRuntime(sandbox);
    expect(await greet(client)).toEqual([]);
    await clock.advance(600_000);
    await client.heard();
    expect(client.frames).toEqual([]);
  },
  async "tunnel-handshake"(sandbox, clock) {
    sandbox.setFault("tunnel-handshake", 9_000);
    await using client = await dialRuntime(sandbox);
    expect(await greet(client)).toEqual([]);
    await clock.advance(8_999);
    await client.heard();
    expect(client.frames).toEqual([]);
    expect(sandbox.stats().openTunnels).toBe(0);
    await clock.advance(1);
    expect(await client.next(1)).toMatchObject([{ type: "CONNECTED" }]);
    // Who leaves before the answer leaves no timer.
    const waiting = clock.pending();
    const gone = await dialRuntime(sandbox);
    await greet(gone);
    expect(clock.pending()).toBe(waiting + 1);
    await gone[Symbol.asyncDispose]();
    await until(() => clock.pending() === waiting, "the late answer is called off");
  },
  async "tunnel-connected-twice"(sandbox) {
    sandbox.setFault("tunnel-connected-twice", "on");
    await using client = await dialRuntime(sandbox);
    const [first, second] = await greet(client);
    expect(first).toMatchObject({ type: "CONNECTED" });
    expect(second).toEqual(first);
    client.send(probe);
    await client.heard();
    expect(client.frames).toHaveLength(3);
    expect(sandbox.stats().openTunnels).toBe(1);
  },
  async "tunnel-not-json"(sandbox) {
    sandbox.setFault("tunnel-not-json", "on");
    await using client = await dialRuntime(sandbox);
    await greet(client);
    client.send(probe);
    client.send(refresh(client.token));
    await client.heard();
    const noise = expect.stringContaining("<html>") as unknown;
    expect(client.frames).toEqual([
      noise,
      expect.objectContaining({ type: "CONNECTED" }),
      noise,
      { status: "available" },
      noise,
      expect.objectContaining({ type: "TOKEN_REFRESHED" }),
    ]);
  },
  async "tunnel-no-pong"(sandbox) {
    await using early = await openTunnel(sandbox);
    sandbox.setFault("tunnel-no-pong", "now");
    expect(sandbox.faults()).toEqual({});
    await using later = await openTunnel(sandbox);
    early.socket.ping();
    early.send(probe);
    await early.next(1);
    expect(early.pongs()).toBe(0);
    await later.heard();
    sandbox.setFault("tunnel-no-pong", "on");
    const before = later.pongs();
    later.socket.ping();
    later.send(probe);
    await later.next(1);
    expect(later.pongs()).toBe(before);
  },
  async "tunnel-push"(sandbox) {
    sandbox.setFault("tunnel-push", 4);
    await using client = await dialRuntime(sandbox);
    expect(await greet(client)).toMatchObject([{ type: "CONNECTED" }]);
    await client.next(1);
    for (const [request, reply] of [
      [probe, { status: "available" }],
      [refresh(client.token), { type: "TOKEN_REFRESHED" }],
    ] as const) {
      client.send(request);
      await client.heard();
      const came = await client.next(5);
      expect(came.at(-1)).toMatchObject(reply);
      const pushes = came.slice(0, -1) as readonly Readonly<Record<string, unknown>>[];
      for (const push of pushes) {
        expect(push["type"]).not.toBe("TOKEN_REFRESHED");
        expect("status" in push && !("type" in push)).toBe(false);
      }
      // One of them would be taken for the answer by a client that looks for a status alone.
      expect(pushes.some((push) => "status" in push)).toBe(true);
    }
    expect(client.frames).toHaveLength(11);
  },
  async "tunnel-late-reply"(sandbox, clock) {
    sandbox.setFault("tunnel-late-reply", 10_500);
    await using client = await openTunnel(sandbox);
    client.send(probe);
    client.send(refresh(client.token));
    await client.heard();
    await clock.advance(10_499);
    await client.heard();
    expect(client.frames).toHaveLength(1);
    await clock.advance(1);
    expect(await client.next(2)).toMatchObject([{ status: "available" }, { type: "TOKEN_REFRESHED" }]);
  },
  async "tunnel-double-reply"(sandbox) {
    sandbox.setFault("tunnel-double-reply", "on");
    await using client = await dialRuntime(sandbox);
    await greet(client);
    client.send(probe);
    client.send(refresh(client.token));
    await client.heard();
    const kinds = client.frames.map((frame) => (typeof frame === "string" ? frame : (frame["type"] ?? frame["status"])));
    expect(kinds).toEqual(["CONNECTED", "available", "available", "TOKEN_REFRESHED", "TOKEN_REFRESHED"]);
  },
  async "tunnel-refuse-refresh"(sandbox) {
    sandbox.setFault("tunnel-refuse-refresh", "on");
    await using client = await openTunnel(sandbox);
    client.send(refresh(await runtimeToken(sandbox)));
    client.send(probe);
    expect(await client.next(2)).toEqual([{ type: "TOKEN_REJECTED", message: "refused for practice" }, { status: "available" }]);
  },
  async "tunnel-no-refresh-reply"(sandbox, clock) {
    sandbox.setFault("expired-tokens", 100);
    await using client = await openTunnel(sandbox);
    await clock.advance(60_000);
    sandbox.setFault("tunnel-no-refresh-reply", "on");
    client.send(refresh(await runtimeToken(sandbox)));
    client.send(probe);
    await client.heard();
    expect(client.frames).toMatchObject([{ type: "CONNECTED" }, { status: "available" }]);
    expect(sandbox.stats().tunnelRefreshes).toBe(2);
    await clock.advance(40_000);
    expect((await client.closed).code).toBe(4401);
    sandbox.setFault("expired-tokens", null);
  },
  async "tunnel-channel"(sandbox) {
    await using client = await openTunnel(sandbox);
    for (const status of ["unavailable", "draining"]) {
      sandbox.setFault("tunnel-channel", status);
      client.send(probe);
      expect(await client.next(1)).toEqual([{ status }]);
    }
  },
  async "tunnel-no-probe-reply"(sandbox) {
    sandbox.setFault("tunnel-no-probe-reply", "on");
    await using client = await openTunnel(sandbox);
    client.send(probe);
    await client.heard();
    expect(client.frames).toHaveLength(1);
    client.send(refresh(client.token));
    expect(await client.next(1)).toMatchObject([{ type: "TOKEN_REFRESHED" }]);
  },
  async "tunnel-sessions"(sandbox) {
    sandbox.setFault("tunnel-sessions", 49);
    await using client = await openTunnel(sandbox);
    const sessions = await sessionsOf(sandbox);
    expect(sessions).toHaveLength(50);
    expect(new Set(sessions.map((one) => one["id"])).size).toBe(50);
    for (const one of sessions) expect(Object.keys(one)).toEqual(["id", "channel", "startedAt"]);
    expect(sandbox.stats().openTunnels).toBe(1);
    await client.heard();
  },
  async "tunnel-drop"(sandbox) {
    await using now = await openTunnel(sandbox);
    sandbox.setFault("tunnel-drop", "now");
    expect((await now.closed).code).toBe(1006);
    expect(sandbox.faults()).toEqual({});
    await using pinging = await openTunnel(sandbox);
    await using asking = await openTunnel(sandbox);
    await using idle = await openTunnel(sandbox);
    sandbox.setFault("tunnel-drop", 1);
    pinging.socket.ping();
    asking.send(probe);
    expect([(await pinging.closed).code, (await asking.closed).code]).toEqual([1006, 1006]);
    expect([pinging.pongs(), asking.frames.length]).toEqual([0, 1]);
    await until(() => sandbox.stats().openTunnels === 1, "only the idle one is left");
    // About as often as it says.
    sandbox.setFault("tunnel-drop", 0.1);
    let lived = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      sandbox.setFault("tunnel-drop", null);
      const client = await openTunnel(sandbox);
      sandbox.setFault("tunnel-drop", 0.1);
      while (client.socket.readyState === client.socket.OPEN && lived < 2_000) {
        const before = client.pongs();
        client.socket.ping();
        await until(() => client.pongs() > before || client.socket.readyState !== client.socket.OPEN, "a pong or the end");
        lived += 1;
      }
      expect((await client.closed).code).toBe(1006);
    }
    expect(lived).toBeGreaterThan(60);
    expect(lived).toBeLessThan(600);
    expect(idle.socket.readyState).toBe(idle.socket.OPEN);
  },
  async "tunnel-close"(sandbox) {
    for (const code of [1000, 1001, 1005, 1006, 1008, 1011, 1012, 1013, 4000, 4401, 4999]) {
      await using open = await openTunnel(sandbox);
      await using half = await dialRuntime(sandbox);
      sandbox.setFault("tunnel-close", code);
      expect([(await open.closed).code, (await half.closed).code]).toEqual([code, code]);
      await until(() => sandbox.stats().openTunnelSockets === 0, "all are closed");
      expect(sandbox.stats().openTunnels).toBe(0);
      expect(sandbox.faults()).toEqual({});
    }
  },
  async "bot-inactive"(sandbox) {
    sandbox.setFault("bot-inactive", "on");
    expect((await getApi(sandbox, PATHS[0])).body).toMatchObject({ status: "inactive" });
    await using client = await dialRuntime(sandbox);
    client.send(connectFrame(client.token));
    expect((await client.closed).code).toBe(4400);
    expect(client.frames).toEqual([{ type: "REJECTED", message: "botId: this bot is inactive" }]);
  },
  async "bot-channels"(sandbox) {
    sandbox.setFault("bot-channels", "voice,sms");
    expect((await getApi(sandbox, PATHS[0])).body).toMatchObject({ channels: ["voice", "sms"] });
    await using client = await dialRuntime(sandbox);
    client.send(connectFrame(client.token));
    await client.closed;
    expect(client.frames).toEqual([{ type: "REJECTED", message: "channel: this bot serves voice, sms" }]);
    await using other = await openTunnel(sandbox, { channel: "sms" });
    expect(await sessionsOf(sandbox)).toHaveLength(1);
    await other.heard();
  },
  async "bot-check"(sandbox) {
    for (const status of [401, 403, 404, 429, 500]) {
      sandbox.setFault("bot-check", status);
      for (const path of PATHS) {
        const refused = await getApi(sandbox, path);
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([status, status === 429 ? "1" : null]);
      }
    }
    sandbox.setFault("bot-check", "timeout");
    const token = await runtimeToken(sandbox);
    for (const path of PATHS) {
      const before = sandbox.stats().botRequests;
      const giveUp = new AbortController();
      const asked = getApi(sandbox, path, token, giveUp.signal);
      await until(() => sandbox.stats().botRequests === before + 1, "the request is there");
      // Something else is answered meanwhile.
      expect((await askRuntimeToken(sandbox)).status).toBe(200);
      giveUp.abort();
      await expect(asked).rejects.toThrow();
    }
  },
};

const names = Object.keys(runtimeFaultTable) as readonly FaultName[];

test("every fault of the runtime has its proof", () => {
  expect(Object.keys(proofs).toSorted()).toEqual([...names].toSorted());
});

test.each(names)("%s does what its row says, and nothing once it is cleared", async (name) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await expectHealthy(sandbox);
  await proofs[name](sandbox, clock);
  sandbox.setFault(name, null);
  expect(sandbox.faults()).toEqual({});
  await expectHealthy(sandbox);
});

test("faults can be set from the start, and several at once", async () => {
  const { sandbox } = await practice({
    faults: [
      { name: "tunnel-channel", value: "draining" },
      { name: "tunnel-push", value: "2" },
      { name: "tunnel-double-reply", value: "on" },
      { name: "tunnel-not-json", value: "on" },
    ],
  });
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  await greet(client);
  client.send(probe);
  await client.heard();
  expect(client.frames).toMatchObject([
    expect.any(String),
    { type: "CONNECTED" },
    { type: "QUEUE_UPDATE" },
    { type: "AGENT_PRESENCE" },
    expect.any(String),
    { status: "draining" },
    { status: "draining" },
  ]);
});

test("the token faults hold for both token endpoints", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const both = async () => [await askToken(sandbox), await askRuntimeToken(sandbox)] as const;
  sandbox.setFault("refuse-token", 403);
  expect((await both()).map((reply) => reply.status)).toEqual([403, 403]);
  sandbox.setFault("refuse-token", null);
  sandbox.setFault("expired-tokens", 30);
  expect((await both()).map((reply) => reply.body["expires_in"])).toEqual([30, 30]);
  sandbox.setFault("expired-tokens", null);
  sandbox.setFault("token-form", "opaque");
  const opaque = (await both()).map((reply) => String(reply.body["access_token"]));
  for (const token of opaque) expect(token).toMatch(/^opaque-[0-9a-f]{64}$/);
  expect(new Set([...opaque, await runtimeToken(sandbox)]).size).toBe(3);
  // It is as good as any other where it came from.
  expect((await getApi(sandbox, PATHS[0], opaque[1])).status).toBe(200);
  expect((await getApi(sandbox, PATHS[0], opaque[0])).status).toBe(401);
  sandbox.setFault("token-form", null);
  expect(await runtimeToken(sandbox)).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
});

test("missing-scope: the reply names what was granted, and what needs the scope is refused", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  sandbox.setFault("missing-scope", "bot:read");
  const narrow = await askRuntimeToken(sandbox);
  expect(narrow.body["scope"]).toBe("runtime:execute");
  expect((await getApi(sandbox, PATHS[1])).status).toBe(403);
  await using client = await openTunnel(sandbox);
  sandbox.setFault("missing-scope", "runtime:execute");
  await expect(dialRuntime(sandbox)).rejects.toThrow("HTTP 403");
  expect((await getApi(sandbox, PATHS[1])).status).toBe(200);
  const weak = await runtimeToken(sandbox);
  client.send(refresh(weak));
  expect(await client.next(1)).toEqual([{ type: "TOKEN_REJECTED", message: "authToken: token lacks scope runtime:execute" }]);
});
