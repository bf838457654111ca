import { z } from "zod";
import { type Clock, wait } from "../../shared/clock.ts";
import type { SendJson } from "../net/http.ts";
import { otlpAddress } from "../net/otlp.ts";
import { type RunSpan, spanBatch } from "./span-batch.ts";

/** Tells an OpenTelemetry collector of runs. Disposing sends what waits, for 2 s at most. */
export interface IntegrationSpans extends AsyncDisposable {
  /** Queues a run; never throws, never waits. */
  push(run: RunSpan): void;
  /** Runs that were dropped: there were too many, or the collector did not take them. */
  dropped(): number;
}

export interface IntegrationSpansOptions {
  /** The collector: its base, or the whole address of its traces (`…/v1/traces`). */
  readonly otlpUrl: string;
  /** `createHttp` without tokens. */
  readonly send: SendJson;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** How many runs may wait; 1,000 unless given. */
  readonly maxQueued?: number;
}

const MAX_QUEUED = 1_000;
/** Runs of one request. */
const MAX_BATCH = 200;
/** How long runs are gathered for one request. */
const GATHER_MS = 5_000;
const TIMEOUT_MS = 5_000;
const GRACE_MS = 2_000;

/**
 * Sends runs by OTLP over HTTP in JSON, in batches, in the background and within bounds. A collector is a listener: one that
 * is slow, full or away costs nothing but what it misses, and nobody is told more than the count.
 */
export function createIntegrationSpans({ otlpUrl, send, clock, random, maxQueued = MAX_QUEUED }: IntegrationSpansOptions): IntegrationSpans {
  const url = otlpAddress(otlpUrl, "traces");
  /** Ends the gathering that is under way. */
  let gathering = new AbortController();
  /** Ends everything. */
  const stop = new AbortController();
  const queue: RunSpan[] = [];
  let dropped = 0;
  let working: Promise<void> | null = null;
  let closing: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    try {
      while (queue.length > 0 && !stop.signal.aborted) {
        if (queue.length < MAX_BATCH && closing === null) {
          gathering = new AbortController();
          await wait(clock, GATHER_MS, gathering.signal);
        }
        const batch = queue.splice(0, MAX_BATCH);
        const body = { kind: "json", value: spanBatch(batch, random) } as const;
        const sent = await send({ method: "POST", url, body, schema: z.unknown(), statusOnly: true, timeoutMs: TIMEOUT_MS, signal: stop.signal });
        if (!sent.ok) dropped += batch.length;
      }
    } finally {
      working = null;
    }
  };

  const close = async (): Promise<void> => {
    gathering.abort();
    const cancel = clock.after(GRACE_MS, () => {
      stop.abort();
    });
    await working;
    cancel();
    stop.abort();
    dropped += queue.splice(0).length;
  };
  return {
    push(run) {
      if (closing !== null || queue.length >= maxQueued) {
        dropped += 1;
        return;
      }
      queue.push(run);
      if (queue.length >= MAX_BATCH) gathering.abort();
      working ??= work();
    },
    dropped: () => dropped,
    [Symbol.asyncDispose]() {
      closing ??= close();
      return closing;
    },
  };
}
