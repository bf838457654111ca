import { connect } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { until } from "../support/until.ts";
import {
  connectFrame,
  dialRuntime,
  disconnect,
  expectHealthy,
  getApi,
  openTunnel,
  probe,
  refresh,
  runtimeToken,
  sessionsOf,
} from "./runtime-client.ts";
import { bearer, practice, subscribe } from "./sandbox-client.ts";

test("a tunnel from its token to its end, and what is counted of it", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  client.send(connectFrame(client.token, { channel: "voice", protocolVersion: "2.1" }));
  expect(await client.next(1)).toEqual([
    {
      type: "CONNECTED",
      sessionId: "session-1",
      botId: "practice-bot",
      channel: "voice",
      protocolVersion: "2.1",
      timestamp: new Date(clock.now()).toISOString(),
    },
  ]);
  expect(await sessionsOf(sandbox)).toEqual([{ id: "session-1", channel: "voice", startedAt: new Date(clock.now()).toISOString() }]);
  client.send(probe);
  expect(await client.next(1)).toEqual([{ status: "available" }]);
  client.send(refresh(await runtimeToken(sandbox)));
  expect(await client.next(1)).toEqual([{ type: "TOKEN_REFRESHED", expiresAt: new Date(clock.now() + 3_600_000).toISOString() }]);
  await client.heard();
  expect(sandbox.stats()).toMatchObject({ openTunnels: 1, openTunnelSockets: 1, lastTunnelCloseCode: null });
  client.send(disconnect);
  client.socket.close(1000);
  expect((await client.closed).code).toBe(1000);
  await until(() => sandbox.stats().openTunnelSockets === 0);
  expect(sandbox.stats()).toMatchObject({
    tokenRequests: 0,
    tunnelTokenRequests: 3,
    botRequests: 1,
    openTunnels: 0,
    tunnelsOpened: 1,
    tunnelPings: 1,
    tunnelProbes: 1,
    tunnelRefreshes: 1,
    tunnelDisconnects: 1,
    lastTunnelCloseCode: 1000,
  });
  expect(await sessionsOf(sandbox)).toEqual([]);
});

test.each(["1.0", "2.0", "2.1"])("protocol version %s is spoken", async (protocolVersion) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using client = await openTunnel(sandbox, { protocolVersion });
  expect(client.frames).toMatchObject([{ protocolVersion }]);
});

test.each([
  ["an unknown bot", { botId: "nobody" }, "botId: no bot", 4404],
  ["a bot of another tenant", { botId: "foreign-bot" }, "another tenant", 4403],
  ["a channel that the bot has not", { channel: "fax" }, "channel: this bot serves webchat, voice", 4400],
  ["a version that is not spoken", { protocolVersion: "3.0" }, "allowed: 1.0, 2.0, 2.1", 4400],
  ["a token that was never issued", { authToken: "eyJmYWtl.eyJmYWtl.c2lnbmF0dXJl" }, "token unknown", 4401],
  ["no token", { authToken: undefined }, "CONNECT: authToken", 4400],
  ["an empty bot id", { botId: "" }, "CONNECT: botId", 4400],
  ["metadata that is no object", { metadata: "none" }, "CONNECT: metadata", 4400],
  ["a channel that is no text", { channel: 7 }, "CONNECT: channel", 4400],
] as const)("CONNECT with %s is rejected in words, and the connection closed", async (_what, change, words, code) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  client.send(connectFrame(client.token, change));
  expect((await client.closed).code).toBe(code);
  expect(client.frames).toEqual([{ type: "REJECTED", message: expect.stringContaining(words) }]);
  expect(JSON.stringify(client.frames)).not.toContain(client.token);
  expect(sandbox.stats()).toMatchObject({ openTunnels: 0, tunnelsOpened: 0, lastTunnelCloseCode: null });
  await expectHealthy(sandbox);
});

test("a token without runtime:execute, or of the other token endpoint, opens nothing", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const narrow = await runtimeToken(sandbox, { scope: "bot:read" });
  const foreign = (await bearer(sandbox)).slice("Bearer ".length);
  await expect(dialRuntime(sandbox, "")).rejects.toThrow("HTTP 401");
  await expect(dialRuntime(sandbox, foreign)).rejects.toThrow("HTTP 401");
  await expect(dialRuntime(sandbox, narrow)).rejects.toThrow("HTTP 403");
  for (const [authToken, code, words] of [
    [narrow, 4403, "runtime:execute"],
    [foreign, 4401, "unknown"],
  ] as const) {
    await using client = await dialRuntime(sandbox);
    client.send(connectFrame(authToken));
    expect((await client.closed).code).toBe(code);
    expect(client.frames).toMatchObject([{ type: "REJECTED", message: expect.stringContaining(words) }]);
  }
  // Nor does a token of the runtime open the stream.
  await expect(subscribe(sandbox, `Bearer ${await runtimeToken(sandbox)}`)).rejects.toThrow("HTTP 401");
});

const garbage: readonly (readonly [what: string, frame: string | Buffer])[] = [
  ["no JSON", "CONNECT"],
  ["an empty frame", ""],
  ["null", "null"],
  ["a list", "[]"],
  ["a number", "42"],
  ["no type", "{}"],
  ["an unknown type", '{"type":"HELLO"}'],
  ["a type that objects inherit", '{"type":"constructor"}'],
  ["a type that is no text", '{"type":{"a":1}}'],
  ["a probe without a bot", '{"type":"CHANNEL_PROBE"}'],
  ["a refresh without a token", '{"type":"REFRESH_TOKEN","botId":"practice-bot"}'],
  ["deep nesting", `${"[".repeat(40_000)}${"]".repeat(40_000)}`],
  ["a binary frame", Buffer.from('{"type":"CHANNEL_PROBE","botId":"practice-bot"}')],
  ["broken UTF-8 in a binary frame", Buffer.from([0xff, 0xfe])],
];

test.each(garbage)("%s is answered with an error frame, before CONNECT and after, and ends nothing", async (_what, frame) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  const complaint = [{ type: "ERROR", code: "BAD_FRAME", message: expect.stringMatching(/./) }];
  client.socket.send(frame);
  expect(await client.next(1)).toEqual(complaint);
  client.send(connectFrame(client.token));
  expect(await client.next(1)).toMatchObject([{ type: "CONNECTED" }]);
  client.socket.send(frame);
  expect(await client.next(1)).toEqual(complaint);
  client.send(probe);
  expect(await client.next(1)).toEqual([{ status: "available" }]);
});

test("what comes before CONNECT, a second CONNECT and another bot's frames are told apart and change nothing", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  client.send(probe);
  client.send(refresh(client.token));
  expect(await client.next(2)).toMatchObject([{ code: "NOT_CONNECTED" }, { code: "NOT_CONNECTED" }]);
  client.send(connectFrame(client.token));
  client.send(connectFrame(client.token, { botId: "foreign-bot" }));
  expect(await client.next(2)).toMatchObject([{ type: "CONNECTED" }, { type: "ERROR", code: "ALREADY_CONNECTED" }]);
  client.send({ ...probe, botId: "sales/practice bot" });
  client.send({ ...refresh(client.token), botId: "nobody" });
  expect(await client.next(2)).toMatchObject([{ code: "WRONG_BOT" }, { code: "WRONG_BOT" }]);
  expect(await sessionsOf(sandbox)).toHaveLength(1);
  client.send(probe);
  expect(await client.next(1)).toEqual([{ status: "available" }]);
});

test("a goodbye before CONNECT is a goodbye", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  client.send(disconnect);
  expect((await client.closed).code).toBe(1000);
});

test("a frame that is too large costs its own connection only", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using small = await openTunnel(sandbox);
  await using large = await openTunnel(sandbox);
  large.send("x".repeat(100_001));
  expect((await large.closed).code).toBe(1009);
  small.send(probe);
  expect(await small.next(1)).toEqual([{ status: "available" }]);
  await until(() => sandbox.stats().openTunnels === 1);
});

test("a session ends with its token, unless a known one took its place in time", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  sandbox.setFault("expired-tokens", 60);
  await using left = await openTunnel(sandbox);
  await using kept = await openTunnel(sandbox);
  await clock.advance(59_000);
  kept.send(refresh("eyJmYWtl.eyJmYWtl.c2lnbmF0dXJl"));
  expect(await kept.next(1)).toEqual([{ type: "TOKEN_REJECTED", message: "authToken: token unknown or expired" }]);
  kept.send(refresh(await runtimeToken(sandbox)));
  expect(await kept.next(1)).toMatchObject([{ type: "TOKEN_REFRESHED" }]);
  expect(sandbox.stats().openTunnels).toBe(2);
  await clock.advance(1_000);
  expect(await left.closed).toEqual({ code: 4401, reason: "token expired" });
  expect(await sessionsOf(sandbox)).toMatchObject([{ id: "session-2" }]);
  kept.send(probe);
  expect(await kept.next(1)).toEqual([{ status: "available" }]);
  await clock.advance(58_000);
  expect(sandbox.stats().openTunnels).toBe(1);
  await clock.advance(1_000);
  expect((await kept.closed).code).toBe(4401);
  expect(sandbox.stats().lastTunnelCloseCode).toBeNull();
});

test("a token that ran out while the wall clock jumped is found out by the next frame", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using client = await openTunnel(sandbox);
  clock.setWall(clock.now() + 3_600_000);
  client.send(probe);
  expect((await client.closed).code).toBe(4401);
  expect(client.frames).toHaveLength(1);
});

test("expired-tokens ends sessions too: those of earlier tokens at once (now), any at its next frame (on)", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using early = await openTunnel(sandbox);
  sandbox.setFault("expired-tokens", "now");
  expect(await early.closed).toEqual({ code: 4401, reason: "token expired" });
  await expect(dialRuntime(sandbox, early.token)).rejects.toThrow("HTTP 401");
  await using later = await openTunnel(sandbox);
  const fresh = await runtimeToken(sandbox);
  sandbox.setFault("expired-tokens", "on");
  later.send(refresh(fresh));
  expect(await later.next(1)).toMatchObject([{ type: "TOKEN_REJECTED" }]);
  later.send(probe);
  expect((await later.closed).code).toBe(4401);
  await expect(dialRuntime(sandbox)).rejects.toThrow("HTTP 401");
});

test("the last close code is what a client said, not what the sandbox did to it", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const ends: readonly (readonly [(socket: WebSocket) => void, number])[] = [
    [(socket) => socket.close(4007, "bye"), 4007],
    [(socket) => socket.close(), 1005],
    [(socket) => socket.close(1001), 1001],
    [(socket) => socket.terminate(), 1006],
  ];
  for (const [end, code] of ends) {
    await using client = await openTunnel(sandbox);
    end(client.socket);
    await until(() => sandbox.stats().openTunnelSockets === 0);
    expect(sandbox.stats()).toMatchObject({ lastTunnelCloseCode: code, openTunnels: 0 });
  }
  await using client = await openTunnel(sandbox);
  sandbox.setFault("tunnel-close", 4999);
  await client.closed;
  await until(() => sandbox.stats().openTunnelSockets === 0);
  expect(sandbox.stats().lastTunnelCloseCode).toBe(1006);
});

test("stream and runtime live side by side on one server, each with its own sockets", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using stream = await subscribe(sandbox);
  await using client = await openTunnel(sandbox);
  await clock.advance(1_000);
  await stream.until(() => stream.raw.length === 1);
  sandbox.setFault("tunnel-drop", "now");
  expect((await client.closed).code).toBe(1006);
  await using next = await openTunnel(sandbox);
  sandbox.setFault("drop", "now");
  expect(await stream.closed).toBe(1006);
  await next.heard();
  expect(next.frames).toHaveLength(1);
  await expect(dial(`${sandbox.config().tunnel.socketUrl}/`)).rejects.toThrow("HTTP 404");
  await expect(dial(sandbox.config().tunnel.socketUrl, "evil.example")).rejects.toThrow("HTTP 421");
});

test("restart on the same port: sockets close with 1001, no timer stays, old tokens and sessions are forgotten", async () => {
  const { sandbox, clock } = await practice();
  const client = await openTunnel(sandbox);
  const half = await dialRuntime(sandbox);
  sandbox.setFault("tunnel-handshake", 5_000);
  half.send(connectFrame(half.token));
  sandbox.setFault("tunnel-late-reply", 5_000);
  client.send(probe);
  await Promise.all([client.heard(), half.heard()]);
  await sandbox[Symbol.asyncDispose]();
  expect([(await client.closed).code, (await half.closed).code]).toEqual([1001, 1001]);
  expect(clock.pending()).toBe(0);
  const next = await practice({ port: Number(new URL(sandbox.url).port) });
  await using _ = next.sandbox;
  expect(next.sandbox.config().tunnel).toEqual(sandbox.config().tunnel);
  await expect(dialRuntime(next.sandbox, client.token)).rejects.toThrow("HTTP 401");
  expect((await getApi(next.sandbox, "/bots/practice-bot", client.token)).status).toBe(401);
  await using fresh = await dialRuntime(next.sandbox);
  fresh.send(connectFrame(half.token));
  expect((await fresh.closed).code).toBe(4401);
  expect(await sessionsOf(next.sandbox)).toEqual([]);
  await expectHealthy(next.sandbox);
});

test("a hundred tunnels that break at once leave nothing behind", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const idle = clock.pending();
  const tunnels = await Promise.all(Array.from({ length: 100 }, () => openTunnel(sandbox)));
  expect(await sessionsOf(sandbox)).toHaveLength(100);
  sandbox.setFault("tunnel-drop", "now");
  const codes = await Promise.all(tunnels.map((one) => one.closed));
  expect(new Set(codes.map((one) => one.code))).toEqual(new Set([1006]));
  await until(() => sandbox.stats().openTunnelSockets === 0);
  expect(sandbox.stats()).toMatchObject({ openTunnels: 0, tunnelsOpened: 100 });
  expect(clock.pending()).toBe(idle);
});

test("a broken upgrade and a frame that is none cost nobody else anything", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  await using bystander = await openTunnel(sandbox);
  const authorization = `Authorization: Bearer ${await runtimeToken(sandbox)}\r\n`;
  const upgrade = "GET /runtime HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
  const keyless = await rawAnswer(sandbox.url, `${upgrade}${authorization}\r\n`);
  expect(keyless).toMatch(/^HTTP\/1\.1 400 /);
  // An unmasked frame breaks the protocol: the answer is a close frame with 1002 (0x03ea).
  const unmasked = await rawAnswer(sandbox.url, `${upgrade}${authorization}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\u0001\u0001x`);
  expect(unmasked).toMatch(/^HTTP\/1\.1 101 /);
  expect(unmasked.endsWith("\u0088\u0002\u0003\u00ea")).toBe(true);
  bystander.send(probe);
  expect(await bystander.next(1)).toEqual([{ status: "available" }]);
});

/** Writes `text` to a new connection and gives all that comes back until the other side ends it. */
async function rawAnswer(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(text, "latin1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    answer += part;
  });
  await once(socket, "end");
  socket.destroy();
  return answer;
}

function dial(url: string, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, host === undefined ? {} : { headers: { host } });
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (request, response) => {
      reject(new Error(`HTTP ${String(response.statusCode)}`));
      request.destroy();
    });
  });
}
