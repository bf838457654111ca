import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hostOf } from "../net/attempt.ts";
import type { SendJson } from "../net/http.ts";
import type { QaReport } from "./qa-report.ts";

/** Contract 0, "Timeouts": the QA platform. */
const TIMEOUT_MS = 15_000;
/** Contract 0: webhooks get 5 attempts. */
const ATTEMPTS = 5;
/** A batch is over and somebody waits for the program to end: all attempts and pauses together. */
const BUDGET_MS = 120_000;
/** Contract 5.5. */
const RETRY_STATUSES: ReadonlySet<number> = new Set([429, 500, 502, 503]);

/**
 * Sends a batch to the QA platform (contract 5.5): up to 5 attempts with the same body and the same `Idempotency-Key`, on
 * 429 (obeying `Retry-After`), 500, 502, 503, timeouts and connection errors; any 2xx will do. `send` is `createHttp`
 * without tokens: the platform's are not for this address. The fault names no more of the address than its host, since
 * the rest may be a secret.
 */
export async function sendQaReport(options: {
  readonly send: SendJson;
  readonly url: string;
  readonly report: QaReport;
  readonly signal: AbortSignal;
}): Promise<Result<null, Fault>> {
  const { send, url, report, signal } = options;
  const sent = await send({
    method: "POST",
    url,
    headers: { "x-source": "cognigy-simulator" },
    body: { kind: "json", value: report },
    schema: z.unknown(),
    statusOnly: true,
    timeoutMs: TIMEOUT_MS,
    budgetMs: BUDGET_MS,
    retry: { attempts: ATTEMPTS, retryStatus: (status) => RETRY_STATUSES.has(status) },
    signal,
  });
  return sent.ok ? ok(null) : err(withHostOnly(sent.error, hostOf(url)));
}

function withHostOnly(fault: Fault, host: string): Fault {
  if (fault.status === undefined) return fault;
  const redirects = fault.status >= 300 && fault.status <= 399 ? "; redirects are not followed" : "";
  return { ...fault, detail: `${host} answered ${fault.status}${redirects}` };
}
