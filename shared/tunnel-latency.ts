import type { ConnectionState } from "./connection.ts";
import type { TunnelView } from "./tunnel.ts";

/** Since when the connection stands that is open now, ms since the Unix epoch, or null where none is. */
export function sessionSince(state: ConnectionState): number | null {
  if (state.kind === "connected") return state.since;
  return state.kind === "checking" || state.kind === "degraded" ? state.connectedSince : null;
}

/** Whether pings are being answered: a channel that is closed does not keep the beats from being true. */
export function isBeating(state: ConnectionState): boolean {
  return state.kind === "connected" || (state.kind === "degraded" && state.cause !== "pong-late");
}

/**
 * The round trip that may be called the present one, in ms: measured on the connection that is open, with no pong
 * overdue. Null otherwise: what an earlier connection took says nothing about now. Pure; what the panel shows and what
 * is written beside a suggestion.
 */
export function latencyNow(state: ConnectionState, tunnel: TunnelView | null): number | null {
  const since = sessionSince(state);
  if (tunnel === null || since === null || !isBeating(state)) return null;
  return tunnel.lastBeatAt !== null && tunnel.lastBeatAt >= since ? tunnel.latencyMs : null;
}
