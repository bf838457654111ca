import { createExecute, type ExecuteOptions } from "../../electron/integrations/execute.ts";
import type { Execution, ExecutionFailure, OutgoingRequest, TriedAttempt } from "../../electron/integrations/execution.ts";
import { createHostGates } from "../../electron/net/host-gate.ts";
import type { Result } from "../../shared/result.ts";
import { createWatchedClock, type WatchedClock } from "./watched-clock.ts";

type Outcome = Result<Execution, ExecutionFailure>;

export interface ExecuteParts extends AsyncDisposable {
  readonly clock: WatchedClock;
  /** Sends a GET unless told otherwise. */
  send(request: Partial<OutgoingRequest> & { readonly url: string }, signal?: AbortSignal, onAttempt?: (tried: TriedAttempt) => void): Promise<Outcome>;
}

/** An executor on a watched clock, whose waits are the shortest (2 s), and which looks up no name unless it is given how. */
export function openExecute(options: Partial<ExecuteOptions> = {}): ExecuteParts {
  const clock = createWatchedClock();
  let keys = 0;
  const execute = createExecute({
    network: { socketOptions: () => ({}) },
    clock,
    random: () => 0,
    allowHosts: [],
    gates: createHostGates({ clock, onChange: () => {} }),
    resolve: async (name) => {
      throw Object.assign(new Error(name), { code: "ENOTFOUND" });
    },
    newKey: () => `key-${(keys += 1)}`,
    ...options,
  });
  return {
    clock,
    send: (request, signal = new AbortController().signal, onAttempt) => execute({ method: "GET", headers: {}, body: null, timeoutMs: 100_000, secret: null, ...request }, signal, onAttempt),
    [Symbol.asyncDispose]: () => execute[Symbol.asyncDispose](),
  };
}

/** The failure of an outcome; throws where it is none. */
export function failureOf(outcome: Outcome): ExecutionFailure {
  if (outcome.ok) throw new Error(`it succeeded: ${JSON.stringify(outcome.value)}`);
  return outcome.error;
}

/** The reply of an outcome; throws where there is none. */
export function replyOf(outcome: Outcome): Execution {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}
