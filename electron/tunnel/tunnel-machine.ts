import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { type Check, type Doubt, dueAt, type TunnelRules, type TunnelState, type Up, upState } from "./tunnel-state.ts";

/** When an event happened: wall and monotonic clock, and how long the token still serves (all ms; null: unknown). */
export interface Moment {
  readonly wall: number;
  readonly mono: number;
  readonly tokenDueMs: number | null;
}

/** The close code of a connection that another took the place of, and why, in words. */
export interface Replaced {
  readonly code: number;
  readonly reason: string;
}

export type TunnelInput =
  /**
   * What the socket below says of itself (`net/socket-machine.ts`): dialling, pings and backoff are its own.
   * `because`: why a connection that was up makes room for another at once: it was asked for, or it failed in a way that
   * a new token may mend; null where the state says itself why.
   */
  | { readonly kind: "socket"; readonly state: ConnectionState; readonly because: Replaced | null }
  /** The bot is asked whether it will have us; again, where a token had to be renewed meanwhile. */
  | { readonly kind: "validating" }
  | { readonly kind: "bot-accepted" }
  /** The runtime said CONNECTED. */
  | { readonly kind: "established"; readonly handshakeMs: number }
  | { readonly kind: "time" }
  /** A person or a pipeline wants to know now. */
  | { readonly kind: "check-now" }
  /** What `choose` found: the runtime knows the present token, has to be given another, or none is to be had. */
  | { readonly kind: "chosen"; readonly next: "probe" | "refresh" | "nothing" }
  | { readonly kind: "token-refreshed" }
  | { readonly kind: "status"; readonly status: string };

/** What is told to subscribers (contract 1.6), without what the runner adds (bot, timestamp, last latency). */
export type Telling =
  | { readonly event: "tunnel_established"; readonly latencyMs: number }
  | { readonly event: "token_refreshed" }
  | { readonly event: "tunnel_checked"; readonly status: string; readonly latencyMs: number }
  | { readonly event: "channel_unavailable"; readonly status: string }
  | { readonly event: "tunnel_lost"; readonly code: number; readonly reason: string }
  | { readonly event: "tunnel_closed" };

/** What the runner does, in this order. `replace`: a new connection, because the present one gave no answer. */
export type TunnelEffect =
  | { readonly kind: "choose" }
  | { readonly kind: "probe" }
  | { readonly kind: "refresh" }
  | { readonly kind: "replace"; readonly reason: string }
  | { readonly kind: "tell"; readonly telling: Telling };

export interface TunnelStep {
  readonly state: TunnelState;
  readonly effects: readonly TunnelEffect[];
}

/** The status of a channel that works (contract 1.4). */
const AVAILABLE = "available";
/** What is told where the runtime does not answer a probe. */
const UNANSWERED = "unanswered";
/** A close code of our own is 1000; a connection that was cut, by whichever side, is 1006 (RFC 6455). */
const CLOSED_BY_US = 1000;
const CUT = 1006;

/**
 * The runtime tunnel as a pure function (contract 1.7): what an input makes of a state, and what is to be done about
 * it. It stands on the reconnecting socket, which is the same for every connection, and adds what is the tunnel's own:
 * the bot check before, the runtime check during, and what is told. Inputs that mean nothing in a state leave it as it
 * is (the same object, no effects). `closed` is final.
 */
export function stepTunnel(state: TunnelState, input: TunnelInput, at: Moment, rules: TunnelRules): TunnelStep {
  if (state.kind === "closed") return stay(state);
  switch (input.kind) {
    case "socket":
      return followSocket(state, input.state, input.because, at);
    case "validating":
      return state.kind === "connecting" ? { state: { ...state, kind: "validating", since: at.wall }, effects: [] } : stay(state);
    case "bot-accepted":
      return state.kind === "validating" ? { state: { ...state, kind: "connecting", since: at.wall }, effects: [] } : stay(state);
    case "established":
      return established(state, input.handshakeMs, at, rules);
    case "time":
    case "check-now":
    case "chosen":
    case "token-refreshed":
    case "status":
      return isUp(state) ? runCheck(state, input, at, rules) : stay(state);
    default:
      return assertNever(input);
  }
}

function stay(state: TunnelState): TunnelStep {
  return { state, effects: [] };
}

function tell(telling: Telling): TunnelEffect {
  return { kind: "tell", telling };
}

function isUp(state: TunnelState): state is TunnelState & Up {
  return state.kind === "connected" || state.kind === "degraded";
}

function established(state: TunnelState, handshakeMs: number, at: Moment, rules: TunnelRules): TunnelStep {
  if (state.kind !== "connecting") return stay(state);
  return {
    state: upState({ connectedSince: at.wall, check: nextCheck(at, rules), probedAt: at.mono, silence: null, channel: null }),
    effects: [tell({ event: "tunnel_established", latencyMs: handshakeMs })],
  };
}

function followSocket(state: TunnelState, socket: ConnectionState, because: Replaced | null, at: Moment): TunnelStep {
  switch (socket.kind) {
    case "idle":
    case "validating":
    case "degraded":
      // Not a state of the socket below.
      return stay(state);
    case "connecting": {
      const next: TunnelState = { kind: "validating", since: socket.since, attempt: socket.attempt };
      if (isUp(state)) return { state: next, effects: [lost(because ?? replacedOnPurpose("a new connection takes its place"))] };
      // Told again with each renewal of the token: how far the attempt is, is known from elsewhere.
      if (state.kind === "validating" || state.kind === "connecting") return stay(state);
      return { state: next, effects: [] };
    }
    case "connected":
      return isUp(state) && state.silence !== null ? { state: upState({ ...state, silence: null }), effects: [] } : stay(state);
    case "checking": {
      if (!isUp(state) || state.silence !== null) return stay(state);
      return { state: upState({ ...state, silence: { cause: "pong-late", since: socket.since, detail: "a heartbeat is not answered yet" } }), effects: [] };
    }
    case "reconnecting": {
      const { since, attempt, retryAt, fault } = socket;
      return { state: { kind: "reconnecting", since, attempt, retryAt, fault }, effects: isUp(state) ? [lostBy(fault)] : [] };
    }
    case "rejected":
      return { state: { kind: "rejected", since: socket.since, fault: socket.fault }, effects: isUp(state) ? [lostBy(socket.fault)] : [] };
    case "closed":
      return { state: { kind: "closed", since: at.wall }, effects: isUp(state) ? [tell({ event: "tunnel_closed" })] : [] };
    default:
      return assertNever(socket);
  }
}

function lostBy(fault: Fault): TunnelEffect {
  return lost(replacedBy(fault));
}

function lost({ code, reason }: Replaced): TunnelEffect {
  return tell({ event: "tunnel_lost", code, reason });
}

/** What a failure says of the connection that it ended. */
export function replacedBy({ closeCode, detail }: Fault): Replaced {
  return { code: closeCode ?? CUT, reason: detail === "" ? "no reason was given" : detail };
}

/** A connection that we end because another is wanted. */
export function replacedOnPurpose(reason: string): Replaced {
  return { code: CLOSED_BY_US, reason };
}

type CheckInput = Extract<TunnelInput, { readonly kind: "time" | "check-now" | "chosen" | "token-refreshed" | "status" }>;

function runCheck(state: TunnelState & Up, input: CheckInput, at: Moment, rules: TunnelRules): TunnelStep {
  const { check } = state;
  switch (input.kind) {
    case "time": {
      const due = dueAt(state);
      return due === null || at.mono < due ? stay(state) : overdue(state, at, rules);
    }
    case "check-now":
      return check.kind === "waiting" ? probe(state, at, rules) : stay(state);
    case "chosen":
      if (check.kind !== "choosing") return stay(state);
      if (input.next === "refresh") return refresh(state, at, rules);
      // Where no new one is to be had, the old token serves until the runtime says otherwise, and so may be asked too.
      return probe(state, at, rules);
    case "token-refreshed":
      if (check.kind !== "refreshing") return stay(state);
      return withCheck(state, afterRefresh(state, at, rules), [tell({ event: "token_refreshed" })]);
    case "status":
      if (check.kind !== "probing") return stay(state);
      return answered(state, input.status, at.mono - check.askedAt, at, rules);
    default:
      return assertNever(input);
  }
}

function overdue(state: TunnelState & Up, at: Moment, rules: TunnelRules): TunnelStep {
  const { check } = state;
  // The timers slept, so a missing answer proves nothing: ask again.
  const slept = check.kind !== "choosing" && at.mono - check.dueAt > rules.replyMs;
  switch (check.kind) {
    case "waiting":
      return withCheck(state, { kind: "choosing" }, [{ kind: "choose" }]);
    case "refreshing":
      if (slept) return refresh(state, at, rules);
      return withCheck(state, soon(at, rules), [{ kind: "replace", reason: `the new token was not accepted within ${rules.replyMs} ms` }]);
    case "probing": {
      if (slept) return probe(state, at, rules);
      const told = tell({ event: "channel_unavailable", status: UNANSWERED });
      // The second silence in a row: whatever answers the heartbeats there is not the runtime.
      if (state.channel?.cause === "probe-unanswered") {
        return withCheck(state, soon(at, rules), [told, { kind: "replace", reason: `two checks were not answered within ${rules.replyMs} ms` }]);
      }
      const channel: Doubt = { cause: "probe-unanswered", since: at.wall, detail: `the runtime did not answer a check within ${rules.replyMs} ms` };
      return { state: upState({ ...state, channel, check: soon(at, rules) }), effects: [told] };
    }
    case "choosing":
      return stay(state);
    default:
      return assertNever(check);
  }
}

function answered(state: TunnelState & Up, status: string, latencyMs: number, at: Moment, rules: TunnelRules): TunnelStep {
  const check = nextCheck(at, rules);
  if (status === AVAILABLE) {
    return { state: upState({ ...state, channel: null, check }), effects: [tell({ event: "tunnel_checked", status, latencyMs })] };
  }
  const since = state.channel?.cause === "channel-unavailable" ? state.channel.since : at.wall;
  const channel: Doubt = { cause: "channel-unavailable", since, detail: status };
  return { state: upState({ ...state, channel, check }), effects: [tell({ event: "channel_unavailable", status })] };
}

function probe(state: TunnelState & Up, at: Moment, rules: TunnelRules): TunnelStep {
  const check: Check = { kind: "probing", askedAt: at.mono, dueAt: at.mono + rules.replyMs };
  return { state: upState({ ...state, check, probedAt: at.mono }), effects: [{ kind: "probe" }] };
}

function refresh(state: TunnelState & Up, at: Moment, rules: TunnelRules): TunnelStep {
  return withCheck(state, { kind: "refreshing", dueAt: at.mono + rules.replyMs }, [{ kind: "refresh" }]);
}

function withCheck(state: TunnelState & Up, check: Check, effects: readonly TunnelEffect[]): TunnelStep {
  return { state: upState({ ...state, check }), effects };
}

/** Every `checkMs`, sooner when the token is due sooner (contract 1.4); one that is overdue could not be had just now. */
function nextCheck(at: Moment, rules: TunnelRules): Check {
  const { tokenDueMs } = at;
  if (tokenDueMs === null) return { kind: "waiting", dueAt: at.mono + rules.checkMs };
  const tokenMs = tokenDueMs <= 0 ? rules.recheckMs : tokenDueMs;
  return { kind: "waiting", dueAt: at.mono + Math.min(rules.checkMs, tokenMs) };
}

/** A refresh stands for the check that was due, not for two: tokens that are short-lived must not keep the channel unasked. */
function afterRefresh(state: Up, at: Moment, rules: TunnelRules): Check {
  const next = nextCheck(at, rules);
  const probeAt = Math.max(at.mono, state.probedAt + 2 * rules.checkMs);
  return next.kind === "waiting" && probeAt < next.dueAt ? { kind: "waiting", dueAt: probeAt } : next;
}

function soon(at: Moment, rules: TunnelRules): Check {
  return { kind: "waiting", dueAt: at.mono + Math.min(rules.checkMs, rules.recheckMs) };
}
