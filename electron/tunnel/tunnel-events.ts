import { assertNever } from "../../shared/assert-never.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import type { Telling } from "./tunnel-machine.ts";

/** What every event may name besides its own: the bot, the last latency in ms, the time (ISO 8601). */
export interface EventContext {
  readonly botId: string;
  readonly latencyMs: number;
  readonly timestamp: string;
}

/** What the machine tells, as it goes out on every wire (contract 1.6). */
export function tunnelEvent(telling: Telling, { botId, latencyMs, timestamp }: EventContext): TunnelEvent {
  switch (telling.event) {
    case "tunnel_established":
      return { event: telling.event, bot_id: botId, latency_ms: rounded(telling.latencyMs), timestamp };
    case "token_refreshed":
      return { event: telling.event, bot_id: botId, timestamp };
    case "tunnel_checked":
      return { event: telling.event, status: telling.status, latency_ms: rounded(telling.latencyMs), timestamp };
    case "channel_unavailable":
    case "tunnel_lost":
      return { ...telling, timestamp };
    case "tunnel_closed":
      return { event: telling.event, bot_id: botId, final_latency_ms: rounded(latencyMs), timestamp };
    default:
      return assertNever(telling);
  }
}

/** A heartbeat that was answered after `latencyMs`. */
export function heartbeat({ latencyMs, timestamp }: Omit<EventContext, "botId">): TunnelEvent {
  return { event: "heartbeat", latency_ms: rounded(latencyMs), timestamp };
}

/** To a microsecond: what is beyond it is noise of the clock. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
