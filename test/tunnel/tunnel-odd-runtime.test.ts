import { afterEach, describe, expect, test } from "vitest";
import { goodReply, jwtOf, openWatched, startRuntime, type RuntimeScript } from "../support/scripted-runtime.ts";
import { until } from "../support/until.ts";

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

async function started(script: RuntimeScript) {
  const server = await startRuntime(script);
  closing.push(server);
  const one = await openWatched(server.platform());
  closing.push(one.tunnel);
  return { server, one, clock: one.clock };
}

/** The runtime, and a tunnel to it that is up with its first heartbeat answered. */
async function connected(script: RuntimeScript = {}) {
  const both = await started(script);
  await both.one.is("connected");
  await both.clock.advance(0);
  await both.one.told("heartbeat");
  return both;
}

describe("a tunnel to a runtime with odd ways", () => {
  test("skips a frame that is too large, and stays open", async () => {
    const { server, one } = await connected();
    const wire = server.stream.connections[0];
    wire?.send(JSON.stringify({ type: "EVENT", text: "x".repeat(5_000_000) }));
    wire?.send('{"type":"EVENT"}');
    await until(() => one.pushes.length === 1);
    expect(one.ignored).toEqual(["too large"]);
    expect(one.state().kind).toBe("connected");
  });

  test("tells no token that the runtime quotes: in a status, in the type of a push, or on closing, the renewed one either", async () => {
    const { server, one, clock } = await connected({
      token: (number) => ({ body: { access_token: jwtOf(number), expires_in: 60, token_type: "Bearer" } }),
      reply: (frame, ...rest) => (frame["type"] === "CHANNEL_PROBE" ? [{ type: jwtOf(0) }, { status: jwtOf(0) }] : goodReply(frame, ...rest)),
    });
    one.tunnel.check();
    await one.told("channel_unavailable");
    await clock.advance(30_000);
    await one.told("heartbeat", 2);
    await clock.advance(24_000);
    await one.told("token_refreshed");
    server.stream.connections[0]?.close(4000, `gone: ${jwtOf(1)}`);
    await one.told("tunnel_lost");
    expect(one.pushes.map(({ type }) => type)).toEqual(["[token]"]);
    expect(one.events.find(({ event }) => event === "channel_unavailable")).toMatchObject({ status: "[token]" });
    expect(one.events.at(-1)).toMatchObject({ event: "tunnel_lost", reason: "gone: [token]" });
    expect(JSON.stringify([one.events, one.states])).not.toContain("eyJ");
  });

  test.each<[string, RuntimeScript, "connecting" | "degraded"]>([
    ["has not answered CONNECT yet", { reply: () => [] }, "connecting"],
    ["is late with a pong", { autoPong: false }, "degraded"],
  ])("says DISCONNECT to a runtime that %s, too", async (_name, script, kind) => {
    const { server, one } = await started(script);
    await until(() => server.frames.length === 1);
    if (kind === "degraded") {
      await one.is("connected");
      await one.clock.advance(0);
      await one.clock.advance(2_000);
    }
    expect(one.state().kind).toBe(kind);
    await one.tunnel[Symbol.asyncDispose]();
    await until(() => server.closes.length === 1);
    expect(server.closes).toEqual([1000]);
    expect(server.frames.at(-1)?.frame).toEqual({ type: "DISCONNECT", botId: "bot_1" });
    expect(one.clock.pending()).toBe(0);
  });
});
