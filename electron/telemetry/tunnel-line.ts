import { assertNever } from "../../shared/assert-never.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";

/**
 * A tunnel event as a metrics line, in the form of the other lines: `{timestamp, eventType, latencyMs?, code?, status?}`.
 * The reason of a loss may quote the platform, so it is left to the audit file.
 */
export function tunnelLine(event: TunnelEvent): string {
  const name = event.event.startsWith("tunnel_") ? event.event : `tunnel_${event.event}`;
  const line = { timestamp: event.timestamp, eventType: name.toUpperCase() };
  switch (event.event) {
    case "tunnel_established":
    case "heartbeat":
    case "tunnel_checked":
      return JSON.stringify({ ...line, latencyMs: event.latency_ms });
    case "tunnel_closed":
      return JSON.stringify({ ...line, latencyMs: event.final_latency_ms });
    case "tunnel_lost":
      return JSON.stringify({ ...line, code: event.code });
    case "channel_unavailable":
      return JSON.stringify({ ...line, status: event.status });
    case "token_refreshed":
      return JSON.stringify(line);
    default:
      return assertNever(event);
  }
}
