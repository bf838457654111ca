import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, JsonValue, Registration } from "../../shared/integration.ts";
import type { IntegrationStats } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";
import type { Execution, ExecutionFailure, OutgoingRequest } from "./execute.ts";
import type { MappedResponse, MappingFault } from "./mapping.ts";

/** What an execution is told as, to webhook, audit and metrics (contract 4.5). Times ISO 8601. */
export interface ExecutionRecord {
  /** The platform's id, or the name where it is not registered. */
  readonly integration_id: string;
  readonly status: "SUCCESS" | "FAILURE";
  readonly latency_ms: number;
  readonly timestamp: string;
  /** Bytes of the normalised result as JSON; 0 on failure. */
  readonly payload_size: number;
}

/** One run: the request as it went out (never shown as it is), the reply, what was made of it. */
export type RunResult =
  | { readonly kind: "done"; readonly request: OutgoingRequest; readonly execution: Execution; readonly mapped: MappedResponse }
  /** The service answered, and the mapping finds nothing in it. */
  | { readonly kind: "unmapped"; readonly request: OutgoingRequest; readonly execution: Execution; readonly fault: MappingFault }
  | { readonly kind: "failed"; readonly request: OutgoingRequest | null; readonly failure: ExecutionFailure };

/** REST integrations at work, until they are disposed: that lets webhooks be delivered, for 5 s at most. */
export interface Integrations extends AsyncDisposable {
  /** `id`: the platform's, where it is registered. Every run is counted, told to the webhook and recorded. */
  run(definition: IntegrationDefinition, id: string | null, payload: JsonValue, signal: AbortSignal): Promise<RunResult>;
  /** Contract 4.2. */
  register(definition: IntegrationDefinition, signal: AbortSignal): Promise<Result<Registration, Fault>>;
  /** By the id or name that runs were counted under. */
  stats(id: string, url: string): IntegrationStats;
}
