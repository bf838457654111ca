import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { errorCode, networkReason } from "./network-reason.ts";

export type Fetch = typeof globalThis.fetch;

/** One request, once. `timeoutMs` covers everything up to the last byte of the reply, `maxBytes` its decoded body. */
export interface Attempt {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** A reply of any status, read to its end. */
export interface AttemptReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request and reads the reply, whatever its status. Redirects are not followed: they would carry a token or
 * a secret to an address that nobody configured. Errors: `aborted`, `timeout`, `network`, `reply-too-large`, and
 * `invalid-input` where no request can be made of what was given.
 */
export async function attempt(
  request: Attempt,
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
): Promise<Result<AttemptReply, Fault>> {
  if (request.signal.aborted) return err(aborted(request.url));
  // One listener on the caller's signal, taken off again: signals that live as long as the program gather none.
  const cut = new AbortController();
  let timedOut = false;
  const cancel = clock.after(request.timeoutMs, () => {
    timedOut = true;
    cut.abort();
  });
  const onAbort = (): void => {
    cut.abort();
  };
  request.signal.addEventListener("abort", onAbort, { once: true });
  let answered = false;
  let complete = false;
  try {
    const response = await untilCut(
      fetch(request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: cut.signal,
        redirect: "manual",
      }),
      cut.signal,
    );
    answered = true;
    const text = await untilCut(readText(response, request.maxBytes), cut.signal);
    if (text === undefined) return err(tooLarge(request));
    complete = true;
    return ok({ status: response.status, headers: response.headers, text });
  } catch (error) {
    if (request.signal.aborted) return err(aborted(request.url));
    if (timedOut) {
      return err({
        kind: "transport",
        code: "timeout",
        detail: `no ${answered ? "complete " : ""}answer from ${hostOf(request.url)} within ${Math.round(request.timeoutMs)} ms`,
      });
    }
    if (!answered && isUnusable(error)) {
      const detail = `no request to ${hostOf(request.url)} can be made of this address and these headers`;
      return err({ kind: "policy", code: "invalid-input", detail });
    }
    return err({ kind: "transport", code: "network", detail: `${hostOf(request.url)}: ${networkReason(error)}` });
  } finally {
    cancel();
    request.signal.removeEventListener("abort", onAbort);
    // Whatever is still under way (a body that was too large, a reply after the timeout) ends here. Where nothing is,
    // an abort would only cost: it makes an exception with its stack, and wakes all that listens.
    if (!complete) cut.abort();
  }
}

/** Host and port of an address, or words in its place: never the query or the credentials that it may carry. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "an address that cannot be read";
}

/** The fault of a request whose caller gave up. */
export function aborted(url: string): Fault {
  return { kind: "transport", code: "aborted", detail: `request to ${hostOf(url)}` };
}

function tooLarge(request: Attempt): Fault {
  return {
    kind: "contract",
    code: "reply-too-large",
    detail: `${hostOf(request.url)} sent more than ${request.maxBytes} bytes`,
  };
}

/** True for what fetch throws before it tries: a header or an address that it cannot take. A connection's failure has a cause. */
function isUnusable(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const code = errorCode(error);
  return code === "ERR_INVALID_URL" || (code === undefined && error.cause === undefined);
}

/** The promise's value, or a rejection as soon as `signal` aborts: an injected fetch may not heed the signal. */
function untilCut<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onCut = (): void => {
      reject(new Error("cut"));
    };
    signal.addEventListener("abort", onCut, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onCut);
    });
  });
}

/** The body as text, or undefined as soon as more than `maxBytes` of it have come. */
async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString("utf8");
    size += value.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(value);
  }
}
