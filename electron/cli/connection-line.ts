import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Line } from "./line.ts";

/**
 * The line for a connection's state at `now` (ms since the Unix epoch): `connection {name, state, code?, reason?,
 * retryInMs?}`, for a degraded one its `cause` too. `code` is the WebSocket close code, or the HTTP status of a refusal.
 */
export function connectionLine(name: ConnectionName, state: ConnectionState, now: number): Line {
  return { event: "connection", fields: { name, state: state.kind, ...fieldsOf(state, now) }, human: `${name}: ${connectionWords(state, now)}` };
}

/** A connection's state at `now` (ms since the Unix epoch) as a person at a terminal reads it. */
export function connectionWords(state: ConnectionState, now: number): string {
  switch (state.kind) {
    case "validating":
      return "asking the platform about the bot";
    case "checking":
      return "open, but silent; waiting for an answer";
    case "degraded":
      return `open, but ${state.cause === "channel-unavailable" ? `the runtime says that the channel is ${state.detail}` : state.detail}`;
    case "reconnecting": {
      const { what, cause } = describeFault(state.fault);
      return `not connected. ${what} ${cause} Next attempt in ${(retryInMs(state.retryAt, now) / 1_000).toFixed(1)} s`;
    }
    case "rejected": {
      const { what, cause, remedy } = describeFault(state.fault);
      return `refused. ${what} ${cause} ${remedy}`;
    }
    case "idle":
    case "connecting":
    case "connected":
    case "closed":
      return state.kind;
    default:
      return assertNever(state);
  }
}

function fieldsOf(state: ConnectionState, now: number): object {
  switch (state.kind) {
    case "reconnecting":
      return { ...faultFields(state.fault), retryInMs: retryInMs(state.retryAt, now) };
    case "rejected":
      return faultFields(state.fault);
    case "degraded":
      return { cause: state.cause, reason: state.detail };
    case "idle":
    case "validating":
    case "connecting":
    case "connected":
    case "checking":
    case "closed":
      return {};
    default:
      return assertNever(state);
  }
}

/** An attempt that is overdue is due now, not in the past. */
function retryInMs(retryAt: number, now: number): number {
  return Math.max(0, Math.round(retryAt - now));
}

function faultFields(fault: Fault): object {
  const code = fault.closeCode ?? fault.status;
  return { ...(code === undefined ? {} : { code }), reason: fault.detail };
}
