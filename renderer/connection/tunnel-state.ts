import type { ConnectionState } from "../../shared/connection.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { sessionSince } from "../panel/connection-words.ts";

const idle: ConnectionState = { kind: "idle" };

/** The tunnel's state, or null where it is off. One that was refused before it could begin is not off. */
export function tunnelState({ tunnel, connections }: Pick<PanelState, "tunnel" | "connections">): ConnectionState | null {
  const state = connections.tunnel?.state ?? idle;
  if (tunnel === null && (state.kind === "idle" || state.kind === "closed")) return null;
  return state;
}

/**
 * The round trip that may be called the present one, in ms: measured on the connection that is open, with no pong
 * overdue. Null otherwise: what an earlier connection took says nothing about now.
 */
export function latencyNow(state: ConnectionState, tunnel: TunnelView | null): number | null {
  const since = sessionSince(state);
  if (tunnel === null || since === null || !isBeating(state)) return null;
  return tunnel.lastBeatAt !== null && tunnel.lastBeatAt >= since ? tunnel.latencyMs : null;
}

/** Whether pings are being answered: a channel that is closed does not keep the beats from being true. */
export function isBeating(state: ConnectionState): boolean {
  return state.kind === "connected" || (state.kind === "degraded" && state.cause !== "pong-late");
}
