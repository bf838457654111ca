import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInboxWithoutDisk } from "./bridge-inbox.ts";
import { runRelay } from "./bridge-relay.ts";
import { openInboxOnDisk, runBridge } from "./bridge-run.ts";
import { type BridgeServer, startBridgeServer } from "./bridge-server.ts";
import { median, percentile, type Figure } from "./figure.ts";

const BOT_MS = 100;
const CONVERSATIONS = 200;
/** A little more than is asked for, so that what is sustained shows. */
const PER_SECOND = 510;
const WANTED_PER_SECOND = 500;
const SUSTAINED_SECONDS = 20;
/** Short, and many: other programs on the machine come and go, and are in all three ways of a round or in few rounds. */
const ROUND_SECONDS = 5;
const ROUNDS = 9;
/** Only warms the compiler and opens connections. */
const WARM_UP_SECONDS = 3;

/** In the order in which they subscribe. */
const ways = ["relay", "memory", "disk"] as const;
type Way = (typeof ways)[number];

/** What one way of carrying messages took; `cpuMs`: of this whole process, per message. */
interface Run {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMs: number;
}

/**
 * What the bridge adds to a message on its way: from the event to the reply at the platform, without the bot's own time,
 * over what a bare relay takes in the same seconds of the same process. Each round runs all three; the median of the
 * rounds' differences counts.
 */
export async function measureBridgePace(rounds = ROUNDS): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startBridgeServer({ botMs: BOT_MS, conversations: CONVERSATIONS }));
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  stack.use(await runRelay(server));
  stack.use(await runBridge(server, openInboxWithoutDisk()));
  stack.use(await runBridge(server, await openInboxOnDisk(folder)));
  for (const way of ways) await carry(server, way, WARM_UP_SECONDS);
  const sustained = await carry(server, "disk", SUSTAINED_SECONDS);
  const runs: Readonly<Record<Way, Run>>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const relay = await carry(server, "relay", ROUND_SECONDS);
    const memory = await carry(server, "memory", ROUND_SECONDS);
    const disk = await carry(server, "disk", ROUND_SECONDS);
    runs.push({ relay, memory, disk });
  }
  const over = (pick: (run: Readonly<Record<Way, Run>>) => number): number => median(runs.map(pick));
  const added = (way: Way, share: "p50" | "p99"): number => over((run) => run[way][share] - run.relay[share]);
  return [
    {
      name: `bridge, bot of ${BOT_MS} ms, offered ${PER_SECOND}/s for ${SUSTAINED_SECONDS} s: sustained`,
      value: sustained.perSecond,
      unit: "msg/s",
      limit: { kind: "at least", value: WANTED_PER_SECOND },
    },
    { name: "  bare relay, without the bot's time, p50", value: over(({ relay }) => relay.p50), unit: "ms" },
    { name: "  bare relay, without the bot's time, p99", value: over(({ relay }) => relay.p99), unit: "ms" },
    { name: "  added without the disk, p50", value: added("memory", "p50"), unit: "ms" },
    { name: "  added without the disk, p99", value: added("memory", "p99"), unit: "ms", limit: { kind: "at most", value: 5 } },
    { name: "  added with the disk, p50", value: added("disk", "p50"), unit: "ms" },
    { name: "  added with the disk, p99", value: added("disk", "p99"), unit: "ms", limit: { kind: "at most", value: 15 } },
    { name: "  processor time per message, bare relay", value: over(({ relay }) => relay.cpuMs), unit: "ms" },
    { name: "  processor time per message, without the disk", value: over(({ memory }) => memory.cpuMs), unit: "ms" },
    { name: "  processor time per message, with the disk", value: over(({ disk }) => disk.cpuMs), unit: "ms" },
  ];
}

async function carry(server: BridgeServer, way: Way, seconds: number): Promise<Run> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const messages = seconds * PER_SECOND;
  const { ownMs, repliesMs, unasked } = await server.run({ subscriber: ways.indexOf(way), messages, perSecond: PER_SECOND, window: 0 });
  const { user, system } = process.cpuUsage(before);
  if (unasked > 0) throw new Error(`${unasked} replies came twice or to nothing`);
  return { perSecond: ((messages - 1) * 1_000) / repliesMs, p50: percentile(ownMs, 0.5), p99: percentile(ownMs, 0.99), cpuMs: (user + system) / 1_000 / messages };
}
