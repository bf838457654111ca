import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { numbersFrom, startTraffic, type Traffic, type TrafficOptions } from "../support/bridge-traffic.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const PROGRAM = join(import.meta.dirname, "../support/bridge-process.ts");
const clean = { unanswered: [], doubled: [], outOfOrder: [], unknown: [] };

const toldSchema = z.object({ event: z.string().optional(), id: z.string().optional() });

interface DieAt {
  readonly step: string;
  readonly when: "before" | "after";
  readonly time: number;
}

/** A bridge in a process of its own. */
interface LaunchedBridge {
  /** Resolves when the place to go on from is on its disk: what comes before that is nobody's, whoever dies. */
  readonly listening: Promise<void>;
  /** Resolves with the signal that ended it; null: it ended itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Sends it a signal where it still runs, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a bridge; `uncertain` gathers what it flags. */
function launch(traffic: Traffic, stateDirectory: string, uncertain: Set<string>, dieAt: DieAt | null = null, agents?: "take over" | "hand back"): LaunchedBridge {
  const given = JSON.stringify({ platform: traffic.platform, stateDirectory, settleMs: 300, dieAt, agents });
  const child = spawn(process.execPath, [PROGRAM, given], { stdio: ["ignore", "pipe", "inherit"] });
  const listening = Promise.withResolvers<void>();
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_code, signal) => {
      resolve(signal);
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { event, id } = toldSchema.parse(JSON.parse(line));
    if (event === "point") listening.resolve();
    if (event === "uncertain" && id !== undefined) {
      uncertain.add(id);
      traffic.flag(id);
    }
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return {
    listening: listening.promise,
    ended,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Customers write as soon as the bridge would miss nothing. */
async function begin(traffic: Traffic, bridge: LaunchedBridge): Promise<void> {
  await bridge.listening;
  await traffic.begin();
}

async function setUp(options: Partial<TrafficOptions>): Promise<{ readonly traffic: Traffic; readonly directory: string }> {
  const traffic = await startTraffic({ messages: 60, conversations: 6, drops: 0, replay: 10, botMs: 3, botFails: 0, random: numbersFrom(11), ...options });
  const directory = await tempDirectory();
  onTestFinished(async () => {
    await traffic[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });
  return { traffic, directory: directory.path };
}

const steps = ["received", "forwarded", "replying", "answered"].flatMap((step) => (["before", "after"] as const).map((when) => [when, step] as const));

test.each(steps)("killed %s it has kept that an item is %s: nothing is lost, doubled or out of order", async (when, step) => {
  const { traffic, directory } = await setUp({});
  const bridge = launch(traffic, directory, new Set(), { step, when, time: 20 });
  await begin(traffic, bridge);
  expect(await bridge.ended).toBe("SIGKILL");
  const again = launch(traffic, directory, new Set());
  await traffic.answered(60);
  await again.end("SIGTERM");
  expect(traffic.report()).toMatchObject({ ...clean, answered: 60 });
}, 120_000);

test.each(["before", "after"] as const)("killed %s it has kept that an item is the agent's, and handed back after that: the same", async (when) => {
  const { traffic, directory } = await setUp({});
  const bridge = launch(traffic, directory, new Set(), { step: "with-agent", when, time: 20 }, "take over");
  await begin(traffic, bridge);
  expect(await bridge.ended).toBe("SIGKILL");
  const again = launch(traffic, directory, new Set(), null, "hand back");
  await traffic.answered(60);
  await again.end("SIGTERM");
  expect(traffic.report()).toMatchObject({ ...clean, answered: 60 });
}, 120_000);

test.each([
  ["the bot is being asked", "ask", 5],
  ["the platform has got a reply and not taken it", "reply", 5],
  ["the conversation is being read back", "read", 2],
] as const)("killed while %s: the same", async (_, what, time) => {
  let asked = 0;
  let bridge: LaunchedBridge | null = null;
  const { traffic, directory } = await setUp({
    // Few enough that five in a row, which would have the platform left alone for half a minute, hardly ever come.
    replyFails: what === "read" ? 0.15 : 0,
    onRequest(now) {
      if (now !== what || bridge === null || (asked += 1) !== time) return false;
      void bridge.end("SIGKILL");
      return true;
    },
  });
  bridge = launch(traffic, directory, new Set());
  await begin(traffic, bridge);
  await bridge.ended;
  const again = launch(traffic, directory, new Set());
  await traffic.answered(60);
  await again.end("SIGTERM");
  expect(traffic.report()).toMatchObject({ ...clean, answered: 60 });
}, 120_000);

test("killed ten times in traffic with drops, replays and failures: the same", async () => {
  const random = numbersFrom(23);
  const { traffic, directory } = await setUp({ messages: 600, conversations: 30, drops: 20, replay: 50, botMs: 10, botFails: 0.05, replyTorn: 0.02, unsaid: true, window: 60 });
  let bridge = launch(traffic, directory, new Set());
  await begin(traffic, bridge);
  for (let time = 1; time <= 10; time += 1) {
    await traffic.answered(time * 50 + Math.floor(random() * 40));
    await bridge.end("SIGKILL");
    bridge = launch(traffic, directory, new Set());
  }
  await traffic.answered(600);
  await bridge.end("SIGTERM");
  expect(traffic.report()).toMatchObject({ ...clean, answered: 600 });
}, 120_000);

test("killed ten times where nothing can be read back: nothing is doubled, and every message without an answer is flagged", async () => {
  const random = numbersFrom(29);
  const { traffic, directory } = await setUp({ messages: 600, conversations: 30, drops: 10, botMs: 10, readRefused: true, window: 60 });
  const uncertain = new Set<string>();
  let bridge = launch(traffic, directory, uncertain);
  await begin(traffic, bridge);
  for (let time = 1; time <= 10; time += 1) {
    await traffic.answered(time * 40 + Math.floor(random() * 30));
    await bridge.end("SIGKILL");
    bridge = launch(traffic, directory, uncertain);
  }
  await traffic.settled();
  await bridge.end("SIGTERM");
  const report = traffic.report();
  expect(report).toMatchObject({ doubled: [], outOfOrder: [], unknown: [], sent: 600 });
  const flagged = [...uncertain].map((id) => traffic.textOf(id));
  for (const text of report.unanswered) expect(flagged).toContain(text);
}, 120_000);

test("killed between the request and its answer where nothing can be read back: flagged, and never sent again", async () => {
  let bridge: LaunchedBridge | null = null;
  const { traffic, directory } = await setUp({
    messages: 1,
    readRefused: true,
    onRequest(what) {
      if (what !== "reply" || bridge === null) return false;
      void bridge.end("SIGKILL");
      return true;
    },
  });
  bridge = launch(traffic, directory, new Set());
  await begin(traffic, bridge);
  await bridge.ended;
  bridge = null;
  const uncertain = new Set<string>();
  const again = launch(traffic, directory, uncertain);
  await traffic.settled();
  await again.end("SIGTERM");
  expect(traffic.report()).toMatchObject({ unanswered: ["c0 line 1"], doubled: [] });
  expect([...uncertain].map((id) => traffic.textOf(id))).toEqual(["c0 line 1"]);
}, 120_000);
