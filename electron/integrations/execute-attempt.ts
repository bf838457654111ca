import type { Dispatcher } from "undici";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { errorCode, networkReason } from "../net/network-reason.ts";
import type { Addresses } from "./execute-addresses.ts";
import { MAX_REPLY_BYTES } from "./execute-reply.ts";
import { nextStep, type Step } from "./execute-redirect.ts";
import { type AttemptFailure, mayPass } from "./execute-retry.ts";
import type { OutgoingRequest } from "./execution.ts";

/** A reply of any status, its bytes as they came. `host`: who sent it. */
export interface RawReply {
  readonly host: string;
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Null where there were more than allowed. */
  readonly bytes: Buffer | null;
}

export interface AttemptParts {
  readonly clock: Clock;
  readonly addresses: Addresses;
  readonly allowHosts: readonly string[];
  /** What a request to this address is sent with. */
  readonly dispatcher: (url: URL) => Promise<Dispatcher>;
}

/** A certificate does not get better by asking again. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_/;
/** A redirect's body is of no interest; reading a little of it keeps the connection. */
const MAX_DROPPED_BYTES = 16_384;

/**
 * Sends a request once, following the redirects that it may (contract 4.3), and reads the reply to its end.
 * `request.timeoutMs` covers everything, looking up the name included. Faults: `timeout`, `network`, `aborted`,
 * `address-refused`, `invalid-input`, and `unexpected-status` for redirects without end.
 */
export async function sendOnce(request: OutgoingRequest, parts: AttemptParts, signal: AbortSignal): Promise<Result<RawReply, AttemptFailure>> {
  const start = URL.parse(request.url);
  if (start === null) return err({ fault: { kind: "policy", code: "invalid-input", detail: "found a text that is no whole address" }, again: false });
  const cut = new AbortController();
  const end = (): void => {
    cut.abort();
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  let timedOut = false;
  const cancel = parts.clock.after(request.timeoutMs, () => {
    timedOut = true;
    end();
  });
  let step: Step = { url: start, headers: request.headers, visited: [start.href] };
  try {
    for (;;) {
      const outcome = await sendStep(request, step, parts, cut.signal);
      if (cut.signal.aborted) return err(ended(step.url, timedOut && !signal.aborted ? request.timeoutMs : null));
      if (!outcome.ok) return outcome;
      if (outcome.value.kind === "answer") return ok(outcome.value.reply);
      ({ step } = outcome.value);
    }
  } finally {
    cancel();
    signal.removeEventListener("abort", end);
  }
}

type StepOutcome = { readonly kind: "answer"; readonly reply: RawReply } | { readonly kind: "follow"; readonly step: Step };

async function sendStep(request: OutgoingRequest, step: Step, parts: AttemptParts, signal: AbortSignal): Promise<Result<StepOutcome, AttemptFailure>> {
  const { url } = step;
  const checked = await parts.addresses.check(url, signal);
  if (!checked.ok) return checked;
  try {
    const dispatcher = await parts.dispatcher(url);
    const reply = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: Object.entries(step.headers).flat(),
      body: request.body,
      signal,
      // The attempt's own timeout covers them.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const { location } = reply.headers;
    const next = nextStep(step, { status: reply.statusCode, location: Array.isArray(location) ? location[0] : location }, { method: request.method, allowHosts: parts.allowHosts });
    if (next.kind === "stay") {
      const bytes = await readBytes(reply.body);
      return ok({ kind: "answer", reply: { host: url.host, status: reply.statusCode, headers: listOf(reply.headers), bytes } });
    }
    await reply.body.dump({ limit: MAX_DROPPED_BYTES, signal });
    return next.kind === "follow" ? ok(next) : err({ fault: next.fault, again: false });
  } catch (error) {
    return err(failureOf(url, error));
  }
}

function failureOf(url: URL, error: unknown): AttemptFailure {
  const code = errorCode(error);
  if (code === "UND_ERR_INVALID_ARG") {
    return { fault: { kind: "policy", code: "invalid-input", detail: `no request to ${url.host} can be made of this address and these headers` }, again: false };
  }
  // It would send as many again.
  if (code === "UND_ERR_HEADERS_OVERFLOW") return { fault: { kind: "contract", code: "reply-too-large", detail: `${url.host} sent more headers than are read` }, again: false };
  const fault: Fault = { kind: "transport", code: "network", detail: `${url.host}: ${networkReason(error)}` };
  return { fault, again: mayPass(fault) && !CERTIFICATE.test(code ?? "") };
}

/** `timeoutMs`: of an attempt that ran out of time; null where the caller gave up. */
function ended(url: URL, timeoutMs: number | null): AttemptFailure {
  if (timeoutMs === null) return { fault: { kind: "transport", code: "aborted", detail: `request to ${url.host}` }, again: false };
  return { fault: { kind: "transport", code: "timeout", detail: `no complete answer from ${url.host} within ${timeoutMs} ms` }, again: true };
}

/** All bytes of a body, or null as soon as there are too many; the connection is closed then. */
async function readBytes(body: Dispatcher.ResponseData["body"]): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > MAX_REPLY_BYTES) return null;
    chunks.push(bytes);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

function listOf(headers: Dispatcher.ResponseData["headers"]): RawReply["headers"] {
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: one }))));
}

