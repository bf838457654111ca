/** What a run of an integration is told as, to webhook, audit and metrics (contract 4.5). Times ISO 8601. */
export interface ExecutionRecord {
  /** The platform's id, or the name where it is not registered. */
  readonly integration_id: string;
  readonly status: "SUCCESS" | "FAILURE";
  readonly latency_ms: number;
  readonly timestamp: string;
  /** Bytes of the normalised result as JSON; 0 on failure. */
  readonly payload_size: number;
}
