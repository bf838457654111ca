import type { ConnectionState } from "../../shared/connection.ts";
import type { PanelState } from "../../shared/panel-state.ts";

/** The bridge's state, or null where it is off. */
export function bridgeState({ connections }: Pick<PanelState, "connections">): ConnectionState | null {
  const state = connections.bridge?.state;
  return state === undefined || state.kind === "idle" ? null : state;
}
