import type { Clock } from "../../shared/clock.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, JsonValue, Registration } from "../../shared/integration.ts";
import type { IntegrationStats } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { untilAborted } from "../net/abortable.ts";
import { hostOf } from "../net/attempt.ts";
import { createHostGates, type HostPause } from "../net/host-gate.ts";
import { createHttp, type SendJson } from "../net/http.ts";
import type { Network } from "../net/network.ts";
import { createWebhook, type WebhookTrouble } from "../net/webhook.ts";
import { createExecute, type ExecuteOptions } from "./execute.ts";
import type { Execution, ExecutionFailure, OutgoingRequest, TriedAttempt } from "./execution.ts";
import type { MeasuredIntegration } from "./integration-metrics.ts";
import { createIntegrationSpans } from "./integration-spans.ts";
import { createRunStats } from "./integration-stats.ts";
import type { MappingFault } from "./mapping-fault.ts";
import { mapRequest, mapResponse, type MappedResponse } from "./mapping.ts";
import { createRegistryApi } from "./registry-api.ts";
import { buildRequest } from "./request.ts";

/** One run: the request as it went out (never shown as it is), the reply, what was made of it. */
export type RunResult =
  | { readonly kind: "done"; readonly request: OutgoingRequest; readonly execution: Execution; readonly mapped: MappedResponse }
  /** The service answered, and the mapping finds nothing in it. */
  | { readonly kind: "unmapped"; readonly request: OutgoingRequest; readonly execution: Execution; readonly fault: MappingFault }
  | { readonly kind: "failed"; readonly request: OutgoingRequest | null; readonly failure: ExecutionFailure };

/** REST integrations at work, until they are disposed: that ends what is under way, and lets webhooks be delivered, for 5 s at most. */
export interface Integrations extends AsyncDisposable {
  /** `id`: the platform's, where it is registered. Every run is counted, told to the webhook and recorded. */
  run(definition: IntegrationDefinition, id: string | null, payload: JsonValue, signal: AbortSignal): Promise<RunResult>;
  /** Contract 4.2. Without a platform the fault is that of `platform`. */
  register(definition: IntegrationDefinition, signal: AbortSignal): Promise<Result<Registration, Fault>>;
  /** By the id or name that runs were counted under. */
  stats(id: string, url: string): IntegrationStats;
  /** All that ran, for metrics. */
  measured(): readonly MeasuredIntegration[];
}

export interface IntegrationsOptions {
  /** The platform that integrations are registered with, or why there is none; everything else works without it. `send` signs. */
  readonly platform: Result<{ readonly send: SendJson; readonly apiUrl: string }, Fault>;
  /** `host` or `host:port`; see {@link ExecuteOptions}. */
  readonly allowHosts: readonly string[];
  /** Told after every run; signed where a secret (its value) is given. */
  readonly webhook?: { readonly url: string; readonly secret?: string };
  /** An OpenTelemetry collector that gets a span for every run. */
  readonly otlpUrl?: string;
  readonly vault: { read(name: string): Promise<Result<string | null, Fault>> };
  /** Not closed here. */
  readonly network: Pick<Network, "fetch" | "socketOptions" | "proxy" | "passes">;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Looks up names; the machine's own resolver unless given. */
  readonly resolve?: ExecuteOptions["resolve"];
  /** A run that is over; called once for each, before `run` gives its result. */
  readonly onRecord: (record: ExecutionRecord) => void;
  readonly onWebhookTrouble: (trouble: WebhookTrouble) => void;
  /** A host's breaker opened, or lets requests through again (null). */
  readonly onPause?: (host: string, pause: HostPause | null) => void;
}

const WEBHOOK_GRACE_MS = 5_000;
/** Contract 4.5; what the webhook's header calls it. The body is the record and nothing else. */
const EVENT = "INTEGRATION_EXECUTION";

/** Binds mapping, secrets, requests, figures and webhook into runs (contract 4). Nothing here throws. */
export function createIntegrations(options: IntegrationsOptions): Integrations {
  const { platform, allowHosts, vault, network, clock, random, onRecord } = options;
  const sendPlain = createHttp({ clock, random, fetch: network.fetch });
  const stats = createRunStats();
  const pauses = new Map<string, HostPause>();
  const gates = createHostGates({
    clock,
    onChange(host, pause) {
      if (pause === null) pauses.delete(host);
      else pauses.set(host, pause);
      options.onPause?.(host, pause);
    },
  });
  const execute = createExecute({ network, clock, random, allowHosts, gates, ...(options.resolve === undefined ? {} : { resolve: options.resolve }) });
  const webhook =
    options.webhook === undefined
      ? null
      : createWebhook({ ...options.webhook, bare: true, send: sendPlain, clock, random, graceMs: WEBHOOK_GRACE_MS, onTrouble: options.onWebhookTrouble });
  const spans = options.otlpUrl === undefined ? null : createIntegrationSpans({ otlpUrl: options.otlpUrl, send: sendPlain, clock, random });
  /** What is under way, with what ends it. */
  const underWay = new Map<Promise<unknown>, () => void>();
  let closed: Promise<void> | null = null;

  const requestOf = async (definition: IntegrationDefinition, payload: JsonValue, signal: AbortSignal): Promise<Result<OutgoingRequest, Fault>> => {
    const body = mapRequest(payload, definition.config);
    if (!body.ok) return err({ kind: "policy", code: "invalid-input", detail: `${body.error.path}: ${body.error.message}` });
    const { auth_type: type, secret: name } = definition.config;
    // A key store may ask the person first, and wait for an answer.
    const secret = type === "none" ? ok(null) : await untilAborted(vault.read(name), signal);
    if (secret === undefined) return err({ kind: "transport", code: "aborted", detail: `request to ${hostOf(definition.config.url)}` });
    return secret.ok ? buildRequest(definition, body.value, secret.value) : secret;
  };

  const resultOf = async (definition: IntegrationDefinition, payload: JsonValue, signal: AbortSignal, onAttempt: (tried: TriedAttempt) => void): Promise<RunResult> => {
    const request = await requestOf(definition, payload, signal);
    if (!request.ok) return { kind: "failed", request: null, failure: { fault: request.error, statusCode: null, body: null, latencyMs: 0, attempts: 0 } };
    const outcome = await execute(request.value, signal, onAttempt);
    if (!outcome.ok) return { kind: "failed", request: request.value, failure: outcome.error };
    const mapped = mapResponse(outcome.value.body, definition.config.response_mapping);
    const answered = { request: request.value, execution: outcome.value };
    return mapped.ok ? { kind: "done", ...answered, mapped: mapped.value } : { kind: "unmapped", ...answered, fault: mapped.error };
  };

  const told = (id: string, definition: IntegrationDefinition, result: RunResult): void => {
    const { latencyMs, attempts } = result.kind === "failed" ? result.failure : result.execution;
    const at = clock.now();
    const record: ExecutionRecord = {
      integration_id: id,
      status: result.kind === "done" ? "SUCCESS" : "FAILURE",
      latency_ms: rounded(latencyMs),
      timestamp: new Date(at).toISOString(),
      payload_size: result.kind === "done" ? Buffer.byteLength(JSON.stringify(result.mapped.normalized)) : 0,
    };
    stats.record(id, { succeeded: result.kind === "done", latencyMs: attempts === 0 ? null : latencyMs, at, host: hostOf(definition.config.url) });
    webhook?.push(EVENT, record.timestamp, record);
    onRecord(record);
  };

  const runOne = async (definition: IntegrationDefinition, id: string, payload: JsonValue, signal: AbortSignal): Promise<RunResult> => {
    const startedAt = clock.now();
    const began = clock.monotonic();
    const attempts: TriedAttempt[] = [];
    const result = await resultOf(definition, payload, signal, (tried) => attempts.push(tried));
    told(id, definition, result);
    const { method, url } = definition.config;
    const outcome = { statusCode: result.kind === "failed" ? result.failure.statusCode : result.execution.statusCode, fault: faultCode(result) };
    spans?.push({ id, name: definition.name, method, url, startedAt, ms: clock.monotonic() - began, attempts, ...outcome });
    return result;
  };

  const statsOf = (id: string, host: string): IntegrationStats => {
    const until = pauses.get(host)?.until ?? null;
    return { ...stats.of(id), pausedUntil: until !== null && until > clock.now() ? until : null };
  };

  /** Work that ends with its caller's signal or with all of this. One listener, taken off again: a signal may live as long as the program. */
  const endable = async <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const cut = new AbortController();
    const end = (): void => {
      cut.abort();
    };
    if (signal.aborted || closed !== null) end();
    signal.addEventListener("abort", end, { once: true });
    const working = work(cut.signal);
    underWay.set(working, end);
    try {
      return await working;
    } finally {
      underWay.delete(working);
      signal.removeEventListener("abort", end);
    }
  };

  const close = async (): Promise<void> => {
    for (const end of underWay.values()) end();
    await execute[Symbol.asyncDispose]();
    // Ended runs tell the webhook so before it closes.
    await Promise.allSettled(underWay.keys());
    await Promise.all([webhook?.[Symbol.asyncDispose](), spans?.[Symbol.asyncDispose]()]);
  };

  return {
    run: (definition, id, payload, signal) => endable(signal, (ending) => runOne(definition, id ?? definition.name, payload, ending)),
    async register(definition, signal) {
      if (!platform.ok) return platform;
      const registry = createRegistryApi({ ...platform.value, clock });
      return endable(signal, (ending) => registry.register(definition, ending));
    },
    stats: (id, url) => statsOf(id, hostOf(url)),
    measured: () => stats.ran().map(({ id, host }) => ({ id, stats: statsOf(id, host) })),
    [Symbol.asyncDispose]() {
      closed ??= close();
      return closed;
    },
  };
}

function faultCode(result: RunResult): Fault["code"] | null {
  if (result.kind === "done") return null;
  return result.kind === "failed" ? result.failure.fault.code : "malformed-reply";
}

/** Milliseconds with three places: what lies behind them is noise. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
