import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInboxOnDisk, runBridge } from "./bridge-run.ts";
import { startBridgeServer } from "./bridge-server.ts";
import type { Figure } from "./figure.ts";
import { collected } from "./tunnel-heap.ts";

const MESSAGES = 100_000;
/** By then every window of ids is full. */
const WARM_UP = 20_000;
/** Quick, so that the bridge is what takes time. */
const BOT_MS = 2;
/** So many messages wait for their reply at a time. */
const WINDOW = 64;
const CONVERSATIONS = 200;

interface Memory {
  readonly heapMb: number;
  readonly rssMb: number;
}

/** How much the memory of a bridge with its inbox on the disk grows from its 20,000th message to its 100,000th. */
export async function measureBridgeHeap(messages = MESSAGES, warmUp = WARM_UP): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startBridgeServer({ botMs: BOT_MS, conversations: CONVERSATIONS }));
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const bridge = stack.use(await runBridge(server, await openInboxOnDisk(folder)));
  const work = async (count: number): Promise<number> => {
    const { repliesMs, unasked } = await server.run({ subscriber: 0, messages: count, perSecond: 0, window: WINDOW });
    if (unasked > 0) throw new Error(`${unasked} replies came twice or to nothing`);
    await bridge.idle();
    return ((count - 1) * 1_000) / repliesMs;
  };
  await work(warmUp);
  const before = await memory();
  const perSecond = await work(messages - warmUp);
  const after = await memory();
  return [
    { name: "bridge, heap growth from 20,000 to 100,000 messages", value: after.heapMb - before.heapMb, unit: "MB", limit: { kind: "at most", value: 5 } },
    { name: "  heap then", value: after.heapMb, unit: "MB" },
    // What the inbox's thread has not yet collected is in it: over 200,000 messages it comes and goes.
    { name: "  growth of the whole process, inbox's thread included", value: after.rssMb - before.rssMb, unit: "MB" },
    { name: "  the whole process then", value: after.rssMb, unit: "MB" },
    { name: `  pace meanwhile, a bot of ${BOT_MS} ms`, value: perSecond, unit: "msg/s" },
  ];
}

async function memory(): Promise<Memory> {
  const heapMb = await collected();
  return { heapMb, rssMb: process.memoryUsage.rss() / 1_000_000 };
}
