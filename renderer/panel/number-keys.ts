import type { ListItem } from "./card-order.ts";

/** How many cards a number key reaches. */
const NUMBERED_CARDS = 3;

/**
 * The ids that keys 1 to 3 copy, in order: the first cards of the list that still fit the talk or are pinned. Where
 * none does, the keys reach the stale ones: an agent who reads one may still want it.
 */
export function numberedCards(items: readonly ListItem[], isStale: (item: ListItem) => boolean): readonly string[] {
  const shown = items.filter((item) => item.kind === "card" && item.card.visibility === "shown");
  const fitting = shown.filter((item) => (item.kind === "card" && item.card.pinned) || !isStale(item));
  return (fitting.length > 0 ? fitting : shown).slice(0, NUMBERED_CARDS).map((item) => item.id);
}

/** A list that changed less than this before a key cannot have been what the agent was looking at. */
const REACTION_MS = 250;

/** Which cards the numbers stood for, and since when (monotonic ms). */
export interface Numbering {
  readonly ids: readonly string[];
  readonly before: readonly string[];
  readonly changedAt: number;
}

export const noNumbers: Numbering = { ids: [], before: [], changedAt: 0 };

/** Takes a new arrangement; the same one again changes nothing. */
export function renumber(numbering: Numbering, ids: readonly string[], now: number): Numbering {
  const same = ids.length === numbering.ids.length && ids.every((id, index) => id === numbering.ids[index]);
  return same ? numbering : { ids, before: numbering.ids, changedAt: now };
}

/**
 * The card that a number key (1-based) means. A card that arrives in the instant before the key must not be copied in
 * place of the one that was read, so within the time of a reaction the numbers still mean what they did.
 */
export function numberedAt(numbering: Numbering, key: number, now: number): string | undefined {
  const justChanged = numbering.before.length > 0 && now - numbering.changedAt < REACTION_MS;
  return (justChanged ? numbering.before : numbering.ids)[key - 1];
}
