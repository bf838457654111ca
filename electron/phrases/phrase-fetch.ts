import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { aborted, type Fetch, hostOf } from "../net/attempt.ts";
import { networkReason } from "../net/network-reason.ts";
import { statusFault } from "../net/status-fault.ts";

const TIMEOUT_MS = 15_000;
const NOT_MODIFIED = 304;

/** `same`: it is still what the etag stands for. */
export type Fetched = { readonly kind: "same" } | { readonly kind: "fetched"; readonly bytes: Uint8Array; readonly etag: string | null };

export interface FetchBytes {
  readonly url: string;
  readonly etag: string | null;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Fetches the very bytes of a file: what is signed must not pass through a decoding. Redirects are not followed. Faults:
 * `aborted`, `timeout`, `network`, `reply-too-large`, and those of the status.
 */
export async function fetchBytes({ url, etag, maxBytes, signal }: FetchBytes, { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock }): Promise<Result<Fetched, Fault>> {
  if (signal.aborted) return err(aborted(url));
  const late = new AbortController();
  const cancel = clock.after(TIMEOUT_MS, () => {
    late.abort();
  });
  try {
    const response = await fetch(url, { headers: etag === null ? {} : { "if-none-match": etag }, redirect: "manual", signal: AbortSignal.any([signal, late.signal]) });
    if (response.status === NOT_MODIFIED && etag !== null) return ok({ kind: "same" });
    if (response.status !== 200) {
      await response.body?.cancel();
      return err(statusFault(response.status, `GET ${hostOf(url)} answered ${response.status}`));
    }
    const bytes = await readBytes(response, maxBytes);
    if (bytes === null) return err({ kind: "contract", code: "reply-too-large", detail: `${hostOf(url)} sent more than ${maxBytes} bytes` });
    return ok({ kind: "fetched", bytes, etag: response.headers.get("etag") });
  } catch (error) {
    if (signal.aborted) return err(aborted(url));
    if (late.signal.aborted) return err({ kind: "transport", code: "timeout", detail: `no complete answer from ${hostOf(url)} within ${TIMEOUT_MS} ms` });
    return err({ kind: "transport", code: "network", detail: `${hostOf(url)}: ${networkReason(error)}` });
  } finally {
    cancel();
  }
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the transfer.
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
