import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { serveHealth, type HealthServer } from "../bridge/health-server.ts";
import { readinessOf } from "../bridge/readiness.ts";
import type { Notices } from "./notices.ts";
import { createSlot, type Slot } from "./slot.ts";

export interface BridgeHealthOptions {
  readonly notices: Notices;
  readonly view: () => BridgeView | null;
  readonly connection: () => ConnectionState;
}

/** The bridge's health endpoint, made from its port; null where it is not wanted, or while the bridge is off. A port that cannot be had is told as a notice. */
export function createBridgeHealth({ notices, view, connection }: BridgeHealthOptions): Slot<number | null, HealthServer> {
  return createSlot(async (port: number | null): Promise<HealthServer | null> => {
    notices.clear("bridge-health");
    const first = view();
    if (port === null || first === null) return null;
    let shown = first;
    // The last known, for a request that comes while the bridge is being switched off.
    const current = (): BridgeView => (shown = view() ?? shown);
    const served = await serveHealth(port, { ready: () => readinessOf(connection(), current().storage), view: current, connection });
    if (served.ok) return served.value;
    const { detail } = served.error;
    notices.raise({
      id: "bridge-health",
      level: "warning",
      say: ({ bridge }) => bridge.healthNotServed(detail),
    });
    return null;
  });
}
