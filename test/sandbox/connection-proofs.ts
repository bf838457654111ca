import { expect } from "vitest";
import { until } from "../support/until.ts";
import { connectFrame, dialRuntime, greet, openTunnel, probe } from "./runtime-client.ts";
import type { FaultProofs } from "./fault-proof.ts";

/** What the faults of a connection do on the wire: its upgrade, its first frame, its pongs, its end. */
export const connectionProofs = {
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
  async "tunnel-latency"(sandbox, clock) {
    await using client = await openTunnel(sandbox);
    await client.heard();
    sandbox.setFault("tunnel-latency", 400);
    const before = client.pongs();
    for (let ping = 1; ping <= 20; ping += 1) {
      // A reply comes behind the ping, so it has been seen.
      client.socket.ping();
      client.send(probe);
      await client.next(1);
      await clock.advance(299);
      client.send(probe);
      await client.next(1);
      expect(client.pongs()).toBe(before + ping - 1);
      await clock.advance(201);
      await until(() => client.pongs() === before + ping);
    }
    sandbox.setFault("tunnel-latency", null);
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
} satisfies FaultProofs;
