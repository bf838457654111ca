import type { AssistEvent } from "../../shared/assist-event.ts";
import { runAssist } from "./assist-run.ts";
import { percentile, type Figure } from "./figure.ts";
import { startSource } from "./source.ts";

const EVENTS = 2_000;
const UPSTREAM_MS = 150;

/** What was added to each answer, in ms. */
export interface AddedLatency {
  /** As the engine sees it: the time of the call is the platform's. */
  readonly engine: readonly number[];
  /** With everything of HTTP on this machine counted as ours: only what the platform itself measured is taken off. */
  readonly withHttp: readonly number[];
}

/**
 * What Callside adds between a frame and its result: 50 interactions, 200 triggering events a second, a platform that
 * takes 150 ms, each event a request of its own. `hear` gets every event of the engine.
 */
export async function addedLatency(events: number, hear: (event: AssistEvent) => void = () => {}): Promise<AddedLatency> {
  await using source = await startSource({
    frames: events,
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
    hear(event);
    if (event.kind === "superseded") superseded += 1;
    if (event.kind === "suggestions" && event.set.origin === "live") {
      const platformMs = Number(event.set.suggestions[0]?.source);
      engine.push(event.set.latencyMs - (event.set.upstreamMs ?? 0));
      withHttp.push(event.set.latencyMs - platformMs);
    }
    if (engine.length + superseded === events) resolve();
  });
  await promise;
  return { engine, withHttp };
}

/** See {@link addedLatency}. */
export async function measureLatency(): Promise<readonly Figure[]> {
  const { engine, withHttp } = await addedLatency(EVENTS);
  return [
    { name: "added latency, frame to result, p50", value: percentile(engine, 0.5), unit: "ms" },
    { name: "added latency, frame to result, p99", value: percentile(engine, 0.99), unit: "ms", limit: { kind: "at most", value: 2 } },
    { name: "  with HTTP on this machine counted as ours, p99", value: percentile(withHttp, 0.99), unit: "ms" },
    { name: "  answers measured", value: engine.length, unit: "sets" },
  ];
}
