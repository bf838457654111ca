import { z } from "zod";
import { connectionStateSchema } from "./connection.ts";

/** How many beats the panel draws. */
export const MAX_BEATS = 60;
/** How many changes of state the panel tells. */
export const MAX_TRANSITIONS = 50;

const ms = z.number().nonnegative();

/**
 * A change of the tunnel's state and when it was noticed (ms since the Unix epoch). `reason`: in words, where the state
 * does not say it itself (a new connection that was asked for, a computer that woke).
 */
export const transitionSchema = z.strictObject({ at: z.number(), state: connectionStateSchema, reason: z.string().nullable() });

/**
 * What the panel shows of the runtime tunnel besides its state. Latencies in milliseconds, times since the Unix epoch;
 * null where nothing is known. `p50`, `p95` are over `beats`, the last round trips, oldest first; they outlast a
 * reconnect. `reconnects` are those of this local day, counted since `countedSince` (its midnight, or the program's start).
 * `pushes`: frames of the runtime that were handed on; `ignored`: broken, late or doubled ones.
 */
export const tunnelViewSchema = z.strictObject({
  botId: z.string(),
  channel: z.string(),
  handshakeMs: ms.nullable(),
  latencyMs: ms.nullable(),
  p50: ms.nullable(),
  p95: ms.nullable(),
  beats: z.array(ms).max(MAX_BEATS).readonly(),
  lastBeatAt: z.number().nullable(),
  reconnects: z.number().int().nonnegative(),
  countedSince: z.number(),
  pushes: z.number().int().nonnegative(),
  ignored: z.number().int().nonnegative(),
  /** Newest first. */
  transitions: z.array(transitionSchema).max(MAX_TRANSITIONS).readonly(),
});

export type Transition = z.infer<typeof transitionSchema>;
export type TunnelView = z.infer<typeof tunnelViewSchema>;

/**
 * What the tunnel tells its subscribers (contract 1.6), the fields as they go out on every wire. `tunnel_checked` is
 * ours: the runtime check found the channel available, `latency_ms` is probe to answer. Times ISO 8601.
 */
export type TunnelEvent =
  | { readonly event: "tunnel_established"; readonly bot_id: string; readonly latency_ms: number; readonly timestamp: string }
  | { readonly event: "heartbeat"; readonly latency_ms: number; readonly timestamp: string }
  | { readonly event: "token_refreshed"; readonly bot_id: string; readonly timestamp: string }
  | { readonly event: "tunnel_checked"; readonly status: string; readonly latency_ms: number; readonly timestamp: string }
  | { readonly event: "channel_unavailable"; readonly status: string; readonly timestamp: string }
  | { readonly event: "tunnel_lost"; readonly code: number; readonly reason: string; readonly timestamp: string }
  | { readonly event: "tunnel_closed"; readonly bot_id: string; readonly final_latency_ms: number; readonly timestamp: string };

/** A frame of the runtime that answers nothing of ours: kept apart and handed on. Its text is the runtime's own. */
export interface RuntimePush {
  /** Its `type`, or null where it names none. */
  readonly type: string | null;
  readonly bytes: number;
  readonly text: string;
}
