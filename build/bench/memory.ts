import { runAssist } from "./assist-run.ts";
import type { Figure } from "./figure.ts";
import { startSource } from "./source.ts";
import { spokenTexts } from "./texts.ts";

const FRAMES = 1_000_000;
const WARM_UP = 200_000;

/** How much the heap has grown over a million frames, after a warm-up of 200,000 in which caches fill. */
export async function measureMemory(): Promise<readonly Figure[]> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("run with --expose-gc");
  await using source = await startSource({
    frames: WARM_UP + FRAMES,
    interactions: 50,
    unique: false,
    texts: [...spokenTexts(), "I want a refund"],
    perSecond: 0,
    upstreamMs: 0,
  });
  let count = 0;
  let before = 0;
  const { promise, resolve } = Promise.withResolvers<number>();
  await using _assist = await runAssist(source, (event) => {
    if (event.kind !== "evaluated") return;
    count += 1;
    if (count === WARM_UP) {
      gc();
      before = process.memoryUsage().heapUsed;
    }
    if (count === WARM_UP + FRAMES) {
      gc();
      resolve(process.memoryUsage().heapUsed - before);
    }
  });
  const grown = await promise;
  return [{ name: "heap growth over a million frames", value: grown / 1_000_000, unit: "MB", limit: { kind: "at most", value: 20 } }];
}
