import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

/** A line of the audit file before it is chained. */
export interface AuditRecord {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What the audit file tells of an assist event: every answer with the reason of each suggestion that was withheld, and
 * every interaction's begin and end; null for the rest. Never what somebody said and never a suggestion's text
 * (contract 0, "personal data"; 2.5: "rule, not text"): the keyword is the configuration's, the matched words are not told.
 */
export function auditRecordOf(event: AssistEvent): AuditRecord | null {
  switch (event.kind) {
    case "suggestions":
      return { event: "ASSIST_SUGGESTIONS", data: setRecord(event.set) };
    case "rejudged":
      return { event: "ASSIST_POLICY_APPLIED", data: setRecord(event.set) };
    case "interaction":
      return {
        event: "INTERACTION",
        data: { interactionId: event.interaction.id, status: event.interaction.status },
      };
    case "utterance":
    case "asking":
    case "superseded":
    case "evaluated":
    case "malformed":
    case "foreign":
      return null;
    default:
      return assertNever(event);
  }
}

function setRecord(set: SuggestionSet): AuditRecord["data"] {
  return {
    interactionId: set.interactionId,
    setId: set.id,
    trigger: set.trigger.kind,
    ...(set.trigger.kind === "keyword"
      ? { keywords: [...new Set(set.trigger.matches.map((match) => match.keyword))] }
      : { score: set.trigger.score, threshold: set.trigger.threshold }),
    origin: set.origin,
    outcome: set.outcome,
    ...(set.replaces === undefined ? {} : { replaces: set.replaces }),
    ...(set.fault === undefined ? {} : { fault: set.fault.code }),
    shown: set.suggestions.map((suggestion) => suggestion.id),
    withheld: set.withheld,
    policyVersion: set.policyVersion,
    latencyMs: Math.round(set.latencyMs * 10) / 10,
  };
}
