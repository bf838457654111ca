import type { InteractionView } from "./panel-state.ts";
import type { SuggestionSet } from "./suggestion.ts";

/** A suggestion older than this has lost its moment, whatever was said since. */
const STALE_AFTER_MS = 60_000;
/** So many later remarks of the customer mean that the talk is about something else. */
const STALE_AFTER_REMARKS = 2;

/** Why a card is no longer about what is being said. */
export type StaleReason = "newer set" | "moved on" | "old";

/**
 * Tells why a set is stale, or null while it still fits: a newer utterance triggered, two or more final remarks of the
 * customer came after the one it answers, or it is over a minute old. Where speakers are not told apart, every line
 * counts as the customer's, as it does for the trigger. `now` in ms since the Unix epoch. Pinned cards never ask.
 */
export function staleReason(view: InteractionView, set: SuggestionSet, now: number): StaleReason | null {
  if (view.sets.some((one) => one.set.order > set.order)) return "newer set";
  if (view.pending !== null && view.pending.setId !== set.id && view.pending.since > set.at) return "newer set";
  if (remarksAfter(view, set) >= STALE_AFTER_REMARKS) return "moved on";
  return now - set.at > STALE_AFTER_MS ? "old" : null;
}

function remarksAfter(view: InteractionView, set: SuggestionSet): number {
  let count = 0;
  for (let index = view.utterances.length - 1; index >= 0; index -= 1) {
    const utterance = view.utterances[index];
    if (utterance === undefined || utterance.id === set.utteranceId || count === STALE_AFTER_REMARKS) break;
    // The utterance itself may have been let go by the bound on the transcript: its time still divides.
    if (utterance.at < set.utteranceAt) break;
    if (utterance.final && utterance.speaker !== "agent" && utterance.speaker !== "bot") count += 1;
  }
  return count;
}

/** How many cards of an interaction that is not in front are news: on the list, still fitting, and not seen before. */
export function newCardCount(view: InteractionView, seen: readonly string[], now: number): number {
  const known = new Set(seen);
  let count = 0;
  for (const { set, cards } of view.sets) {
    const fresh = Object.entries(cards).filter(([id, card]) => card.visibility === "shown" && !known.has(id)).length;
    if (fresh > 0 && staleReason(view, set, now) === null) count += fresh;
  }
  return count;
}
