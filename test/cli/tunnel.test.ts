import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tunnelCommand, type TunnelPorts } from "../../electron/cli/tunnel.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok } from "../../shared/result.ts";
import { runHere } from "./surroundings.ts";

const timestamp = "2026-01-05T09:00:00.123Z";
const configText = JSON.stringify({ tunnel: { tenant: "acme", botId: "b1" } });
const dropped: Fault = { kind: "transport", code: "socket-abnormal", detail: "no close frame", closeCode: 1006 };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-tunnel-"));
  await writeFile(join(folder, "callside.config.json"), configText);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const states = {
  validating: { kind: "validating", since: 0, attempt: 0 },
  connecting: { kind: "connecting", since: 0, attempt: 0 },
  connected: { kind: "connected", since: 0 },
  lost: { kind: "reconnecting", since: 0, attempt: 1, retryAt: Date.UTC(2026, 0, 5, 9) + 1_500, fault: dropped },
} as const satisfies Readonly<Record<string, ConnectionState>>;

/** As the tunnel tells it: every step of an attempt that succeeds. */
function establish({ onConnection, onTunnel }: TunnelPorts): void {
  onConnection("tunnel", states.validating);
  onConnection("tunnel", states.connecting);
  onTunnel({ event: "tunnel_established", bot_id: "b1", latency_ms: 120, timestamp });
  onConnection("tunnel", states.connected);
}

/** A tunnel that does `work` when it is opened and `check` when the check is asked for, and says goodbye when closed. */
function fakeTunnel(work: (ports: TunnelPorts) => void, check: (ports: TunnelPorts) => void = () => {}) {
  const seen = { checks: 0, closed: 0 };
  const command = tunnelCommand((ports) => {
    work(ports);
    return Promise.resolve(
      ok({
        check: () => {
          seen.checks += 1;
          check(ports);
        },
        [Symbol.asyncDispose]: () => {
          seen.closed += 1;
          ports.onTunnel({ event: "tunnel_closed", bot_id: "b1", final_latency_ms: 8.06, timestamp });
          ports.onConnection("tunnel", { kind: "closed", since: 0 });
          return Promise.resolve();
        },
      }),
    );
  });
  return { commands: { tunnel: command }, seen };
}

const works = (): ReturnType<typeof fakeTunnel> =>
  fakeTunnel(establish, ({ onTunnel }) => {
    onTunnel({ event: "tunnel_checked", status: "available", latency_ms: 8.06, timestamp });
  });

describe("tunnel", () => {
  test("prints every event as it is, is ready once, and ends with 0 when stopped, after a polite close", async () => {
    const tunnel = fakeTunnel((ports) => {
      establish(ports);
      ports.onTunnel({ event: "heartbeat", latency_ms: 8.06, timestamp });
      ports.onPush({ type: "typing", bytes: 42, text: "private words" });
      ports.onTunnel({ event: "tunnel_lost", code: 1006, reason: "no close frame", timestamp });
      ports.onConnection("tunnel", states.lost);
      establish(ports);
    });
    const run = runHere(["tunnel", "--json"], { folder, commands: tunnel.commands });
    await run.stdout.shows("ready");
    run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect(tunnel.seen).toStrictEqual({ checks: 0, closed: 1 });
    const lines = run.lines();
    const names = lines.map(({ event, state }) => (event === "connection" ? state : event));
    const first = ["validating", "connecting", "tunnel_established", "connected"];
    expect(names).toStrictEqual([...first, "ready", "heartbeat", "push", "tunnel_lost", "reconnecting", ...first, "tunnel_closed", "closed"]);
    expect(lines).toContainEqual({ event: "heartbeat", timestamp, latency_ms: 8.06 });
    expect(lines).toContainEqual({ event: "tunnel_established", timestamp, bot_id: "b1", latency_ms: 120 });
    expect(lines).toContainEqual(expect.objectContaining({ event: "push", type: "typing", bytes: 42 }));
    expect(lines).toContainEqual(expect.objectContaining({ event: "connection", name: "tunnel", state: "reconnecting", code: 1006, reason: "no close frame", retryInMs: 1_500 }));
    expect(run.stdout.text()).not.toContain("private words");
  });

  test("for a person it stands in columns with the time of day", async () => {
    const tunnel = fakeTunnel((ports) => {
      establish(ports);
      ports.onTunnel({ event: "heartbeat", latency_ms: 8.06, timestamp });
    });
    const run = runHere(["tunnel"], { folder, commands: tunnel.commands });
    await run.stdout.shows("heartbeat");
    run.signal("SIGINT");
    expect(await run.code).toBe(0);
    const time = String.raw`\d\d:\d\d:\d\d  `;
    expect(run.stdout.text()).toMatch(new RegExp(`^${time}established  handshake 120\\.0 ms, bot b1$`, "m"));
    expect(run.stdout.text()).toMatch(new RegExp(`^${time}tunnel       connected$`, "m"));
    expect(run.stdout.text()).toMatch(new RegExp(`^${time}heartbeat    8\\.1 ms$`, "m"));
    expect(run.stdout.text()).toContain("Ready: the tunnel is open. Ctrl+C ends it.");
  });

  test("a bot that is not ready ends nothing: it goes on trying", async () => {
    const fault: Fault = { kind: "refused", code: "bot-inactive", detail: 'the status is "paused"' };
    const tunnel = fakeTunnel(({ onConnection }) => {
      onConnection("tunnel", { ...states.lost, fault });
    });
    const run = runHere(["tunnel"], { folder, commands: tunnel.commands });
    await run.stdout.shows("Next attempt in 1.5 s");
    run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect(run.stderr.text()).toBe("");
  });

  test("ends with 1 and the reason when it is refused for good, with 2 where our own settings are the reason", async () => {
    for (const [fault, code] of [
      [{ kind: "refused", code: "not-found", detail: 'there is no bot "b1"', status: 404 }, 1],
      [{ kind: "policy", code: "disk", detail: "network.caFile: ca.pem cannot be read" }, 2],
    ] as const) {
      const tunnel = fakeTunnel(({ onConnection }) => {
        onConnection("stream", { kind: "rejected", since: 0, fault: dropped });
        onConnection("tunnel", { kind: "rejected", since: 0, fault });
      });
      const run = runHere(["tunnel", "--json"], { folder, commands: tunnel.commands });
      expect(await run.code).toBe(code);
      const errors = run.lines().filter((line) => line["event"] === "error");
      expect(errors).toMatchObject([{ message: expect.stringContaining(fault.detail) }]);
      expect(tunnel.seen.closed).toBe(1);
    }
  });

  test("ends when nobody reads its output any more", async () => {
    const tunnel = fakeTunnel(establish);
    const run = runHere(["tunnel", "--json"], { folder, commands: tunnel.commands });
    await run.stdout.shows("ready");
    run.stdout.break();
    expect(await run.code).toBe(0);
    expect(tunnel.seen.closed).toBe(1);
  });

  test("a notice is a remark, no event", async () => {
    const tunnel = fakeTunnel((ports) => {
      ports.onNotice("The disk is full.");
      establish(ports);
    });
    const run = runHere(["tunnel", "--json"], { folder, commands: tunnel.commands });
    await run.stdout.shows("ready");
    run.signal("SIGTERM");
    await run.code;
    expect(run.stderr.text()).toBe("The disk is full.\n");
  });
});

describe("tunnel --once", () => {
  test("establishes, checks once, closes, and says last that it works", async () => {
    const json = works();
    const run = runHere(["tunnel", "--once", "--json"], { folder, commands: json.commands });
    expect(await run.code).toBe(0);
    expect(json.seen).toStrictEqual({ checks: 1, closed: 1 });
    const events = run.lines().map((line) => line["event"]).filter((event) => event !== "connection");
    expect(events).toStrictEqual(["tunnel_established", "ready", "tunnel_checked", "tunnel_closed", "verdict"]);
    expect(run.lines().at(-1)).toMatchObject({ event: "verdict", works: true });

    const readable = runHere(["tunnel", "--once"], { folder, commands: works().commands });
    expect(await readable.code).toBe(0);
    expect(readable.stdout.text().trimEnd().split("\n").at(-1)).toBe("The tunnel to bot b1 works: handshake 120 ms, round trip 8.1 ms, channel available.");
    expect(readable.stderr.text()).toBe("");
  });

  test("asks for the check when the tunnel is established, not before", async () => {
    const held: TunnelPorts[] = [];
    const tunnel = fakeTunnel(
      (ports) => {
        held.push(ports);
        ports.onConnection("tunnel", states.validating);
      },
      ({ onTunnel }) => {
        onTunnel({ event: "tunnel_checked", status: "available", latency_ms: 1, timestamp });
      },
    );
    const run = runHere(["tunnel", "--once", "--json"], { folder, commands: tunnel.commands });
    await run.stdout.shows("validating");
    expect(tunnel.seen.checks).toBe(0);
    for (const ports of held) establish(ports);
    expect(await run.code).toBe(0);
    expect(tunnel.seen.checks).toBe(1);
  });

  test.each<readonly [string, number, string, ReturnType<typeof fakeTunnel>]>([
    [
      "the bot is inactive",
      1,
      "is refused",
      fakeTunnel(({ onConnection }) => onConnection("tunnel", { ...states.lost, fault: { kind: "refused", code: "bot-inactive", detail: 'status "paused"' } })),
    ],
    [
      "the credentials are refused for good",
      1,
      "is refused",
      fakeTunnel(({ onConnection }) => onConnection("tunnel", { kind: "rejected", since: 0, fault: { kind: "refused", code: "credentials", detail: "401" } })),
    ],
    [
      "nobody is reached",
      2,
      "could not be tried",
      fakeTunnel(({ onConnection }) => onConnection("tunnel", { ...states.lost, fault: { kind: "transport", code: "network", detail: "acme: not found" } })),
    ],
    ["the channel is not available", 1, "draining", fakeTunnel(establish, ({ onTunnel }) => onTunnel({ event: "channel_unavailable", status: "draining", timestamp }))],
    [
      "the probe is not answered",
      1,
      "did not answer the check",
      fakeTunnel(establish, ({ onTunnel }) => onTunnel({ event: "channel_unavailable", status: "unanswered", timestamp })),
    ],
    ["it breaks before the check is answered", 2, "broke before the check was answered", fakeTunnel(establish, ({ onConnection }) => onConnection("tunnel", states.lost))],
  ])("%s: exit %i and why, last", async (_name, code, words, tunnel) => {
    const run = runHere(["tunnel", "--once", "--json"], { folder, commands: tunnel.commands });
    expect(await run.code).toBe(code);
    expect(tunnel.seen.closed).toBe(1);
    expect(run.lines().slice(-2)).toMatchObject([
      { event: "verdict", works: false, message: expect.stringContaining(words) },
      { event: "error", message: expect.stringContaining(words) },
    ]);
    expect(run.lines().map((line) => line["event"])).not.toContain("tunnel_checked");
  });

  test("promises a person no next attempt, because there is none", async () => {
    const tunnel = fakeTunnel(({ onConnection }) => onConnection("tunnel", states.lost));
    const run = runHere(["tunnel", "--once"], { folder, commands: tunnel.commands });
    expect(await run.code).toBe(2);
    expect(run.stdout.text() + run.stderr.text()).not.toContain("Next attempt");
    expect(run.stderr.text()).toMatch(/^callside: The tunnel to bot b1 could not be tried\. .*\n$/);
  });

  test("a signal, or a reader that goes away, closes politely and leaves the question open: 2", async () => {
    for (const work of [establish, ({ onConnection }: TunnelPorts) => onConnection("tunnel", states.validating)]) {
      for (const stop of ["SIGINT", "SIGTERM", "EPIPE"] as const) {
        const tunnel = fakeTunnel(work);
        const run = runHere(["tunnel", "--once", "--json"], { folder, commands: tunnel.commands });
        await run.stdout.shows("validating");
        if (stop === "EPIPE") run.stdout.break();
        else run.signal(stop);
        expect(await run.code).toBe(2);
        expect(tunnel.seen.closed).toBe(1);
        if (stop !== "EPIPE") expect(run.lines().at(-1)).toMatchObject({ event: "error", message: expect.stringContaining("Stopped before") });
      }
    }
  });
});

describe("tunnel and tunnel --once cannot be tried", () => {
  const failing = { tunnel: tunnelCommand(() => Promise.resolve(err({ kind: "refused", code: "no-credentials", detail: "set COGNIGY_CLIENT_ID" }))) };

  test.each([["tunnel"], ["tunnel", "--once"]])("%s %s without section, with a bad configuration, or where it cannot begin", async (...command) => {
    const argv = command.filter((word) => word !== undefined);
    for (const [more, message] of [
      [["--config", "none.json"], "no such file"],
      [["--set", "tunnel.heartbeatSeconds=0"], "tunnel.heartbeatSeconds"],
      [["--twice"], "unknown flag --twice"],
      [["b1"], "allowed: none"],
      [[], "set COGNIGY_CLIENT_ID"],
    ] as const) {
      const run = runHere([...argv, ...more], { folder, commands: failing });
      expect(await run.code).toBe(2);
      expect(run.stderr.text()).toContain(message);
      expect(run.stdout.text()).toBe("");
    }
    await writeFile(join(folder, "callside.config.json"), "{}");
    const off = runHere(argv, { folder, commands: failing });
    expect(await off.code).toBe(2);
    expect(off.stderr.text()).toMatch(/tunnel is off: .*COGNIGY_TENANT and COGNIGY_BOT_ID/);
  });

  test("the environment alone is enough to begin", async () => {
    await rm(join(folder, "callside.config.json"));
    const env = { COGNIGY_TENANT: "acme", COGNIGY_BOT_ID: "b2", COGNIGY_CLIENT_ID: "id", COGNIGY_CLIENT_SECRET: "s" };
    const run = runHere(["tunnel", "--once"], { folder, commands: works().commands, env });
    expect(await run.code).toBe(0);
    expect(run.stdout.text()).toContain("The tunnel to bot b2 works");
  });
});
