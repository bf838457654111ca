import type { Batch, BatchSummary } from "../../shared/simulation.ts";
import { isoTime } from "./report-words.ts";

/** What the audit file keeps of a batch (contract 5.5); the names of the fields are exact. */
export interface BatchAuditRecord {
  readonly audit_timestamp: string;
  readonly event_type: "simulation_batch_complete";
  readonly data: {
    readonly batch_id: string;
    readonly success_rate: number;
    /** Null where no flows are expected. */
    readonly coverage_score: number | null;
    readonly total_tests: number;
    readonly governance_status: BatchSummary["governance"];
  };
}

/**
 * The audit record of a batch that is over, at the time when it ended (contract 5.5). The rate is not rounded: 0.9499
 * must not read 0.95 beside a review that is required. Nothing that anybody said is in it. Pure.
 */
export function batchAuditRecord(batch: Batch | BatchSummary): BatchAuditRecord {
  return {
    audit_timestamp: isoTime(batch.finishedAt),
    event_type: "simulation_batch_complete",
    data: {
      batch_id: batch.batchId,
      success_rate: batch.successRate,
      coverage_score: batch.coverage.share,
      total_tests: batch.counts.total,
      governance_status: batch.governance,
    },
  };
}
