import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runtimeFaultTable } from "../../electron/sandbox/runtime-fault-rows.ts";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { truths } from "../support/tunnel-truths.ts";
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
      ["network.caFile=none.pem", 2, "there is no file"],
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
