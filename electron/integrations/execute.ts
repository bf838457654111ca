import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import type { Result } from "../../shared/result.ts";

/** A reply of the service. `latencyMs` is the whole execution, from the first attempt to the last byte. */
export interface Execution {
  readonly statusCode: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: JsonValue;
  /** The decoded body's size. */
  readonly bytes: number;
  readonly latencyMs: number;
  readonly attempts: number;
}

/** An execution that brought nothing to map. `statusCode` and `body` (cut) where the service answered. */
export interface ExecutionFailure {
  readonly fault: Fault;
  readonly statusCode: number | null;
  readonly body: string | null;
  readonly latencyMs: number;
  readonly attempts: number;
}

/** What goes out: the request with its secret in place. Never shown; `request-masking` makes what a person may see. */
export interface OutgoingRequest {
  readonly method: IntegrationDefinition["config"]["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null where there is none. */
  readonly body: string | null;
  readonly timeoutMs: number;
}

/** Sends a request as contract 4.3 wants it. */
export type Execute = (request: OutgoingRequest, signal: AbortSignal) => Promise<Result<Execution, ExecutionFailure>>;
