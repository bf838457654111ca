import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createApp, type App } from "../../electron/app.ts";
import type { AppPorts } from "../../electron/app/app-ports.ts";
import { createPanelDesk, type PanelDesk } from "../../electron/app/panel-desk.ts";
import { formatProblem } from "../../electron/config/config-problem.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { openConfig, type ConfigSource } from "../../electron/config/config-source.ts";
import type { FaultName } from "../../electron/sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { CommandName } from "../../shared/command-names.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Notice } from "../../shared/notice.ts";
import type { InteractionView, PanelState } from "../../shared/panel-state.ts";
import type { CommandInput, Reply } from "../../shared/panel.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { tempDirectory } from "./temp-directory.ts";
import { until } from "./until.ts";

type Json = Readonly<Record<string, unknown>>;

/** Credentials for platforms that a test makes itself. */
export const TEST_ENV = { COGNIGY_CLIENT_ID: "desk-client", COGNIGY_CLIENT_SECRET: "desk-secret-9f2c71" } as const;

/** A practice platform on a clock of its own, which stands still unless moved: no call plays by itself. */
export interface PlatformUnderTest {
  readonly sandbox: Sandbox;
  readonly clock: FakeClock;
  fault(name: FaultName, value: string | number | boolean | null): void;
  /** Something that the customer says, in the one interaction of most tests. */
  say(text: string, more?: { readonly interactionId?: string; readonly sentimentScore?: number; readonly speaker?: "agent" | "customer" }): string;
}

/** Starts the sandbox; the same credentials at every start, so that one can take the place of another. */
export async function startPlatform(port = 0, startMs?: number): Promise<PlatformUnderTest & AsyncDisposable> {
  const clock = createFakeClock(startMs);
  const sandbox = await startSandbox({ port, calls: { kind: "practice" }, lines: 1, chats: 0, clock, random: numbers() });
  return {
    sandbox,
    clock,
    fault(name, value) {
      const set = sandbox.setFault(name, value);
      if (!set.ok) throw new Error(set.error);
    },
    say: (text, more = {}) => sandbox.say({ interactionId: "talk", text, ...more }).utteranceId,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

/** The whole program without a host: what a panel would see and could do. */
export interface Program {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly clock: FakeClock;
  readonly config: ConfigSource;
  readonly events: readonly AssistEvent[];
  /** Every state that the stream was in, oldest first. */
  readonly states: readonly ConnectionState[];
  /** Every state that the tunnel was in, and every event that it told, oldest first. */
  readonly tunnelStates: readonly ConnectionState[];
  readonly tunnelEvents: readonly TunnelEvent[];
  readonly bugs: readonly unknown[];
  readonly folder: string;
  readonly configFile: string;
  readonly metricsFile: string;
  readonly auditDirectory: string;
  state(): PanelState;
  stream(): ConnectionState;
  tunnel(): ConnectionState;
  /** The fault of a connection that is being waited for or was refused. */
  streamFault(): Fault | null;
  notice(id: string): Notice | undefined;
  view(interactionId?: string): InteractionView | undefined;
  /** Newest first. */
  sets(interactionId?: string): readonly SuggestionSet[];
  texts(interactionId?: string): readonly string[];
  command<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply>;
  /** Writes the configuration file anew. */
  rewrite(config: Json | string): Promise<void>;
  /** Moves the program's time on in small steps, letting I/O go on between them. */
  pass(ms: number): Promise<void>;
  /** Like `pass`, but only until something holds. */
  passUntil(condition: () => boolean, limitMs: number, what?: string): Promise<void>;
  connected(): Promise<void>;
  /** Closes the program, so that all it keeps is on the disk. */
  close(): Promise<void>;
  auditText(): Promise<string>;
  audit(): Promise<readonly { readonly seq: number; readonly event: string; readonly data: Json; readonly timestamp: string }[]>;
  metrics(): Promise<readonly Json[]>;
}

export interface ProgramOptions {
  readonly config: Json | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: AppPorts["files"];
  /** Where the wall clock starts, ms since the Unix epoch. */
  readonly startMs?: number;
  readonly readFile?: AppPorts["readFile"];
  readonly defaultWidgetPort?: number;
  /** Goes on in the folder of a run before. */
  readonly folder?: string;
  readonly random?: () => number;
  readonly addresses?: AppPorts["addresses"];
  readonly closingLimits?: AppPorts["closingLimits"];
  /** What IT has set; nothing unless given. */
  readonly machine?: MachinePort;
}

/** A configuration for a platform, with audit and metrics, as a supervisor's unless `panel` says otherwise. */
export function configFor(platform: { readonly sandbox: Sandbox }, assist: Json = {}, rest: Json = {}): Json {
  return {
    assist: { ...platform.sandbox.config().assist, keywords: ["refund", "cancel"], ...assist },
    audit: { directory: "audit" },
    telemetry: { metricsFile: "metrics.jsonl" },
    panel: { role: "supervisor", cardsPerMinute: 60 },
    ...rest,
  };
}

/** Opens the program on a fake clock; it and its folder are gone when the test ends. */
export async function openProgram(options: ProgramOptions): Promise<Program> {
  const folder = options.folder ?? (await temporary());
  const configFile = join(folder, "callside.config.json");
  const clock = createFakeClock(options.startMs);
  const env = options.env ?? TEST_ENV;
  await writeFile(configFile, textOf(options.config));
  const source = await openConfig({ file: { path: configFile, required: true }, env, flags: [], dataFolder: join(folder, "data"), cwd: folder, clock, ...(options.machine === undefined ? {} : { machine: options.machine }) });
  if (!source.ok) throw new Error(source.error.map(formatProblem).join("; "));
  const config = source.value;
  const events: AssistEvent[] = [];
  const states: ConnectionState[] = [];
  const bugs: unknown[] = [];
  const dataFolder = join(folder, "data");
  await mkdir(dataFolder, { recursive: true });
  let ids = 0;
  const app = createApp(config, {
    env,
    clock,
    random: options.random ?? (() => 0.5),
    readFile: options.readFile ?? ((path) => readFile(path, "utf8")),
    newId: () => `run${(ids += 1)}`,
    dataFolder,
    onBug: (bug) => bugs.push(bug),
    ...(options.files === undefined ? {} : { files: options.files }),
    ...(options.addresses === undefined ? {} : { addresses: options.addresses }),
    ...(options.closingLimits === undefined ? {} : { closingLimits: options.closingLimits }),
    ...(options.defaultWidgetPort === undefined ? {} : { defaultWidgetPort: options.defaultWidgetPort }),
  });
  app.onAssist((event) => events.push(event));
  const tunnelStates: ConnectionState[] = [];
  const tunnelEvents: TunnelEvent[] = [];
  app.onConnection((name, state) => (name === "tunnel" ? tunnelStates : states).push(state));
  app.onTunnel((event) => tunnelEvents.push(event));
  const desk = createPanelDesk(app, "live", clock);
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= shut());
  const shut = async (): Promise<void> => {
    const ended = new AbortController();
    const closing = (async (): Promise<void> => {
      await desk[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      await config[Symbol.asyncDispose]();
      ended.abort();
    })();
    // A polite close waits for the other side on the program's clock.
    while (!ended.signal.aborted) {
      await clock.advance(STEP_MS);
      await turns();
    }
    await closing;
  };
  onTestFinished(close);
  await app.start();

  const state = (): PanelState => desk.publisher.state();
  const stream = (): ConnectionState => app.connection("stream").state;
  const tunnel = (): ConnectionState => app.connection("tunnel").state;
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= STEP_MS) {
      await clock.advance(Math.min(left, STEP_MS));
      await turns();
    }
  };
  const view = (interactionId = "talk"): InteractionView | undefined =>
    state().interactions.find((one) => one.interaction.id === interactionId);
  const sets = (interactionId?: string): readonly SuggestionSet[] => (view(interactionId)?.sets ?? []).map((one) => one.set);
  const metricsFile = join(folder, "metrics.jsonl");
  const auditDirectory = join(folder, "audit");
  const auditText = async (): Promise<string> => {
    const names = (await readdir(auditDirectory)).filter((name) => name.endsWith(".jsonl")).toSorted();
    return (await Promise.all(names.map((name) => readFile(join(auditDirectory, name), "utf8")))).join("");
  };

  return {
    app,
    desk,
    clock,
    config,
    events,
    states,
    tunnelStates,
    tunnelEvents,
    bugs,
    folder,
    configFile,
    metricsFile,
    auditDirectory,
    state,
    stream,
    tunnel,
    streamFault() {
      const now = stream();
      return now.kind === "reconnecting" || now.kind === "rejected" ? now.fault : null;
    },
    notice: (id) => state().notices.find((notice) => notice.id === id),
    view,
    sets,
    texts: (interactionId) => (view(interactionId)?.utterances ?? []).map((utterance) => utterance.text),
    command: (name, input) => desk.commands(name, input),
    rewrite: (next) => writeFile(configFile, textOf(next)),
    pass,
    async passUntil(condition, limitMs, what = condition.toString()) {
      for (let left = limitMs; !condition(); left -= STEP_MS) {
        if (left <= 0) throw new Error(`did not come true within ${limitMs} ms: ${what}`);
        await pass(STEP_MS);
      }
    },
    connected: () => until(() => stream().kind === "connected", "the stream is connected"),
    close,
    auditText,
    audit: async () => linesOf(await auditText()),
    metrics: async () => linesOf(await readFile(metricsFile, "utf8")),
  };
}

/** A folder that is gone when the test ends. */
export async function temporary(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return directory.path;
}

const STEP_MS = 50;

/** Some turns of the event loop, in which I/O on this machine goes on, and as many as the disk needs to end what it began. */
async function turns(count = 4): Promise<void> {
  for (let turn = 0; turn < count || isDiskAtWork(); turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Otherwise a test's time would run ahead of the disk, whose time is real. */
function isDiskAtWork(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(?:FSReq|CloseReq)/u.test(name));
}

function linesOf(text: string) {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

function textOf(config: Json | string): string {
  return typeof config === "string" ? config : JSON.stringify(config, null, 2);
}

/** The same numbers at every start. */
function numbers(): () => number {
  let turn = 0;
  return () => {
    turn = (turn * 16_807 + 11) % 2_147_483_647;
    return turn / 2_147_483_647;
  };
}
