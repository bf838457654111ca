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

/** What one round took, from the first frame to the last. */
interface Round {
  readonly perSecond: number;
  /** What the thread that reads the frames spent on each, in µs: without what other threads and programs took from it. */
  readonly threadMicros: number;
}

interface Comparison {
  readonly bare: Round;
  readonly ours: Round;
  readonly share: number;
  /** Metrics lines that could not be kept, over all rounds. */
  readonly lost: number;
}

/** Frames per second of a bare client that does `JSON.parse`, and of the program on the same frames, turn by turn. */
export async function measureThroughput(): Promise<readonly Figure[]> {
  const quiet = await compare(spokenTexts());
  const hits = await compare(["I want a refund for the second charge please"]);
  return [
    { name: "bare client, JSON.parse only", value: quiet.bare.perSecond, unit: "frames/s" },
    ...figuresOf("no trigger, metrics included", quiet, 0.6),
    ...figuresOf("trigger, cache hit, policy, metrics", hits, 0.3),
  ];
}

function figuresOf(what: string, { bare, ours, share, lost }: Comparison, atLeast: number): readonly Figure[] {
  return [
    { name: `frames handled, ${what}`, value: ours.perSecond, unit: "frames/s" },
    { name: "  as a share of the bare client", value: share, unit: "x", limit: { kind: "at least", value: atLeast } },
    { name: "  the same by time of the reading thread alone", value: bare.threadMicros / ours.threadMicros, unit: "x" },
    { name: "  metrics lines lost", value: lost, unit: "lines" },
  ];
}

async function compare(texts: readonly string[]): Promise<Comparison> {
  await using source = await startSource({
    frames: FRAMES,
    interactions: 50,
    unique: true,
    texts: [...texts],
    perSecond: 0,
    upstreamMs: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), "callside-bench-"));
  let lost = 0;
  const lose = (count: number): void => {
    lost += count;
  };
  try {
    // The first round of each warms the compiler.
    await bare(source);
    await ours(source, join(folder, "warm.jsonl"), () => {});
    const rounds: { bare: Round; ours: Round }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ bare: await bare(source), ours: await ours(source, join(folder, `${round}.jsonl`), lose) });
    }
    return {
      bare: medianRound(rounds.map((round) => round.bare)),
      ours: medianRound(rounds.map((round) => round.ours)),
      share: median(rounds.map((round) => round.ours.perSecond / round.bare.perSecond)),
      lost,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the first frame to the last, so that connecting does not count. */
function bare(source: Source): Promise<Round> {
  return new Promise((resolve, reject) => {
    const client = new WebSocket(source.platform.streamUrl, { perMessageDeflate: false });
    let count = 0;
    let finish: (() => Round) | null = null;
    let kept: unknown;
    client.on("error", reject);
    client.on("message", (data: Buffer) => {
      finish ??= startRound();
      kept = JSON.parse(data.toString());
      count += 1;
      if (count < FRAMES) return;
      const round = finish();
      client.terminate();
      if (kept === undefined) throw new Error("nothing was parsed");
      resolve(round);
    });
  });
}

async function ours(source: Source, metricsFile: string, lose: (lines: number) => void): Promise<Round> {
  await using metrics = openMetrics({
    target: { kind: "file", file: metricsFile },
    clock: systemClock,
    onTrouble: (trouble) => {
      if (trouble.kind === "recovered") lose(trouble.lost);
    },
  });
  const { promise, resolve } = Promise.withResolvers<Round>();
  let count = 0;
  let finish: (() => Round) | null = null;
  await using _assist = await runAssist(source, (event) => {
    if (event.kind !== "evaluated") return;
    finish ??= startRound();
    metrics.evaluation(event.record);
    count += 1;
    if (count === FRAMES) resolve(finish());
  });
  // Awaited here, because what is `using` ends with this function.
  return await promise;
}

function startRound(): () => Round {
  const startedMs = performance.now();
  const startedCpu = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(startedCpu);
    return { perSecond: (FRAMES / (performance.now() - startedMs)) * 1_000, threadMicros: (user + system) / FRAMES };
  };
}

function medianRound(rounds: readonly Round[]): Round {
  return {
    perSecond: median(rounds.map((round) => round.perSecond)),
    threadMicros: median(rounds.map((round) => round.threadMicros)),
  };
}
