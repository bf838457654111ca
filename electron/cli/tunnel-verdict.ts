import { assertNever } from "../../shared/assert-never.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { exitCodes, type ExitCode } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import type { Outcome } from "./tunnel-check.ts";

/** What a try of the tunnel ends with, and why in one line. */
export interface TunnelVerdict {
  readonly exitCode: ExitCode;
  readonly message: string;
}

/** The table's advice for these is for a program that stays and tries again by itself. */
const RETRIED: ReadonlySet<FaultCode> = new Set([
  "timeout",
  "bot-inactive",
  "channel-missing",
  "session-limit",
  "runtime-refused",
  "rate-limited",
  "server-error",
  "socket-lost",
  "socket-abnormal",
  "socket-silent",
  "closed-by-peer",
  "circuit-open",
]);

/** Says what became of one try of the tunnel to `botId` (design 6): 0 it works, 1 refused, 2 not known. Pure. */
export function tunnelVerdict(outcome: Outcome, botId: string): TunnelVerdict {
  const tunnel = `The tunnel to bot ${botId}`;
  switch (outcome.kind) {
    case "works": {
      const { handshakeMs, roundTripMs, status } = outcome;
      const figures = `handshake ${brief(handshakeMs)}, round trip ${brief(roundTripMs)}`;
      return { exitCode: exitCodes.done, message: `${tunnel} works: ${figures}, channel ${status}.` };
    }
    case "unavailable":
      return { exitCode: exitCodes.no, message: `${tunnel} opens, but the runtime says that its channel is not available: ${outcome.status}.` };
    case "unanswered":
      return { exitCode: exitCodes.no, message: `${tunnel} opens, but the runtime did not answer the check.` };
    case "failed": {
      const exitCode = exitCodeOf(outcome.fault);
      const words = exitCode === exitCodes.no ? "is refused" : "could not be tried";
      return { exitCode, message: `${tunnel} ${words}. ${reasonOf(outcome.fault)}` };
    }
    case "broke": {
      const { fault } = outcome;
      const exitCode = fault === null ? exitCodes.notTried : exitCodeOf(fault);
      const reason = fault === null ? "" : ` ${reasonOf(fault)}`;
      return { exitCode, message: `${tunnel} opened, but broke before the check was answered.${reason}` };
    }
    case "stopped":
      return { exitCode: exitCodes.notTried, message: `Stopped before it was known whether the tunnel to bot ${botId} works.` };
    default:
      return assertNever(outcome);
  }
}

function reasonOf(fault: Fault): string {
  const { what, cause, remedy } = describeFault(fault);
  if (!RETRIED.has(fault.code)) return `${what} ${cause} ${remedy}`;
  const pause = fault.retryAfterMs === undefined ? "" : ` The platform asked for a pause of ${Math.ceil(fault.retryAfterMs / 1_000)} s.`;
  return `${what} ${cause}${pause} This was the only attempt: run the command again once that has changed.`;
}

/** One decimal where it says something. */
function brief(ms: number): string {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
