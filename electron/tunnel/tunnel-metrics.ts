import type { ConnectionState } from "../../shared/connection.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { connectionFamily, counterFamily, gaugeFamily, quantileSamples } from "../net/metric-families.ts";
import type { MetricFamily } from "../net/open-metrics.ts";

/** The runtime tunnel as metric families (contract 1.7). Neither the bot nor a reason of the runtime becomes a label. */
export function tunnelMetrics(view: TunnelView, connection: ConnectionState): readonly MetricFamily[] {
  return [
    connectionFamily("callside_tunnel_connection", "The state of the runtime tunnel.", connection),
    {
      kind: "gauge",
      name: "callside_tunnel_latency_seconds",
      unit: "seconds",
      help: "How long the last pings took, by quantile; absent where there was none.",
      samples: quantileSamples(view),
    },
    gaugeFamily("callside_tunnel_reconnects_today", "Reconnects since midnight here, or since the tunnel was opened.", view.reconnects),
    counterFamily("callside_tunnel_pushes", "Frames of the runtime that were handed on.", view.pushes),
    counterFamily("callside_tunnel_ignored_frames", "Frames of the runtime that were skipped.", view.ignored),
  ];
}
