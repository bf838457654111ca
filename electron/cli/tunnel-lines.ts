import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { RuntimePush, TunnelEvent } from "../../shared/tunnel.ts";
import { connectionLine, connectionWords } from "./connection-line.ts";
import type { Line } from "./line.ts";

/** As wide as the longest label and a gap. */
const LABEL_WIDTH = 13;
/** Words of the runtime's own are cut at this length, for a person only. */
const MAX_WORDS = 200;

/** The line for something that the tunnel tells (contract 1.6): its name, and its fields as they are. */
export function tunnelLine(told: TunnelEvent): Line {
  const { event, ...fields } = told;
  return { event, fields, human: wordsOf(told) };
}

/** The line for a frame that the runtime pushed: `push {type, bytes}`, never its text. */
export function pushLine({ type, bytes }: RuntimePush): Line {
  return { event: "push", fields: { type, bytes }, human: row("push", `${type === null ? "no type" : oneLine(type)}, ${bytes} bytes`) };
}

/** The line for the tunnel's state at `now` (ms since the Unix epoch), in the columns of its events. */
export function tunnelStateLine(state: ConnectionState, now: number): Line {
  return { ...connectionLine("tunnel", state, now), human: row("tunnel", connectionWords(state, now)) };
}

function wordsOf(told: TunnelEvent): string {
  switch (told.event) {
    case "tunnel_established":
      return row("established", `handshake ${latency(told.latency_ms)}, bot ${told.bot_id}`);
    case "heartbeat":
      return row("heartbeat", latency(told.latency_ms));
    case "token_refreshed":
      return row("token", "refreshed");
    case "tunnel_checked":
      return row("channel", `${oneLine(told.status)}, round trip ${latency(told.latency_ms)}`);
    case "channel_unavailable":
      return row("channel", `not available: ${oneLine(told.status)}`);
    case "tunnel_lost":
      return row("lost", `code ${told.code}${told.reason === "" ? "" : `: ${oneLine(told.reason)}`}`);
    case "tunnel_closed":
      return row("closed", `last latency ${latency(told.final_latency_ms)}`);
    default:
      return assertNever(told);
  }
}

function row(label: string, words: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${words}`;
}

function latency(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

/** The columns hold whatever the other side says. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, MAX_WORDS);
}
