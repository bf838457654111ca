import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describeFault } from "../../shared/fault-table.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { setupSystems } from "../../shared/setup-fields.ts";
import type { Settings } from "../../shared/settings.ts";
import type { App } from "../app.ts";
import type { AppPorts } from "../app/app-ports.ts";
import { bugText } from "./bug-text.ts";
import { configFileOf, openCommandConfig, problemsMessage } from "./command-config.ts";
import { untilStopped, type CommandContext } from "./command.ts";
import type { OpenPanel } from "./open.ts";
import { openPlay } from "./panel-plays.ts";
import { createCrashDesk } from "../app/crash-desk.ts";
import { systemVersions } from "../app/diagnostics-machine.ts";
import { nodeFiles } from "../files/node-files.ts";
import { serveLoopback } from "../host/loopback.ts";
import type { StaticFiles } from "../host/static-files.ts";
import { systemPerson } from "../redaction/person.ts";
import { systemResolve } from "../health/resolve.ts";
import { headlessSecrets, type SecretsOf } from "../app/open-secrets.ts";
import type { PanelDesk } from "../app/panel-desk.ts";
import { readPanelFiles } from "../app/panel-files.ts";
import { createPanelStage } from "../app/panel-stage.ts";
import { createSetupDesk, type SetupDesk } from "../app/setup-desk.ts";
import { followApp } from "../app/follow-app.ts";
import { createSpeech, type OwnSpeech } from "../words/speech.ts";
import { createDraftFile } from "../app/setup-draft.ts";
import { createSetupSecrets } from "../app/setup-secrets.ts";
import { shareSecrets } from "../app/shared-secrets.ts";

/** The program with its panel bound, before any host shows it. Disposing closes everything in order. */
export interface PanelApp extends AsyncDisposable {
  /** What works behind the panel now. */
  readonly app: () => App;
  readonly mode: () => Settings["mode"];
  /** Hears that another program works behind the panel: the person went from practice to the real platforms, or back. */
  readonly onSwitched: (listener: (app: App) => void) => () => void;
  /** In which language the person is spoken to. */
  readonly speech: OwnSpeech;
  /** The same for as long as the panel is there. */
  readonly desk: PanelDesk;
}

export interface PanelAppOptions {
  /** Where secrets are kept, the key store of the system unless given; practice keeps none. */
  readonly secrets?: SecretsOf;
  /** In which language the person is spoken to, its own unless given; it follows the settings from then on. */
  readonly speech?: OwnSpeech;
  /** How long its parts may take to close; without, each finishes what it has in hand. */
  readonly closingLimits?: AppPorts["closingLimits"];
}

/**
 * Opens the program for a host: with the configuration that stands there, or, where no file and no environment says
 * which platform, in practice mode on the sandbox, with the welcome of a first run before it. In `error`, what a person
 * should read.
 */
export async function openPanelApp(context: CommandContext, { secrets = headlessSecrets, closingLimits, speech = createSpeech() }: PanelAppOptions = {}): Promise<Result<PanelApp, string>> {
  const given = await openCommandConfig(context, true);
  if (!given.ok) return err(problemsMessage(given.error));
  await using opening = new AsyncDisposableStack();
  const { clock, random, env, platform, folders } = context;
  const config = opening.use(given.value);
  speech.set(config.current().panel.language);
  const onBug = (bug: unknown): void => {
    context.output.note(bugText(bug));
  };
  const closing = new AbortController();
  const openSecrets = shareSecrets(secrets({ env, clock, platform, files: nodeFiles, dataFolder: folders.data, newId: () => crypto.randomUUID() }), closing.signal);
  const setup: { current: SetupDesk | null } = { current: null };
  const open = (mode: Settings["mode"]) =>
    openPlay(mode, { context, config, openSecrets, setup: () => setup.current, speech, onBug, ...(closingLimits === undefined ? {} : { closingLimits }) });

  const isUnconfigured = setupSystems.every((system) => config.current()[system] === undefined);
  const first = await open(isUnconfigured && !configFileOf(context).required ? "practice" : "live");
  if (!first.ok) return err(first.error.detail);
  const stage = opening.use(createPanelStage({ first: first.value, open, onBug }));
  opening.defer(
    followApp(stage, (app) => {
      speech.set(app.config.current().panel.language);
      return app.config.onChange((next) => {
        speech.set(next.panel.language);
      });
    }),
  );
  const vault = () => openSecrets({ signal: closing.signal, onDamaged: () => {} });
  setup.current = opening.use(
    createSetupDesk({
      clock,
      env,
      config,
      draft: createDraftFile({ files: nodeFiles, folder: folders.data }),
      secrets: createSetupSecrets({
        env,
        vault,
        // The program that works with it hears of it; practice has another vault.
        put: async (name, value) => (stage.mode() === "live" ? stage.app().integrations.secrets.put(name, value) : (await vault()).put(name, value)),
      }),
      mode: () => stage.mode(),
      switchTo: (mode) => stage.switchTo(mode),
      async tryOut(trial, run) {
        // Loaded when it is needed: most starts try nothing.
        const { tryOut } = await import("../app/setup-trial.ts");
        return tryOut(trial, { clock, random, resolve: systemResolve, readFile: (path) => readFile(path, "utf8") }, run);
      },
      publish: (view) => {
        stage.desk.publisher.publish({ kind: "setup", view });
      },
      onBug,
    }),
  );
  opening.defer(() => {
    closing.abort();
  });
  // Who ends the program does not wait for a key store that asks for its password.
  await Promise.race([first.value.start().then(() => setup.current?.begin()), untilStopped(context.stopped)]);
  if (context.stopped.aborted) return err("the program was ended while it was opening");
  const opened = opening.move();
  return ok({
    app: () => stage.app(),
    mode: () => stage.mode(),
    speech,
    onSwitched: (listener) => stage.onSwitched(listener),
    desk: stage.desk,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  });
}

/** Opens the program and serves its panel to browsers on this machine. */
export const openLoopbackPanel: OpenPanel = async (context) => {
  const files = await readPanelFiles();
  return files.ok ? servePanel(context, files.value) : err(`${describeFault(files.error).what} ${files.error.detail}`);
};

/** The same with the built panel given. Where the run before did not end by itself, a notice says so, as on the desktop. */
export async function servePanel(context: CommandContext, files: StaticFiles, options: PanelAppOptions = {}): ReturnType<OpenPanel> {
  const opened = await openPanelApp(context, options);
  if (!opened.ok) return opened;
  await using opening = new AsyncDisposableStack();
  // Said last of all that the program ended in order.
  const crashes = opening.use(createCrashDesk({ dataFolder: context.folders.data, files: nodeFiles, clock: context.clock, person: systemPerson(), versions: systemVersions() }));
  const { app, onSwitched, desk, speech } = opening.use(opened.value);
  await crashes.bind(app(), () => desk.publisher.state());
  onSwitched((next) => {
    crashes.rebind(next);
  });
  const loopback = opening.use(
    await serveLoopback({
      ...desk,
      files,
      pageLanguage(preferred) {
        // Whoever opened the panel last is the one who reads what is said.
        speech.prefer(preferred);
        return speech.language();
      },
      clock: context.clock,
      random: (length) => randomBytes(length),
      onBug: (bug) => {
        context.output.note(bugText(bug));
      },
    }),
  );
  const open = opening.move();
  return ok({ address: () => loopback.address(), [Symbol.asyncDispose]: () => open.disposeAsync() });
}
