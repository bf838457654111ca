import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Transition } from "../../shared/tunnel.ts";
import { connectionWords, statusBeyond } from "../panel/connection-words.ts";
import { texts } from "../texts.ts";

/** A change of state as the list tells it afterwards: what it was, and why (empty where there is no more to say). */
export interface TransitionWords {
  readonly words: string;
  readonly reason: string;
}

/** A past change in words; unlike those of the present state they hold no age and no countdown. */
export function transitionWords({ state, reason }: Transition): TransitionWords {
  const told = stateWords(state);
  if (reason === null || reason === "") return told;
  return { ...told, reason: `${sentence(reason)} ${told.reason}`.trim() };
}

function stateWords(state: ConnectionState): TransitionWords {
  const { lost, attemptFailed, checking, lateReason, channelReason } = texts.connectionSheet;
  switch (state.kind) {
    case "idle":
    case "validating":
    case "connecting":
    case "connected":
    case "closed":
      return { words: connectionWords(state, 0), reason: "" };
    case "checking":
      return { words: checking, reason: lateReason };
    case "degraded":
      switch (state.cause) {
        case "pong-late":
          return { words: checking, reason: lateReason };
        case "channel-unavailable":
          return { words: texts.connection.channelUnavailable(""), reason: channelReason(statusBeyond(state.detail)) };
        case "probe-unanswered":
          return { words: texts.connection.probeUnanswered, reason: "" };
        default:
          return assertNever(state.cause);
      }
    case "reconnecting":
      // The attempt that it names is the one to come.
      return { words: state.attempt > 1 ? attemptFailed(state.attempt - 1) : lost, reason: faultReason(state.fault) };
    case "rejected":
      return { words: texts.connection.rejected, reason: faultReason(state.fault) };
    default:
      return assertNever(state);
  }
}

function faultReason(fault: Fault): string {
  return texts.connectionSheet.found(describeFault(fault).what, fault.detail.trim().replace(/\.$/u, ""));
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/u.test(words) ? "" : "."}`;
}
