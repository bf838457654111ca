import { commandNames, type CommandName } from "../../shared/command-names.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { commandTable, type CommandOutput, type Reply } from "../../shared/panel.ts";
import type { InteractionView, SetView } from "../../shared/panel-state.ts";
import type { CardPatch, CardState } from "../../shared/panel-update.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Disposition, Suggestion, SuggestionSet } from "../../shared/suggestion.ts";
import type { ConfigPatch } from "../config/panel-settings.ts";
import { cardPatchFor } from "./card-patch.ts";
import type { BridgeCommands } from "./bridge-commands.ts";
import { bridgeRows } from "./bridge-rows.ts";
import { quote, refuse, row, type Row } from "./command-row.ts";
import { desktopRows } from "./desktop-rows.ts";
import type { HealthCommands } from "./health-commands.ts";
import { healthRows } from "./health-rows.ts";
import type { HistoryCommands } from "./history-commands.ts";
import { historyRows } from "./history-rows.ts";
import { isSmallPlainData, MAX_INPUT_BYTES, MAX_INPUT_DEPTH } from "./input-size.ts";
import type { IntegrationCommands } from "./integration-commands.ts";
import { integrationRows } from "./integration-rows.ts";
import type { PracticeCommands, SetupCommands } from "./practice-commands.ts";
import { practiceRows } from "./practice-rows.ts";
import type { Publisher } from "./publisher.ts";
import type { SimulationCommands } from "./simulation-commands.ts";
import { simulationRows } from "./simulation-rows.ts";
import type { UpdateCommands } from "./update-commands.ts";
import type { WorkshopCommands } from "./workshop-commands.ts";

/** What an agent did with a suggestion, for the history and the audit file. */
export interface DispositionEvent {
  readonly interactionId: string;
  readonly suggestionId: string;
  readonly disposition: Disposition;
  /** The disposition is taken back. */
  readonly undone: boolean;
  readonly set: SuggestionSet;
  readonly suggestion: Suggestion;
}

/** What the commands do outside the panel's state. Bound in the composition root. */
export interface CommandPorts {
  readonly publisher: Publisher;
  readonly record: (event: DispositionEvent) => void;
  /** Starts a new attempt at once. */
  readonly retryConnection: (name: ConnectionName) => void;
  /** Null while simulations are off. */
  readonly simulations: () => SimulationCommands | null;
  /** Null while the bridge is off. */
  readonly bridge: () => BridgeCommands | null;
  /** Null while integrations are off. */
  readonly integrations: () => IntegrationCommands | null;
  /** Null where nothing can be tried. */
  readonly health: () => HealthCommands | null;
  /** Null where the program does not update itself. */
  readonly updates: () => UpdateCommands | null;
  /** Null while the history is off. */
  readonly history: () => HistoryCommands | null;
  /** Keeps the workshop's draft; absent where none is kept. */
  readonly workshop?: WorkshopCommands;
  /** Null outside of practice. */
  readonly practice: () => PracticeCommands | null;
  /** Null where the program cannot be set up from its panel. */
  readonly setup: () => SetupCommands | null;
  /** A field records keys from now on, or does no more; absent where none are held. */
  readonly recordKeys?: (recording: boolean) => void;
  /** Which interaction the panel has in front; null: none. */
  readonly viewing: (interactionId: string | null) => void;
  /** Writes the change to the configuration and publishes the settings that hold from then on. */
  readonly changeSettings: (patch: ConfigPatch) => Promise<Result<null, Fault>>;
}

/** Carries out one command for a panel. Expected failures are `Fault` replies; it rejects only for a bug. */
export type Commands = (name: string, input: unknown) => Promise<Reply>;

type Rows = { readonly [N in CommandName]: Row<CommandOutput<N>> };

/** Binds the table of commands (shared/panel.ts) to what they do. Whoever sends, input is measured and checked here. */
export function createCommands(ports: CommandPorts): Commands {
  const table = createRows(ports);
  // A map, so that only names of the table are found and nothing that every object inherits.
  const rows = new Map<string, Row<unknown>>(commandNames.map((name) => [name, table[name]]));
  return async (name, input) => {
    const row = rows.get(name);
    if (row === undefined) return refuse("invalid-input", `no command is called ${quote(name)}`);
    if (!isSmallPlainData(input, MAX_INPUT_BYTES)) {
      return refuse("invalid-input", `${name}: input is not plain data of at most ${MAX_INPUT_BYTES / 1024} kB and ${MAX_INPUT_DEPTH} levels`);
    }
    return row(name, input);
  };
}

function createRows(ports: CommandPorts): Rows {
  const { publisher, record, retryConnection, simulations, bridge, integrations, health, history, viewing, changeSettings } = ports;
  const findInteraction = (id: string): InteractionView | undefined =>
    publisher.state().interactions.find((view) => view.interaction.id === id);

  const patchCard = (interactionId: string, suggestionId: string, patch: CardPatch): void => {
    publisher.publish({ kind: "card", interactionId, suggestionId, patch });
  };

  return {
    "panel.snapshot": row(commandTable["panel.snapshot"].input, () => ok(publisher.snapshot())),

    "interaction.close": row(commandTable["interaction.close"].input, ({ interactionId }) => {
      const view = findInteraction(interactionId);
      if (view === undefined) return noInteraction(interactionId);
      if (view.interaction.status === "live") {
        return refuse("not-allowed", "the interaction is live; it can be closed once it has ended");
      }
      publisher.publish({ kind: "interaction-closed", interactionId });
      return ok(null);
    }),

    "suggestion.record": row(commandTable["suggestion.record"].input, ({ interactionId, suggestionId, disposition, undone }) => {
      const found = findCard(findInteraction(interactionId), suggestionId);
      if (found === null) return noCard(suggestionId);
      const change = cardPatchFor(found.card, disposition, undone);
      switch (change.kind) {
        case "cannot-undo":
          return refuse("invalid-input", `undone: ${quote(disposition)} cannot be taken back`);
        case "already":
          return ok(null);
        case "changed":
          patchCard(interactionId, suggestionId, change.patch);
          break;
        case "unseen":
          break;
      }
      record({ interactionId, suggestionId, disposition, undone, set: found.set, suggestion: found.suggestion });
      return ok(null);
    }),

    "suggestion.pin": row(commandTable["suggestion.pin"].input, ({ interactionId, suggestionId, pinned }) => {
      if (findCard(findInteraction(interactionId), suggestionId) === null) return noCard(suggestionId);
      patchCard(interactionId, suggestionId, { pinned });
      return ok(null);
    }),

    "suggestions.reveal": row(commandTable["suggestions.reveal"].input, ({ interactionId }) => {
      const view = findInteraction(interactionId);
      if (view === undefined) return noInteraction(interactionId);
      for (const { cards } of view.sets) {
        for (const [suggestionId, card] of Object.entries(cards)) {
          if (card.visibility === "waiting") patchCard(interactionId, suggestionId, { visibility: "shown" });
        }
      }
      return ok(null);
    }),

    "connection.retry": row(commandTable["connection.retry"].input, ({ name }) => {
      if (publisher.state().connections[name] === undefined) {
        return refuse("not-found-here", `there is no ${name} connection`);
      }
      retryConnection(name);
      return ok(null);
    }),

    ...simulationRows(publisher, simulations),

    ...bridgeRows({
      bridge,
      sent(interactionId, suggestionId) {
        const found = findCard(findInteraction(interactionId), suggestionId);
        if (found !== null) record({ interactionId, suggestionId, disposition: "sent", undone: false, set: found.set, suggestion: found.suggestion });
      },
    }),

    ...integrationRows(publisher, integrations),

    ...desktopRows(ports),

    ...healthRows(health),

    ...historyRows(publisher, history, ports.workshop ?? null),

    ...practiceRows(ports),

    "panel.viewing": row(commandTable["panel.viewing"].input, ({ interactionId }) => {
      viewing(interactionId);
      return ok(null);
    }),

    "settings.change": row(commandTable["settings.change"].input, (patch) => {
      const { role } = publisher.state().settings;
      const locked = (["triggers", "policy"] as const).find((group) => patch[group] !== undefined);
      if (role === "agent" && locked !== undefined) {
        return refuse("not-allowed", `${locked}: in role agent only display can be changed`);
      }
      return changeSettings(patch);
    }),

    "notice.dismiss": row(commandTable["notice.dismiss"].input, ({ id }) => {
      publisher.publish({ kind: "notice-cleared", id });
      return ok(null);
    }),
  };
}

interface FoundCard {
  readonly set: SuggestionSet;
  readonly suggestion: Suggestion;
  readonly card: CardState;
}

function findCard(view: InteractionView | undefined, suggestionId: string): FoundCard | null {
  for (const one of view?.sets ?? []) {
    const found = cardIn(one, suggestionId);
    if (found !== null) return found;
  }
  return null;
}

function cardIn({ set, cards }: SetView, suggestionId: string): FoundCard | null {
  const card = Object.hasOwn(cards, suggestionId) ? cards[suggestionId] : undefined;
  const suggestion = set.suggestions.find((one) => one.id === suggestionId);
  return card === undefined || suggestion === undefined ? null : { set, suggestion, card };
}

function noInteraction(id: string): { readonly ok: false; readonly error: Fault } {
  return refuse("not-found-here", `no interaction ${quote(id)} is on the panel`);
}

function noCard(id: string): { readonly ok: false; readonly error: Fault } {
  return refuse("not-found-here", `no card ${quote(id)} is on the panel`);
}
