import { createHmac } from "node:crypto";
import { onTestFinished, describe, expect, test } from "vitest";
import { verifyAudit } from "../../electron/audit/verify.ts";
import { exitCodeOf } from "../../electron/cli/fault-exit.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { serveHttp, type SeenRequest } from "../support/loopback-http.ts";
import { configFor, openProgram, startPlatform, type PlatformUnderTest, type Program } from "../support/program.ts";
import { truths } from "../support/tunnel-truths.ts";
import { until } from "../support/until.ts";

async function platformHere(startMs?: number): Promise<PlatformUnderTest> {
  const platform = await startPlatform(0, startMs);
  onTestFinished(() => platform[Symbol.asyncDispose]());
  return platform;
}

interface Setting {
  readonly tunnel?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly startMs?: number;
}

async function programOn(platform: PlatformUnderTest, { tunnel = {}, env = {}, startMs }: Setting = {}): Promise<Program> {
  return openProgram({
    config: configFor(platform, {}, { tunnel: { ...platform.sandbox.config().tunnel, ...tunnel } }),
    env: { ...platform.sandbox.env(), ...env },
    ...(startMs === undefined ? {} : { startMs }),
  });
}

/** A program whose tunnel is up. */
async function connected(setting: Setting = {}) {
  const platform = await platformHere(setting.startMs);
  const program = await programOn(platform, setting);
  await up(program);
  return { platform, program };
}

async function up(program: Program, times = 1): Promise<void> {
  const count = (): number => program.tunnelEvents.filter(({ event }) => event === "tunnel_established").length;
  await program.passUntil(() => count() >= times && program.tunnel().kind === "connected", 600_000, `connection ${times} of the tunnel`);
}

const has = (program: Program, event: string) => () => program.tunnelEvents.some((one) => one.event === event);

describe("the panel and tunnel --once tell the same truth", () => {
  test.each(truths)("%s=%s: %i, %s", async (name, value, code, words) => {
    const platform = await platformHere();
    platform.fault(name, value);
    const program = await programOn(platform);
    const settled = (): boolean => {
      const { kind } = program.tunnel();
      return kind === "reconnecting" || kind === "rejected" || has(program, "tunnel_checked")() || has(program, "channel_unavailable")();
    };
    // The runtime's clock goes with the program's: some faults are a matter of time.
    for (let left = 1_500; !settled(); left -= 1) {
      if (left === 0) expect.unreachable(`nothing is known of the tunnel: ${JSON.stringify(program.tunnel())}`);
      await program.pass(50);
      await platform.clock.advance(50);
    }
    const shown = program.state().connections.tunnel?.state ?? { kind: "idle" };
    // A pong that never comes is doubt in the panel; the command does not wait for it.
    if (name === "tunnel-no-pong") expect(shown.kind).toMatch(/degraded|reconnecting/);
    else if (code === 0) expect(shown.kind).toBe("connected");
    else if (shown.kind === "degraded") expect(code).toBe(1);
    else {
      if (shown.kind !== "reconnecting" && shown.kind !== "rejected") expect.unreachable(shown.kind);
      expect(exitCodeOf(shown.fault)).toBe(code);
      const { what, cause } = describeFault(shown.fault);
      expect(`${what} ${cause}`).toContain(words);
    }
  });
});

describe("the panel", () => {
  test("has the tunnel's latency, its beats and its changes, and beside each suggestion what was measured when it was shown", async () => {
    const { platform, program } = await connected();
    await program.passUntil(() => program.state().tunnel?.latencyMs !== null, 1_000);
    expect(program.state().tunnel).toMatchObject({ botId: platform.sandbox.config().tunnel.botId, channel: "webchat", reconnects: 0 });
    expect(program.state().tunnel?.transitions.map(({ state }) => state.kind)).toEqual(["connected", "connecting", "validating"]);
    const measured = program.state().tunnel?.latencyMs;
    await program.connected();
    platform.say("I want a refund");
    await program.passUntil(() => program.sets().length === 1, 5_000);
    expect(program.view()?.sets[0]?.tunnelMs).toBe(measured);
  });

  test("claims no latency beside a suggestion that is shown while the tunnel is down", async () => {
    const { platform, program } = await connected();
    await program.passUntil(() => program.state().tunnel?.latencyMs !== null, 1_000);
    await program.connected();
    platform.fault("bot-inactive", "on");
    platform.fault("tunnel-drop", "now");
    await until(() => program.tunnel().kind === "reconnecting");
    platform.say("I want a refund");
    await program.passUntil(() => program.sets().length === 1, 5_000);
    expect(program.state().tunnel?.latencyMs).not.toBeNull();
    expect(program.view()?.sets[0]?.tunnelMs).toBeNull();
  });

  test("a person's wish and the computer's waking bring a new connection at once, and the panel says which it was", async () => {
    const { platform, program } = await connected();
    await program.command("connection.retry", { name: "tunnel" });
    await up(program, 2);
    program.app.wake();
    await up(program, 3);
    expect(platform.sandbox.stats()).toMatchObject({ tunnelsOpened: 3, tunnelDisconnects: 2 });
    expect(program.state().tunnel?.transitions.flatMap(({ reason }) => reason ?? [])).toEqual([
      "the computer woke up or the network came back",
      "a new connection was asked for",
    ]);
    expect(program.state().tunnel?.reconnects).toBe(2);
  });

  test("turning the tunnel off in the configuration closes it politely and takes it off the panel; on again, it is back", async () => {
    const { platform, program } = await connected();
    await program.rewrite(configFor(platform));
    await program.passUntil(() => program.state().tunnel === null, 5_000);
    expect(program.tunnel()).toEqual({ kind: "idle" });
    expect(program.tunnelEvents.at(-1)?.event).toBe("tunnel_closed");
    expect(platform.sandbox.stats()).toMatchObject({ openTunnels: 0, lastTunnelCloseCode: 1000 });
    await program.rewrite(configFor(platform, {}, { tunnel: platform.sandbox.config().tunnel }));
    await up(program, 2);
    expect(program.state().tunnel?.reconnects).toBe(0);
  });

  test("without credentials the tunnel is refused with the names of what is missing, and agent assist goes on", async () => {
    const platform = await platformHere();
    const { COGNIGY_CLIENT_ID: id, COGNIGY_CLIENT_SECRET: secret } = platform.sandbox.env();
    const program = await openProgram({
      config: configFor(platform, {}, { tunnel: platform.sandbox.config().tunnel }),
      env: { CALLSIDE_ASSIST_CLIENT_ID: id, CALLSIDE_ASSIST_CLIENT_SECRET: secret },
    });
    await program.connected();
    expect(program.tunnel()).toMatchObject({ kind: "rejected", fault: { code: "no-credentials", detail: expect.stringContaining("CALLSIDE_TUNNEL_CLIENT_ID or COGNIGY_CLIENT_ID") } });
    expect(program.state().tunnel?.transitions[0]?.state.kind).toBe("rejected");
  });
});

/** What brings a tunnel down in the course of a day, and what stands in the audit file for it. */
const misfortunes = [
  { fault: ["tunnel-drop", "now"], lost: { code: 1006 } },
  { fault: ["tunnel-close", "1012"], lost: { code: 1012 } },
  { fault: ["tunnel-close", "1008"], lost: { code: 1008 } },
  { fault: ["tunnel-close", "4401"], lost: { code: 4401 } },
  { fault: ["tunnel-close", "1000"], lost: { code: 1000 } },
  { fault: ["tunnel-no-pong", "now"], lost: { code: 1006, reason: "nothing heard within 10000 ms of a ping" } },
  { fault: ["tunnel-close", "4999"], lost: { code: 4999 } },
] as const;

test("the audit file tells the whole story of a day of drops, and verifies", async () => {
  const { platform, program } = await connected({ startMs: Date.UTC(2026, 0, 5, 23, 56) });
  for (const [index, { fault }] of misfortunes.entries()) {
    platform.fault(fault[0], fault[1]);
    await up(program, index + 2);
    // Long enough for a check; midnight is on the way.
    await program.pass(70_000);
  }
  const events = [...program.tunnelEvents];
  const states = [...program.tunnelStates];
  await program.close();

  const lines = await program.audit();
  const told = lines.filter(({ event }) => /^(tunnel_|heartbeat|token_|channel_)/.test(event));
  const kept = events.filter(({ event }) => event !== "tunnel_checked").map(({ event, ...data }) => ({ event, data }));
  expect(told.slice(0, kept.length).map(({ event, data }) => ({ event, data }))).toEqual(kept);
  expect(told.slice(kept.length).map(({ event }) => event)).toEqual(["tunnel_closed"]);
  expect(told.filter(({ event }) => event === "tunnel_lost").map(({ data }) => data)).toEqual(misfortunes.map(({ lost }) => expect.objectContaining(lost)));
  const changes = lines.filter(({ event, data }) => event === "CONNECTION" && data["name"] === "tunnel").map(({ data }) => data["state"]);
  expect(changes).toEqual([...states.map(({ kind }) => kind), "closed"]);

  const verified = await verifyAudit(program.auditDirectory);
  expect(verified).toMatchObject({ kind: "whole", entries: lines.length });
  const text = await program.auditText();
  expect(text).not.toContain("eyJ");
  expect(text).not.toContain(platform.sandbox.env().COGNIGY_CLIENT_SECRET);
});

test("the metrics have a line for each event, with numbers and without words of the platform", async () => {
  const { platform, program } = await connected();
  await program.passUntil(has(program, "heartbeat"), 1_000);
  platform.fault("tunnel-close", "4321");
  await up(program, 2);
  const count = program.tunnelEvents.length;
  await program.close();
  const lines = (await program.metrics()).filter(({ eventType }) => String(eventType).startsWith("TUNNEL_"));
  expect(lines).toHaveLength(count + 1);
  expect(lines.map(({ eventType }) => eventType)).toEqual(expect.arrayContaining(["TUNNEL_ESTABLISHED", "TUNNEL_HEARTBEAT", "TUNNEL_LOST", "TUNNEL_CLOSED"]));
  expect(lines).toContainEqual({ timestamp: expect.any(String), eventType: "TUNNEL_LOST", code: 4321 });
});

describe("deployment pipelines", () => {
  const SECRET = "a-signing-secret-for-tests";

  async function pipeline(answer?: (request: SeenRequest) => number) {
    const server = await serveHttp((request, response) => {
      const status = answer?.(request) ?? 200;
      if (status !== 0) response.writeHead(status).end("thanks");
    });
    onTestFinished(() => server[Symbol.asyncDispose]());
    return server;
  }

  test("hear every event of the contract, signed, in order, the last one included", async () => {
    const server = await pipeline();
    const { program } = await connected({ tunnel: { webhooks: [{ url: `${server.url}/hook`, secret: "PIPELINE_KEY" }] }, env: { PIPELINE_KEY: SECRET } });
    await program.passUntil(has(program, "tunnel_checked"), 90_000);
    await program.close();
    const bodies = server.requests.map(({ body }) => JSON.parse(body));
    const told = program.tunnelEvents.filter(({ event }) => event !== "tunnel_checked");
    expect(bodies).toEqual(told);
    expect(bodies.map(({ event }) => event)).toEqual(["tunnel_established", ...bodies.slice(1, -1).map(() => "heartbeat"), "tunnel_closed"]);
    for (const { body, headers } of server.requests) {
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-callside-signature"])) ?? [];
      expect(v1).toBe(createHmac("sha256", SECRET).update(`${t}.${body}`).digest("hex"));
      expect(headers["x-callside-event"]).toBe(JSON.parse(body).event);
    }
  });

  test("hear that the tunnel was closed when its section is taken out of the configuration", async () => {
    const server = await pipeline();
    const { platform, program } = await connected({ tunnel: { webhooks: [server.url] } });
    await program.rewrite(configFor(platform));
    await program.passUntil(() => program.state().tunnel === null, 5_000);
    await until(() => server.requests.length === program.tunnelEvents.filter(({ event }) => event !== "tunnel_checked").length);
    expect(server.requests.map(({ body }) => JSON.parse(body).event).at(-1)).toBe("tunnel_closed");
  });

  test("one that hangs, one that fails and one that works: the tunnel and the third do not notice the others, and quitting does not wait for them long", async () => {
    const hangs = await pipeline(() => 0);
    const fails = await pipeline(() => 500);
    const works = await pipeline();
    const { program } = await connected({ tunnel: { webhooks: [hangs.url, fails.url, works.url] } });
    const delivered = (): boolean => works.requests.length === program.tunnelEvents.filter(({ event }) => event !== "tunnel_checked").length;
    // The program's time must not run ahead of this machine's network, or the one that works would look slow too.
    for (let seconds = 0; program.notice("tunnel-webhook-0") === undefined || program.notice("tunnel-webhook-1") === undefined; seconds += 1) {
      if (seconds > 600) expect.unreachable("the two that do not work are not noticed");
      await program.pass(1_000);
      await until(delivered, "the one that works hears everything");
    }
    expect(program.tunnel().kind).toBe("connected");
    expect(program.notice("tunnel-webhook-2")).toBeUndefined();
    expect(program.notice("tunnel-webhook-1")?.what).toMatch(/does not take events: .*500/);
    const before = program.clock.monotonic();
    await program.close();
    expect(program.clock.monotonic() - before).toBeLessThanOrEqual(2_000);
    expect(program.app.notices.all().find(({ id }) => id === "tunnel-webhook-0")).toMatchObject({
      what: expect.stringMatching(/was closed before it had every event/),
      effect: expect.stringMatching(/^\d+ events? did not reach it\.$/),
    });
    expect(works.requests.map(({ body }) => JSON.parse(body).event).at(-1)).toBe("tunnel_closed");
  });

  test("without its signing secret nothing is sent, and a notice names what is missing", async () => {
    const server = await pipeline();
    const { program } = await connected({ tunnel: { webhooks: [{ url: server.url, secret: "PIPELINE_KEY" }] } });
    expect(program.notice("tunnel-webhook-0")?.remedy).toContain("PIPELINE_KEY");
    await program.close();
    expect(server.requests).toEqual([]);
  });
});

test("a subscriber that throws disturbs neither the tunnel nor the others", async () => {
  const platform = await platformHere();
  const program = await programOn(platform);
  program.app.onTunnel(() => {
    throw new Error("a subscriber's own mistake");
  });
  await up(program);
  platform.fault("tunnel-drop", "now");
  await up(program, 2);
  await until(() => program.bugs.length > 0);
  expect(program.tunnel().kind).toBe("connected");
});
