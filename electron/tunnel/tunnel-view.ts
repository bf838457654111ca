import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { MAX_BEATS, MAX_TRANSITIONS, type Transition, type TunnelEvent, type TunnelView } from "../../shared/tunnel.ts";

/** Gathers what the panel shows of a tunnel. */
export interface TunnelWatch {
  state(state: ConnectionState, reason: string | null): void;
  event(event: TunnelEvent): void;
  pushed(): void;
  ignored(): void;
  view(): TunnelView;
}

/** Watches one tunnel from its opening. Its memory is bounded: the last beats and changes of state. */
export function watchTunnel(options: { readonly botId: string; readonly channel: string; readonly clock: Pick<Clock, "now"> }): TunnelWatch {
  const { botId, channel, clock } = options;
  const openedAt = clock.now();
  let beats: readonly number[] = [];
  let transitions: readonly Transition[] = [];
  let handshakeMs: number | null = null;
  let lastBeatAt: number | null = null;
  let established = false;
  /** When it came back. */
  let returns: readonly number[] = [];
  let pushes = 0;
  let ignored = 0;

  return {
    state(state, reason) {
      transitions = [{ at: clock.now(), state, reason }, ...transitions].slice(0, MAX_TRANSITIONS);
    },
    event(event) {
      if (event.event === "heartbeat") {
        beats = [...beats, event.latency_ms].slice(-MAX_BEATS);
        lastBeatAt = clock.now();
      }
      if (event.event !== "tunnel_established") return;
      handshakeMs = event.latency_ms;
      const today = startOfDay(clock.now());
      if (established) returns = [...returns.filter((at) => at >= today), clock.now()];
      established = true;
    },
    pushed() {
      pushes += 1;
    },
    ignored() {
      ignored += 1;
    },
    view() {
      const today = startOfDay(clock.now());
      const sorted = beats.toSorted((a, b) => a - b);
      const rank = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
      return {
        botId,
        channel,
        handshakeMs,
        latencyMs: beats.at(-1) ?? null,
        p50: rank(0.5),
        p95: rank(0.95),
        beats,
        lastBeatAt,
        reconnects: returns.filter((at) => at >= today).length,
        countedSince: Math.max(today, openedAt),
        pushes,
        ignored,
        transitions,
      };
    },
  };
}

/** The midnight before, by the clock on this desk: the agent's day is meant. */
function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
