import { join } from "node:path";
import type { CommandOutput } from "../../shared/panel.ts";
import type { Settings } from "../../shared/settings.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { App } from "../app.ts";
import { panelSettings } from "../config/panel-settings.ts";
import { assistSettings } from "./assist-settings.ts";
import { createBridgePanel } from "./bridge-panel.ts";
import { createCommands, type CommandPorts, type Commands } from "../host/commands.ts";
import { createPresenter } from "../host/present.ts";
import { createPublisher, type Publisher } from "../host/publisher.ts";
import type { UpdateCommands } from "../host/update-commands.ts";
import { createDiagnosticsDesk } from "./diagnostics-desk.ts";
import { createHealthDesk } from "./health-desk.ts";
import { createHistoryDesk } from "./history-desk.ts";
import { createListeners } from "./listeners.ts";
import { createIntegrationsDesk } from "./integrations-desk.ts";
import { createPracticeDesk, type PracticeGround } from "./practice-desk.ts";
import { createRehearsalDesk } from "./rehearsal.ts";
import { createSimulationsDesk } from "./simulations-desk.ts";
import { tellCollector } from "./team-collector.ts";
import { createTeamDesk } from "./team-desk.ts";
import { createWorkshopDraft } from "./workshop-draft.ts";

/** What a host needs to show the panel of an app. */
export interface PanelDesk extends AsyncDisposable {
  readonly publisher: Publisher;
  readonly commands: Commands;
  /** The interaction that the panel has in front, as far as it has said; null: none. */
  viewing(): string | null;
  /** Who updates the program, where it is one that updates itself. */
  bindUpdates(updates: UpdateCommands | null): void;
  /** Whether the panel is before anybody, by what the host knows of its page or window; it is until something else is said. */
  attend(isAttended: boolean): void;
  /** Hears when a field of the settings begins or ends to record keys; returns what stops it. */
  onRecording(listener: (recording: boolean) => void): () => void;
}

/** The definition of an integration that comes with practice; null elsewhere. */
export type IntegrationExample = () => Promise<CommandOutput<"integrations.example"> | null>;

const noExample: IntegrationExample = () => Promise.resolve(null);

/** How often the panel hears when a connection was last alive: it tells whole seconds. */
const LIFE_MS = 1_000;

/** Binds an app to the panel's state and commands. Call before `app.start()`, so that nothing is missed. `ground`: where calls can be chosen, in practice. */
export function createPanelDesk(app: App, mode: Settings["mode"], clock: Clock, example: IntegrationExample = noExample, ground: PracticeGround | null = null, setup: CommandPorts["setup"] = () => null): PanelDesk {
  const publisher = createPublisher({ settings: panelSettings(app.config.current(), mode, app.config.locks()), clock });
  const isSupervised = (): boolean => app.config.current().panel.role === "supervisor";
  const bridge = createBridgePanel({
    clock,
    view: () => app.bridge.view(),
    conversation: (id) => app.bridge.conversation(id),
    isSupervised,
    publish: (update) => {
      publisher.publish(update);
    },
  });
  app.onAssist(createPresenter(publisher, clock));
  // After what puts the interaction on the panel.
  app.onAssist((event) => {
    bridge.assist(event);
  });
  app.onBridge((event) => {
    bridge.event(event);
  });
  const practice =
    ground === null
      ? null
      : createPracticeDesk({
          ...app,
          ground,
          clock,
          triggers: () => {
            const { assist } = app.config.current();
            return assist === undefined ? null : assistSettings(assist).triggers;
          },
          onPanel: () => publisher.state().interactions.map(({ interaction }) => interaction.id),
          publish: (update) => {
            publisher.publish(update);
          },
        });
  app.onAssist((event) => {
    practice?.assist(event);
  });
  app.notices.subscribe((change) => {
    publisher.publish(change);
  });
  for (const notice of app.notices.all()) publisher.publish({ kind: "notice", notice });
  const simulations = createSimulationsDesk({
    bench: app.simulations,
    clock,
    files: app.files,
    reportsFolder: join(app.dataFolder, "reports"),
    example: exampleSuite,
    speech: app.speech,
    // Simulations are the supervisor's: an agent's panel does not get to hear of them.
    publish: (update) => {
      if (isSupervised()) publisher.publish(update);
    },
    onBug: app.onBug,
  });
  const integrations = createIntegrationsDesk({
    ...app,
    bench: app.integrations,
    clock,
    folder: join(app.dataFolder, "integrations"),
    example,
    isSupervised,
    publish: (update) => {
      publisher.publish(update);
    },
  });
  let wasSupervised = isSupervised();
  // The configuration may outlive this panel: another program can take its place behind the same host.
  const stopMachine = app.config.onMachine(() => {
    publisher.publish({ kind: "settings", settings: panelSettings(app.config.current(), mode, app.config.locks()) });
  });
  app.onConfig((config) => {
    team.apply(config);
    publisher.publish({ kind: "settings", settings: panelSettings(config, mode, app.config.locks()) });
    practice?.rulesChanged();
    if (isSupervised() === wasSupervised) return;
    wasSupervised = isSupervised();
    bridge.switched();
    integrations.switched();
    if (wasSupervised) simulations.tellAll();
    else {
      publisher.publish({ kind: "simulations", view: null });
      publisher.publish({ kind: "simulation-rows", rows: [] });
    }
  });

  // What is off when the program starts stays unmentioned.
  let hadTunnel = false;
  const told = new Map<ConnectionName, number | null>();
  const tell = (name: ConnectionName): void => {
    const { state, lastHeardAt } = app.connection(name);
    if (name !== "stream" && state.kind === "idle" && !told.has(name)) return;
    told.set(name, lastHeardAt);
    publisher.publish({ kind: "connection", name, ...app.connection(name) });
  };
  const tellTunnel = (): void => {
    const tunnel = app.tunnel();
    if (tunnel === null && !hadTunnel) return;
    hadTunnel = tunnel !== null;
    publisher.publish({ kind: "tunnel", tunnel });
  };
  app.onConnection((name) => {
    tell(name);
    if (name === "tunnel") tellTunnel();
    if (name === "bridge") bridge.switched();
  });
  app.onTunnel(tellTunnel);
  app.onTunnelPush(tellTunnel);
  tell("stream");
  let stopLife = (): void => {};
  const watchLife = (): void => {
    for (const [name, heardAt] of told) if (app.connection(name).lastHeardAt !== heardAt) tell(name);
    bridge.tick();
    integrations.tick();
    stopLife = clock.after(LIFE_MS, watchLife);
  };
  watchLife();

  const diagnostics = createDiagnosticsDesk({ app, clock, mode, state: () => publisher.state() });
  const health = createHealthDesk({
    app,
    clock,
    exportDiagnostics: () => diagnostics.export(),
    publish: (update) => {
      publisher.publish(update);
    },
  });
  const rehearsal = createRehearsalDesk({ clock, standing: () => publisher.state().settings, listed: () => app.listedPhrases() });
  const team = createTeamDesk({
    ...app,
    past: () => app.records.past(),
    clock,
    tell: (telling) => tellCollector(telling, { ...app.surroundings, clock }),
  });
  team.apply(app.config.current());
  const history = createHistoryDesk({
    past: () => app.records.past(),
    pastFault: () => app.records.pastFault(),
    clock,
    files: app.files,
    reportsFolder: join(app.dataFolder, "reports"),
    note: (event, data) => {
      app.records.note(event, data);
    },
    team: (query) => team.overview(query),
    viewer() {
      const { assist, bridge: bridged } = app.config.current();
      return isSupervised() ? { own: [assist?.agentId, bridged?.agentId].flatMap((id) => id ?? []), team: team.place() } : null;
    },
    async onLooked() {
      const { panel, assist } = app.config.current();
      // Whoever is measured sees it first: what a supervisor looks at here is not the agent's look.
      if (panel.role === "agent" && assist?.agentId !== undefined) await team.agentLooked(assist.agentId);
    },
    words: () => app.speech.words(),
    rehearse: (past, tried) => rehearsal.rehearse(past, tried),
  });
  let updates: UpdateCommands | null = null;
  let viewing: string | null = null;
  const recording = createListeners<[recording: boolean]>(app.onBug);
  const commands = createCommands({
    publisher,
    record: (event) => {
      app.records.disposition(event);
      practice?.disposition(event);
    },
    retryConnection: (name) => {
      app.retryConnection(name);
    },
    simulations: () => simulations.commands(),
    bridge: () => app.bridge.commands(),
    integrations: () => integrations.commands(),
    health: () => health.commands,
    updates: () => updates,
    history,
    workshop: createWorkshopDraft({ files: app.files, folder: app.dataFolder }),
    practice: () => practice?.commands ?? null,
    setup,
    viewing: (interactionId) => {
      viewing = interactionId;
    },
    recordKeys: (isRecording) => {
      recording.tell(isRecording);
    },
    changeSettings: (patch) => app.config.change(patch),
  });
  return {
    publisher,
    commands,
    viewing: () => viewing,
    attend: (isAttended) => {
      practice?.attend(isAttended);
    },
    bindUpdates: (bound) => {
      updates = bound;
    },
    onRecording: (listener) => recording.add(listener),
    async [Symbol.asyncDispose]() {
      stopLife();
      stopMachine();
      bridge[Symbol.dispose]();
      await practice?.[Symbol.asyncDispose]();
      await health[Symbol.asyncDispose]();
      await rehearsal[Symbol.asyncDispose]();
      await simulations[Symbol.asyncDispose]();
      await integrations[Symbol.asyncDispose]();
      await team[Symbol.asyncDispose]();
      await publisher[Symbol.asyncDispose]();
    },
  };
}

/** Loaded when it is asked for: few panels are of a supervisor, and fewer practise. */
async function exampleSuite(): Promise<{ readonly name: string; readonly text: string }> {
  const { exampleSuite: example } = await import("../sandbox/example-suite.ts");
  return { name: example.file, text: example.text };
}
