import type { ExecutionRecord } from "../../shared/execution-record.ts";

/** A run of an integration as a metrics line, in the form of the other lines: figures, and nothing that was sent or came back. */
export function integrationLine({ integration_id, status, latency_ms, timestamp, payload_size }: ExecutionRecord): string {
  return JSON.stringify({
    timestamp,
    eventType: "INTEGRATION_EXECUTION",
    integrationId: integration_id,
    status,
    latencyMs: latency_ms,
    payloadSize: payload_size,
  });
}
