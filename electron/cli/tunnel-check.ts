import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";

/** The status that the tunnel tells where the runtime left its probe without an answer: its own word, not the runtime's. */
const UNANSWERED = "unanswered";

/** What one try of the tunnel came to. Latencies in milliseconds. */
export type Outcome =
  | { readonly kind: "works"; readonly handshakeMs: number; readonly roundTripMs: number; readonly status: string }
  /** Open, and the runtime says that its channel is `status`. */
  | { readonly kind: "unavailable"; readonly status: string }
  /** Open, and the runtime left the check unanswered. */
  | { readonly kind: "unanswered" }
  /** Never established. */
  | { readonly kind: "failed"; readonly fault: Fault }
  /** Established, and gone before the check was answered; without a fault where a new attempt began at once. */
  | { readonly kind: "broke"; readonly fault: Fault | null }
  | { readonly kind: "stopped" };

/** Follows a tunnel until it is known whether it works. */
export interface CheckWatch {
  readonly onTunnel: (event: TunnelEvent) => void;
  readonly onConnection: (name: ConnectionName, state: ConnectionState) => void;
  /** Resolves when the tunnel is first established: the moment to ask for the runtime check. */
  readonly established: Promise<null>;
  /** Resolves once, with the first thing that decides it. */
  readonly outcome: Promise<Outcome>;
}

/** Listens to a tunnel from its start. The first failure decides: a check for a pipeline waits for no second attempt. */
export function watchCheck(): CheckWatch {
  const established = Promise.withResolvers<null>();
  const outcome = Promise.withResolvers<Outcome>();
  let handshakeMs: number | null = null;

  return {
    established: established.promise,
    outcome: outcome.promise,
    onTunnel(event) {
      switch (event.event) {
        case "tunnel_established":
          handshakeMs = event.latency_ms;
          established.resolve(null);
          return;
        case "tunnel_checked":
          if (handshakeMs === null) return;
          outcome.resolve({ kind: "works", handshakeMs, roundTripMs: event.latency_ms, status: event.status });
          return;
        case "channel_unavailable":
          outcome.resolve(event.status === UNANSWERED ? { kind: "unanswered" } : { kind: "unavailable", status: event.status });
          return;
        // The state that follows says why.
        case "tunnel_lost":
        case "heartbeat":
        case "token_refreshed":
        case "tunnel_closed":
          return;
        default:
          assertNever(event);
      }
    },
    onConnection(name, state) {
      if (name !== "tunnel") return;
      switch (state.kind) {
        case "reconnecting":
        case "rejected":
          outcome.resolve({ kind: handshakeMs === null ? "failed" : "broke", fault: state.fault });
          return;
        case "degraded":
          if (state.cause === "channel-unavailable") outcome.resolve({ kind: "unavailable", status: state.detail });
          if (state.cause === "probe-unanswered") outcome.resolve({ kind: "unanswered" });
          return;
        case "validating":
        case "connecting":
          if (handshakeMs !== null) outcome.resolve({ kind: "broke", fault: null });
          return;
        case "idle":
        case "connected":
        case "checking":
        case "closed":
          return;
        default:
          assertNever(state);
      }
    },
  };
}
