import { readFile } from "node:fs/promises";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Settings } from "../../shared/settings.ts";
import { createApp } from "../app.ts";
import type { AppPorts } from "../app/app-ports.ts";
import { memorySecrets } from "../app/open-secrets.ts";
import { createPanelDesk, type IntegrationExample } from "../app/panel-desk.ts";
import type { Play } from "../app/panel-stage.ts";
import { openPractice, practiceGround } from "../app/practice.ts";
import type { PracticeGround } from "../app/practice-desk.ts";
import type { OpenSecrets } from "../app/secrets-desk.ts";
import { flagOverrides } from "../config/config-flags.ts";
import { openConfig, type ConfigSource } from "../config/config-source.ts";
import type { SetupCommands } from "../host/practice-commands.ts";
import { systemAddresses } from "../net/network-watch.ts";
import { problemsMessage } from "./command-config.ts";
import type { Speech } from "../words/speech.ts";
import type { CommandContext } from "./command.ts";

/** What the programs behind one panel have in common. */
export interface PlayPorts {
  readonly context: CommandContext;
  /** The person's own configuration; it outlives what works by it. */
  readonly config: ConfigSource;
  readonly openSecrets: OpenSecrets;
  readonly setup: () => SetupCommands | null;
  /** In which language the person is spoken to. */
  readonly speech: Speech;
  readonly onBug: (bug: unknown) => void;
  readonly closingLimits?: AppPorts["closingLimits"];
}

/** Binds what works behind the panel: by the person's own configuration, or on the sandbox. Not started yet. */
export async function openPlay(mode: Settings["mode"], ports: PlayPorts): Promise<Result<Play, Fault>> {
  const { context, config, openSecrets } = ports;
  if (mode === "practice") return openPracticePlay(ports);
  await using opening = new AsyncDisposableStack();
  return ok(bind(opening, mode, ports, { config, env: context.env, dataFolder: context.folders.data, openSecrets, ground: null }));
}

async function openPracticePlay(ports: PlayPorts): Promise<Result<Play, Fault>> {
  const { context } = ports;
  const { clock, random } = context;
  const flags = flagOverrides(context.args.all("set"));
  if (!flags.ok) return err(invalid(problemsMessage(flags.error)));
  await using opening = new AsyncDisposableStack();
  const practice = opening.use(await openPractice({ clock, random, language: ports.config.current().panel.language }));
  const practised = await openConfig({
    file: { path: practice.configFile, required: true },
    // Nothing of the person's own credentials: practice knows its own only.
    env: practice.env,
    flags: flags.value,
    dataFolder: practice.folder,
    cwd: context.cwd,
    clock,
    ...(context.machine === undefined ? {} : { machine: { ...context.machine, scope: "practice" } }),
  });
  if (!practised.ok) return err(invalid(problemsMessage(practised.error)));
  const { definition, payload } = practice.sandbox.exampleIntegration();
  return ok(
    bind(opening, "practice", ports, {
      config: opening.use(practised.value),
      env: practice.env,
      dataFolder: practice.folder,
      openSecrets: memorySecrets("practice keeps nothing")({ env: practice.env, clock }),
      example: () => Promise.resolve({ draft: definition, payload }),
      ground: practiceGround(practice, context.folders.data),
    }),
  );
}

interface PlayParts {
  readonly config: ConfigSource;
  readonly env: AppPorts["env"];
  readonly dataFolder: string;
  readonly openSecrets: OpenSecrets;
  readonly example?: IntegrationExample;
  readonly ground: PracticeGround | null;
}

/** Takes over what `opening` holds. */
function bind(opening: AsyncDisposableStack, mode: Settings["mode"], { context, setup, speech, onBug, closingLimits }: PlayPorts, parts: PlayParts): Play {
  const { clock, random } = context;
  const app = opening.use(
    createApp(parts.config, {
      env: parts.env,
      clock,
      random,
      readFile: (path) => readFile(path, "utf8"),
      newId: () => crypto.randomUUID(),
      addresses: systemAddresses,
      dataFolder: parts.dataFolder,
      openSecrets: parts.openSecrets,
      speech,
      onBug,
      ...(closingLimits === undefined ? {} : { closingLimits }),
    }),
  );
  const desk = opening.use(createPanelDesk(app, mode, clock, parts.example, parts.ground, setup));
  const open = opening.move();
  return { mode, app, desk, start: () => app.start(), [Symbol.asyncDispose]: () => open.disposeAsync() };
}

function invalid(detail: string): Fault {
  return { kind: "policy", code: "invalid-input", detail };
}
