import type { Fault } from "../../shared/fault.ts";

type Judgement = Pick<Fault, "kind" | "code">;

/** What a status means wherever it comes from; the rest is judged by its hundred. */
const meanings: Readonly<Record<number, Judgement>> = {
  400: { kind: "refused", code: "bad-request" },
  401: { kind: "refused", code: "credentials" },
  403: { kind: "refused", code: "forbidden" },
  404: { kind: "refused", code: "not-found" },
  408: { kind: "transport", code: "timeout" },
  410: { kind: "refused", code: "not-found" },
  413: { kind: "refused", code: "bad-request" },
  422: { kind: "refused", code: "bad-request" },
  429: { kind: "refused", code: "rate-limited" },
};

/**
 * The fault for an HTTP status other than success. `detail` says who answered what, without a word of the body that
 * the caller does not vouch for; `retryAfterMs` is the pause that the reply asked for, if it did.
 */
export function statusFault(status: number, detail: string, retryAfterMs?: number): Fault {
  const judgement: Judgement =
    meanings[status] ??
    (status >= 500 ? { kind: "transport", code: "server-error" } : { kind: "contract", code: "unexpected-status" });
  return { ...judgement, detail, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
