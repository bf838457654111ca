import type { BatchSummary } from "../../shared/simulation.ts";

/** A batch that is over as a metrics line, in the form of the other lines: figures only, no test id and no utterance. */
export function simulationLine({ batchId, startedAt, finishedAt, end, counts, coverage, successRate, governance }: BatchSummary): string {
  return JSON.stringify({
    timestamp: new Date(finishedAt).toISOString(),
    eventType: "SIMULATION_BATCH",
    batchId,
    end: end.kind,
    ...counts,
    successRate,
    coverage: coverage.share,
    governance,
    latencyMs: finishedAt - startedAt,
  });
}
