import { expect, onTestFinished, test } from "vitest";
import { openBridge } from "../../electron/bridge/open-bridge.ts";
import type { Bridge, BridgeOptions } from "../../electron/bridge/bridge.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { numbersFrom, startTraffic, type Traffic, type TrafficOptions } from "../support/bridge-traffic.ts";
import { tempDirectory } from "../support/temp-directory.ts";

/** The real bridge on a real disk and real sockets; only its backoff is short. */
async function put(traffic: Traffic, stateDirectory: string, change: Partial<BridgeOptions> = {}): Promise<{ readonly bridge: Bridge; readonly events: readonly BridgeEvent[] }> {
  const events: BridgeEvent[] = [];
  const connected = Promise.withResolvers<void>();
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file")) });
  if (!network.ok) throw new Error(network.error.detail);
  const opened = await openBridge({
    platform: traffic.platform,
    agentId: null,
    stateDirectory,
    rules: { judge: () => null, stopped: { kind: "agent" } },
    concurrency: 50,
    elevatedMs: 500,
    criticalMs: 1_000,
    settleMs: 200,
    heartbeatMs: 20_000,
    work: "serve",
    network: network.value,
    clock: systemClock,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    onState: (state) => state.kind === "connected" && connected.resolve(),
    onEvent: (event) => events.push(event),
    ...change,
  });
  if (!opened.ok) throw new Error(opened.error.detail);
  await connected.promise;
  return { bridge: opened.value, events };
}

async function start(options: Partial<TrafficOptions>): Promise<{ readonly traffic: Traffic; readonly directory: string }> {
  const traffic = await startTraffic({ messages: 1_000, conversations: 50, drops: 60, replay: 50, botMs: 5, botFails: 0.05, random: numbersFrom(7), ...options });
  const directory = await tempDirectory();
  onTestFinished(async () => {
    await traffic[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });
  return { traffic, directory: directory.path };
}

const clean = { unanswered: [], doubled: [], outOfOrder: [], unknown: [] };

test.each([false, true])("1,000 messages, 60 drops with replays, a bot that fails, replies torn and refused: each answered once, in order (directions unsaid: %s)", async (unsaid) => {
  const { traffic, directory } = await start({ unsaid, replyTorn: 0.02, replyFails: 0.02 });
  const { bridge, events } = await put(traffic, directory);
  await traffic.begin();
  await traffic.answered(1_000);
  await bridge.idle();
  expect(traffic.report()).toMatchObject({ ...clean, sent: 1_000, answered: 1_000, drops: 60 });
  expect(traffic.report().replayed).toBeGreaterThan(300);
  expect(events.filter(({ kind }) => kind === "answered")).toHaveLength(1_000);
  expect(events.filter(({ kind }) => kind === "duplicate").length).toBeGreaterThan(300);
  expect(events.filter(({ kind }) => kind === "dead-letter" || kind === "uncertain" || kind === "storage")).toEqual([]);
  await bridge[Symbol.asyncDispose]();
}, 60_000);

test("stopping in the middle of traffic and starting again loses and doubles nothing", async () => {
  const { traffic, directory } = await start({ messages: 600, drops: 10, botMs: 20 });
  let running = await put(traffic, directory);
  await traffic.begin();
  for (const count of [100, 250, 400]) {
    await traffic.answered(count);
    await running.bridge[Symbol.asyncDispose]();
    running = await put(traffic, directory);
  }
  await traffic.answered(600);
  await running.bridge.idle();
  expect(traffic.report()).toMatchObject({ ...clean, answered: 600 });
  await running.bridge[Symbol.asyncDispose]();
}, 60_000);
