import type { ListItem } from "./card-order.ts";

export interface HeldRequest {
  /** What stood there when the agent came onto the list. */
  readonly shown: readonly ListItem[];
  /** What would stand there now. */
  readonly current: readonly ListItem[];
  /** All that there is, also what was dismissed for good. */
  readonly known: readonly ListItem[];
  readonly engaged: boolean;
}

/** What the list draws, and how much news waits because the agent is on the list. */
export interface HeldList {
  readonly items: readonly ListItem[];
  readonly heldCount: number;
}

/**
 * Keeps the list still while the pointer or the keyboard focus is on it: what stood there stays in its place, with
 * each card's own state (copied, judged, pinned, dismissed) kept up to date from `known`, and what is new in `current`
 * waits behind a count. A fallback whose answer came in the meantime also stays until the agent leaves or asks. Not
 * engaged: the list as it is.
 */
export function holdItems({ shown, current, known, engaged }: HeldRequest): HeldList {
  if (!engaged) return { items: current, heldCount: 0 };
  const byId = new Map(known.map((item) => [item.id, item]));
  const shownIds = new Set(shown.map((item) => item.id));
  return {
    items: shown.map((item) => byId.get(item.id) ?? item),
    heldCount: current.filter((item) => item.kind === "card" && !shownIds.has(item.id)).length,
  };
}
