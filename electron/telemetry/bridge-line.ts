import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";

/** Writes the bridge's events as metrics lines. */
export interface BridgeLines {
  /** The lines for an event at `at`, ms since the Unix epoch: none, its own, or with one before it that counts duplicates. */
  of(event: BridgeEvent, at: number): readonly string[];
  /** What was counted and not told yet. */
  rest(at: number): readonly string[];
}

/**
 * Metrics lines of the bridge (contract 3.4), in the form of the other lines: `{timestamp, eventType, ...}`; ids and
 * figures, never what somebody wrote. One line for each message that was answered, given up, withheld or left uncertain,
 * for each gap and each change of level. Duplicates come in bursts, fifty at a time after a reconnect, so they are
 * counted, and told before the next line.
 */
export function createBridgeLines(): BridgeLines {
  let duplicates = 0;
  const rest = (at: number): readonly string[] => {
    if (duplicates === 0) return [];
    const line = lineOf(at, "BRIDGE_DUPLICATES", { count: duplicates });
    duplicates = 0;
    return [line];
  };
  return {
    of(event, at) {
      if (event.kind === "duplicate") duplicates += 1;
      const line = ownLine(event, at);
      return line === null ? [] : [...rest(at), line];
    },
    rest,
  };
}

function ownLine(event: BridgeEvent, at: number): string | null {
  switch (event.kind) {
    case "answered": {
      const { id, conversationId, hops, level, totalMs } = event;
      const genesysMs = rounded(hops.genesys);
      const replyMs = rounded(hops.reply);
      return lineOf(at, "BRIDGE_ANSWERED", { id, conversationId, latencyMs: rounded(hops.bot), level, genesysMs, replyMs, totalMs: rounded(totalMs) });
    }
    case "level":
      return lineOf(at, "BRIDGE_LEVEL", { hop: event.hop, level: event.level, latencyMs: rounded(event.ms) });
    case "withheld":
      return lineOf(at, "BRIDGE_WITHHELD", { id: event.id, conversationId: event.conversationId, rule: event.rule.rule, instead: event.instead });
    case "gap":
      return lineOf(at, "BRIDGE_GAP", { from: event.from, to: event.to });
    case "dead-letter": {
      if (event.fromBefore === true) return null;
      const { id, conversationId, attempts, fault } = event.letter;
      return lineOf(at, "BRIDGE_DEAD_LETTER", { id, conversationId, attempts, reason: fault.code });
    }
    case "uncertain":
      return event.fromBefore === true ? null : lineOf(at, "BRIDGE_UNCERTAIN", { id: event.id, conversationId: event.conversationId });
    case "message":
    case "duplicate":
    case "gap-filled":
    case "malformed":
    case "foreign":
    case "delivery":
    case "left-to-agent":
    case "settled":
    case "answerer":
    case "paused":
    case "storage":
      return null;
    default:
      return assertNever(event);
  }
}

function lineOf(at: number, eventType: string, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ timestamp: new Date(at).toISOString(), eventType, ...fields });
}

/** Milliseconds with three places: what lies behind them is noise. */
function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1_000) / 1_000;
}
