import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BridgePorts } from "../../electron/cli/bridge-service.ts";
import { bridgeCommand } from "../../electron/cli/bridge.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok } from "../../shared/result.ts";
import { bridgeView, deadLetterOf, noAnswer } from "../support/bridge-fixture.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { runHere } from "./surroundings.ts";

const configText = JSON.stringify({ bridge: { orgId: "o1", dialogUrl: "https://bot.example/dialogs/start" } });
const quiet = bridgeView(0, { answered: 3, queue: { waiting: 0, working: 0, oldestAt: null } });
const inUse: Fault = { kind: "policy", code: "in-use", detail: "another bridge works on /data/bridge" };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-bridge-"));
  await writeFile(join(folder, "callside.config.json"), configText);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface FakeOptions {
  readonly view?: () => BridgeView | null;
  readonly healthPort?: number;
  readonly closing?: (ports: BridgePorts) => void;
  /** When the work of a replay is done; at once unless given. */
  readonly idle?: Promise<void>;
}

/** A bridge that does `work` when it is opened. */
function fakeBridge(work: (ports: BridgePorts) => void, { view = () => quiet, healthPort, closing, idle = Promise.resolve() }: FakeOptions = {}) {
  const seen = { closed: 0, work: [] as string[] };
  const command = bridgeCommand((ports) => {
    seen.work.push(ports.work);
    work(ports);
    return Promise.resolve(
      ok({
        view,
        healthPort: () => healthPort ?? null,
        idle: () => idle,
        async [Symbol.asyncDispose]() {
          seen.closed += 1;
          closing?.(ports);
        },
      }),
    );
  });
  return { commands: { bridge: command }, seen };
}

const answered = { kind: "answered", id: "m1", conversationId: "c1", hops: { genesys: null, bot: 90, reply: 20 }, totalMs: 120, level: "normal" } as const;

describe("bridge", () => {
  test("is ready once, tells every event, finishes what is in hand, and ends with 0 when stopped", async () => {
    const bridge = fakeBridge(
      ({ onBridge, onConnection }) => {
        onConnection("bridge", { kind: "connecting", since: 0, attempt: 0 });
        onConnection("bridge", { kind: "connected", since: 0 });
        onBridge({ kind: "message", id: "m1", conversationId: "c1", sequenceId: 7, speaker: "customer", text: "private words", at: 0 });
        onConnection("bridge", { kind: "connected", since: 1 });
      },
      {
        closing: ({ onBridge }) => {
          onBridge(answered);
        },
      },
    );
    const run = runHere(["bridge", "--json"], { folder, commands: bridge.commands });
    await run.stdout.shows('"message"');
    run.signal("SIGTERM");
    expect(await run.code).toBe(0);
    expect(bridge.seen).toEqual({ closed: 1, work: ["serve"] });
    expect(run.lines().map((line) => line["event"])).toEqual(["connection", "connection", "ready", "message", "connection", "answered", "stopped"]);
    expect(run.lines()[0]).toMatchObject({ name: "bridge", state: "connecting" });
    expect(run.lines().at(-1)).toMatchObject({ answered: 3, waiting: 0 });
    expect(run.lines().find((line) => line["event"] === "answered")).toMatchObject({ id: "m1", conversationId: "c1", latencyMs: 90, level: "normal", totalMs: 120 });
    expect(run.stdout.text() + run.stderr.text()).not.toContain("private words");
  });

  test("tells where its health is", async () => {
    const bridge = fakeBridge(({ onConnection }) => onConnection("bridge", { kind: "connected", since: 0 }), { healthPort: 8_123 });
    const run = runHere(["bridge", "--json"], { folder, commands: bridge.commands });
    await run.stdout.shows("health");
    run.signal("SIGINT");
    expect(await run.code).toBe(0);
    expect(run.lines()).toContainEqual(expect.objectContaining({ event: "health", url: "http://127.0.0.1:8123" }));
  });

  test.each([
    [{ kind: "refused", code: "forbidden", detail: "403: platform:agent:view is missing", status: 403 }, 1, "platform:agent:view"],
    [inUse, 2, "/data/bridge"],
    [{ kind: "transport", code: "disk", detail: "/data/bridge: EACCES" }, 2, "EACCES"],
  ] as const)("refused for good (%j): %i, and says why", async (fault, code, words) => {
    const bridge = fakeBridge(({ onConnection }) => onConnection("bridge", { kind: "rejected", since: 0, fault }));
    const run = runHere(["bridge", "--json"], { folder, commands: bridge.commands });
    expect(await run.code).toBe(code);
    expect(run.lines()).toContainEqual(expect.objectContaining({ event: "error", message: expect.stringContaining(words) }));
    expect(bridge.seen.closed).toBe(1);
  });

  test("without the section, or where it cannot begin, it is not tried", async () => {
    const cannot: Fault = { kind: "refused", code: "no-credentials", detail: "no credentials for bridge: set GENESYS_CLIENT_ID in the environment" };
    const run = runHere(["bridge", "--json"], { folder, commands: { bridge: bridgeCommand(async () => err(cannot)) } });
    expect(await run.code).toBe(2);
    expect(run.lines()).toMatchObject([{ event: "error", message: expect.stringContaining("GENESYS_CLIENT_ID") }]);
    await writeFile(join(folder, "callside.config.json"), "{}");
    const off = runHere(["bridge", "--json"], { folder, commands: fakeBridge(() => undefined).commands });
    expect(await off.code).toBe(2);
    expect(off.lines()).toMatchObject([{ event: "error", message: expect.stringContaining("the section bridge") }]);
    expect(String(off.lines()[0]?.["message"])).toContain("COGNIGY_API_URL, COGNIGY_API_KEY and GENESYS_ORG_ID");
  });

  test("with some of its variables it names those that are missing", async () => {
    await writeFile(join(folder, "callside.config.json"), "{}");
    const env = { COGNIGY_API_URL: "https://bot.example", COGNIGY_API_KEY: "key-of-the-bot", GENESYS_CLIENT_ID: "id-1" };
    const off = runHere(["bridge", "--json"], { folder, env, commands: fakeBridge(() => undefined).commands });
    expect(await off.code).toBe(2);
    const message = String(off.lines()[0]?.["message"]);
    expect(message).toContain("the environment lacks GENESYS_ORG_ID and GENESYS_CLIENT_SECRET");
    expect(message).not.toMatch(/COGNIGY_API_KEY|key-of-the-bot/u);
  });

  test("at a terminal a person sees figures that are written anew and lines for what matters, none per message", async () => {
    const clock = createFakeClock();
    let shown = bridgeView(0, { answered: 1 });
    let tell: BridgePorts["onBridge"] = () => undefined;
    const bridge = fakeBridge(
      ({ onConnection, onBridge }) => {
        tell = onBridge;
        onConnection("bridge", { kind: "connected", since: 0 });
      },
      { view: () => shown },
    );
    const run = runHere(["bridge"], { folder, clock, terminal: { columns: 120 }, commands: bridge.commands });
    await run.stderr.shows("1 answered");
    for (let number = 0; number < 100; number += 1) tell(answered);
    shown = bridgeView(0, { answered: 101 });
    await clock.advance(1_000);
    await run.stderr.shows("101 answered");
    tell({ kind: "dead-letter", letter: deadLetterOf(0, "m9", "private words") });
    await run.stdout.shows("Not answered: m9");
    run.signal("SIGINT");
    expect(await run.code).toBe(0);
    expect(run.stderr.text()).toContain("Stopping: what is in hand is finished first (13)");
    expect(run.stdout.text().split("\n").filter((line) => line !== "").map((line) => line.replace(/^\d\d:\d\d:\d\d  /u, ""))).toEqual([
      "bridge: connected",
      "Ready: the bridge answers. Ctrl+C ends it, after what is in hand.",
      expect.stringContaining("Not answered: m9"),
      "Stopped: 101 answered, 13 left for the next start",
    ]);
    expect(run.stderr.text().endsWith("\u001b[2K") || run.stderr.text().endsWith("at once.\n")).toBe(true);
    expect(clock.pending()).toBe(0);
  });
});

const letterOf = (id: string) => deadLetterOf(0, id, "private words", { fault: noAnswer });

describe("bridge --replay-dead-letters", () => {
  const replay = (ports: BridgePorts, id: string): void => {
    ports.onBridge({ kind: "dead-letter", letter: letterOf(id), fromBefore: true });
    ports.onBridge({ kind: "settled", id, conversationId: "c1", how: "replayed" });
  };

  test("all are answered: 0, with a summary", async () => {
    const bridge = fakeBridge((ports) => {
      for (const id of ["m1", "m2"]) {
        replay(ports, id);
        ports.onBridge({ ...answered, id });
      }
    });
    const run = runHere(["bridge", "--replay-dead-letters", "--json"], { folder, commands: bridge.commands });
    expect(await run.code).toBe(0);
    expect(bridge.seen).toEqual({ closed: 1, work: ["replay"] });
    expect(run.lines().map((line) => line["event"])).toEqual(["settled", "answered", "settled", "answered", "replayed"]);
    expect(run.lines().at(-1)).toMatchObject({ total: 2, answered: 2, leftToAgent: 0, uncertain: 0, remaining: 0, reasons: [] });
  });

  test("some remain: 1, with how many and why", async () => {
    const bridge = fakeBridge(
      (ports) => {
        for (const id of ["m1", "m2", "m3"]) replay(ports, id);
        ports.onBridge({ ...answered, id: "m1" });
        for (const id of ["m2", "m3"]) ports.onBridge({ kind: "dead-letter", letter: letterOf(id) });
      },
      { view: () => ({ ...quiet, deadLetters: { count: 2, list: [letterOf("m2"), letterOf("m3")] } }) },
    );
    const run = runHere(["bridge", "--replay-dead-letters"], { folder, commands: bridge.commands });
    expect(await run.code).toBe(1);
    expect(run.stdout.text()).toContain("3 dead letters worked again: 1 answered, 2 remaining.\n  2 x The bot's answer holds no text.");
    expect(run.stdout.text()).not.toContain("private words");
  });

  test("one whose reply became uncertain is not done with either", async () => {
    const bridge = fakeBridge((ports) => {
      replay(ports, "m1");
      ports.onBridge({ kind: "uncertain", id: "m1", conversationId: "c1" });
    });
    const run = runHere(["bridge", "--replay-dead-letters", "--json"], { folder, commands: bridge.commands });
    expect(await run.code).toBe(1);
    expect(run.lines().at(-1)).toMatchObject({ event: "replayed", total: 1, answered: 0, uncertain: 1 });
  });

  test("with none there is nothing to do, and that is said", async () => {
    const run = runHere(["bridge", "--replay-dead-letters"], { folder, commands: fakeBridge(() => undefined).commands });
    expect(await run.code).toBe(0);
    expect(run.stdout.text()).toBe("There are no dead letters.\n");
  });

  test("while another bridge works there it cannot be tried", async () => {
    const bridge = fakeBridge(({ onConnection }) => onConnection("bridge", { kind: "rejected", since: 0, fault: inUse }));
    const run = runHere(["bridge", "--replay-dead-letters", "--json"], { folder, commands: bridge.commands });
    expect(await run.code).toBe(2);
    expect(run.lines()).toMatchObject([{ event: "error", message: expect.stringContaining("/data/bridge") }]);
  });

  test("stopped in the middle it says how far it came, and is not done", async () => {
    const bridge = fakeBridge(
      (ports) => {
        for (const id of ["m1", "m2"]) replay(ports, id);
        ports.onBridge({ ...answered, id: "m1" });
      },
      { idle: new Promise(() => undefined) },
    );
    const run = runHere(["bridge", "--replay-dead-letters", "--json"], { folder, commands: bridge.commands });
    await run.stdout.shows("answered");
    run.signal("SIGTERM");
    expect(await run.code).toBe(2);
    expect(run.lines().at(-1)).toMatchObject({ event: "replayed", total: 2, answered: 1 });
    expect(bridge.seen.closed).toBe(1);
  });
});
