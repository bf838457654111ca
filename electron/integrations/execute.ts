import { type Clock, wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hostOf } from "../net/attempt.ts";
import type { HostGate, HostGates } from "../net/host-gate.ts";
import type { Network } from "../net/network.ts";
import { createAddresses, resolveBySystem, type ResolveHost } from "./execute-addresses.ts";
import { type AttemptParts, sendOnce } from "./execute-attempt.ts";
import { createDispatchers } from "./execute-dispatchers.ts";
import { judgeReply } from "./execute-outcome.ts";
import { type AttemptFailure, mayPass, retryWaitMs } from "./execute-retry.ts";
import type { Execute, Execution, ExecutionFailure, OutgoingRequest } from "./execution.ts";
import { maskFault } from "./request-masking.ts";

export interface ExecuteOptions {
  /** Its authorities are trusted and its proxy is used; the connections are the executor's own. */
  readonly network: Pick<Network, "socketOptions" | "proxy" | "passes">;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** `host` or `host:port`: these may be private, and redirects may lead there. */
  readonly allowHosts: readonly string[];
  /** One gate per host of this process. */
  readonly gates: HostGates;
  /** The machine's own resolver unless given. */
  readonly resolve?: ResolveHost;
  /** Makes an idempotency key; random UUIDs unless given. */
  readonly newKey?: () => string;
}

type Failed = Omit<ExecutionFailure, "latencyMs" | "attempts">;

/** How an attempt went: its outcome, and whether another may do better. */
interface Tried {
  readonly outcome: Result<Omit<Execution, "latencyMs" | "attempts">, Failed>;
  readonly again: boolean;
}

/**
 * Makes what sends requests to services (contract 4.3): address rules on every connection, up to 3 attempts, each with the
 * same body and, where it creates or changes something, the same `Idempotency-Key`; a gate per host; replies bounded, in
 * JSON and without the secret. The connections stay open for the next request until it is disposed, which ends what is
 * under way as `aborted`.
 *
 * A host whose gate is closed is not waited for: `circuit-open`, at once. Where it closes between the attempts of one
 * execution, the last answer is told, since it says more. A pause that a service asks for is obeyed by the execution that
 * it was said to; the gate closes for failures only, else one 429 would fail everybody else's requests.
 */
export function createExecute(options: ExecuteOptions): Execute & AsyncDisposable {
  const { network, clock, random, allowHosts, gates } = options;
  const newKey = options.newKey ?? ((): string => crypto.randomUUID());
  const addresses = createAddresses({ clock, allowHosts, resolve: options.resolve ?? resolveBySystem, byProxy: (url) => network.proxy !== undefined && network.passes?.(url) !== true });
  const dispatchers = createDispatchers(network, addresses);
  const parts: AttemptParts = { clock, addresses, allowHosts, dispatcher: (url) => dispatchers.to(url) };
  const underWay = new Set<() => void>();
  let closed = false;

  const run = async (...[request, signal, onAttempt]: Parameters<Execute>): ReturnType<Execute> => {
    const startedAt = clock.monotonic();
    const gate = gates.gate(request.url);
    const told = <T>(part: T, attempts: number) => ({ ...part, latencyMs: clock.monotonic() - startedAt, attempts });
    let last: Failed | null = null;
    for (let attempts = 1; ; attempts += 1) {
      const answer = gate.enter();
      if (answer.kind === "wait") {
        const paused = withoutReply({ kind: "transport", code: "circuit-open", detail: hostOf(request.url), retryAfterMs: answer.ms });
        return err(told(last ?? paused, attempts - 1));
      }
      const began = { startedAt: clock.now(), at: clock.monotonic() };
      const { outcome, again } = await tryOnce(request, gate, parts, signal);
      const { statusCode } = outcome.ok ? outcome.value : outcome.error;
      onAttempt?.({ startedAt: began.startedAt, ms: clock.monotonic() - began.at, statusCode, fault: outcome.ok ? null : outcome.error.fault.code });
      if (outcome.ok) return ok(told(outcome.value, attempts));
      last = outcome.error;
      const waitMs = again && !signal.aborted ? retryWaitMs(last.fault, attempts, random()) : null;
      if (waitMs === null) return err(told(last, attempts));
      await wait(clock, waitMs, signal);
      if (signal.aborted) return err(told(withoutReply(aborted(request)), attempts));
    }
  };

  const execute: Execute = async (request, signal, onAttempt) => {
    if (closed || signal.aborted) return err({ ...withoutReply(aborted(request)), latencyMs: 0, attempts: 0 });
    const cut = new AbortController();
    const end = (): void => {
      cut.abort();
    };
    underWay.add(end);
    signal.addEventListener("abort", end, { once: true });
    try {
      const outcome = await run(withKey(request, newKey), cut.signal, onAttempt);
      return outcome.ok ? outcome : err({ ...outcome.error, fault: { ...outcome.error.fault, from: "service" } });
    } finally {
      underWay.delete(end);
      signal.removeEventListener("abort", end);
    }
  };

  return Object.assign(execute, {
    async [Symbol.asyncDispose](): Promise<void> {
      closed = true;
      for (const end of underWay) end();
      await dispatchers[Symbol.asyncDispose]();
    },
  });
}

async function tryOnce(request: OutgoingRequest, gate: HostGate, parts: AttemptParts, signal: AbortSignal): Promise<Tried> {
  const sent = await sendOnce(request, parts, signal);
  if (!sent.ok) {
    tellGate(gate, sent.error);
    return { outcome: err(withoutReply(maskFault(sent.error.fault, request.secret))), again: sent.error.again };
  }
  const outcome = await judgeReply(sent.value, request, parts.clock);
  if (outcome.ok) gate.succeeded();
  else tellGate(gate, outcome.error);
  return { outcome, again: !outcome.ok && mayPass(outcome.error.fault) };
}

/** What we refuse says nothing of the host. A pause that it asks for is no failure of it. */
function tellGate(gate: HostGate, { fault }: Pick<AttemptFailure, "fault">): void {
  const { retryAfterMs: _asked, ...told } = fault;
  if (fault.kind === "policy") gate.leave();
  else gate.failed(told);
}

function withKey(request: OutgoingRequest, newKey: () => string): OutgoingRequest {
  if (request.method !== "POST" && request.method !== "PATCH") return request;
  return { ...request, headers: { ...request.headers, "Idempotency-Key": newKey() } };
}

function withoutReply(fault: Fault): Failed {
  return { fault, statusCode: fault.status ?? null, body: null };
}

function aborted(request: OutgoingRequest): Fault {
  return { kind: "transport", code: "aborted", detail: `request to ${hostOf(request.url)}` };
}
