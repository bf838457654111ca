import type { z } from "zod";
import { commandNames, type CommandName } from "../../shared/command-names.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { commandTable, type CommandOutput, type Reply } from "../../shared/panel.ts";
import type { InteractionView, SetView } from "../../shared/panel-state.ts";
import type { CardPatch, CardState } from "../../shared/panel-update.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SettingsPatch } from "../../shared/settings.ts";
import type { Disposition, Suggestion, SuggestionSet } from "../../shared/suggestion.ts";
import { cardPatchFor } from "./card-patch.ts";
import { isSmallPlainData, MAX_INPUT_BYTES } from "./input-size.ts";
import type { BridgeCommands } from "./bridge-commands.ts";
import type { IntegrationCommands } from "./integration-commands.ts";
import type { Publisher } from "./publisher.ts";
import type { SimulationCommands } from "./simulation-commands.ts";

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
  /** Writes the change to the configuration and publishes the settings that hold from then on. */
  readonly changeSettings: (patch: SettingsPatch) => Promise<Result<null, Fault>>;
}

/** Carries out one command for a panel. Expected failures are `Fault` replies; it rejects only for a bug. */
export type Commands = (name: string, input: unknown) => Promise<Reply>;

type Outcome<O> = Result<O, Fault> | Promise<Result<O, Fault>>;

/** A command with its schema bound: takes anything, answers with a fault where the schema says no. */
type Row<O> = (name: string, input: unknown) => Outcome<O>;

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
      return refuse("invalid-input", `${name}: input is not plain data of at most ${MAX_INPUT_BYTES / 1024} kB`);
    }
    return row(name, input);
  };
}

function row<S extends z.ZodType, O>(schema: S, run: (input: z.output<S>) => Outcome<O>): Row<O> {
  return (name, input) => {
    const parsed = schema.safeParse(input);
    return parsed.success ? run(parsed.data) : refuse("invalid-input", `${name}: ${describeIssues(parsed.error)}`);
  };
}

function createRows({ publisher, record, retryConnection, simulations, bridge, integrations, changeSettings }: CommandPorts): Rows {
  /** Simulations are the supervisor's. */
  const supervised = <O>(run: (commands: SimulationCommands) => Outcome<O>): Outcome<O> => {
    if (publisher.state().settings.role !== "supervisor") return refuse("not-allowed", "simulations are run in role supervisor");
    const commands = simulations();
    return commands === null ? refuse("not-found-here", "simulations are off: the configuration has no section simulations") : run(commands);
  };

  /** Integrations and their secrets are the supervisor's. */
  const integrated = <O>(run: (commands: IntegrationCommands) => Outcome<O>): Outcome<O> => {
    if (publisher.state().settings.role !== "supervisor") return refuse("not-allowed", "integrations are made in role supervisor");
    const commands = integrations();
    return commands === null ? refuse("not-found-here", "integrations are off: the configuration has no section integrations") : run(commands);
  };

  const bridged = <O>(run: (commands: BridgeCommands) => Outcome<O>): Outcome<O> => {
    const commands = bridge();
    return commands === null ? refuse("not-found-here", "the bridge is off: the configuration has no section bridge with a scope") : run(commands);
  };

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

    "simulations.load": row(commandTable["simulations.load"].input, (part) => supervised((commands) => commands.load(part))),
    "simulations.example": row(commandTable["simulations.example"].input, () => supervised((commands) => commands.example())),
    "simulations.run": row(commandTable["simulations.run"].input, ({ which, repeat }) => supervised((commands) => commands.run(which, repeat))),
    "simulations.cancel": row(commandTable["simulations.cancel"].input, () => supervised((commands) => commands.cancel())),
    "simulations.case": row(commandTable["simulations.case"].input, ({ testId }) => supervised((commands) => commands.details(testId))),
    "simulations.pin": row(commandTable["simulations.pin"].input, ({ pinned }) => supervised((commands) => commands.pin(pinned))),
    "simulations.export": row(commandTable["simulations.export"].input, ({ format }) => supervised((commands) => commands.export(format))),

    "bridge.answerer": row(commandTable["bridge.answerer"].input, ({ interactionId, answerer }) => bridged((commands) => commands.answerer(interactionId, answerer))),
    "bridge.send": row(commandTable["bridge.send"].input, ({ interactionId, text, suggestionId }) =>
      bridged(async (commands) => {
        const sent = await commands.send(interactionId, text);
        if (!sent.ok) return sent;
        const found = suggestionId === undefined ? null : findCard(findInteraction(interactionId), suggestionId);
        if (found !== null) record({ interactionId, suggestionId: found.suggestion.id, disposition: "sent", undone: false, set: found.set, suggestion: found.suggestion });
        return ok({ deliveryId: sent.value });
      }),
    ),
    "bridge.undo": row(commandTable["bridge.undo"].input, ({ deliveryId }) => bridged((commands) => commands.undo(deliveryId))),
    "bridge.send-again": row(commandTable["bridge.send-again"].input, ({ deliveryId }) => bridged((commands) => commands.sendAgain(deliveryId))),
    "bridge.settle": row(commandTable["bridge.settle"].input, ({ deliveryId, arrived }) => bridged((commands) => commands.settle(deliveryId, arrived))),
    "bridge.replay": row(commandTable["bridge.replay"].input, ({ ids }) =>
      bridged(async (commands) => {
        const replayed = await commands.replay(ids);
        return replayed.ok ? ok({ count: replayed.value }) : replayed;
      }),
    ),
    "bridge.discard": row(commandTable["bridge.discard"].input, ({ ids }) => bridged((commands) => commands.discard(ids))),

    "integrations.example": row(commandTable["integrations.example"].input, () => integrated((commands) => commands.example())),
    "integrations.open": row(commandTable["integrations.open"].input, ({ key }) => integrated((commands) => commands.open(key))),
    "integrations.check": row(commandTable["integrations.check"].input, ({ draft }) => integrated((commands) => ok(commands.check(draft)))),
    "integrations.import": row(commandTable["integrations.import"].input, ({ text, operation }) => integrated((commands) => ok(commands.import(text, operation ?? null)))),
    "integrations.save": row(commandTable["integrations.save"].input, ({ key, draft }) =>
      integrated(async (commands) => {
        const saved = await commands.save(key, draft);
        return saved.ok ? ok({ key: saved.value }) : saved;
      }),
    ),
    "integrations.delete": row(commandTable["integrations.delete"].input, ({ key }) => integrated((commands) => commands.delete(key))),
    "integrations.try": row(commandTable["integrations.try"].input, ({ draft, payload }) => integrated((commands) => commands.try(draft, payload))),
    "integrations.map": row(commandTable["integrations.map"].input, (input) => integrated((commands) => commands.map(input))),
    "integrations.keep-fixture": row(commandTable["integrations.keep-fixture"].input, ({ key, name, tryId }) => integrated((commands) => commands.keepFixture(key, name, tryId))),
    "integrations.drop-fixture": row(commandTable["integrations.drop-fixture"].input, ({ key, name }) => integrated((commands) => commands.dropFixture(key, name))),
    "integrations.register": row(commandTable["integrations.register"].input, ({ key }) => integrated((commands) => commands.register(key))),
    "secrets.put": row(commandTable["secrets.put"].input, ({ name, value }) => integrated((commands) => commands.secrets.put(name, value))),
    "secrets.delete": row(commandTable["secrets.delete"].input, ({ name }) => integrated((commands) => commands.secrets.delete(name))),
    "secrets.test": row(commandTable["secrets.test"].input, ({ name }) => integrated(async (commands) => ok(await commands.secrets.test(name)))),

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

function refuse(code: FaultCode, detail: string): { readonly ok: false; readonly error: Fault } {
  return err({ kind: code === "invalid-input" ? "contract" : "policy", code, detail });
}

/** Every violation with its path. Zod's messages name what was expected and never quote the value. */
function describeIssues(error: z.ZodError): string {
  const issues = error.issues.slice(0, 10).map(({ path, message }) => `${path.map(String).join(".") || "input"}: ${message}`);
  return cut(issues.join("; "), 1_000);
}

function quote(text: string): string {
  return JSON.stringify(cut(text, 80));
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
