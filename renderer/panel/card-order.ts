import type { CardState } from "../../shared/panel-update.ts";
import type { InteractionView, PendingSet } from "../../shared/panel-state.ts";
import type { Suggestion, SuggestionSet } from "../../shared/suggestion.ts";

/** One card of the list: a suggestion, the set it came in, and what became of it. */
export interface CardItem {
  readonly suggestion: Suggestion;
  readonly set: SuggestionSet;
  readonly card: CardState;
  /** What the tunnel had measured when the set was shown, in ms; null where nothing. */
  readonly tunnelMs: number | null;
}

/** A set that brought nothing to show, told in words. */
interface NoteItem {
  readonly set: SuggestionSet;
}

export type ListItem =
  | ({ readonly kind: "card"; readonly id: string } & CardItem)
  | ({ readonly kind: "note"; readonly id: string } & NoteItem)
  | { readonly kind: "pending"; readonly id: string; readonly pending: PendingSet };

/**
 * The list in the order in which it is read: pinned cards first, then sets newest first. Waiting cards are not in it;
 * dismissed ones keep their place, so that they can be taken back there. A request under way stands where its cards
 * will. A set without cards is told only while it is the newest.
 */
export function orderItems(view: InteractionView): readonly ListItem[] {
  const cards = view.sets.flatMap(({ set, cards, tunnelMs }) =>
    set.suggestions.flatMap((suggestion): readonly ListItem[] => {
      const card = cards[suggestion.id];
      if (card === undefined || card.visibility === "waiting") return [];
      return [{ kind: "card", id: suggestion.id, suggestion, set, card, tunnelMs }];
    }),
  );
  const { pending } = view;
  const asking: readonly ListItem[] = pending === null ? [] : [{ kind: "pending", id: `pending ${pending.setId}`, pending }];
  const newest = view.sets[0]?.set;
  const notes: readonly ListItem[] =
    newest !== undefined && newest.outcome !== "filled" ? [{ kind: "note", id: `note ${newest.id}`, set: newest }] : [];
  const isPinned = (item: ListItem): boolean => item.kind === "card" && item.card.pinned;
  return [...cards.filter(isPinned), ...asking, ...notes, ...cards.filter((item) => !isPinned(item))];
}

/** The ids of the cards that are, or were, on screen in this interaction. */
export function shownCardIds(view: InteractionView): readonly string[] {
  return view.sets.flatMap(({ cards }) =>
    Object.entries(cards).flatMap(([id, card]) => (card.visibility === "waiting" ? [] : [id])),
  );
}

/** How many cards wait behind the count (attention budget, quiet mode). */
export function waitingCount(view: InteractionView): number {
  let count = 0;
  for (const { cards } of view.sets) {
    for (const card of Object.values(cards)) if (card.visibility === "waiting") count += 1;
  }
  return count;
}
