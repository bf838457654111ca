import type { ConnectionState } from "../../shared/connection.ts";
import type { PanelState } from "../../shared/panel-state.ts";

const idle: ConnectionState = { kind: "idle" };

/** The tunnel's state, or null where it is off. One that was refused before it could begin is not off. */
export function tunnelState({ tunnel, connections }: Pick<PanelState, "tunnel" | "connections">): ConnectionState | null {
  const state = connections.tunnel?.state ?? idle;
  if (tunnel === null && (state.kind === "idle" || state.kind === "closed")) return null;
  return state;
}
