import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import { createHeard } from "../support/heard.ts";

const CLI = fileURLToPath(new URL("../../electron/cli.ts", import.meta.url));

type Line = Readonly<Record<string, unknown>>;

/** What has been compiled once need not be again. */
let cache = "";
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "callside-bridge-cache-"));
});
afterAll(async () => {
  await rm(cache, { recursive: true, force: true });
});

let folder = "";
let sandbox: Sandbox;
let children: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-bridge-process-"));
  sandbox = await startSandbox({ calls: { kind: "practice" }, chats: 0, clock: realClock, random: Math.random });
  await configure({});
  children = [];
});
afterEach(async () => {
  for (const { child } of children) child.kill("SIGKILL");
  await Promise.all(children.map(({ ended }) => ended));
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The time of day: the program in its process has no other. */
const realClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs: number, fire: () => void) {
    const timer = setTimeout(fire, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

async function configure(more: object): Promise<void> {
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ bridge: { ...sandbox.config().bridge, stateDirectory: "state", ...more }, audit: {} }));
}

/** The real program in a process of its own. */
function start(...argv: readonly string[]) {
  const child = spawn(process.execPath, [CLI, "bridge", "--json", "--config", join(folder, "callside.config.json"), ...argv], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: cache, TMPDIR: folder, ...sandbox.env() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = createHeard<Line>();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    heard.hear(JSON.parse(line) as Line);
  });
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  const of = (event: string): readonly Line[] => heard.all.filter((line) => line["event"] === event);
  /** Resolves with the `count`th line of this event; fails where the program ends before. */
  const told = (event: string, count = 1): Promise<Line> =>
    Promise.race([
      heard.first((line) => line["event"] === event && of(event).length >= count),
      ended.then((code) => {
        throw new Error(`ended with ${String(code)} before ${event} came ${count} times: ${stderr}${JSON.stringify(heard.all.slice(-5))}`);
      }),
    ]);
  const run = { child, ended, heard, of, told, stderr: () => stderr };
  children.push(run);
  return run;
}

/** Customers of `conversations` chats write, in turn; gives the ids of their messages. */
function write(count: number, conversations = 8): readonly string[] {
  return Array.from({ length: count }, (_, index) => sandbox.chat({ conversationId: `chat-${index % conversations}`, text: `Hello, my shop card was declined, it ends in ${4_000 + index}` }).messageId);
}

const replies = (): number => sandbox.conversations().flatMap(({ messages }) => messages.filter(({ author }) => author === "reply")).length;

/** As many replies as messages in each chat: none lost, none doubled. */
function expectEachAnsweredOnce(): void {
  for (const { conversationId, messages } of sandbox.conversations()) {
    const count = (author: string): number => messages.filter((message) => message.author === author).length;
    expect([conversationId, count("reply")]).toEqual([conversationId, count("customer")]);
  }
}

async function untilReplied(count: number, bridge: ReturnType<typeof start>): Promise<void> {
  while (replies() < count) {
    await Promise.race([
      new Promise((resolve) => setImmediate(resolve)),
      bridge.ended.then(() => {
        throw new Error(`ended with ${replies()} of ${count} replies: ${bridge.stderr()}`);
      }),
    ]);
  }
}

test("a message is answered in the chat, and told by its id, level and latencies, without a word of it", async () => {
  const bridge = start();
  await bridge.told("ready");
  const [id] = write(1);
  const answered = await bridge.told("answered");
  expect(answered).toMatchObject({ id, conversationId: "chat-0", level: "normal", latencyMs: expect.any(Number), hops: { reply: expect.any(Number) } });
  expect(bridge.of("message")[0]).toMatchObject({ id, conversationId: "chat-0", sequenceId: expect.any(Number) });
  expect(bridge.of("connection").map((line) => [line["name"], line["state"]]).at(-1)).toEqual(["bridge", "connected"]);
  bridge.child.kill("SIGTERM");
  expect(await bridge.ended).toBe(0);
  expect(bridge.heard.all.at(-1)).toMatchObject({ event: "stopped", answered: 1 });
  expect(JSON.stringify(bridge.heard.all) + bridge.stderr()).not.toContain("declined");
  for (const secret of Object.values(sandbox.env())) expect(JSON.stringify(bridge.heard.all) + bridge.stderr()).not.toContain(secret);
  expectEachAnsweredOnce();
});

test("stopped in the middle of traffic and started again it loses nothing and answers nothing twice", async () => {
  sandbox.setFault("dialog-latency", 40);
  const first = start();
  await first.told("ready");
  write(60);
  await first.told("answered", 10);
  first.child.kill("SIGTERM");
  write(20);
  expect(await first.ended).toBe(0);
  // What was in hand was finished; what came meanwhile is still with the platform, or in the inbox.
  expect(first.of("answered").length).toBe(replies());
  write(20);
  const second = start();
  await second.told("ready");
  await untilReplied(100, second);
  await second.told("answered", 100 - first.of("answered").length);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  const answered = [...first.of("answered"), ...second.of("answered")].map((line) => line["id"]);
  expect(new Set(answered).size).toBe(100);
  expect(answered).toHaveLength(100);
  expectEachAnsweredOnce();
});

test("killed in the middle of traffic, again and again, it loses nothing and answers nothing twice", { timeout: 60_000 }, async () => {
  sandbox.setFault("dialog-latency", 20);
  const total = 90;
  for (const part of [1, 2, 3]) {
    const bridge = start();
    await bridge.told("ready");
    write(total / 3);
    await bridge.told("answered", 5 * part);
    bridge.child.kill("SIGKILL");
    await bridge.ended;
  }
  const last = start();
  await last.told("ready");
  await untilReplied(total, last);
  last.child.kill("SIGTERM");
  expect(await last.ended).toBe(0);
  expectEachAnsweredOnce();
  expect(last.of("uncertain")).toEqual([]);
});

test("a second bridge on the same state directory is refused, says why, and the first goes on; after a kill the next one starts", async () => {
  const first = start();
  await first.told("ready");
  const second = start();
  expect(await second.ended).toBe(2);
  expect(second.of("ready")).toEqual([]);
  expect(second.of("error")).toMatchObject([{ message: expect.stringContaining(join(folder, "state")) }]);
  write(1);
  await first.told("answered");
  first.child.kill("SIGKILL");
  await first.ended;
  const third = start();
  await third.told("ready");
  third.child.kill("SIGINT");
  expect(await third.ended).toBe(0);
});

test("without credentials it does not begin and names what is missing; where Genesys refuses it, it ends with 1", async () => {
  const { GENESYS_CLIENT_SECRET: _secret, COGNIGY_API_KEY: _key, ...rest } = sandbox.env();
  const child = spawn(process.execPath, [CLI, "bridge", "--json", "--config", join(folder, "callside.config.json")], {
    env: { PATH: process.env["PATH"], HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: cache, ...rest },
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
  expect((await once(child, "close"))[0]).toBe(2);
  expect(stdout).toContain("GENESYS_CLIENT_SECRET, and COGNIGY_API_KEY");
  sandbox.setFault("genesys-upgrade", 403);
  const refused = start();
  expect(await refused.ended).toBe(1);
  expect(refused.of("error")).toMatchObject([{ message: expect.stringContaining("platform:agent:view") }]);
});

test("what could not be answered is a dead letter, which can be worked off: 1 while some remain, 0 when all are answered", async () => {
  sandbox.setFault("dialog-answer", "empty");
  const bridge = start();
  await bridge.told("ready");
  write(3, 3);
  await bridge.told("dead_letter", 3);
  expect(bridge.of("dead_letter")[0]).toMatchObject({ id: expect.any(String), reason: expect.any(String), code: "no-answer" });
  bridge.child.kill("SIGTERM");
  expect(await bridge.ended).toBe(0);

  const still = start("--replay-dead-letters");
  expect(await still.ended).toBe(1);
  expect(still.heard.all.at(-1)).toMatchObject({ event: "replayed", total: 3, answered: 0, remaining: 3, reasons: [{ count: 3 }] });

  sandbox.setFault("dialog-answer", null);
  const mended = start("--replay-dead-letters");
  expect(await mended.ended).toBe(0);
  expect(mended.heard.all.at(-1)).toMatchObject({ event: "replayed", total: 3, answered: 3, remaining: 0 });
  expectEachAnsweredOnce();

  const none = start("--replay-dead-letters");
  expect(await none.ended).toBe(0);
  expect(none.heard.all).toMatchObject([{ event: "replayed", total: 0 }]);
});

test("its health is on the port that it names, and follows the event socket", async () => {
  await configure({ healthPort: 0 });
  const bridge = start();
  const url = String((await bridge.told("health"))["url"]);
  await bridge.told("ready");
  const statusOf = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;
  expect([await statusOf("/healthz"), await statusOf("/readyz")]).toEqual([200, 200]);
  write(1);
  await bridge.told("answered");
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/callside_bridge_messages_answered_total 1\n/u);
  expect(metrics).not.toContain("chat-0");
  sandbox.setFault("genesys-upgrade", 503);
  sandbox.setFault("genesys-drop", "now");
  await bridge.heard.first((line) => line["state"] === "reconnecting");
  expect([await statusOf("/healthz"), await statusOf("/readyz")]).toEqual([200, 503]);
});
