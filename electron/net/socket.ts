import type { WebSocket } from "ws";
import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { hostOf } from "./attempt.ts";
import type { Authorization } from "./bearer.ts";
import type { Dial } from "./dial.ts";
import { inTurn } from "./in-turn.ts";
import { openLine, type Line } from "./line.ts";
import { judgeFailure, type Judgement, type SocketFailure } from "./socket-failure.ts";
import { type SocketEffect, type SocketEvent, step } from "./socket-machine.ts";
import { connectionState, dueAt, IDLE, SOCKET_RULES, type SocketRules, type SocketState } from "./socket-state.ts";

/** What the other side's frame says to our first one. `other` is handed on like any frame. */
type HandshakeAnswer =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly fault: Fault }
  | { readonly kind: "other" };

/** A first frame that the other side has to accept before the connection counts as connected. */
export interface Handshake {
  hello(): string;
  answer(frame: Buffer, isBinary: boolean): HandshakeAnswer;
}

/** When the bytes of a frame were read: `wall` in ms since the epoch, `mono` on the monotonic clock. */
export interface Arrival {
  readonly wall: number;
  readonly mono: number;
}

export interface SocketOptions extends Authorization {
  readonly url: () => string;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told after every change, in order; what was sent by `onOpen` has been sent by the time `connected` is told. */
  readonly onState: (state: ConnectionState) => void;
  /** Every frame of a connection that is up. Called for each of perhaps 200,000 a second. */
  readonly onFrame: (data: Buffer, isBinary: boolean, at: Arrival) => void;
  /** Sends what opens the conversation on every new connection. `handshakeMs`: from dialling until it counted. */
  readonly onOpen?: (send: (text: string) => void, handshakeMs: number) => void;
  /** The frame that ends the conversation before a connection that works is closed. */
  readonly farewell?: () => string;
  /** Ping to its own pong, in milliseconds. */
  readonly onPong?: (ms: number) => void;
  /** A frame that never reached `onFrame` because it ended the connection: too large, or no WebSocket frame. */
  readonly onBrokenFrame?: (kind: "oversized" | "protocol") => void;
  readonly handshake?: Handshake;
  /** Has the last word on what the tables of `socket-failure.ts` make of a failure. */
  readonly judge?: (judged: Judgement, failure: SocketFailure) => Judgement;
  readonly rules?: Partial<Omit<SocketRules, "greets">>;
  /** 1 MB unless given. */
  readonly maxPayloadBytes?: number;
}

/** A connection that comes back by itself. */
export interface Socket extends AsyncDisposable {
  /** Leaves `idle`. */
  start(): void;
  /** A new connection now: ends a wait or a rejection, and replaces a connection that is up. */
  retryNow(): void;
  /** Sends a text frame; false where there is no connection that counts. */
  send(text: string): boolean;
  state(): ConnectionState;
  /** The last frame, ping or pong, ms since the epoch. */
  lastHeardAt(): number | null;
}

const MAX_PAYLOAD_BYTES = 1_000_000;
/** How long a polite close may take before the connection is cut. */
const CLOSE_GRACE_MS = 1_000;
/** `setTimeout` takes a longer delay for none at all. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs the machine of `socket-machine.ts` over `ws` (contract 0, "Every socket"). One timer and one connection at a
 * time; a frame costs a comparison and a field write before `onFrame`. Disposing closes the connection with 1000 and
 * resolves when nothing of it is left.
 */
export function createSocket(options: SocketOptions): Socket {
  const { clock, random, handshake } = options;
  const rules: SocketRules = { ...SOCKET_RULES, ...options.rules, greets: handshake !== undefined };
  const maxPayloadBytes = options.maxPayloadBytes ?? MAX_PAYLOAD_BYTES;
  let state: SocketState = IDLE;
  let told = JSON.stringify(connectionState(state));
  let disarm: (() => void) | null = null;
  let authorizing: AbortController | null = null;
  let headers: Readonly<Record<string, string>> = {};
  let line: Line | null = null;
  let lastHeardAt: number | null = null;
  let dialledAt = 0;
  let ping: { readonly mark: string; readonly at: number } | null = null;
  let pings = 0;
  /** Mirrors of the state for the path of a frame: does life matter now, and does the handshake. */
  let awaiting = false;
  let greeting = false;
  /** Frames that were read together came together: the clocks are looked at once for all of them. */
  let arrival: Arrival | null = null;
  const readArrival = (): Arrival => {
    queueMicrotask(() => {
      arrival = null;
    });
    return { wall: clock.now(), mono: clock.monotonic() };
  };
  const lines = new Set<Line>();

  const dispatch = inTurn((event: SocketEvent): void => {
    const at = { wall: clock.now(), mono: clock.monotonic(), chance: random() };
    const next = step(state, event, at, rules);
    // Rearmed even where nothing changed: a timer may have fired before its time.
    if (next.state !== state || event.kind === "time") arm(dueAt(next.state, rules), at.mono);
    if (next.state === state) return;
    state = next.state;
    awaiting = state.kind === "checking" || (state.kind === "connected" && state.pingedAt !== null);
    greeting = state.kind === "greeting";
    for (const effect of next.effects) perform(effect);
    const view = connectionState(state);
    const text = JSON.stringify(view);
    if (text === told) return;
    told = text;
    options.onState(view);
  });

  const arm = (due: number | null, mono: number): void => {
    disarm?.();
    disarm = null;
    if (due === null) return;
    disarm = clock.after(Math.min(MAX_TIMER_MS, Math.max(0, due - mono)), () => {
      disarm = null;
      dispatch({ kind: "time" });
    });
  };

  const fail = (failure: SocketFailure): void => {
    const judged = judgeFailure(failure, hostOf(options.url()));
    dispatch({ kind: "failed", ...(options.judge?.(judged, failure) ?? judged) });
  };

  const authorize = async (): Promise<void> => {
    const controller = new AbortController();
    authorizing = controller;
    const outcome = await options.authorize(controller.signal);
    if (authorizing !== controller) return;
    authorizing = null;
    if (!outcome.ok) {
      fail({ kind: "authorization", fault: outcome.error });
      return;
    }
    headers = outcome.value;
    dispatch({ kind: "authorized" });
  };

  const dial = (): void => {
    let connection: WebSocket;
    dialledAt = clock.monotonic();
    try {
      connection = options.dial(options.url(), { headers, maxPayloadBytes });
    } catch {
      // The exception may quote a header; the fault says what matters.
      fail({ kind: "undialable" });
      return;
    }
    const opened = openLine(connection, {
      maxPayloadBytes,
      headers,
      now: () => clock.now(),
      onOpen: () => {
        if (line !== opened) return;
        dispatch({ kind: "opened" });
      },
      onMessage: (data, isBinary) => {
        if (line !== opened) return;
        arrival ??= readArrival();
        lastHeardAt = arrival.wall;
        if (awaiting) dispatch({ kind: "heard" });
        if (greeting && handshake !== undefined) greet(handshake, data, isBinary, arrival);
        else options.onFrame(data, isBinary, arrival);
      },
      onLife: (pongMark) => {
        if (line !== opened) return;
        lastHeardAt = clock.now();
        // Taken before anybody is told: what they do with it is no part of the round trip.
        const answered = ping !== null && ping.mark === pongMark ? clock.monotonic() - ping.at : null;
        if (awaiting) dispatch({ kind: "heard" });
        // A pong to an earlier ping is life, but says nothing of how long the last one took.
        if (answered === null) return;
        ping = null;
        options.onPong?.(answered);
      },
      onEnd: (failure) => {
        if (line !== opened) return;
        if (failure.kind === "oversized" || failure.kind === "protocol") options.onBrokenFrame?.(failure.kind);
        fail(failure);
      },
      onGone: () => {
        lines.delete(opened);
      },
    });
    line = opened;
    lines.add(opened);
  };

  const greet = (ours: Handshake, data: Buffer, isBinary: boolean, at: Arrival): void => {
    const answer = ours.answer(data, isBinary);
    if (answer.kind === "accepted") dispatch({ kind: "greeted" });
    else if (answer.kind === "refused") fail({ kind: "handshake", fault: answer.fault });
    else options.onFrame(data, isBinary, at);
  };

  const drop = (politely: boolean): void => {
    authorizing?.abort();
    authorizing = null;
    const dropped = line;
    line = null;
    if (dropped === null) return;
    if (politely) dropped.hangUp(clock, CLOSE_GRACE_MS, options.farewell?.() ?? null);
    else dropped.cut();
  };

  const perform = (effect: SocketEffect): void => {
    switch (effect) {
      case "drop":
        drop(false);
        return;
      case "hang-up":
        drop(true);
        return;
      case "renew":
        options.renewAuthorization();
        return;
      case "authorize":
        void authorize();
        return;
      case "dial":
        dial();
        return;
      case "greet":
        if (handshake !== undefined) line?.send(handshake.hello());
        return;
      case "ready":
        options.onOpen?.((text) => {
          line?.send(text);
        }, clock.monotonic() - dialledAt);
        return;
      case "ping":
        pings += 1;
        ping = { mark: String(pings), at: clock.monotonic() };
        line?.ping(ping.mark);
        return;
      default:
        assertNever(effect);
    }
  };

  return {
    start: () => {
      dispatch({ kind: "start" });
    },
    retryNow: () => {
      dispatch({ kind: "retry-now" });
    },
    send(text) {
      if (line === null || (state.kind !== "connected" && state.kind !== "checking")) return false;
      return line.send(text);
    },
    state: () => connectionState(state),
    lastHeardAt: () => lastHeardAt,
    async [Symbol.asyncDispose]() {
      dispatch({ kind: "stop" });
      await Promise.all(Array.from(lines, (one) => one.gone));
    },
  };
}
