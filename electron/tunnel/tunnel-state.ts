import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";

/** The figures of the runtime check, in milliseconds (contract 1.4). */
export interface TunnelRules {
  readonly checkMs: number;
  /** No reply to a check for so long: there is none. */
  readonly replyMs: number;
  /** After a check that settled nothing: sooner than usual. */
  readonly recheckMs: number;
}

/** `checkMs` is the configuration's, the others are the contract's. */
export const TUNNEL_RULES: TunnelRules = { checkMs: 60_000, replyMs: 10_000, recheckMs: 10_000 };

/** How far the runtime check is. `...At` is monotonic time. `choosing`: whether the token has to be renewed is being found out. */
export type Check =
  | { readonly kind: "waiting"; readonly dueAt: number }
  | { readonly kind: "choosing" }
  | { readonly kind: "probing"; readonly askedAt: number; readonly dueAt: number }
  | { readonly kind: "refreshing"; readonly dueAt: number };

/** Why a connection that is open is not known to work; `since` in wall time. */
export interface Doubt {
  readonly cause: "pong-late" | "channel-unavailable" | "probe-unanswered";
  readonly since: number;
  readonly detail: string;
}

/** A connection that the runtime has accepted. */
export interface Up {
  /** Wall clock. */
  readonly connectedSince: number;
  readonly check: Check;
  /** When the channel was last asked about, at first when the runtime said CONNECTED (monotonic). */
  readonly probedAt: number;
  /** A pong that is late; it is over once anything is heard. */
  readonly silence: Doubt | null;
  /** What the last probe said; it is over once a probe says otherwise. */
  readonly channel: Doubt | null;
}

/**
 * The tunnel (contract 1.7):
 *
 *   idle -> validating -> connecting -> connected <-> degraded
 *               ^             |             |            |
 *               |             v             v            v
 *               +------- reconnecting <-----+------------+      any -> closed, any but idle -> rejected
 *
 * `degraded` is `connected` with a doubt. `validating` follows on both directly where a new connection was asked for.
 */
export type TunnelState =
  | { readonly kind: "idle" }
  | { readonly kind: "validating" | "connecting"; readonly since: number; readonly attempt: number }
  | (Up & { readonly kind: "connected" | "degraded" })
  | {
      readonly kind: "reconnecting";
      readonly since: number;
      readonly attempt: number;
      readonly retryAt: number;
      readonly fault: Fault;
    }
  | { readonly kind: "rejected"; readonly since: number; readonly fault: Fault }
  | { readonly kind: "closed"; readonly since: number };

export const IDLE: TunnelState = { kind: "idle" };

/** Puts an open connection into the state that its doubts make. */
export function upState(up: Up): TunnelState {
  const { connectedSince, check, probedAt, silence, channel } = up;
  return { kind: silence === null && channel === null ? "connected" : "degraded", connectedSince, check, probedAt, silence, channel };
}

/** When the next `time` event is due (monotonic ms), or null where the state waits for no time of its own. */
export function dueAt(state: TunnelState): number | null {
  if (state.kind !== "connected" && state.kind !== "degraded") return null;
  return state.check.kind === "choosing" ? null : state.check.dueAt;
}

/** The state as the rest of the program sees it. A late pong is told before what the channel says: it may be old. */
export function tunnelConnection(state: TunnelState): ConnectionState {
  switch (state.kind) {
    case "connected":
      return { kind: "connected", since: state.connectedSince };
    case "degraded": {
      const doubt = state.silence ?? state.channel;
      if (doubt === null) return { kind: "connected", since: state.connectedSince };
      return { kind: "degraded", connectedSince: state.connectedSince, since: doubt.since, cause: doubt.cause, detail: doubt.detail };
    }
    case "idle":
    case "validating":
    case "connecting":
    case "reconnecting":
    case "rejected":
    case "closed":
      return state;
    default:
      return assertNever(state);
  }
}
