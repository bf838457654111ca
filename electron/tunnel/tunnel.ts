import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { RuntimePush, TunnelEvent } from "../../shared/tunnel.ts";
import { createDial } from "../net/dial.ts";
import { createHttp } from "../net/http.ts";
import { inTurn } from "../net/in-turn.ts";
import type { Network } from "../net/network.ts";
import { createTokens } from "../net/oauth.ts";
import { createSocket, type Handshake } from "../net/socket.ts";
import { type BotCheck, checkBot } from "./bot-check.ts";
import { checkProtocol, checkToken, connectFrame, disconnectFrame, type Introduction, probeFrame, readRuntimeFrame, refreshFrame, rejection } from "./runtime-frames.ts";
import { judgeTunnel } from "./tunnel-judgement.ts";
import { heartbeat, tunnelEvent } from "./tunnel-events.ts";
import { replacedBy, replacedOnPurpose, stepTunnel, type Replaced, type TunnelEffect, type TunnelInput } from "./tunnel-machine.ts";
import { dueAt, IDLE, TUNNEL_RULES, tunnelConnection, type TunnelState } from "./tunnel-state.ts";

/** The scopes that the tunnel asks for (contract 0). */
export const TUNNEL_SCOPES = ["bot:read", "runtime:execute"];

/** Where the runtime is, which bot is meant, and who we are there. The secret goes into the token request only. */
export interface TunnelPlatform extends BotCheck, Introduction {
  readonly tokenUrl: string;
  readonly socketUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The figures that the configuration sets, in milliseconds. */
export interface TunnelTiming {
  readonly heartbeatMs: number;
  readonly pongTimeoutMs: number;
  readonly checkMs: number;
}

export interface TunnelOptions {
  readonly platform: TunnelPlatform;
  readonly timing: TunnelTiming;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: () => number;
  /** After every change, in order. `reason`: why a new connection takes the place of one that was up, else null. */
  readonly onState: (state: ConnectionState, reason: string | null) => void;
  readonly onEvent: (event: TunnelEvent) => void;
  readonly onPush: (push: RuntimePush) => void;
  /** A frame that was skipped: broken, or a reply that nothing waits for (late or doubled). */
  readonly onIgnored: (reason: string, bytes: number) => void;
}

/** The runtime tunnel at work, until it is disposed. */
export interface Tunnel extends AsyncDisposable {
  /** A new connection at once, whatever the present one claims; `reason` in words. */
  reconnect(reason: string): void;
  /** Runs the runtime check now; its outcome is told as `tunnel_checked` or `channel_unavailable`. */
  check(): void;
  /** When the runtime was last heard, ms since the Unix epoch. */
  lastHeardAt(): number | null;
}

/**
 * A larger frame is skipped and counted like any that is broken; only one that would fill the memory costs the
 * connection (contract 0).
 */
const MAX_FRAME_BYTES = 1_000_000;
const MAX_PAYLOAD_BYTES = 64 * 1_024 * 1_024;

/** A pong that is so late is told (contract 1.7), as a share of the time after which the connection is given up. */
const LATE_SHARE = 0.2;

/**
 * Opens the runtime tunnel (contract 1) and keeps it open: bot check, CONNECT, heartbeat, runtime check, reconnect.
 * Works in the background; what happens is told, in order. Disposing says DISCONNECT and closes with 1000.
 */
export function openTunnel(options: TunnelOptions): Tunnel {
  const { platform, timing, network, clock, random } = options;
  const { botId } = platform;
  const rules = { ...TUNNEL_RULES, checkMs: timing.checkMs };
  const closing = new AsyncDisposableStack();
  const tokens = closing.use(createTokens({ ...platform, scopes: TUNNEL_SCOPES, clock, random, fetch: network.fetch }));
  const send = createHttp({ clock, random, fetch: network.fetch, tokens });

  let state: TunnelState = IDLE;
  let told = JSON.stringify(tunnelConnection(state));
  /** Why the connection that is up is about to end; taken by the next state of the socket. */
  let because: Replaced | null = null;
  let disarm = (): void => {};
  /** The token that the runtime knows; the one that it is being given. */
  let shown = "";
  let offered = "";
  let latencyMs = 0;
  /** Ends what is being found out for a connection that is gone. */
  let choosing = new AbortController();

  const dispatch = inTurn((input: TunnelInput): void => {
    const at = { wall: clock.now(), mono: clock.monotonic(), tokenDueMs: tokens.dueInMs() };
    const next = stepTunnel(state, input, at, rules);
    if (next.state === state && input.kind !== "time") return;
    state = next.state;
    arm(at.mono);
    const view = tunnelConnection(state);
    const text = JSON.stringify(view);
    if (text !== told) {
      told = text;
      options.onState(view, input.kind === "socket" ? (input.because?.reason ?? null) : null);
    }
    for (const effect of next.effects) perform(effect);
  });

  const arm = (mono: number): void => {
    disarm();
    disarm = () => {};
    const due = dueAt(state);
    if (due === null) return;
    disarm = clock.after(Math.max(0, due - mono), () => {
      dispatch({ kind: "time" });
    });
  };

  const perform = (effect: TunnelEffect): void => {
    switch (effect.kind) {
      case "choose":
        void choose();
        return;
      case "probe":
        socket.send(probeFrame(botId));
        return;
      case "refresh":
        socket.send(refreshFrame(botId, offered));
        return;
      case "replace":
        replace(effect.reason);
        return;
      case "tell":
        if (effect.telling.event === "tunnel_established") latencyMs = effect.telling.latencyMs;
        options.onEvent(tunnelEvent(effect.telling, context()));
        return;
      default:
        assertNever(effect);
    }
  };

  const context = () => ({ botId, latencyMs, timestamp: new Date(clock.now()).toISOString() });

  const replace = (reason: string): void => {
    because = replacedOnPurpose(reason);
    socket.retryNow();
  };

  const choose = async (): Promise<void> => {
    const { signal } = choosing;
    const token = await tokens.fresh(signal);
    if (signal.aborted) return;
    if (!token.ok || !checkToken(token.value).ok) {
      dispatch({ kind: "chosen", next: "nothing" });
      return;
    }
    offered = token.value;
    dispatch({ kind: "chosen", next: offered === shown ? "probe" : "refresh" });
  };

  const authorize = async (signal: AbortSignal): Promise<Result<Readonly<Record<string, string>>, Fault>> => {
    dispatch({ kind: "validating" });
    const protocol = checkProtocol(platform);
    if (!protocol.ok) return protocol;
    const first = await usableToken(signal);
    if (!first.ok) return first;
    const bot = await checkBot(platform, { send, signal });
    if (!bot.ok) return bot;
    // The bot check may have had to renew it.
    const token = await usableToken(signal);
    if (!token.ok) return token;
    if (signal.aborted) return err({ kind: "transport", code: "aborted", detail: "a newer attempt took its place" });
    dispatch({ kind: "bot-accepted" });
    return ok({ authorization: `Bearer ${token.value}` });
  };

  const usableToken = async (signal: AbortSignal): Promise<Result<string, Fault>> => {
    const token = await tokens.fresh(signal);
    if (!token.ok) return token;
    shown = token.value;
    const form = checkToken(token.value);
    return form.ok ? token : form;
  };

  const handshake: Handshake = {
    hello: () => connectFrame(platform, shown),
    answer(data, isBinary) {
      if (data.length > MAX_FRAME_BYTES) return { kind: "other" };
      const frame = readRuntimeFrame(isBinary ? null : data.toString());
      if (frame.kind === "connected") return { kind: "accepted" };
      // A broken frame never ends a connection (contract 0): the answer may still come.
      if (frame.kind === "malformed" && frame.reason !== "not an object") return { kind: "other" };
      return { kind: "refused", fault: rejection(data.toString()) };
    },
  };

  const takeFrame = (data: Buffer, isBinary: boolean): void => {
    if (data.length > MAX_FRAME_BYTES) {
      options.onIgnored("too large", data.length);
      return;
    }
    const text = isBinary ? null : data.toString();
    const frame = readRuntimeFrame(text);
    switch (frame.kind) {
      case "malformed":
        options.onIgnored(frame.reason, data.length);
        return;
      case "connected":
        options.onIgnored("CONNECTED once more", data.length);
        return;
      case "token-refreshed":
        if (checkKind(state) !== "refreshing") options.onIgnored("TOKEN_REFRESHED that nothing waits for", data.length);
        else shown = offered;
        break;
      case "status":
        if (checkKind(state) !== "probing") options.onIgnored("status that nothing waits for", data.length);
        break;
      case "other":
        options.onPush({ type: frame.type, bytes: data.length, text: text ?? "" });
        return;
      default:
        assertNever(frame);
    }
    dispatch(frame);
  };

  const socket = closing.use(
    createSocket({
      authorize,
      renewAuthorization: () => {
        tokens.renew(shown);
      },
      url: () => platform.socketUrl,
      dial: createDial(network),
      clock,
      random,
      handshake,
      farewell: () => disconnectFrame(botId),
      judge: (judged) => {
        because = replacedBy(judged.fault);
        return judgeTunnel(judged);
      },
      rules: {
        pingMs: timing.heartbeatMs,
        // At once, so that what the panel shows is measured from the first moment.
        firstPingMs: 0,
        pongMs: timing.pongTimeoutMs,
        lateMs: Math.min(2_000, timing.pongTimeoutMs * LATE_SHARE),
      },
      onOpen: (_send, handshakeMs) => {
        choosing.abort();
        choosing = new AbortController();
        dispatch({ kind: "established", handshakeMs });
      },
      onState: (socketState) => {
        dispatch({ kind: "socket", state: socketState, because: socketState.kind === "connecting" ? because : null });
        // A subscriber may have asked for another connection while this one was only just being told of.
        if (socketState.kind !== "connected" && socketState.kind !== "checking") because = null;
      },
      onPong: (ms) => {
        latencyMs = ms;
        options.onEvent(heartbeat(context()));
      },
      onFrame: takeFrame,
      onBrokenFrame: (kind) => {
        if (kind === "oversized") options.onIgnored("too large", MAX_PAYLOAD_BYTES);
        else options.onIgnored("no WebSocket frame", 0);
      },
      maxPayloadBytes: MAX_PAYLOAD_BYTES,
    }),
  );
  closing.defer(() => {
    choosing.abort();
    disarm();
  });
  socket.start();

  return {
    reconnect: replace,
    check: () => {
      dispatch({ kind: "check-now" });
    },
    lastHeardAt: () => socket.lastHeardAt(),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function checkKind(state: TunnelState): string | null {
  return state.kind === "connected" || state.kind === "degraded" ? state.check.kind : null;
}
