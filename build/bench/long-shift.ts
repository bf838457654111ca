import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CDPSession, Page } from "playwright-core";
import { createApp, type App } from "../../electron/app.ts";
import { createPanelDesk, type PanelDesk } from "../../electron/app/panel-desk.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { systemAddresses } from "../../electron/net/network-watch.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { type BridgeServer, startBridgeServer } from "./bridge-server.ts";
import type { Figure } from "./figure.ts";
import { longTasksOf, recordLongTasks } from "./long-tasks.ts";
import { showPage } from "./page.ts";
import { type PageTask, recordTasks, type TaskRecorder } from "./page-tasks.ts";
import type { ShiftSettings } from "./shift-source.ts";
import { spokenTexts } from "./texts.ts";
import { collected } from "./tunnel-heap.ts";

const UTTERANCES = 100_000;
/** By then every bound is reached: 1,000 calls in the engine, 50 interactions in the panel, 2,000 lines of each chat, caches. */
const WARM_UP = 30_000;
/** What is said in one step; eight hours have so many in twelve seconds. */
const STEP = 40;
/** So many utterances to one trace of the page's tasks. */
const TRACED = 5_000;
/** How far main may run ahead of the page, in updates. */
const LEAD = 200;
/** Every so many steps the agent turns to another interaction. */
const TURN_EVERY = 10;
/** One message to ten utterances, each with the bot's answer. */
const MESSAGES_SHARE = 0.1;
const MESSAGES_PER_SECOND = 80;
/** They go on all day, so that each is as long as the panel keeps one. */
const CHATS = 2;
const SHIFT: Omit<ShiftSettings, "texts"> = { callsAtOnce: 6, linesPerCall: 25, askEvery: 10, upstreamMs: 20 };
const ENV = { COGNIGY_CLIENT_ID: "bench", COGNIGY_CLIENT_SECRET: "bench", GENESYS_CLIENT_ID: "bench", GENESYS_CLIENT_SECRET: "bench", COGNIGY_API_KEY: "bench" };

/** The program, its panel and its platforms, and what counts what main has heard. */
interface Shift {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly page: Page;
  readonly devTools: CDPSession;
  readonly source: Worker;
  readonly bridge: BridgeServer;
  readonly heard: { utterances: number; sets: number };
  readonly recorder: TaskRecorder;
  /** Those that took a while. */
  readonly tasks: PageTask[];
}

/**
 * Eight hours of an agent in a few minutes: calls that begin and end, suggestions, chats over the bridge, audit, history and
 * metrics, and a panel in a browser in which the agent turns from one interaction to another. What both sides hold after
 * 100,000 utterances over what they held after 30,000, and whether the panel ever did not answer.
 */
export async function measureLongShift(utterances = UTTERANCES, warmUp = WARM_UP): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const shift = await begin(stack);
  const startedMs = performance.now();
  await work(shift, warmUp);
  const before = await weigh(shift);
  await work(shift, utterances - warmUp);
  const spentMs = performance.now() - startedMs;
  const found = await longTasksOf(shift.page);
  const after = await weigh(shift);
  if (shift.heard.sets < utterances / SHIFT.askEvery / 2) throw new Error(`only ${shift.heard.sets} sets of suggestions came`);
  const longest = (kind: "task" | "frame"): number => Math.max(0, ...found.filter((one) => one.kind === kind).map(({ durationMs }) => durationMs));
  const longestTask = Math.max(0, ...shift.tasks.map(({ cpuMs }) => cpuMs));
  const over = `after ${utterances.toLocaleString("en")} utterances, over that after ${warmUp.toLocaleString("en")}`;
  return [
    { name: `eight hours compressed: heap of main ${over}`, value: after.mainMb - before.mainMb, unit: "MB", limit: { kind: "at most", value: 5 } },
    { name: "  heap of main then", value: after.mainMb, unit: "MB" },
    { name: "  heap of the page, over that", value: after.pageMb - before.pageMb, unit: "MB", limit: { kind: "at most", value: 2 } },
    { name: "  heap of the page then", value: after.pageMb, unit: "MB" },
    { name: "  DOM nodes, listeners' and detached ones included, over that", value: after.nodes - before.nodes, unit: "nodes", limit: { kind: "at most", value: 2_000 } },
    { name: "  longest task of the panel, processor time", value: longestTask, unit: "ms", limit: { kind: "at most", value: 50 } },
    // Other programs on the machine, and those that play the platforms here, are in these.
    { name: "  tasks of the panel over 50 ms by the clock", value: found.filter(({ kind }) => kind === "task").length, unit: "tasks" },
    { name: "  longest of them (0: none)", value: longest("task"), unit: "ms" },
    { name: "  longest time in a frame without an answer (0: none over 50)", value: longest("frame"), unit: "ms" },
    { name: "  pace at which it was shown", value: (utterances / spentMs) * 1_000, unit: "lines/s" },
  ];
}

async function begin(stack: AsyncDisposableStack): Promise<Shift> {
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const settings: ShiftSettings = { ...SHIFT, texts: [...spokenTexts()] };
  const source = stack.adopt(new Worker(new URL("shift-source.ts", import.meta.url), { workerData: settings }), async (worker) => {
    await worker.terminate();
  });
  const [port] = await once(source, "message");
  const bridge = stack.use(await startBridgeServer({ botMs: 20, conversations: CHATS }));
  const file = join(folder, "callside.config.json");
  await writeFile(file, JSON.stringify(configOf(`127.0.0.1:${String(port)}`, bridge)));
  const config = await openConfig({ file: { path: file, required: true }, env: ENV, flags: [], dataFolder: folder, cwd: folder, clock: systemClock });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const app = stack.use(
    createApp(stack.use(config.value), {
      env: ENV,
      clock: systemClock,
      random: Math.random,
      readFile: () => Promise.reject(new Error("no file is read")),
      newId: () => crypto.randomUUID(),
      addresses: systemAddresses,
      dataFolder: folder,
    }),
  );
  const heard = { utterances: 0, sets: 0 };
  const isCall = (id: string): boolean => id.startsWith("call-");
  app.onAssist((event) => {
    if (event.kind === "utterance" && isCall(event.interactionId)) heard.utterances += 1;
    if (event.kind === "suggestions" && isCall(event.set.interactionId)) heard.sets += 1;
  });
  const desk = stack.use(createPanelDesk(app, "live", systemClock));
  const { page } = stack.use(await showPage(desk, recordLongTasks));
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable");
  const subscribed = bridge.subscribed();
  await Promise.all([app.start(), subscribed]);
  while (app.connection("stream").state.kind !== "connected") await turn(5);
  return { app, desk, page, devTools, source, bridge, heard, recorder: recordTasks(page), tasks: [] };
}

function configOf(address: string, { platform: { tokenUrl, socketUrl, apiUrl, dialogUrl } }: BridgeServer): object {
  return {
    assist: { agentId: "agent-1", tokenUrl: `http://${address}/token`, apiUrl: `http://${address}`, streamUrl: `ws://${address}/stream` },
    bridge: { orgId: "bench", tokenUrl, socketUrl, apiUrl, dialogUrl, scope: "organisation" },
    audit: { directory: "audit" },
    history: {},
    telemetry: { metricsFile: "metrics.jsonl" },
    panel: { role: "agent", cardsPerMinute: 60 },
  };
}

/** So many utterances, with their share of messages, shown to the end. */
async function work(shift: Shift, utterances: number): Promise<void> {
  const { page, recorder, tasks } = shift;
  for (let left = utterances; left > 0; left -= TRACED) {
    await page.evaluate(() => {
      window.longTasks.watch();
    });
    await recorder.begin();
    await carry(shift, Math.min(left, TRACED));
    tasks.push(...(await recorder.end()).tasks);
    await page.evaluate(() => {
      window.longTasks.ignore();
    });
  }
}

async function carry({ desk, page, source, bridge, heard, app }: Shift, utterances: number): Promise<void> {
  const messages = bridge.run({ subscriber: 0, messages: Math.round(utterances * MESSAGES_SHARE), perSecond: MESSAGES_PER_SECOND, window: 0 });
  const end = heard.utterances + utterances;
  for (let step = 0; heard.utterances < end; step += 1) {
    const due = Math.min(end, heard.utterances + STEP);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
    source.postMessage(due - heard.utterances);
    while (heard.utterances < due) await turn(1);
    await painted(page, desk.publisher.snapshot().number - LEAD);
    if (step % TURN_EVERY === 0) await page.evaluate(turnTo, step);
  }
  await messages;
  await app.bridge.idle();
}

/** Runs in the page: the agent presses one of the tabs. */
function turnTo(step: number): void {
  const tabs = document.querySelectorAll<HTMLElement>("[role=tab]");
  tabs[step % tabs.length]?.click();
}

/** What both sides hold once everything is painted and nothing is left to collect. */
async function weigh({ desk, page, devTools }: Shift): Promise<{ readonly mainMb: number; readonly pageMb: number; readonly nodes: number }> {
  await painted(page, desk.publisher.snapshot().number);
  await devTools.send("HeapProfiler.collectGarbage");
  await devTools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devTools.send("Performance.getMetrics");
  const metric = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { mainMb: await collected(), pageMb: metric("JSHeapUsedSize") / 1_000_000, nodes: metric("Nodes") };
}

async function painted(page: Page, number: number): Promise<void> {
  if (number <= 0) return;
  const seen = await page.waitForFunction((wanted) => Number(document.documentElement.dataset["painted"] ?? 0) >= wanted, number, { timeout: 60_000 });
  // What is not given back is kept, on both sides.
  await seen.dispose();
}

function turn(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(delayMs, resolve);
  });
}
