import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { AuditRecord } from "./assist-record.ts";

/**
 * What the audit file tells of a bridge event: what policy stopped (rule and its words, never the text), who answers,
 * what was given up or left uncertain and what became of that, and that an agent's own message went to the customer;
 * null for the rest, and for what is only told again after a restart. A fault's words may quote the platform, which may
 * quote the customer: only its code is told.
 */
export function bridgeRecordOf(event: BridgeEvent): AuditRecord | null {
  switch (event.kind) {
    case "withheld":
      return { event: "BRIDGE_WITHHELD", data: { id: event.id, conversationId: event.conversationId, withheld: event.rule, instead: event.instead } };
    case "answerer": {
      if (event.fromBefore === true) return null;
      const action = event.answerer === "bot" ? "handed back" : event.why === "policy" ? "given by policy" : "taken over";
      return { event: "BRIDGE_ANSWERER", data: { conversationId: event.conversationId, answerer: event.answerer, action } };
    }
    case "dead-letter": {
      if (event.fromBefore === true) return null;
      const { id, conversationId, attempts, fault } = event.letter;
      const status = fault.status === undefined ? {} : { status: fault.status };
      return { event: "BRIDGE_DEAD_LETTER", data: { id, conversationId, attempts, reason: fault.code, ...status } };
    }
    case "uncertain":
      return event.fromBefore === true ? null : { event: "BRIDGE_UNCERTAIN", data: { id: event.id, conversationId: event.conversationId } };
    case "settled":
      return { event: "BRIDGE_SETTLED", data: { id: event.id, conversationId: event.conversationId, how: event.how } };
    case "delivery": {
      const { id, conversationId, origin, state } = event.delivery;
      return origin === "agent" && state.kind === "delivered" ? { event: "BRIDGE_SENT", data: { id, conversationId } } : null;
    }
    case "message":
    case "duplicate":
    case "gap":
    case "gap-filled":
    case "malformed":
    case "foreign":
    case "answered":
    case "left-to-agent":
    case "level":
    case "paused":
    case "storage":
      return null;
    default:
      return assertNever(event);
  }
}
