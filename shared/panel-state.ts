import { assertNever } from "./assert-never.ts";
import type { ConnectionName, ConnectionState } from "./connection.ts";
import type { Interaction, Utterance } from "./interaction.ts";
import type { Notice } from "./notice.ts";
import type { CardPatch, CardState, PanelUpdate } from "./panel-update.ts";
import type { Settings } from "./settings.ts";
import type { SuggestionSet, Trigger } from "./suggestion.ts";

export const MAX_UTTERANCES = 2_000;
export const MAX_INTERACTIONS = 50;
export const MAX_SETS = 100;

/** A connection as the panel shows it. `lastHeardAt`: the last frame or pong, ms since the Unix epoch, if there was one. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly lastHeardAt: number | null;
}

/** A request that is under way: the moment before its set arrives. */
export interface PendingSet {
  readonly setId: string;
  readonly trigger: Trigger;
  readonly since: number;
}

/** A set with what became of each of its cards, by suggestion id. */
export interface SetView {
  readonly set: SuggestionSet;
  readonly cards: Readonly<Record<string, CardState>>;
}

/** One interaction with all that the panel shows of it. Utterances in order of speech, sets newest first. */
export interface InteractionView {
  readonly interaction: Interaction;
  readonly utterances: readonly Utterance[];
  /** How many older utterances were let go to stay within MAX_UTTERANCES. */
  readonly dropped: number;
  readonly sets: readonly SetView[];
  readonly pending: PendingSet | null;
}

/** All that the panel knows. Held by main, mirrored by the renderer through numbered updates. */
export interface PanelState {
  readonly settings: Settings;
  readonly connections: Readonly<Partial<Record<ConnectionName, ConnectionView>>>;
  readonly notices: readonly Notice[];
  /** In order of arrival, oldest first. */
  readonly interactions: readonly InteractionView[];
}

/** The state of a panel that has heard of nothing yet. */
export function emptyPanelState(settings: Settings): PanelState {
  return { settings, connections: {}, notices: [], interactions: [] };
}

/**
 * Applies updates in order and returns the new state; what did not change keeps its identity.
 * Used by main and renderer alike, so the two cannot drift. Pure, total: an update for an interaction that is gone
 * changes nothing. Bounded by MAX_UTTERANCES, MAX_INTERACTIONS and MAX_SETS (contract: design, "between main and panel").
 */
export function applyUpdates(state: PanelState, updates: readonly PanelUpdate[]): PanelState {
  let next = state;
  let index = 0;
  while (index < updates.length) {
    const update = updates[index];
    if (update === undefined) break;
    if (update.kind === "utterance") {
      const run = utteranceRun(updates, index, update.interactionId);
      next = changeInteraction(next, update.interactionId, (view) => withUtterances(view, run));
      index += run.length;
    } else {
      next = applyUpdate(next, update);
      index += 1;
    }
  }
  return next;
}

/** Applies one update; see {@link applyUpdates}. */
export function applyUpdate(state: PanelState, update: PanelUpdate): PanelState {
  switch (update.kind) {
    case "settings":
      return { ...state, settings: update.settings };
    case "connection":
      return {
        ...state,
        connections: {
          ...state.connections,
          [update.name]: { state: update.state, lastHeardAt: update.lastHeardAt },
        },
      };
    case "notice":
      return {
        ...state,
        notices: [...state.notices.filter((notice) => notice.id !== update.notice.id), update.notice],
      };
    case "notice-cleared":
      return { ...state, notices: state.notices.filter((notice) => notice.id !== update.id) };
    case "interaction":
      return withInteraction(state, update.interaction);
    case "interaction-closed":
      return { ...state, interactions: state.interactions.filter((view) => view.interaction.id !== update.interactionId) };
    case "utterance":
      return changeInteraction(state, update.interactionId, (view) => withUtterances(view, [update.utterance]));
    case "pending":
      return changeInteraction(state, update.interactionId, (view) => ({ ...view, pending: update.pending }));
    case "set":
      return changeInteraction(state, update.set.interactionId, (view) => withSet(view, update.set, update.cards));
    case "card":
      return changeInteraction(state, update.interactionId, (view) => withCard(view, update.suggestionId, update.patch));
    default:
      return assertNever(update);
  }
}

function utteranceRun(updates: readonly PanelUpdate[], from: number, interactionId: string): readonly Utterance[] {
  const run: Utterance[] = [];
  for (let index = from; index < updates.length; index += 1) {
    const update = updates[index];
    if (update?.kind !== "utterance" || update.interactionId !== interactionId) break;
    run.push(update.utterance);
  }
  return run;
}

function changeInteraction(
  state: PanelState,
  interactionId: string,
  change: (view: InteractionView) => InteractionView,
): PanelState {
  const index = state.interactions.findIndex((view) => view.interaction.id === interactionId);
  const view = state.interactions[index];
  if (view === undefined) return state;
  const changed = change(view);
  return changed === view ? state : { ...state, interactions: state.interactions.with(index, changed) };
}

function withInteraction(state: PanelState, interaction: Interaction): PanelState {
  const known = state.interactions.some((view) => view.interaction.id === interaction.id);
  if (known) return changeInteraction(state, interaction.id, (view) => ({ ...view, interaction }));
  const opened: InteractionView = { interaction, utterances: [], dropped: 0, sets: [], pending: null };
  const interactions = [...state.interactions, opened];
  if (interactions.length <= MAX_INTERACTIONS) return { ...state, interactions };
  const leaving = interactions.findIndex((view) => view.interaction.status === "ended");
  return { ...state, interactions: interactions.toSpliced(Math.max(leaving, 0), 1) };
}

/** Upserts by id: a known utterance is replaced where it stands, a new one goes to its place by sequence. */
function withUtterances(view: InteractionView, added: readonly Utterance[]): InteractionView {
  const utterances = [...view.utterances];
  for (const utterance of added) place(utterances, utterance);
  const excess = Math.max(0, utterances.length - MAX_UTTERANCES);
  return {
    ...view,
    utterances: excess === 0 ? utterances : utterances.slice(excess),
    dropped: view.dropped + excess,
  };
}

function place(utterances: Utterance[], utterance: Utterance): void {
  // Successors and late lines are near the end, so both searches walk from there.
  const known = utterances.findLastIndex((one) => one.id === utterance.id);
  if (known >= 0) {
    utterances[known] = utterance;
    return;
  }
  const { sequence } = utterance;
  const before =
    sequence === undefined
      ? utterances.length - 1
      : utterances.findLastIndex((one) => one.sequence === undefined || one.sequence < sequence);
  utterances.splice(before + 1, 0, utterance);
}

/** A set that is known (its fallback) is replaced in place; a new one goes before the first of lower order. */
function withSet(view: InteractionView, set: SuggestionSet, cards: SetView["cards"]): InteractionView {
  const pending = view.pending?.setId === set.id ? null : view.pending;
  const known = view.sets.findIndex((one) => one.set.id === set.id);
  if (known >= 0) return { ...view, pending, sets: view.sets.with(known, { set, cards }) };
  const at = view.sets.findIndex((one) => one.set.order < set.order);
  const sets = view.sets.toSpliced(at < 0 ? view.sets.length : at, 0, { set, cards });
  return { ...view, pending, sets: sets.slice(0, MAX_SETS) };
}

function withCard(view: InteractionView, suggestionId: string, patch: CardPatch): InteractionView {
  const index = view.sets.findIndex((one) => suggestionId in one.cards);
  const found = view.sets[index];
  const card = found?.cards[suggestionId];
  if (found === undefined || card === undefined) return view;
  const cards = { ...found.cards, [suggestionId]: { ...card, ...patch } };
  return { ...view, sets: view.sets.with(index, { ...found, cards }) };
}
