import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

/** An interaction that has just begun. */
export function interactionEvent(id: string, more: Partial<Extract<AssistEvent, { kind: "interaction" }>["interaction"]> = {}): AssistEvent {
  return { kind: "interaction", interaction: { id, status: "live", startedAt: 1_000, ...more } };
}

/** Something that the customer said. */
export function utteranceEvent(interactionId: string, id: string, text: string, more: Partial<Utterance> = {}): AssistEvent {
  return {
    kind: "utterance",
    interactionId,
    utterance: { id, speaker: "customer", text, at: 2_000, score: -0.25, final: true, marks: [], ...more },
  };
}

/** A set with one suggestion, as a live answer brings it. */
export function sampleSet(interactionId: string, id: string, more: Partial<SuggestionSet> = {}): SuggestionSet {
  return {
    id,
    interactionId,
    utteranceId: "u1",
    utteranceAt: 2_000,
    order: 1,
    trigger: { kind: "keyword", matches: [{ keyword: "refund", text: "refunded", span: { start: 3, end: 11 } }] },
    origin: "live",
    suggestions: [{ id: `${id}-a`, text: "Offer the refund form", confidence: 0.9, source: "KB-1" }],
    withheld: [{ rule: "phrase", phrase: "legal action" }],
    outcome: "filled",
    policyVersion: "v1",
    latencyMs: 151.5,
    upstreamMs: 150,
    at: 2_151,
    ...more,
  };
}

/** An evaluated utterance that fired nothing. */
export function untriggeredEvent(interactionId: string, utteranceId: string): AssistEvent {
  return {
    kind: "evaluated",
    utteranceId,
    record: {
      timestamp: "2026-01-05T09:00:00.000Z",
      interactionId,
      triggered: false,
      cached: false,
      fallback: false,
      suggestionCount: 0,
      eventType: "AGENT_ASSIST_QUERY",
      latencyMs: 0.01,
      trigger: null,
      blockedCount: 0,
      superseded: false,
    },
  };
}
