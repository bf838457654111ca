import { assertNever } from "./assert-never.ts";
import type { BridgedConversation, BridgeView } from "./bridge-view.ts";
import type { ConnectionName, ConnectionState } from "./connection.ts";
import type { DesktopView, Focus } from "./desktop.ts";
import type { Gaps } from "./gaps.ts";
import type { HealthView } from "./health.ts";
import { emptyHealth } from "./health-lists.ts";
import type { IntegrationsView } from "./integration-view.ts";
import type { Interaction, Utterance } from "./interaction.ts";
import type { Notice } from "./notice.ts";
import type { CardPatch, CardState, PanelUpdate } from "./panel-update.ts";
import type { PracticeView } from "./practice.ts";
import type { SetupView } from "./setup.ts";
import type { Settings } from "./settings.ts";
import type { CaseRow, SimulationsView } from "./simulation-view.ts";
import type { SuggestionSet, Trigger } from "./suggestion.ts";
import type { TunnelView } from "./tunnel.ts";

export const MAX_UTTERANCES = 2_000;
export const MAX_INTERACTIONS = 50;
export const MAX_SETS = 100;

/** A connection as the panel shows it. `lastHeardAt`: the last frame or pong, ms since the Unix epoch, if there was one. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly lastHeardAt: number | null;
  /** Where its events are numbered. */
  readonly gaps?: Gaps;
}

/** A request that is under way: the moment before its set arrives. */
export interface PendingSet {
  readonly setId: string;
  readonly trigger: Trigger;
  readonly since: number;
}

/** A set with what became of each of its cards, by suggestion id, and the tunnel's latency when it was shown. */
export interface SetView {
  readonly set: SuggestionSet;
  readonly cards: Readonly<Record<string, CardState>>;
  readonly tunnelMs: number | null;
}

/** One interaction with all that the panel shows of it. Utterances in order of speech, sets newest first. */
export interface InteractionView {
  readonly interaction: Interaction;
  readonly utterances: readonly Utterance[];
  /** How many older utterances were let go to stay within MAX_UTTERANCES. */
  readonly dropped: number;
  readonly sets: readonly SetView[];
  readonly pending: PendingSet | null;
  /** Null where the interaction is none that the bridge carries. */
  readonly bridged: BridgedConversation | null;
}

/** All that the panel knows. Held by main, mirrored by the renderer through numbered updates. */
export interface PanelState {
  readonly settings: Settings;
  readonly connections: Readonly<Partial<Record<ConnectionName, ConnectionView>>>;
  /** Null where there is none. */
  readonly tunnel: TunnelView | null;
  /** Null where simulations are off. */
  readonly simulations: SimulationsView | null;
  readonly simulationRows: readonly CaseRow[];
  /** Null where the bridge is off. */
  readonly bridge: BridgeView | null;
  /** Null where integrations are off. */
  readonly integrations: IntegrationsView | null;
  /** Null where the panel is in a browser. */
  readonly desktop: DesktopView | null;
  readonly health: HealthView;
  /** Null outside of practice. */
  readonly practice: PracticeView | null;
  /** The first run; null while it is not shown. */
  readonly setup: SetupView | null;
  /** The last wish from outside the panel; null until there was one. */
  readonly focus: Focus | null;
  /** When the cards of the last minute came, over all interactions; ms since the Unix epoch, oldest first. */
  readonly releasedAt: readonly number[];
  readonly notices: readonly Notice[];
  /** In order of arrival, oldest first. */
  readonly interactions: readonly InteractionView[];
}

/** The state of a panel that has heard of nothing yet. */
export function emptyPanelState(settings: Settings): PanelState {
  return { settings, connections: {}, tunnel: null, simulations: null, simulationRows: [], bridge: null, integrations: null, desktop: null, health: emptyHealth, practice: null, setup: null, focus: null, releasedAt: [], notices: [], interactions: [] };
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
          [update.name]: {
            state: update.state,
            lastHeardAt: update.lastHeardAt,
            ...(update.gaps === undefined ? {} : { gaps: update.gaps }),
          },
        },
      };
    case "tunnel":
      return { ...state, tunnel: update.tunnel };
    case "simulations":
      return { ...state, simulations: update.view };
    case "simulation-rows":
      return { ...state, simulationRows: update.rows };
    case "simulation-row-changes":
      return { ...state, simulationRows: withRows(state.simulationRows, update.changes) };
    case "bridge":
      return { ...state, bridge: update.view };
    case "bridged":
      return changeInteraction(state, update.interactionId, (view) => ({ ...view, bridged: update.conversation }));
    case "integrations":
      return { ...state, integrations: update.view };
    case "desktop":
      return { ...state, desktop: update.view };
    case "health":
      return { ...state, health: update.view };
    case "practice":
      return { ...state, practice: update.view };
    case "setup":
      return { ...state, setup: update.view };
    case "focus":
      return { ...state, focus: update.focus };
    case "attention":
      return { ...state, releasedAt: update.releasedAt };
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
      return changeInteraction(state, update.set.interactionId, (view) => withSet(view, { set: update.set, cards: update.cards, tunnelMs: update.tunnelMs }));
    case "card":
      return changeInteraction(state, update.interactionId, (view) => withCard(view, update.suggestionId, update.patch));
    default:
      return assertNever(update);
  }
}

/** A change of a line that is not there (the table was replaced meanwhile) changes nothing. */
function withRows(rows: readonly CaseRow[], changes: readonly { readonly index: number; readonly row: CaseRow }[]): readonly CaseRow[] {
  const next = [...rows];
  for (const { index, row } of changes) if (next[index]?.testId === row.testId) next[index] = row;
  return next;
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
  const opened: InteractionView = { interaction, utterances: [], dropped: 0, sets: [], pending: null, bridged: null };
  const interactions = [...state.interactions, opened];
  if (interactions.length <= MAX_INTERACTIONS) return { ...state, interactions };
  const leaving = interactions.findIndex((view) => view.interaction.status === "ended");
  return { ...state, interactions: interactions.toSpliced(Math.max(leaving, 0), 1) };
}

/**
 * Upserts by id: a known utterance is replaced where it stands, a new one goes to its place by sequence. Each is let
 * go for as it is added, so that it makes no difference how a series was cut into runs.
 */
function withUtterances(view: InteractionView, added: readonly Utterance[]): InteractionView {
  const utterances = [...view.utterances];
  // Looking through a long transcript costs more than the rest; from a few on, one index of it is cheaper.
  const ids = added.length < 8 ? null : new Set(utterances.map((utterance) => utterance.id));
  let dropped = view.dropped;
  for (const utterance of added) {
    place(utterances, utterance, ids === null || ids.has(utterance.id));
    ids?.add(utterance.id);
    if (utterances.length > MAX_UTTERANCES) {
      const gone = utterances.shift();
      if (gone !== undefined) ids?.delete(gone.id);
      dropped += 1;
    }
  }
  return { ...view, utterances, dropped };
}

function place(utterances: Utterance[], utterance: Utterance, mayBeKnown: boolean): void {
  // Successors and late lines are near the end, so both searches walk from there.
  const known = mayBeKnown ? lastIndexOf(utterances, utterance.id) : -1;
  if (known >= 0) {
    utterances[known] = utterance;
    return;
  }
  const { sequence } = utterance;
  const before =
    sequence === undefined
      ? utterances.length - 1
      : utterances.findLastIndex((one) => one.sequence === undefined || one.sequence < sequence);
  if (before === utterances.length - 1) utterances.push(utterance);
  else utterances.splice(before + 1, 0, utterance);
}

/** A plain loop: this runs over whole transcripts for every line that is new. */
function lastIndexOf(utterances: readonly Utterance[], id: string): number {
  for (let index = utterances.length - 1; index >= 0; index -= 1) {
    if (utterances[index]?.id === id) return index;
  }
  return -1;
}

/** A set that is known (its fallback) is replaced in place; a new one goes before the first of lower order. */
function withSet(view: InteractionView, added: SetView): InteractionView {
  const { set } = added;
  const pending = view.pending?.setId === set.id ? null : view.pending;
  const known = view.sets.findIndex((one) => one.set.id === set.id);
  if (known >= 0) return { ...view, pending, sets: view.sets.with(known, added) };
  const at = view.sets.findIndex((one) => one.set.order < set.order);
  const sets = view.sets.toSpliced(at < 0 ? view.sets.length : at, 0, added);
  return { ...view, pending, sets: sets.slice(0, MAX_SETS) };
}

function withCard(view: InteractionView, suggestionId: string, patch: CardPatch): InteractionView {
  const index = view.sets.findIndex((one) => Object.hasOwn(one.cards, suggestionId));
  const found = view.sets[index];
  const card = found?.cards[suggestionId];
  if (found === undefined || card === undefined) return view;
  const cards = { ...found.cards, [suggestionId]: { ...card, ...patch } };
  return { ...view, sets: view.sets.with(index, { ...found, cards }) };
}
