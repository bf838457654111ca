import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultName } from "../../electron/sandbox/faults.ts";
import { runtimeFaultTable } from "../../electron/sandbox/runtime-fault-rows.ts";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { until } from "../support/until.ts";
import { runHere, type CliRun } from "./surroundings.ts";

let folder = "";
let sandbox: Sandbox;
let clock: FakeClock;
beforeEach(async () => {
  clock = createFakeClock();
  folder = await mkdtemp(join(tmpdir(), "callside-tunnel-sandbox-"));
  sandbox = await startSandbox({ calls: { kind: "practice" }, clock, random: () => 0.5 });
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ ...sandbox.config(), audit: {} }));
});
afterEach(async () => {
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The whole program against the practice platform, both on the same clock. */
const run = (...argv: readonly string[]): CliRun => runHere(["tunnel", "--json", ...argv], { folder, clock, env: { ...sandbox.env() } });

const eventsOf = (run: CliRun): readonly unknown[] => run.lines().map((line) => line["event"]);

/** Lets time pass whenever the connections of this process have come to rest, until the program has ended. */
async function ended({ code }: CliRun): Promise<number> {
  const run: { code: number | null } = { code: null };
  const finished = code.then((value) => (run.code = value));
  while (run.code === null) {
    for (let turn = 0; turn < 200 && run.code === null; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (run.code === null) await clock.advance(500);
  }
  return finished;
}

/** What `--once` says to each fault of the runtime: exit code, and words of the verdict. */
const truths: readonly (readonly [name: FaultName, value: string, code: 0 | 1 | 2, words: string])[] = [
  ["tunnel-upgrade", "401", 1, "does not accept the credentials"],
  ["tunnel-upgrade", "403", 1, "denies access"],
  ["tunnel-upgrade", "404", 1, "does not know this address"],
  ["tunnel-upgrade", "429", 2, "asks for a pause"],
  ["tunnel-upgrade", "503", 2, "has a problem"],
  ["tunnel-refuse", "no room for you", 1, "no room for you"],
  ["tunnel-wrong-type", "on", 1, "runtime refused the connection"],
  ["tunnel-mute", "on", 2, "took too long"],
  ["tunnel-handshake", "3000", 0, "handshake 3"],
  ["tunnel-handshake", "60000", 2, "took too long"],
  ["tunnel-connected-twice", "on", 0, "works"],
  ["tunnel-not-json", "on", 0, "works"],
  ["tunnel-no-pong", "on", 0, "works"],
  ["tunnel-push", "3", 0, "works"],
  ["tunnel-late-reply", "2000", 0, "channel available"],
  ["tunnel-late-reply", "60000", 1, "did not answer the check"],
  ["tunnel-double-reply", "on", 0, "works"],
  ["tunnel-refuse-refresh", "on", 0, "works"],
  ["tunnel-no-refresh-reply", "on", 0, "works"],
  ["tunnel-channel", "draining", 1, "not available: draining"],
  ["tunnel-no-probe-reply", "on", 1, "did not answer the check"],
  ["tunnel-sessions", "50", 1, "no free session"],
  ["tunnel-drop", "1", 2, "1006"],
  // Nothing is open yet that it could close.
  ["tunnel-close", "1011", 0, "works"],
  ["bot-inactive", "on", 1, "not active"],
  ["bot-channels", "voice", 1, "does not serve this channel"],
  ["bot-check", "401", 1, "does not accept the credentials"],
  ["bot-check", "403", 1, "denies access"],
  ["bot-check", "404", 1, "does not know this address"],
  ["bot-check", "429", 2, "asks for a pause"],
  ["bot-check", "500", 2, "has a problem"],
  ["bot-check", "timeout", 2, "took too long"],
  ["refuse-token", "400", 1, "is refused"],
  ["refuse-token", "401", 1, "does not accept the credentials"],
  ["refuse-token", "429", 2, "asks for a pause"],
  ["refuse-token", "500", 2, "has a problem"],
  ["missing-scope", "runtime:execute", 1, "runtime:execute"],
  ["token-form", "opaque", 1, "cannot be used"],
];

describe("tunnel --once and the practice platform", () => {
  test("every fault of the runtime is in the table", () => {
    const covered = new Set<string>(truths.map(([name]) => name));
    expect(Object.keys(runtimeFaultTable).filter((name) => !covered.has(name))).toStrictEqual([]);
  });

  test.each(truths)("%s=%s: exit %i, %s", async (name, value, code, words) => {
    expect(sandbox.setFault(name, value).ok).toBe(true);
    const once = run("--once");
    expect(await ended(once)).toBe(code);
    const verdict = once.lines().find((line) => line["event"] === "verdict");
    expect(verdict).toMatchObject({ works: code === 0, message: expect.stringContaining(words) });
    expect(eventsOf(once).includes("error")).toBe(code !== 0);
    expect(sandbox.stats().openTunnels).toBe(0);
  });

  test("without a fault it works, is told in order, and leaves politely; agent assist does not run", async () => {
    const once = run("--once");
    expect(await ended(once)).toBe(0);
    const events = eventsOf(once).filter((event) => event !== "connection" && event !== "heartbeat");
    expect(events).toStrictEqual(["ready", "tunnel_established", "tunnel_checked", "tunnel_closed", "verdict"]);
    expect(once.lines().filter((line) => line["event"] === "connection").map((line) => [line["name"], line["state"]])).toStrictEqual([
      ["tunnel", "validating"],
      ["tunnel", "connecting"],
      ["tunnel", "connected"],
      ["tunnel", "closed"],
    ]);
    expect(sandbox.stats()).toMatchObject({ tunnelProbes: 1, tunnelDisconnects: 1, lastTunnelCloseCode: 1000, socketsOpened: 0, tokenRequests: 0 });
  });

  test.each([1000, 1001, 1006, 1008, 1011, 1012, 1013, 4000, 4403, 4999])("closed with %i before the check is answered: not known, or refused", async (closeCode) => {
    sandbox.setFault("tunnel-no-probe-reply", "on");
    const once = run("--once");
    await until(() => sandbox.stats().tunnelProbes === 1);
    sandbox.setFault("tunnel-close", String(closeCode));
    expect(await ended(once)).toBe(closeCode === 4403 ? 1 : 2);
    expect(eventsOf(once)).toContain("tunnel_lost");
    expect(once.lines().find((line) => line["event"] === "verdict")).toMatchObject({ works: false, message: expect.stringContaining("broke before the check was answered") });
  });

  test("a bot that nobody knows, a protocol that is not spoken, and a network that leads nowhere", async () => {
    for (const [setting, code, words] of [
      ["tunnel.botId=no/such bot", 1, "no/such bot"],
      ["tunnel.protocolVersion=3.0", 1, "protocol version"],
      ["tunnel.socketUrl=ws://127.0.0.1:1/runtime", 2, "cannot be reached"],
      ["network.caFile=none.pem", 2, "none.pem cannot be read"],
    ] as const) {
      const once = run("--once", "--set", setting);
      expect([setting, await ended(once)]).toStrictEqual([setting, code]);
      expect(once.lines().at(-1)).toMatchObject({ event: "error", message: expect.stringContaining(words) });
    }
  });

  test("neither secret nor token is in what it prints", async () => {
    sandbox.setFault("tunnel-refuse", "no");
    const once = run("--once");
    await ended(once);
    const text = once.stdout.text() + once.stderr.text();
    expect(text).not.toContain(sandbox.env().COGNIGY_CLIENT_SECRET);
    expect(text).not.toContain("eyJ");
  });
});

describe("tunnel and the practice platform", () => {
  test("comes back after a drop, without being ready twice, and says goodbye when stopped", async () => {
    const living = run();
    await living.stdout.shows("tunnel_established");
    sandbox.setFault("tunnel-drop", "now");
    await living.stdout.shows("reconnecting");
    await clock.advance(2_000);
    await until(() => eventsOf(living).filter((event) => event === "tunnel_established").length === 2);
    living.signal("SIGTERM");
    expect(await ended(living)).toBe(0);
    expect(eventsOf(living).filter((event) => event === "ready")).toHaveLength(1);
    expect(living.lines()).toContainEqual(expect.objectContaining({ event: "tunnel_lost", code: 1006 }));
    expect(living.lines()).toContainEqual(expect.objectContaining({ event: "connection", name: "tunnel", state: "reconnecting", retryInMs: expect.any(Number) }));
    expect(sandbox.stats()).toMatchObject({ openTunnels: 0, tunnelDisconnects: 1, lastTunnelCloseCode: 1000 });
  });

  test("waits for a bot that is not active, and is there a minute after it is", async () => {
    sandbox.setFault("bot-inactive", "on");
    const living = run();
    await living.stdout.shows('"retryInMs":60000');
    sandbox.setFault("bot-inactive", null);
    await clock.advance(60_000);
    await living.stdout.shows("tunnel_established");
    living.signal("SIGINT");
    expect(await ended(living)).toBe(0);
  });

  test("ends with 1 where it is refused for good", async () => {
    sandbox.setFault("bot-check", "404");
    const living = run();
    expect(await ended(living)).toBe(1);
    expect(living.lines().at(-2)).toMatchObject({ event: "error", message: expect.stringContaining("practice-bot") });
  });
});
