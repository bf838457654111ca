import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";

/** What a state means for the eye; a word always stands beside the colour. */
export type ConnectionTone = "ok" | "warn" | "bad" | "off";

/** The tone of a connection's dot. */
export function connectionTone(state: ConnectionState): ConnectionTone {
  switch (state.kind) {
    case "connected":
      return "ok";
    case "validating":
    case "connecting":
    case "checking":
    case "degraded":
    case "reconnecting":
      return "warn";
    case "rejected":
      return "bad";
    case "idle":
    case "closed":
      return "off";
    default:
      return assertNever(state);
  }
}

/** The state in words; attempts count from 1, the first try being none. `now` in ms since the Unix epoch. */
export function connectionWords(state: ConnectionState, now: number): string {
  switch (state.kind) {
    case "connected":
      return texts.connection.connected;
    case "validating":
      return state.attempt > 0 ? texts.connection.validatingAttempt(state.attempt) : texts.connection.validating;
    case "connecting":
      return state.attempt > 0 ? texts.connection.connectingAttempt(state.attempt) : texts.connection.connecting;
    case "degraded":
      return degradedWords(state) ?? texts.connection.checkingLong(formatAge(now - state.since));
    case "checking":
      return texts.connection.checkingLong(formatAge(now - state.since));
    case "reconnecting":
      return state.attempt > 0 ? texts.connection.reconnecting(state.attempt) : texts.connection.bannerReconnecting;
    case "rejected":
      return texts.connection.rejected;
    case "idle":
      return texts.connection.idle;
    case "closed":
      return texts.connection.closed;
    default:
      return assertNever(state);
  }
}

/** What the runtime said or left unsaid, or null where a pong is merely late and nothing more is known. */
export function degradedWords(state: Extract<ConnectionState, { kind: "degraded" }>): string | null {
  switch (state.cause) {
    case "pong-late":
      return null;
    case "channel-unavailable":
      return texts.connection.channelUnavailable(statusBeyond(state.detail));
    case "probe-unanswered":
      return texts.connection.probeUnanswered;
    default:
      return assertNever(state.cause);
  }
}

/** The runtime's own word, where it says more than that the channel is unavailable. */
export function statusBeyond(status: string): string {
  const word = status.trim();
  return word.toLowerCase() === "unavailable" ? "" : word;
}

/** Since when the connection holds, ms since the Unix epoch, or null where there is nothing to say. */
export function connectionSince(state: ConnectionState): number | null {
  if (state.kind === "idle") return null;
  return state.kind === "checking" || state.kind === "degraded" ? state.connectedSince : state.since;
}
