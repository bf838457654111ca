import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { PracticeMoment, PracticeScore, PracticeTally } from "../../shared/practice.ts";
import type { Disposition } from "../../shared/suggestion.ts";

/** What a round is scored by. `at`: monotonic ms. */
export type RoundEvent =
  | { readonly kind: "said"; readonly utteranceId: string; readonly text: string }
  /** The platform was asked about this utterance. */
  | { readonly kind: "asked"; readonly utteranceId: string }
  | { readonly kind: "brought"; readonly utteranceId: string; readonly suggestions: readonly { readonly id: string; readonly text: string }[]; readonly at: number }
  /** What the agent did with a suggestion, or took back. */
  | { readonly kind: "did"; readonly suggestionId: string; readonly disposition: Disposition; readonly undone: boolean; readonly at: number };

interface RoundSuggestion {
  readonly text: string;
  readonly broughtAt: number;
  /** When each was done first and not taken back. */
  readonly deeds: Readonly<Partial<Record<Disposition, number>>>;
}

/** One round of practice as far as it has gone: what was said, and its moments in order, by utterance. */
export interface PracticeRound {
  readonly said: ReadonlyMap<string, string>;
  readonly moments: ReadonlyMap<string, ReadonlyMap<string, RoundSuggestion>>;
}

export const newRound: PracticeRound = { said: new Map(), moments: new Map() };

/** As the overview counts them: these are uses, those below say what the agent thought of it. */
const uses = ["copied", "clicked", "sent"] as const satisfies readonly Disposition[];
const judgements = ["dismissed", "helpful", "not helpful"] as const satisfies readonly Disposition[];

/** What an event of agent assist tells of a round on this interaction; null: nothing. */
export function roundEventOf(event: AssistEvent, interactionId: string, at: number): RoundEvent | null {
  switch (event.kind) {
    case "utterance": {
      if (event.interactionId !== interactionId) return null;
      const { id, text } = event.utterance;
      return { kind: "said", utteranceId: id, text };
    }
    case "evaluated":
      return event.record.interactionId === interactionId && event.record.triggered ? { kind: "asked", utteranceId: event.utteranceId } : null;
    case "suggestions":
    case "rejudged": {
      const { set } = event;
      return set.interactionId === interactionId ? { kind: "brought", utteranceId: set.utteranceId, suggestions: set.suggestions, at } : null;
    }
    case "interaction":
    case "asking":
    case "superseded":
    case "malformed":
    case "foreign":
      return null;
    default:
      return assertNever(event);
  }
}

/**
 * The round with one more event in it. A moment begins with what asked or brought something first, and keeps all that it
 * brought: a fallback that was replaced was on screen too. What is done with a suggestion of another round changes nothing.
 */
export function hear(round: PracticeRound, event: RoundEvent): PracticeRound {
  switch (event.kind) {
    case "said":
      return { ...round, said: new Map(round.said).set(event.utteranceId, event.text) };
    case "asked":
      return withMoment(round, event.utteranceId, new Map());
    case "brought":
      return withMoment(round, event.utteranceId, new Map(event.suggestions.map(({ id, text }) => [id, { text, broughtAt: event.at, deeds: {} }])));
    case "did":
      return withDeed(round, event);
    default:
      return assertNever(event);
  }
}

/** Every moment of the round, as a person reads it. */
export function momentsOf({ said, moments }: PracticeRound): readonly PracticeMoment[] {
  return Array.from(moments, ([utteranceId, suggestions]): PracticeMoment => {
    const all = [...suggestions.values()];
    const seen = all.filter(wasSeen);
    const seconds = seen.map(secondsToUse).filter((one) => one !== null);
    return {
      said: said.get(utteranceId) ?? "",
      suggestions: seen.map((one) => ({ text: one.text, used: usedAt(one) !== null })),
      outcome: outcomeOf(all, seen),
      secondsToUse: seconds.length === 0 ? null : Math.min(...seconds),
    };
  });
}

/** What the moments come to. Seconds to one decimal. */
export function tallyOf(moments: readonly PracticeMoment[]): PracticeTally & Pick<PracticeScore, "secondsToUse"> {
  const count = (...outcomes: readonly PracticeMoment["outcome"][]): number => moments.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    moments: moments.length,
    shown: count("used", "judged", "missed"),
    used: count("used"),
    missed: count("missed"),
    secondsToUse: median(moments.map((one) => one.secondsToUse).filter((one) => one !== null)),
  };
}

function withMoment(round: PracticeRound, utteranceId: string, brought: ReadonlyMap<string, RoundSuggestion>): PracticeRound {
  // What is known already keeps what was done with it.
  const suggestions = new Map([...brought, ...(round.moments.get(utteranceId) ?? [])]);
  return { ...round, moments: new Map(round.moments).set(utteranceId, suggestions) };
}

function withDeed(round: PracticeRound, { suggestionId, disposition, undone, at }: Extract<RoundEvent, { kind: "did" }>): PracticeRound {
  const [utteranceId, suggestions] = [...round.moments].find(([, one]) => one.has(suggestionId)) ?? [];
  const suggestion = suggestions?.get(suggestionId);
  if (utteranceId === undefined || suggestions === undefined || suggestion === undefined) return round;
  const { [disposition]: before, ...rest } = suggestion.deeds;
  const deeds = undone ? rest : { ...rest, [disposition]: before ?? at };
  return { ...round, moments: new Map(round.moments).set(utteranceId, new Map(suggestions).set(suggestionId, { ...suggestion, deeds })) };
}

/** Who did something with a card has seen it, also where the page had no time to say so. */
function wasSeen({ deeds }: RoundSuggestion): boolean {
  return Object.keys(deeds).length > 0;
}

function usedAt({ deeds }: RoundSuggestion): number | null {
  const times = uses.map((use) => deeds[use]).filter((at) => at !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

function secondsToUse(suggestion: RoundSuggestion): number | null {
  const at = usedAt(suggestion);
  return at === null ? null : tenths(Math.max(0, at - (suggestion.deeds.displayed ?? suggestion.broughtAt)) / 1_000);
}

function outcomeOf(all: readonly RoundSuggestion[], seen: readonly RoundSuggestion[]): PracticeMoment["outcome"] {
  if (seen.some((one) => usedAt(one) !== null)) return "used";
  if (seen.some(({ deeds }) => judgements.some((one) => deeds[one] !== undefined))) return "judged";
  if (seen.length > 0) return "missed";
  return all.length > 0 ? "unseen" : "nothing";
}

/** Of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : tenths((low + high) / 2);
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
