import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { type Backoff, SOCKET_BACKOFF } from "./backoff.ts";

/** The figures of a reconnecting socket, in milliseconds. */
export interface SocketRules extends Backoff {
  readonly pingMs: number;
  /** The first ping of a connection, counted from its beginning; null: after `pingMs`, like the others. */
  readonly firstPingMs: number | null;
  /** Nothing heard for so long after a ping: dead. */
  readonly pongMs: number;
  /** Nothing heard for so long after a ping: not claimed to be connected any more, but `checking`. */
  readonly lateMs: number;
  readonly authorizeMs: number;
  /** The upgrade, and then again the first answer where the protocol has one. */
  readonly handshakeMs: number;
  /** A connection that lasted so long has worked: attempts count from the start again. */
  readonly healthyMs: number;
  /** Whether the other side has to accept a first frame before the connection counts. */
  readonly greets: boolean;
}

/**
 * Contract 0, "Every socket". `lateMs` is a fifth of the pong timeout: 2 s is far above any round trip that a live
 * suggestion could bear, and leaves 8 s in which the panel tells the truth before the connection is given up.
 */
export const SOCKET_RULES: SocketRules = {
  ...SOCKET_BACKOFF,
  pingMs: 20_000,
  firstPingMs: null,
  pongMs: 10_000,
  lateMs: 2_000,
  authorizeMs: 60_000,
  handshakeMs: 10_000,
  healthyMs: 5_000,
  greets: false,
};

/** What outlasts a single connection: retries since one last worked, renewals in a row, when the outage began (wall). */
export interface Memory {
  readonly retries: number;
  readonly renewals: number;
  readonly lostSince: number | null;
}

export interface Open {
  readonly memory: Memory;
  /** Wall clock. */
  readonly connectedSince: number;
  readonly openedAt: number;
  readonly pingAt: number;
  /** Wall minus monotonic time when it was last looked at: it grows while the machine sleeps. */
  readonly skewMs: number;
}

/** All that is known of the connection. `...At` is monotonic time. */
export type SocketState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "authorizing" | "opening" | "greeting";
      readonly memory: Memory;
      readonly since: number;
      readonly dueAt: number;
    }
  | (Open & { readonly kind: "connected"; readonly pingedAt: number | null })
  | (Open & { readonly kind: "checking"; readonly since: number; readonly pingedAt: number })
  | {
      readonly kind: "reconnecting";
      readonly memory: Memory;
      readonly dueAt: number;
      readonly retryAt: number;
      readonly since: number;
      readonly fault: Fault;
    }
  | { readonly kind: "rejected"; readonly since: number; readonly fault: Fault }
  | { readonly kind: "closed"; readonly since: number };

export const IDLE: SocketState = { kind: "idle" };

/** When the next `time` event is due (monotonic ms), or null where the state waits for no time. */
export function dueAt(state: SocketState, rules: SocketRules): number | null {
  switch (state.kind) {
    case "authorizing":
    case "opening":
    case "greeting":
    case "reconnecting":
      return state.dueAt;
    case "connected":
      return state.pingedAt === null ? state.pingAt : state.pingedAt + rules.lateMs;
    case "checking":
      return state.pingedAt + rules.pongMs;
    case "idle":
    case "rejected":
    case "closed":
      return null;
    default:
      return assertNever(state);
  }
}

/** The state as the rest of the program sees it. `attempt` counts retries: 0 is the first try, 1 the first after a loss. */
export function connectionState(state: SocketState): ConnectionState {
  switch (state.kind) {
    case "authorizing":
    case "opening":
    case "greeting":
      return { kind: "connecting", since: state.since, attempt: state.memory.retries };
    case "connected":
      return { kind: "connected", since: state.connectedSince };
    case "checking":
      return { kind: "checking", since: state.since, connectedSince: state.connectedSince };
    case "reconnecting":
      return {
        kind: "reconnecting",
        since: state.since,
        attempt: state.memory.retries,
        retryAt: state.retryAt,
        fault: state.fault,
      };
    case "idle":
    case "rejected":
    case "closed":
      return state;
    default:
      return assertNever(state);
  }
}
