import type { BatchSummary } from "../../shared/simulation.ts";
import type { AuditRecord } from "../audit/assist-record.ts";
import { batchAuditRecord } from "../simulations/report-audit.ts";

/**
 * The line of the audit file about a batch that is over (contract 5.5). Only a whole suite that ran to its end is
 * `simulation_batch_complete`; what ended early, or ran some cases again, is `simulation_batch_partial` with the same
 * figures of what really ran, so that nobody takes seven cases for a release test. No utterance is in it.
 */
export function batchRecord(batch: BatchSummary): AuditRecord {
  const record = batchAuditRecord(batch);
  const { end, rerun } = batch;
  if (end.kind === "finished" && rerun === undefined) return { event: record.event_type, data: { ...record } };
  const event = "simulation_batch_partial";
  return {
    event,
    data: {
      ...record,
      event_type: event,
      end: end.kind,
      ...(end.kind === "stopped" ? { fault: end.fault.code } : {}),
      ...(rerun === undefined ? {} : { rerun_of: rerun.of }),
    },
  };
}
