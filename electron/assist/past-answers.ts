import type { InteractionRecord } from "../../shared/history.ts";
import type { Suggestion, Withheld } from "../../shared/suggestion.ts";

type ShownSet = InteractionRecord["sets"][number];

/** What one answer brought to the panel in all its showings: the platform's, or the fallback in its place. */
export interface GivenAnswer extends Pick<ShownSet, "utteranceId" | "utteranceAt" | "trigger"> {
  /** What policy asks of such an answer. */
  readonly rules: "all" | "phrases";
  /** Each once, in the order in which they came up. */
  readonly suggestions: readonly Suggestion[];
  /** As it was last judged. */
  readonly withheld: readonly Withheld[];
}

/** The answers of an interaction, in order. A set that was judged again while it stood is one answer; a fallback and what replaced it are two. */
export function givenAnswers(sets: readonly ShownSet[]): readonly GivenAnswer[] {
  const answers = new Map<string, GivenAnswer>();
  for (const { id, utteranceId, utteranceAt, trigger, origin, suggestions, withheld } of sets) {
    const rules = origin === "fallback" ? "phrases" : "all";
    const key = `${rules} ${id}`;
    const before = answers.get(key)?.suggestions ?? [];
    const more = suggestions.filter((one) => before.every((known) => known.id !== one.id));
    answers.set(key, { utteranceId, utteranceAt, trigger, rules, suggestions: [...before, ...more], withheld });
  }
  return [...answers.values()];
}

/** The suggestions that were used: clicked, copied or sent, and not taken back. */
export function usedSuggestions(dispositions: InteractionRecord["dispositions"]): ReadonlySet<string> {
  const uses = new Map<string, string>();
  for (const { suggestionId, disposition, undone } of dispositions) {
    if (disposition !== "clicked" && disposition !== "copied" && disposition !== "sent") continue;
    const use = `${disposition} ${suggestionId}`;
    if (undone) uses.delete(use);
    else uses.set(use, suggestionId);
  }
  return new Set(uses.values());
}
