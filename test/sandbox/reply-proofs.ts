import { expect } from "vitest";
import { until } from "../support/until.ts";
import { askRuntimeToken, connectFrame, dialRuntime, getApi, greet, openTunnel, probe, refresh, runtimeToken, sessionsOf } from "./runtime-client.ts";
import type { FaultProofs } from "./fault-proof.ts";

const PATHS = ["/bots/practice-bot", "/bots/practice-bot/sessions"] as const;

/** What the faults of replies do on the wire: those of the runtime, and those of the bots' pages. */
export const replyProofs = {
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
} satisfies FaultProofs;
