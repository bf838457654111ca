import type { ExecutionRecord } from "../../shared/execution-record.ts";
import type { AuditRecord } from "./assist-record.ts";

/** What the audit file tells of a run (contract 4.5; the names are exact): figures, and nothing that was sent or came back. */
export function integrationRecord({ integration_id, status, latency_ms, timestamp }: ExecutionRecord): AuditRecord {
  const event = "INTEGRATION_EXECUTION";
  return {
    event,
    data: {
      event,
      integration_id,
      action: "EXECUTE_EXTERNAL_API",
      status,
      latency_ms,
      error_rate_impact: status === "FAILURE" ? 1 : 0,
      logged_at: timestamp,
    },
  };
}
