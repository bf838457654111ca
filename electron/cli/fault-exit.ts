import type { Fault, FaultCode } from "../../shared/fault.ts";
import { exitCodes, type ExitCode } from "./command.ts";

const { no, notTried } = exitCodes;

/** A row for every code, and the compiler sees that none is missing. */
const rows: Readonly<Record<FaultCode, ExitCode>> = {
  // The other side was asked, and its answer is no; or it would be, whatever the network does.
  "bad-request": no,
  credentials: no,
  forbidden: no,
  "missing-scope": no,
  "not-found": no,
  "bot-inactive": no,
  "channel-missing": no,
  "session-limit": no,
  "protocol-version": no,
  "token-form": no,
  "runtime-refused": no,
  // Nobody was reached, or whoever answered was in no state to decide.
  network: notTried,
  timeout: notTried,
  "unknown-host": notTried,
  certificate: notTried,
  "clock-wrong": notTried,
  aborted: notTried,
  "rate-limited": notTried,
  "server-error": notTried,
  "unexpected-status": notTried,
  "malformed-reply": notTried,
  "reply-too-large": notTried,
  "socket-lost": notTried,
  "socket-abnormal": notTried,
  "socket-silent": notTried,
  "socket-refused": notTried,
  "closed-by-peer": notTried,
  "simulation-lost": notTried,
  "simulation-timeout": notTried,
  // Something of our own has to be mended first.
  "no-credentials": notTried,
  disk: notTried,
  "in-use": notTried,
  "audit-broken": no,
  "no-answer": no,
  "circuit-open": notTried,
  "address-refused": no,
  "no-secret": notTried,
  "invalid-input": notTried,
  "not-allowed": notTried,
  "newer-file": notTried,
  "not-found-here": notTried,
};

/**
 * What a command that failed for this reason ends with (design 6): 1 where the answer is no, 2 where it could not be
 * tried. A close is a refusal only where it was judged to be one: 1008 that a new token did not mend.
 */
export function exitCodeOf(fault: Pick<Fault, "kind" | "code">): ExitCode {
  return fault.code === "closed-by-peer" && fault.kind === "refused" ? no : rows[fault.code];
}
