import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { Transition } from "../../shared/tunnel.ts";
import { sessionSince } from "../../shared/tunnel-latency.ts";
import { connectionWords, statusBeyond } from "../panel/connection-words.ts";
import { texts } from "../texts.ts";

/** A change of state as the list tells it afterwards: what it was, and why (empty where there is no more to say). */
export interface TransitionWords {
  readonly words: string;
  readonly reason: string;
}

/**
 * A past change in words; unlike those of the present state they hold no age and no countdown. `before`: the state that
 * it ended, where that is known.
 */
export function transitionWords({ state, reason }: Transition, before?: ConnectionState): TransitionWords {
  const told = stateWords(state, before);
  if (reason === null || reason === "") return told;
  return { ...told, reason: `${sentence(reason)} ${told.reason}`.trim() };
}

function stateWords(state: ConnectionState, before: ConnectionState | undefined): TransitionWords {
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
      // The attempt that it names is the one to come. A connection that did not last is counted on from, but was one.
      return { words: state.attempt > 1 && !wasUp(before) ? attemptFailed(state.attempt - 1) : lost, reason: faultReason(state.fault) };
    case "rejected":
      return { words: texts.connection.rejected, reason: faultReason(state.fault) };
    default:
      return assertNever(state);
  }
}

function wasUp(state: ConnectionState | undefined): boolean {
  return state !== undefined && sessionSince(state) !== null;
}

function faultReason(fault: Fault): string {
  return texts.connectionSheet.found(describeFault(fault).what, fault.detail.trim().replace(/\.$/u, ""));
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/u.test(words) ? "" : "."}`;
}
