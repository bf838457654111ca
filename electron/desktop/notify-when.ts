import type { InteractionView, PanelState, SetView } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { staleReason } from "../../shared/staleness.ts";
import type { Suggestion } from "../../shared/suggestion.ts";
import { englishWords, type Words } from "../words/en.ts";

type AlertWords = Words["alerts"];

/** More than any system shows of one; what is cut is in the panel. */
const MAX_BODY_LENGTH = 200;
const MAX_TITLE_LENGTH = 80;

/** One card that a person is to be told of while they do not see the panel. */
export interface Alert {
  readonly interactionId: string;
  readonly setId: string;
  readonly suggestionId: string;
  /** Why the card came, with a mark where it is a fallback. */
  readonly title: string;
  readonly body: string;
}

/** What matters beside the panel's state. */
export interface Surroundings {
  readonly inView: boolean;
  /** A lock screen would show it to everybody. */
  readonly locked: boolean;
  /** The setting `desktop.notifications`. */
  readonly wanted: boolean;
}

/** Whether anything may be told at all. Pure. */
export function mayAlert(state: PanelState, { inView, locked, wanted }: Surroundings): boolean {
  return wanted && !inView && !locked && !state.settings.display.quiet;
}

/**
 * The newest card that `updates` brought onto the panel, or null. `before` and `after`: the state without and with them.
 * Only cards that the attention budget let through count, and only once: a set that is judged anew, or a card that was
 * held back and is asked for, is no news. `now` in ms since the Unix epoch; in English unless `words` are given. Pure.
 */
export function freshAlert(before: PanelState, after: PanelState, updates: readonly PanelUpdate[], now: number, words: AlertWords = englishWords.alerts): Alert | null {
  for (const update of updates.toReversed()) {
    if (update.kind !== "set") continue;
    const { id, interactionId } = update.set;
    const view = viewOf(after, interactionId);
    const shown = view?.sets.find(({ set }) => set.id === id);
    if (view === undefined || shown === undefined || !fits(view, shown, now)) continue;
    const known = viewOf(before, interactionId)?.sets.find(({ set }) => set.id === id)?.cards ?? {};
    const suggestion = shown.set.suggestions.find((one) => isShown(shown, one.id) && !Object.hasOwn(known, one.id));
    if (suggestion !== undefined) return alertOf(view, shown, suggestion, words);
  }
  return null;
}

/** Whether what was told is still worth a look: live, on the panel as it was told, and not stale. Pure. */
export function stillHolds(state: PanelState, { interactionId, setId, suggestionId }: Alert, now: number): boolean {
  const view = viewOf(state, interactionId);
  const shown = view?.sets.find(({ set }) => set.id === setId);
  return view !== undefined && shown !== undefined && fits(view, shown, now) && isShown(shown, suggestionId);
}

function viewOf(state: PanelState, interactionId: string): InteractionView | undefined {
  return state.interactions.find((view) => view.interaction.id === interactionId);
}

function fits(view: InteractionView, { set }: SetView, now: number): boolean {
  return view.interaction.status === "live" && staleReason(view, set, now) === null;
}

/** A card that waits, that the agent let go of, or that was on screen already needs no telling. */
function isShown({ set, cards }: SetView, suggestionId: string): boolean {
  const card = Object.hasOwn(cards, suggestionId) ? cards[suggestionId] : undefined;
  return card?.visibility === "shown" && !card.displayed && set.suggestions.some(({ id }) => id === suggestionId);
}

function alertOf(view: InteractionView, { set }: SetView, suggestion: Suggestion, words: AlertWords): Alert {
  const why = whyOf(view, set.utteranceId, set.trigger, words);
  return {
    interactionId: view.interaction.id,
    setId: set.id,
    suggestionId: suggestion.id,
    title: cutText(set.origin === "fallback" ? words.fallback(why) : why, MAX_TITLE_LENGTH),
    body: cutText(suggestion.text, MAX_BODY_LENGTH),
  };
}

/** In the words of the panel's cards. */
function whyOf(view: InteractionView, utteranceId: string, trigger: SetView["set"]["trigger"], words: AlertWords): string {
  if (trigger.kind === "sentiment") return words.sentimentFell(trigger.score);
  const speaker = view.utterances.find(({ id }) => id === utteranceId)?.speaker ?? "unknown";
  return words.heard[speaker](trigger.matches[0]?.text ?? "");
}

/** On one line, and cut between characters as a person counts them, so that no emoji or accent is torn apart. */
function cutText(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= length) return line;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
