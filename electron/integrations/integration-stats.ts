import type { IntegrationStats } from "../../shared/integration-view.ts";
import { createLatencyWindow, type LatencyWindow } from "../net/latency-window.ts";

/** A run as it is counted. `latencyMs` null where nothing was sent: that says nothing of the service. */
export interface CountedRun {
  readonly succeeded: boolean;
  readonly latencyMs: number | null;
  /** ms since the Unix epoch. */
  readonly at: number;
  /** The service's, with its port. */
  readonly host: string;
}

/** Figures of an integration without its breaker's state, which is its host's. */
export type RunFigures = Omit<IntegrationStats, "pausedUntil">;

/** Counts runs per integration since the start. */
export interface RunStats {
  record(id: string, run: CountedRun): void;
  of(id: string): RunFigures;
  /** All that are kept, with the host of their last run; the one that ran longest ago first. */
  ran(): readonly { readonly id: string; readonly host: string }[];
}

/** As many as there may be definitions. Each takes 32 kB for its latencies. */
const MAX_INTEGRATIONS = 500;

const NONE: RunFigures = { calls: 0, failures: 0, p50: null, p95: null, p99: null, lastAt: null };

interface Counts {
  calls: number;
  failures: number;
  lastAt: number;
  host: string;
  readonly latencies: LatencyWindow;
  /** As of the last run, once somebody asked: percentiles are costly, and most integrations rest. */
  figures: RunFigures | null;
}

/** Calls, failures and latencies (contract 4.5); beyond `most` integrations the one that ran longest ago is forgotten. */
export function createRunStats(most: number = MAX_INTEGRATIONS): RunStats {
  // In order of the last run.
  const counts = new Map<string, Counts>();

  const figures = (counted: Counts): RunFigures => {
    if (counted.figures !== null) return counted.figures;
    const { calls, failures, lastAt, latencies } = counted;
    const { p50, p95, p99 } = latencies.summary();
    return (counted.figures = { calls, failures, p50, p95, p99, lastAt });
  };

  return {
    record(id, { succeeded, latencyMs, at, host }) {
      const counted = counts.get(id) ?? { calls: 0, failures: 0, lastAt: at, host, latencies: createLatencyWindow(), figures: null };
      counts.delete(id);
      counts.set(id, counted);
      counted.calls += 1;
      if (!succeeded) counted.failures += 1;
      counted.lastAt = at;
      counted.host = host;
      counted.figures = null;
      if (latencyMs !== null) counted.latencies.record(latencyMs);
      if (counts.size <= most) return;
      const [oldest] = counts.keys();
      if (oldest !== undefined) counts.delete(oldest);
    },
    of(id) {
      const counted = counts.get(id);
      return counted === undefined ? NONE : figures(counted);
    },
    ran: () => [...counts].map(([id, { host }]) => ({ id, host })),
  };
}
