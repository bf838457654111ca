import type { FaultCode } from "../../shared/fault.ts";
import { otlpCount, otlpNanos, otlpText, type OtlpAttribute } from "../net/otlp.ts";
import type { TriedAttempt } from "./execution.ts";

/** A run as its span tells it. Times in ms; `startedAt` since the Unix epoch. */
export interface RunSpan {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  /** The service's address; no more than its host is told. */
  readonly url: string;
  readonly startedAt: number;
  readonly ms: number;
  readonly statusCode: number | null;
  /** Why it failed; null where it did not. */
  readonly fault: FaultCode | null;
  readonly attempts: readonly TriedAttempt[];
}

/** OTLP's numbers for what we need of it (opentelemetry-proto, trace.proto). */
const KIND = { internal: 1, client: 3 } as const;
const STATUS = { ok: 1, error: 2 } as const;

/** What one span holds beside its place in the trace. */
interface Spanned {
  readonly name: string;
  readonly kind: number;
  readonly startedAt: number;
  readonly ms: number;
  readonly fault: FaultCode | null;
  readonly attributes: readonly OtlpAttribute[];
}

/**
 * Runs as an OTLP request in JSON: a span for each with a child per attempt. Of an address only host and port are in it; no
 * path and no query, no header, no body, and of a fault its code, since its words may quote a service.
 */
export function spanBatch(runs: readonly RunSpan[], random: () => number): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: [otlpText("service.name", "callside")] },
        scopeSpans: [{ scope: { name: "callside.integrations" }, spans: runs.flatMap((run) => spansOf(run, random)) }],
      },
    ],
  };
}

function spansOf(run: RunSpan, random: () => number): readonly object[] {
  const traceId = hexId(4, random);
  const spanId = hexId(2, random);
  const request = [otlpText("http.request.method", run.method), ...addressOf(run.url)];
  const whole: Spanned = {
    name: `integration ${run.name}`,
    kind: KIND.internal,
    startedAt: run.startedAt,
    ms: run.ms,
    fault: run.fault,
    attributes: [otlpText("callside.integration.id", run.id), ...request, otlpCount("callside.attempts", run.attempts.length), ...statusOf(run.statusCode)],
  };
  return [
    spanOf(whole, { traceId, spanId }),
    ...run.attempts.map((attempt, index) =>
      spanOf(
        {
          name: run.method,
          kind: KIND.client,
          startedAt: attempt.startedAt,
          ms: attempt.ms,
          fault: attempt.fault,
          attributes: [...request, ...statusOf(attempt.statusCode), ...(index === 0 ? [] : [otlpCount("http.request.resend_count", index)])],
        },
        { traceId, spanId: hexId(2, random), parentSpanId: spanId },
      ),
    ),
  ];
}

function spanOf({ name, kind, startedAt, ms, fault, attributes }: Spanned, ids: { readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string }): object {
  return {
    ...ids,
    name,
    kind,
    startTimeUnixNano: otlpNanos(startedAt),
    endTimeUnixNano: otlpNanos(startedAt + ms),
    attributes: [...attributes, ...(fault === null ? [] : [otlpText("error.type", fault)])],
    status: { code: fault === null ? STATUS.ok : STATUS.error },
  };
}

function addressOf(url: string): readonly OtlpAttribute[] {
  const parsed = URL.parse(url);
  if (parsed === null) return [];
  const port = parsed.port === "" ? (parsed.protocol === "http:" ? 80 : 443) : Number(parsed.port);
  return [otlpText("server.address", parsed.hostname), otlpCount("server.port", port)];
}

function statusOf(statusCode: number | null): readonly OtlpAttribute[] {
  return statusCode === null ? [] : [otlpCount("http.response.status_code", statusCode)];
}

/** An id of `words` x 32 bits in hex; all zeros mean none, so that never comes of it. */
function hexId(words: number, random: () => number): string {
  const id = Array.from({ length: words }, () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0")).join("");
  return /^0+$/u.test(id) ? `${id.slice(1)}1` : id;
}
