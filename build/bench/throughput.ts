import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openMetrics } from "../../electron/telemetry/metrics-file.ts";
import { runAssist } from "./assist-run.ts";
import { median, type Figure } from "./figure.ts";
import { startSource, type Source } from "./source.ts";
import { spokenTexts } from "./texts.ts";

const FRAMES = 150_000;
const ROUNDS = 5;

/** Frames per second of a bare client that does `JSON.parse`, and of the program on the same frames, turn by turn. */
export async function measureThroughput(): Promise<readonly Figure[]> {
  const quiet = await compare(spokenTexts());
  const hits = await compare(["I want a refund for the second charge please"]);
  return [
    { name: "bare client, JSON.parse only", value: quiet.bare, unit: "frames/s" },
    { name: "frames handled, no trigger, metrics included", value: quiet.ours, unit: "frames/s" },
    { name: "  as a share of the bare client", value: quiet.share, unit: "x", limit: { kind: "at least", value: 0.6 } },
    { name: "frames handled, trigger, cache hit, policy", value: hits.ours, unit: "frames/s" },
    { name: "  as a share of the bare client", value: hits.share, unit: "x", limit: { kind: "at least", value: 0.3 } },
  ];
}

async function compare(texts: readonly string[]): Promise<{ bare: number; ours: number; share: number }> {
  await using source = await startSource({
    frames: FRAMES,
    interactions: 50,
    unique: true,
    texts: [...texts],
    perSecond: 0,
    upstreamMs: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), "callside-bench-"));
  try {
    // The first round of each warms the compiler.
    await bare(source);
    await ours(source, join(folder, "warm.jsonl"));
    const rounds: { bare: number; ours: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ bare: await bare(source), ours: await ours(source, join(folder, `${round}.jsonl`)) });
    }
    return {
      bare: median(rounds.map((round) => round.bare)),
      ours: median(rounds.map((round) => round.ours)),
      share: median(rounds.map((round) => round.ours / round.bare)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the first frame to the last, so that connecting does not count. */
function bare(source: Source): Promise<number> {
  return new Promise((resolve, reject) => {
    const client = new WebSocket(source.platform.streamUrl, { perMessageDeflate: false });
    let count = 0;
    let startedMs = 0;
    let kept: unknown;
    client.on("error", reject);
    client.on("message", (data: Buffer) => {
      if (count === 0) startedMs = performance.now();
      kept = JSON.parse(data.toString());
      count += 1;
      if (count < FRAMES) return;
      const perSecond = rate(startedMs);
      client.terminate();
      if (kept === undefined) throw new Error("nothing was parsed");
      resolve(perSecond);
    });
  });
}

async function ours(source: Source, metricsFile: string): Promise<number> {
  await using metrics = openMetrics({ target: { kind: "file", file: metricsFile }, clock: systemClock, onTrouble: () => {} });
  const { promise, resolve } = Promise.withResolvers<number>();
  let count = 0;
  let startedMs = 0;
  await using _assist = await runAssist(source, (event) => {
    if (event.kind !== "evaluated") return;
    if (count === 0) startedMs = performance.now();
    metrics.write(event.record);
    count += 1;
    if (count === FRAMES) resolve(rate(startedMs));
  });
  // Awaited here, because what is `using` ends with this function.
  return await promise;
}

function rate(startedMs: number): number {
  return (FRAMES / (performance.now() - startedMs)) * 1_000;
}
