import type { Speaker, Utterance } from "../../shared/interaction.ts";
import type { SetView } from "../../shared/panel-state.ts";
import type { CardState } from "../../shared/panel-update.ts";
import type { Settings } from "../../shared/settings.ts";
import type { Suggestion, SuggestionSet, Trigger } from "../../shared/suggestion.ts";

/** The settings as they come out of the box, in practice mode. */
export const fixtureSettings: Settings = {
  mode: "practice",
  role: "supervisor",
  triggers: {
    keywords: ["refund", "cancel", "complaint", "escalate"],
    sentimentThreshold: -0.4,
    enableKeywordTrigger: true,
    enableSentimentTrigger: true,
    triggerOn: "customer",
    language: "en",
  },
  policy: {
    prohibitedPhrases: ["guarantee full refund", "legal action", "sue the company"],
    minConfidence: 0.75,
    maxSuggestions: 3,
  },
  display: { cardsPerMinute: 4, quiet: false, theme: "system", language: "system" }, locks: [],
};

const shownCard: CardState = { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: false };

/** An utterance `ageMs` before `now`, its matched words given as they stand in the text. */
export function utterance(
  now: number,
  ageMs: number,
  speaker: Speaker,
  text: string,
  extra: { readonly words?: readonly string[]; readonly score?: number; readonly sequence?: number; readonly final?: boolean } = {},
): Utterance {
  const marks = (extra.words ?? []).flatMap((word) => {
    const start = text.indexOf(word);
    return start < 0 ? [] : [{ start, end: start + word.length }];
  });
  return {
    id: `u-${now - ageMs}-${speaker}`,
    speaker,
    text,
    at: now - ageMs,
    score: extra.score ?? 0,
    final: extra.final ?? true,
    ...(extra.sequence === undefined ? {} : { sequence: extra.sequence }),
    marks,
  };
}

/** A keyword trigger on the given words. */
export function keywords(...words: readonly string[]): Trigger {
  return {
    kind: "keyword",
    matches: words.map((word) => ({ keyword: word, text: word, span: { start: 0, end: word.length } })),
  };
}

/** A set for an utterance, with its cards as given (default: shown). */
export function suggestionSet(
  interactionId: string,
  spoken: Utterance,
  order: number,
  suggestions: readonly (readonly [text: string, confidence: number, source: string])[],
  extra: Partial<Omit<SuggestionSet, "suggestions">> & { readonly cards?: readonly Partial<CardState>[] } = {},
): SetView {
  const { cards: cardStates, ...rest } = extra;
  const id = `set-${interactionId}-${order}`;
  const origin = rest.origin ?? "live";
  const items = suggestions.map(
    ([text, confidence, source], index): Suggestion => ({ id: `${id}-${origin}-${index}`, text, confidence, source }),
  );
  const set: SuggestionSet = {
    id,
    interactionId,
    utteranceId: spoken.id,
    utteranceAt: spoken.at,
    order,
    trigger: keywords("refund"),
    origin,
    suggestions: items,
    withheld: [],
    outcome: items.length > 0 ? "filled" : "empty",
    policyVersion: "p-4f1c",
    latencyMs: 184,
    upstreamMs: 171,
    at: spoken.at + 190,
    ...rest,
  };
  const cards = Object.fromEntries(items.map((item, index) => [item.id, { ...shownCard, ...cardStates?.[index] }]));
  return { set, cards, tunnelMs: 42 };
}
