import type { InteractionView, PanelState } from "../../shared/panel-state.ts";
import { staleReason } from "../../shared/staleness.ts";
import type { Suggestion } from "../../shared/suggestion.ts";

/** A card that a shortcut can take. */
export interface BestCard {
  readonly interactionId: string;
  readonly suggestion: Suggestion;
}

/**
 * The first card of the newest set that is shown, not dismissed and still fits what is being said, of the interaction
 * in front (`viewing`), or, where none is, of the live one whose newest set is newest. Null: there is none. One that is
 * in front without a card is never passed over for another: its text would be another customer's. `now` in ms since the
 * Unix epoch.
 */
export function bestCard({ interactions }: Pick<PanelState, "interactions">, viewing: string | null, now: number): BestCard | null {
  const inFront = interactions.find(({ interaction }) => interaction.id === viewing) ?? newestLive(interactions);
  const [newest] = inFront?.sets ?? [];
  if (inFront === undefined || newest === undefined) return null;
  const { set, cards } = newest;
  const isStale = staleReason(inFront, set, now) !== null;
  const suggestion = set.suggestions.find(({ id }) => {
    const card = Object.hasOwn(cards, id) ? cards[id] : undefined;
    // A pinned card is kept by the person, however old it is.
    return card?.visibility === "shown" && (card.pinned || !isStale);
  });
  return suggestion === undefined ? null : { interactionId: inFront.interaction.id, suggestion };
}

function newestLive(interactions: readonly InteractionView[]): InteractionView | undefined {
  const live = interactions.filter(({ interaction }) => interaction.status === "live");
  return live.toSorted((a, b) => newestAt(b) - newestAt(a))[0];
}

function newestAt({ sets }: InteractionView): number {
  return sets[0]?.set.at ?? Number.NEGATIVE_INFINITY;
}
