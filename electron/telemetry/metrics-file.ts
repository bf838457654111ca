import type { EvaluationRecord } from "../../shared/assist-event.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { BatchSummary } from "../../shared/simulation.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import { createBridgeLines } from "./bridge-line.ts";
import { createEvaluationLine } from "./evaluation-line.ts";
import { integrationLine } from "./integration-line.ts";
import { simulationLine } from "./simulation-line.ts";
import { tunnelLine } from "./tunnel-line.ts";
import { openLineTarget, type LineTarget } from "./line-target.ts";

export interface MetricsOptions {
  readonly target: LineTarget;
  readonly clock: Clock;
  readonly onTrouble: (trouble: DiskTrouble) => void;
}

/** The metrics lines (contract 1.6, 2.7, 3.4, 4.5 and 5). Disposing writes what is queued. */
export interface Metrics extends AsyncDisposable {
  /** Adds one JSON line. Never throws and never waits; costs well under a microsecond. */
  evaluation(record: EvaluationRecord): void;
  /** Adds one JSON line. */
  tunnel(event: TunnelEvent): void;
  /** Adds one JSON line. */
  simulation(batch: BatchSummary): void;
  /** Adds one JSON line. */
  integration(record: ExecutionRecord): void;
  /** Adds JSON lines; most events have one or none. */
  bridge(event: BridgeEvent): void;
  /** Writes what was added so far, now; the fault if the target refuses (the lines stay queued). */
  flush(): Promise<Result<void, Fault>>;
}

/**
 * Opens the metrics. The target is first touched by the first batch, so a file that cannot be written is told through
 * `onTrouble`, and lines are kept (up to 32 MB) and written once it can.
 */
export function openMetrics({ target, clock, onTrouble }: MetricsOptions): Metrics {
  const queue = openLineTarget(target, clock, onTrouble);
  const lineOf = createEvaluationLine();
  const bridgeLines = createBridgeLines();
  const push = (line: string): void => {
    queue.push("", line);
  };
  const tellCounted = (): void => {
    bridgeLines.rest(clock.now()).forEach(push);
  };
  return {
    evaluation(record) {
      push(lineOf(record));
    },
    tunnel(event) {
      push(tunnelLine(event));
    },
    simulation(batch) {
      push(simulationLine(batch));
    },
    integration(record) {
      push(integrationLine(record));
    },
    bridge(event) {
      bridgeLines.of(event, clock.now()).forEach(push);
    },
    flush() {
      tellCounted();
      return queue.flush();
    },
    async [Symbol.asyncDispose]() {
      tellCounted();
      await queue[Symbol.asyncDispose]();
    },
  };
}
