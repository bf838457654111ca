import { runAssist } from "./assist-run.ts";
import { percentile, type Figure } from "./figure.ts";
import { startSource } from "./source.ts";

const EVENTS = 2_000;
const UPSTREAM_MS = 150;

/**
 * What Callside adds between a frame and its result: 50 interactions, 200 triggering events a second, a platform that
 * takes 150 ms, each event a request of its own. Twice: as the engine sees it (the time of the call is the platform's),
 * and with everything of HTTP on this machine counted as ours (only what the platform itself measured is taken off).
 */
export async function measureLatency(): Promise<readonly Figure[]> {
  await using source = await startSource({
    frames: EVENTS,
    interactions: 50,
    unique: true,
    texts: ["-"],
    perSecond: 200,
    upstreamMs: UPSTREAM_MS,
  });
  const engine: number[] = [];
  const withHttp: number[] = [];
  let superseded = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await using _assist = await runAssist(source, (event) => {
    if (event.kind === "superseded") superseded += 1;
    if (event.kind === "suggestions" && event.set.origin === "live") {
      const platformMs = Number(event.set.suggestions[0]?.source);
      engine.push(event.set.latencyMs - (event.set.upstreamMs ?? 0));
      withHttp.push(event.set.latencyMs - platformMs);
    }
    if (engine.length + superseded === EVENTS) resolve();
  });
  await promise;
  return [
    { name: "added latency, frame to result, p50", value: percentile(engine, 0.5), unit: "ms" },
    { name: "added latency, frame to result, p99", value: percentile(engine, 0.99), unit: "ms", limit: { kind: "at most", value: 2 } },
    { name: "  with HTTP on this machine counted as ours, p99", value: percentile(withHttp, 0.99), unit: "ms" },
    { name: "  answers measured", value: engine.length, unit: "sets" },
  ];
}
