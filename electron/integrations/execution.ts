import type { Fault, FaultCode } from "../../shared/fault.ts";
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

/** What goes out: the request with its secret in place. Never shown; `request-masking` makes what a person may see. Made by `buildRequest`. */
export interface OutgoingRequest {
  readonly method: IntegrationDefinition["config"]["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null where there is none. */
  readonly body: string | null;
  /** Of one attempt, from looking up the name to the last byte. */
  readonly timeoutMs: number;
  /** The secret that is in the headers, so that whatever repeats it can be masked; null where there is none. */
  readonly secret: string | null;
}

/** One attempt of an execution that is over. `startedAt`: ms since the Unix epoch; `ms`: how long it took. */
export interface TriedAttempt {
  readonly startedAt: number;
  readonly ms: number;
  readonly statusCode: number | null;
  readonly fault: FaultCode | null;
}

/** Sends a request as contract 4.3 wants it. `onAttempt` is told of each attempt as it ends; it must not throw. */
export type Execute = (request: OutgoingRequest, signal: AbortSignal, onAttempt?: (tried: TriedAttempt) => void) => Promise<Result<Execution, ExecutionFailure>>;
