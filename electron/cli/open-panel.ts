import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describeFault } from "../../shared/fault-table.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Settings } from "../../shared/settings.ts";
import { createApp, type App, type AppPorts } from "../app.ts";
import { bugText } from "./bug-text.ts";
import { configFileOf, openCommandConfig, problemsMessage } from "./command-config.ts";
import type { CommandContext } from "./command.ts";
import type { OpenPanel } from "./open.ts";
import { flagOverrides } from "../config/config-flags.ts";
import { openConfig, type ConfigSource } from "../config/config-source.ts";
import { nodeFiles } from "../files/node-files.ts";
import { systemAddresses } from "../net/network-watch.ts";
import { serveLoopback } from "../host/loopback.ts";
import { headlessSecrets, memorySecrets, type SecretsOf } from "../app/open-secrets.ts";
import { createPanelDesk, type IntegrationExample, type PanelDesk } from "../app/panel-desk.ts";
import { readPanelFiles } from "../app/panel-files.ts";
import { openPractice } from "../app/practice.ts";

/** The program with its panel bound, before any host shows it. Disposing closes everything in order. */
export interface PanelApp extends AsyncDisposable {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly mode: Settings["mode"];
}

export interface PanelAppOptions {
  /** Where secrets are kept, the key store of the system unless given; practice keeps none. */
  readonly secrets?: SecretsOf;
  /** How long its parts may take to close; without, each finishes what it has in hand. */
  readonly closingLimits?: AppPorts["closingLimits"];
}

/**
 * Opens the program for a host: with the configuration that stands there, or, where no file and no environment says
 * which platform, in practice mode on the sandbox. In `error`, what a person should read.
 */
export async function openPanelApp(context: CommandContext, { secrets = headlessSecrets, closingLimits }: PanelAppOptions = {}): Promise<Result<PanelApp, string>> {
  const given = await openCommandConfig(context, true);
  if (!given.ok) return err(problemsMessage(given.error));
  await using opening = new AsyncDisposableStack();
  const { clock, random } = context;
  let config: ConfigSource = opening.use(given.value);
  let env = context.env;
  let dataFolder = context.folders.data;
  let mode: Settings["mode"] = "live";
  let secretsOf = secrets;
  let example: IntegrationExample | undefined;

  const { tunnel, assist, bridge, integrations, simulations } = config.current();
  const isUnconfigured = [tunnel, assist, bridge, integrations, simulations].every((section) => section === undefined);
  if (isUnconfigured && !configFileOf(context).required) {
    const practice = opening.use(await openPractice({ clock, random }));
    mode = "practice";
    secretsOf = memorySecrets("practice keeps nothing");
    const { definition, payload } = practice.sandbox.exampleIntegration();
    example = () => Promise.resolve({ draft: definition, payload });
    // Nothing of the person's own credentials: practice knows its own only.
    env = practice.env;
    dataFolder = practice.folder;
    const flags = flagOverrides(context.args.all("set"));
    if (!flags.ok) return err(problemsMessage(flags.error));
    const practised = await openConfig({
      file: { path: practice.configFile, required: true },
      env: practice.env,
      flags: flags.value,
      dataFolder,
      cwd: context.cwd,
      clock,
    });
    if (!practised.ok) return err(problemsMessage(practised.error));
    config = opening.use(practised.value);
  }

  const newId = (): string => crypto.randomUUID();
  const app = opening.use(
    createApp(config, {
      env,
      clock,
      random,
      readFile: (path) => readFile(path, "utf8"),
      newId,
      addresses: systemAddresses,
      dataFolder,
      openSecrets: secretsOf({ env, clock, platform: context.platform, files: nodeFiles, dataFolder, newId }),
      onBug: (bug) => {
        context.output.note(bugText(bug));
      },
      ...(closingLimits === undefined ? {} : { closingLimits }),
    }),
  );
  const desk = opening.use(createPanelDesk(app, mode, clock, example));
  await app.start();
  const open = opening.move();
  return ok({ app, desk, mode, [Symbol.asyncDispose]: () => open.disposeAsync() });
}

/** Opens the program and serves its panel to browsers on this machine. */
export const openLoopbackPanel: OpenPanel = async (context) => {
  const files = await readPanelFiles();
  if (!files.ok) return err(`${describeFault(files.error).what} ${files.error.detail}`);
  const opened = await openPanelApp(context);
  if (!opened.ok) return opened;
  await using opening = new AsyncDisposableStack();
  const { desk } = opening.use(opened.value);
  const loopback = opening.use(
    await serveLoopback({
      ...desk,
      files: files.value,
      clock: context.clock,
      random: (length) => randomBytes(length),
      onBug: (bug) => {
        context.output.note(bugText(bug));
      },
    }),
  );
  const open = opening.move();
  return ok({ address: () => loopback.address(), [Symbol.asyncDispose]: () => open.disposeAsync() });
};
