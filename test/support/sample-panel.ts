import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { Settings } from "../../shared/settings.ts";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { TunnelView } from "../../shared/tunnel.ts";

const AT = Date.UTC(2026, 0, 5, 9);

/** Settings of a supervisor in practice mode, who may change everything. */
export const sampleSettings: Settings = {
  mode: "practice",
  role: "supervisor",
  triggers: {
    keywords: ["refund", "cancel"],
    sentimentThreshold: -0.4,
    enableKeywordTrigger: true,
    enableSentimentTrigger: true,
    triggerOn: "customer",
    language: "en",
  },
  policy: { prohibitedPhrases: ["legal action"], minConfidence: 0.75, maxSuggestions: 3 },
  display: { cardsPerMinute: 4, quiet: false, theme: "system", language: "system" }, locks: [],
};

export const sampleTrigger: Trigger = {
  kind: "keyword",
  matches: [{ keyword: "refund", text: "refund", span: { start: 0, end: 6 } }],
};

/** An interaction that is live, or that has ended. */
export function openInteraction(id: string, status: "live" | "ended" = "live"): PanelUpdate {
  return { kind: "interaction", interaction: { id, status, startedAt: AT, channel: "voice", customerName: "Ada Brandt" } };
}

/** Something the customer said. */
export function say(interactionId: string, id: string, text = "I want a refund", more: Partial<Utterance> = {}): PanelUpdate {
  return {
    kind: "utterance",
    interactionId,
    utterance: { id, speaker: "customer", text, at: AT, score: -0.2, final: true, marks: [], ...more },
  };
}

/** A set with one suggestion per id. */
export function sampleSet(interactionId: string, id: string, suggestionIds: readonly string[], more: Partial<SuggestionSet> = {}): SuggestionSet {
  return {
    id,
    interactionId,
    utteranceId: "u1",
    utteranceAt: AT,
    order: 1,
    trigger: sampleTrigger,
    origin: "live",
    suggestions: suggestionIds.map((one) => ({ id: one, text: `Say ${one}`, confidence: 0.9, source: "handbook" })),
    withheld: [],
    outcome: "filled",
    policyVersion: "1",
    latencyMs: 150,
    at: AT,
    ...more,
  };
}

/** A tunnel of one beat. */
export function sampleTunnel(latencyMs: number): TunnelView {
  return {
    botId: "bot",
    channel: "webchat",
    handshakeMs: 120,
    latencyMs,
    p50: latencyMs,
    p95: latencyMs,
    beats: [latencyMs],
    lastBeatAt: AT,
    reconnects: 0,
    countedSince: AT,
    pushes: 0,
    ignored: 0,
    transitions: [],
  };
}

/** The update that shows a set with all of its cards in one state. */
export function showSet(set: SuggestionSet, visibility: "shown" | "waiting" = "shown"): PanelUpdate {
  const cards = set.suggestions.map(({ id }) => [id, { visibility, pinned: false, feedback: null, copied: false, displayed: false }] as const);
  return { kind: "set", set, cards: Object.fromEntries(cards), tunnelMs: null };
}
