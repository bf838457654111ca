import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { backoffMs } from "./backoff.ts";
import type { Judgement } from "./socket-failure.ts";
import { dueAt, type Memory, type Open, type SocketRules, type SocketState } from "./socket-state.ts";

/** When an event happened: wall clock, monotonic clock (both ms), and a random number in [0, 1) for this step. */
export interface Moment {
  readonly wall: number;
  readonly mono: number;
  readonly chance: number;
}

export type SocketEvent =
  | { readonly kind: "start" }
  | { readonly kind: "stop" }
  /** A person, or the operating system waking up, wants a new connection now. */
  | { readonly kind: "retry-now" }
  | { readonly kind: "time" }
  | { readonly kind: "authorized" }
  | { readonly kind: "opened" }
  | { readonly kind: "greeted" }
  | { readonly kind: "heard" }
  | ({ readonly kind: "failed" } & Judgement);

/**
 * What the runner does, in this order. `drop`: end at once whatever is under way. `hang-up`: close it politely.
 * `renew`: the last token was refused. `ready`: the connection counts, send what opens the conversation.
 */
export type SocketEffect = "drop" | "hang-up" | "renew" | "authorize" | "dial" | "greet" | "ready" | "ping";

export interface Step {
  readonly state: SocketState;
  readonly effects: readonly SocketEffect[];
}

/**
 * The longest pause of the other side that is obeyed: a date in `Retry-After` is measured on this machine's clock, and
 * one that is wrong must not end the attempts for good.
 */
const MAX_PAUSE_MS = 3_600_000;

/** An attempt younger than this is not begun again when a new one is asked for. */
const RESTART_MS = 1_000;

const FRESH: Memory = { retries: 0, renewals: 0, lostSince: null };

/**
 * The reconnecting socket as a pure function: what an event makes of a state, and what is to be done about it.
 * Events that mean nothing in a state leave it as it is (the same object, no effects). `closed` is final.
 */
export function step(state: SocketState, event: SocketEvent, at: Moment, rules: SocketRules): Step {
  if (state.kind === "closed") return stay(state);
  switch (event.kind) {
    case "start":
      return state.kind === "idle" ? connect(FRESH, at, rules, []) : stay(state);
    case "stop":
      return { state: { kind: "closed", since: at.wall }, effects: [isOpen(state) ? "hang-up" : "drop"] };
    case "retry-now":
      return retryNow(state, at, rules);
    case "time":
      return passTime(state, at, rules);
    case "authorized":
      if (state.kind !== "authorizing") return stay(state);
      return { state: { ...state, kind: "opening", dueAt: at.mono + rules.handshakeMs }, effects: ["dial"] };
    case "opened":
      if (state.kind !== "opening") return stay(state);
      if (!rules.greets) return connected(state.memory, at, rules);
      return { state: { ...state, kind: "greeting", dueAt: at.mono + rules.handshakeMs }, effects: ["greet"] };
    case "greeted":
      return state.kind === "greeting" ? connected(state.memory, at, rules) : stay(state);
    case "heard":
      if (state.kind === "checking") return { state: { ...state, kind: "connected", pingedAt: null }, effects: [] };
      if (state.kind !== "connected" || state.pingedAt === null) return stay(state);
      return { state: { ...state, pingedAt: null }, effects: [] };
    case "failed":
      return fail(state, event, at, rules);
    default:
      return assertNever(event);
  }
}

/** The other side may be there to hear a goodbye: it has been spoken to, and is not known to be gone. */
function isOpen({ kind }: SocketState): boolean {
  return kind === "greeting" || kind === "connected" || kind === "checking";
}

function stay(state: SocketState): Step {
  return { state, effects: [] };
}

function connect(memory: Memory, at: Moment, rules: SocketRules, first: readonly SocketEffect[]): Step {
  return {
    state: { kind: "authorizing", memory, since: at.wall, dueAt: at.mono + rules.authorizeMs },
    effects: [...first, "authorize"],
  };
}

function connected(memory: Memory, at: Moment, rules: SocketRules): Step {
  return {
    state: {
      kind: "connected",
      memory,
      connectedSince: at.wall,
      openedAt: at.mono,
      pingAt: at.mono + (rules.firstPingMs ?? rules.pingMs),
      pingedAt: null,
      skewMs: at.wall - at.mono,
    },
    effects: ["ready"],
  };
}

function retryNow(state: SocketState, at: Moment, rules: SocketRules): Step {
  if (state.kind === "reconnecting") return connect(state.memory, at, rules, []);
  // The person may have mended the credentials at the platform: what was refused is not to be offered again.
  if (state.kind === "rejected") return connect(FRESH, at, rules, ["renew"]);
  if (state.kind === "connected") return connect(FRESH, at, rules, ["hang-up"]);
  if (state.kind === "checking") return connect(FRESH, at, rules, ["drop"]);
  if (state.kind === "authorizing" || state.kind === "opening" || state.kind === "greeting") {
    // What began before the network changed may hang until its time limit; what has just begun is what was asked for.
    const limitMs = state.kind === "authorizing" ? rules.authorizeMs : rules.handshakeMs;
    return at.mono - (state.dueAt - limitMs) < RESTART_MS ? stay(state) : connect(state.memory, at, rules, ["drop"]);
  }
  return stay(state);
}

function passTime(state: SocketState, at: Moment, rules: SocketRules): Step {
  const due = dueAt(state, rules);
  if (due === null) return stay(state);
  if (state.kind === "connected" || state.kind === "checking") {
    const skewMs = at.wall - at.mono;
    if (at.mono - due > rules.pongMs || skewMs - state.skewMs > rules.pingMs) {
      // The timers slept, so a missing answer proves nothing, and neither does the connection: ask now.
      return { state: { ...state, ...pinged(at, rules), kind: "checking", since: at.wall, skewMs }, effects: ["ping"] };
    }
    return keepAlive({ ...state, skewMs }, at, rules);
  }
  if (at.mono < due) return stay(state);
  if (state.kind === "reconnecting") return connect(state.memory, at, rules, []);
  if (state.kind !== "authorizing" && state.kind !== "opening" && state.kind !== "greeting") return stay(state);
  return fail(state, { verdict: "retry", fault: tooSlow(state.kind, rules) }, at, rules);
}

function keepAlive(state: SocketState & Open, at: Moment, rules: SocketRules): Step {
  if (state.kind === "checking") {
    if (at.mono < state.pingedAt + rules.pongMs) return stay(state);
    const detail = `nothing heard within ${rules.pongMs} ms of a ping`;
    return fail(state, { verdict: "retry", fault: { kind: "transport", code: "socket-silent", detail } }, at, rules);
  }
  if (state.kind !== "connected") return stay(state);
  if (state.pingedAt === null) {
    return at.mono < state.pingAt ? stay(state) : { state: { ...state, ...pinged(at, rules) }, effects: ["ping"] };
  }
  if (at.mono < state.pingedAt + rules.lateMs) return stay(state);
  return { state: { ...state, kind: "checking", since: at.wall, pingedAt: state.pingedAt }, effects: [] };
}

function pinged(at: Moment, rules: SocketRules): { readonly pingedAt: number; readonly pingAt: number } {
  return { pingedAt: at.mono, pingAt: at.mono + rules.pingMs };
}

function fail(state: SocketState, { verdict, fault, waitMs: asked }: Judgement, at: Moment, rules: SocketRules): Step {
  if (state.kind === "idle" || state.kind === "reconnecting" || state.kind === "rejected" || state.kind === "closed") {
    return stay(state);
  }
  const memory = memoryAfter(state, at, rules);
  const renews = verdict === "renew-then-retry" || verdict === "renew-then-reject";
  if (renews && memory.renewals === 0) return connect({ ...memory, renewals: 1 }, at, rules, ["drop", "renew"]);
  const effects: readonly SocketEffect[] = renews ? ["drop", "renew"] : ["drop"];
  if (verdict === "reject" || verdict === "renew-then-reject") {
    return { state: { kind: "rejected", since: at.wall, fault }, effects };
  }
  const waitMs = asked ?? Math.max(backoffMs(memory.retries, rules, at.chance), Math.min(fault.retryAfterMs ?? 0, MAX_PAUSE_MS));
  const lostSince = memory.lostSince ?? at.wall;
  return {
    state: {
      kind: "reconnecting",
      memory: { retries: memory.retries + 1, renewals: renews ? memory.renewals : 0, lostSince },
      dueAt: at.mono + waitMs,
      retryAt: at.wall + waitMs,
      since: lostSince,
      fault,
    },
    effects,
  };
}

/** A connection that worked long enough wipes out what went before it; any that was up ends the outage before it. */
function memoryAfter(state: SocketState & { readonly memory: Memory }, at: Moment, rules: SocketRules): Memory {
  if (state.kind !== "connected" && state.kind !== "checking") return state.memory;
  return at.mono - state.openedAt >= rules.healthyMs ? FRESH : { ...state.memory, lostSince: null };
}

function tooSlow(stage: "authorizing" | "opening" | "greeting", rules: SocketRules): Fault {
  const found = {
    authorizing: `no token within ${rules.authorizeMs} ms`,
    opening: `the upgrade was not answered within ${rules.handshakeMs} ms`,
    greeting: `the connection was not accepted within ${rules.handshakeMs} ms`,
  };
  return { kind: "transport", code: "timeout", detail: found[stage] };
}
