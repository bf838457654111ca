import { judgeFailure, type SocketFailure } from "../../electron/net/socket-failure.ts";
import { step, type SocketEvent } from "../../electron/net/socket-machine.ts";
import { connectionState, dueAt as socketDueAt, IDLE as SOCKET_IDLE, SOCKET_RULES, type SocketState } from "../../electron/net/socket-state.ts";
import { judgeTunnel } from "../../electron/tunnel/tunnel-judgement.ts";
import { stepTunnel, type Telling, type TunnelInput } from "../../electron/tunnel/tunnel-machine.ts";
import { dueAt, IDLE, TUNNEL_RULES, type TunnelState } from "../../electron/tunnel/tunnel-state.ts";
import type { Fault } from "../../shared/fault.ts";

const SOCKET = { ...SOCKET_RULES, pingMs: 30_000, firstPingMs: 0, greets: true };

/** Something that happens to a tunnel from outside. */
export type Happening =
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "socket"; readonly event: Exclude<SocketEvent["kind"], "failed"> }
  | { readonly kind: "fails"; readonly failure: SocketFailure }
  | { readonly kind: "tunnel"; readonly input: TunnelInput };

/** The two machines, the tunnel's and the one below it, bound together as the runner binds them: no socket, no clock. */
export interface TunnelModel {
  happens(happening: Happening): void;
  state(): TunnelState;
  socket(): SocketState;
  /** Every kind of state that the tunnel was in, repeats left out. */
  readonly kinds: readonly TunnelState["kind"][];
  readonly told: readonly Telling[];
  /** What the tunnel asked the runtime. */
  readonly asked: readonly ("probe" | "refresh" | "choose")[];
  /** The fault of the last failure. */
  lastFault(): Fault | null;
  /** Lets time pass until the next thing is due, and answers all that is asked as a good platform would. */
  goesWell(): void;
  now(): number;
}

/** A tunnel that was just made, with a token that is due in `tokenDueMs` (null: unknown). */
export function modelTunnel(tokenDueMs: () => number | null = () => null): TunnelModel {
  let mono = 0;
  let socket: SocketState = SOCKET_IDLE;
  let tunnel: TunnelState = IDLE;
  let toldConnection = JSON.stringify(connectionState(socket));
  let lastFault: Fault | null = null;
  const kinds: TunnelState["kind"][] = [tunnel.kind];
  const told: Telling[] = [];
  const asked: ("probe" | "refresh" | "choose")[] = [];

  const take = (input: TunnelInput): void => {
    const next = stepTunnel(tunnel, input, { wall: mono, mono, tokenDueMs: tokenDueMs() }, TUNNEL_RULES);
    tunnel = next.state;
    if (kinds.at(-1) !== tunnel.kind) kinds.push(tunnel.kind);
    for (const effect of next.effects) {
      if (effect.kind === "tell") told.push(effect.telling);
      else if (effect.kind === "replace") takeSocket({ kind: "retry-now" });
      else asked.push(effect.kind);
    }
  };

  const takeSocket = (event: SocketEvent): void => {
    const before = socket.kind;
    if (event.kind === "authorized" && before === "authorizing") take({ kind: "bot-accepted" });
    const next = step(socket, event, { wall: mono, mono, chance: 0.5 }, SOCKET);
    socket = next.state;
    for (const effect of next.effects) {
      if (effect === "authorize") take({ kind: "validating" });
      if (effect === "ready") take({ kind: "established", handshakeMs: 1 });
    }
    const view = connectionState(socket);
    const text = JSON.stringify(view);
    if (text === toldConnection) return;
    toldConnection = text;
    take({ kind: "socket", state: view, because: null });
  };

  const happens = (happening: Happening): void => {
    switch (happening.kind) {
      case "pass":
        mono += happening.ms;
        takeSocket({ kind: "time" });
        take({ kind: "time" });
        return;
      case "socket":
        takeSocket({ kind: happening.event });
        return;
      case "fails": {
        if (socket.kind === "idle" || socket.kind === "reconnecting" || socket.kind === "rejected" || socket.kind === "closed") return;
        const judged = judgeTunnel(judgeFailure(happening.failure, "runtime.test"));
        lastFault = judged.fault;
        takeSocket({ kind: "failed", ...judged });
        return;
      }
      case "tunnel":
        take(happening.input);
    }
  };

  const answer = (): boolean => {
    switch (socket.kind) {
      case "idle":
        takeSocket({ kind: "start" });
        return true;
      case "authorizing":
        takeSocket({ kind: "authorized" });
        return true;
      case "opening":
        takeSocket({ kind: "opened" });
        return true;
      case "greeting":
        takeSocket({ kind: "greeted" });
        return true;
      case "connected":
      case "checking":
        if (socket.pingedAt === null) break;
        takeSocket({ kind: "heard" });
        return true;
      case "reconnecting":
      case "rejected":
      case "closed":
        break;
    }
    if (tunnel.kind !== "connected" && tunnel.kind !== "degraded") return false;
    if (tunnel.check.kind === "choosing") take({ kind: "chosen", next: "probe" });
    else if (tunnel.check.kind === "probing") take({ kind: "status", status: "available" });
    else if (tunnel.check.kind === "refreshing") take({ kind: "token-refreshed" });
    else return false;
    return true;
  };

  return {
    happens,
    state: () => tunnel,
    socket: () => socket,
    kinds,
    told,
    asked,
    lastFault: () => lastFault,
    goesWell() {
      while (answer());
      const dues = [socketDueAt(socket, SOCKET), dueAt(tunnel)].filter((due) => due !== null);
      if (dues.length > 0) happens({ kind: "pass", ms: Math.max(0, Math.min(...dues) - mono) });
      while (answer());
    },
    now: () => mono,
  };
}
