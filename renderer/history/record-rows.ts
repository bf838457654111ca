import type { InteractionRecord } from "../../shared/history.ts";
import type { Speaker, Utterance } from "../../shared/interaction.ts";
import type { Disposition, Suggestion } from "../../shared/suggestion.ts";

type ShownSet = InteractionRecord["sets"][number];

/** What an agent did, and when. */
export interface Deed {
  readonly disposition: Disposition;
  readonly at: number;
}

/** A suggestion as it was shown, with what was done while this showing stood. `seen`: it was on screen, now or in another showing. */
export interface ShownCard {
  readonly suggestion: Suggestion;
  readonly deeds: readonly Deed[];
  readonly seen: boolean;
}

/**
 * A row of a past interaction. `set`: one showing, below the utterance that it answered. `unsaid`: from here on showings
 * whose utterances are not kept.
 */
export type RecordRow =
  | { readonly kind: "utterance"; readonly id: string; readonly utterance: Utterance; readonly named: boolean }
  | { readonly kind: "set"; readonly id: string; readonly set: ShownSet; readonly speaker: Speaker; readonly cards: readonly ShownCard[] }
  | { readonly kind: "unsaid"; readonly id: "unsaid" };

/** Lays out what is kept of an interaction: the talk, and after each utterance what it brought, in the order in which it came. */
export function recordRows({ utterances, sets, dispositions }: InteractionRecord): readonly RecordRow[] {
  const rows: RecordRow[] = [];
  const deeds = deedsOf(dispositions);
  const seen = new Set(dispositions.filter(({ disposition }) => disposition === "displayed").map(({ suggestionId }) => suggestionId));
  const waiting = new Map<string, ShownSet[]>();
  for (const set of sets) waiting.set(set.utteranceId, [...(waiting.get(set.utteranceId) ?? []), set]);
  const push = (brought: readonly ShownSet[], speaker: Speaker): void => {
    for (const [index, set] of brought.entries()) {
      const until = brought.slice(index + 1).find(({ id }) => id === set.id)?.at ?? Number.POSITIVE_INFINITY;
      const since = brought.slice(0, index).some(({ id }) => id === set.id) ? set.at : Number.NEGATIVE_INFINITY;
      const cards = set.suggestions.map((suggestion): ShownCard => {
        const own = deeds.get(suggestion.id) ?? [];
        return { suggestion, deeds: own.filter(({ at }) => at >= since && at < until), seen: seen.has(suggestion.id) };
      });
      rows.push({ kind: "set", id: `set ${rows.length}`, set, speaker, cards });
    }
  };
  let speaker: Speaker | null = null;
  for (const utterance of utterances) {
    rows.push({ kind: "utterance", id: utterance.id, utterance, named: utterance.speaker !== speaker });
    const brought = waiting.get(utterance.id) ?? [];
    waiting.delete(utterance.id);
    push(brought, utterance.speaker);
    // After cards the eye has lost who speaks.
    speaker = brought.length === 0 ? utterance.speaker : null;
  }
  const rest = [...waiting.values()].flat();
  if (rest.length > 0) {
    rows.push({ kind: "unsaid", id: "unsaid" });
    push(rest, "unknown");
  }
  return rows;
}

/** What holds of what was done, by suggestion: what was taken back is left out, and what was told twice stands once. */
function deedsOf(dispositions: InteractionRecord["dispositions"]): ReadonlyMap<string, readonly Deed[]> {
  const deeds = new Map<string, readonly Deed[]>();
  for (const { suggestionId, disposition, undone, at } of dispositions) {
    const known = deeds.get(suggestionId) ?? [];
    const others = known.filter((deed) => deed.disposition !== disposition);
    if (undone) deeds.set(suggestionId, others);
    else if (disposition !== "displayed" || others.length === known.length) deeds.set(suggestionId, [...others, { disposition, at }]);
  }
  return deeds;
}

/** How many different suggestions there were. */
export function suggestionCount({ sets }: Pick<InteractionRecord, "sets">): number {
  return new Set(sets.flatMap(({ suggestions }) => suggestions.map(({ id }) => id))).size;
}
