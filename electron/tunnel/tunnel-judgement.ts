import { assertNever } from "../../shared/assert-never.ts";
import type { FaultCode } from "../../shared/fault.ts";
import type { Judgement } from "../net/socket-failure.ts";

/** How long until a bot that would not have us is looked at again (contract 1.1). */
export const RECHECK_BOT_MS = 60_000;

/** What no waiting mends (contract 1.1): credentials, 403, 404, the protocol version; and a token of no use here. */
const finalCodes: ReadonlySet<FaultCode> = new Set(["credentials", "missing-scope", "forbidden", "not-found", "protocol-version", "token-form"]);

/** What somebody at the platform changes while we wait. */
const passingCodes: ReadonlySet<FaultCode> = new Set(["bot-inactive", "channel-missing", "session-limit"]);

/**
 * The tunnel's last word on a failure (contract 1.1): only the final codes end it, a bot that is not ready is looked at
 * again every minute, everything else is tried again after the usual backoff. Pure.
 */
export function judgeTunnel(judged: Judgement): Judgement {
  const { verdict, fault } = judged;
  if (passingCodes.has(fault.code)) return { verdict: "retry", fault, waitMs: RECHECK_BOT_MS };
  // The endpoint may issue another kind of token to the next request, once.
  if (fault.code === "token-form") return { verdict: "renew-then-reject", fault };
  const isFinal = finalCodes.has(fault.code);
  switch (verdict) {
    case "reject":
    case "retry":
      return { verdict: isFinal ? "reject" : "retry", fault };
    case "renew-then-reject":
      return { verdict: isFinal ? verdict : "renew-then-retry", fault };
    case "renew-then-retry":
      return judged;
    default:
      return assertNever(verdict);
  }
}
