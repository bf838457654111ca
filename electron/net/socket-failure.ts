import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { statusFault } from "./status-fault.ts";

/** Everything that can end a connection, or keep it from coming about. */
export type SocketFailure =
  /** There are no headers to dial with. */
  | { readonly kind: "authorization"; readonly fault: Fault }
  /** The upgrade was answered with another status. */
  | { readonly kind: "upgrade"; readonly status: number; readonly retryAfterMs: number | undefined }
  /** No connection came about. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The address or the headers are such that nothing can be dialled. */
  | { readonly kind: "undialable" }
  /** The other side's first answer was a refusal. */
  | { readonly kind: "handshake"; readonly fault: Fault }
  /** A message larger than the limit. */
  | { readonly kind: "oversized"; readonly limitBytes: number }
  /** The other side broke the WebSocket protocol. */
  | { readonly kind: "protocol"; readonly reason: string }
  /** The connection was closed; `reason` is the other side's own words, cleaned. */
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

/**
 * What follows a failure. `retry`: after a backoff. `reject`: stop and say why. `renew-...`: a new token and a new
 * attempt at once; when that ends in a renewal again, what stands behind the dash.
 */
export type Verdict = "retry" | "reject" | "renew-then-retry" | "renew-then-reject";

export interface Judgement {
  readonly verdict: Verdict;
  readonly fault: Fault;
  /** How long to wait before the next attempt, in milliseconds, in place of the backoff. */
  readonly waitMs?: number;
}

interface CloseRule extends Pick<Fault, "kind" | "code"> {
  readonly verdict: Verdict;
}

const CLOSED: CloseRule = { verdict: "retry", kind: "transport", code: "closed-by-peer" };

/**
 * Close codes by what follows them; codes that are not named are retried.
 * A listener stays wanted whatever the other side's reason for leaving, 1000 included. 1008 is what many servers send
 * when a token runs out on an open connection, so it gets one new token before it is taken for a refusal. The 44xx
 * codes are the private range's habit of repeating an HTTP status.
 */
const closeRules: Readonly<Record<number, CloseRule>> = {
  1000: CLOSED,
  1001: CLOSED,
  1005: CLOSED,
  1006: { verdict: "retry", kind: "transport", code: "socket-abnormal" },
  1008: { verdict: "renew-then-reject", kind: "refused", code: "closed-by-peer" },
  1011: CLOSED,
  1012: CLOSED,
  1013: CLOSED,
  4400: { verdict: "reject", kind: "refused", code: "bad-request" },
  4401: { verdict: "renew-then-retry", kind: "refused", code: "credentials" },
  4403: { verdict: "reject", kind: "refused", code: "forbidden" },
  4404: { verdict: "reject", kind: "refused", code: "not-found" },
  4429: { verdict: "retry", kind: "refused", code: "rate-limited" },
};

/** Upgrades that were refused, by status; what is not named is retried (contract 0: 401 a new token at once, 403 stop). */
const upgradeVerdicts: Readonly<Record<number, Verdict>> = {
  401: "renew-then-retry",
  403: "reject",
};

/**
 * Judges why a connection to `host` ended or did not come about: what follows, and the fault that tells it. Pure.
 */
export function judgeFailure(failure: SocketFailure, host: string): Judgement {
  switch (failure.kind) {
    case "authorization":
      return { verdict: isFinal(failure.fault) ? "reject" : "retry", fault: failure.fault };
    case "upgrade":
      return {
        verdict: upgradeVerdicts[failure.status] ?? "retry",
        fault: upgradeFault(failure.status, host, failure.retryAfterMs),
      };
    case "unreachable":
      return { verdict: "retry", fault: { kind: "transport", code: "network", detail: `${host}: ${failure.reason}` } };
    case "undialable":
      return {
        verdict: "reject",
        fault: { kind: "policy", code: "invalid-input", detail: `no connection to ${host} can be made of this address and these headers` },
      };
    case "handshake": {
      const verdict = failure.fault.code === "credentials" ? "renew-then-reject" : isFinal(failure.fault) ? "reject" : "retry";
      return { verdict, fault: failure.fault };
    }
    case "oversized":
      return {
        verdict: "retry",
        fault: { kind: "contract", code: "reply-too-large", detail: `${host} sent a frame of more than ${failure.limitBytes} bytes`, closeCode: 1009 },
      };
    case "protocol":
      return {
        verdict: "retry",
        fault: { kind: "contract", code: "malformed-reply", detail: `${host} broke the WebSocket protocol (${failure.reason})`, closeCode: 1002 },
      };
    case "close": {
      const rule = closeRules[failure.code] ?? CLOSED;
      return { verdict: rule.verdict, fault: { kind: rule.kind, code: rule.code, detail: failure.reason, closeCode: failure.code } };
    }
    default:
      return assertNever(failure);
  }
}

/** Whether waiting cannot help: a refusal that is no matter of quota, or a rule of our own. */
function isFinal(fault: Fault): boolean {
  return (fault.kind === "refused" && fault.code !== "rate-limited") || fault.kind === "policy";
}

function upgradeFault(status: number, host: string, retryAfterMs: number | undefined): Fault {
  const fault = statusFault(status, `${host} answered the upgrade with ${status}`, retryAfterMs);
  const known = status === 401 || status === 403 || status === 404 || status === 410 || status === 429 || status >= 500;
  return known ? fault : { ...fault, kind: "transport", code: "socket-refused" };
}
