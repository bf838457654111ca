import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { lockAt } from "../../shared/lock-at.ts";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Lock } from "../../shared/settings.ts";
import type { Config } from "./complete-config.ts";
import type { ConfigFilePort } from "./config-file.ts";
import { diskConfigFile, memoryConfigFile } from "./config-file.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { formatProblem } from "./config-problem.ts";
import { editText } from "./edit-text.ts";
import type { Environment } from "./environment.ts";
import { readJson } from "./json-text.ts";
import type { LoadedConfig } from "./load-config.ts";
import { loadConfig } from "./load-config.ts";
import { configLocks } from "./machine-locks.ts";
import type { MachinePort } from "./machine-reading.ts";
import type { MachineState } from "./machine-watch.ts";
import { noMachine, openMachineWatch } from "./machine-watch.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { configChanges, type ConfigChange, type ConfigPatch } from "./panel-settings.ts";

/** Saving touches a file several times in quick succession. */
const SETTLE_MS = 80;
/** A file that is half written or just being replaced is looked at once more before that is called a mistake. */
const SECOND_LOOK_MS = 400;
/** Not every file system tells of changes (network drives, a folder that is made later). */
const POLL_MS = 2_000;

export interface ConfigSourceOptions {
  /** Absolute path. `required`: a person named it, so it must exist. null: environment and flags only, changes in memory. */
  readonly file: { readonly path: string; readonly required: boolean } | null;
  readonly env: Environment;
  readonly flags: readonly Override[];
  /** The folder of the user's own data. */
  readonly dataFolder: string;
  /** Where the person stands. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Whether a change on disk takes effect by itself (default yes). */
  readonly watch?: boolean;
  /** How the file is reached; the disk unless told otherwise. */
  readonly port?: ConfigFilePort;
  /** How the machine is asked what IT has set; nothing is set unless given. */
  readonly machine?: MachinePort;
}

/** The configuration as it is now, and what becomes of it. Disposing ends the watch; nothing is told afterwards. */
export interface ConfigSource extends AsyncDisposable {
  /** The file, also where it does not exist yet; null: in memory only. */
  readonly path: string | null;
  current(): Config;
  /** What is wrong with the file on disk while `current` is older than it; null: nothing. */
  problems(): readonly ConfigProblem[] | null;
  /** Called with the new and the previous value whenever they differ. */
  onChange(listener: (config: Config, previous: Config) => void): () => void;
  /** Called when a bad edit is met (the last good value stays), and with null once it is mended. */
  onProblem(listener: (problems: readonly ConfigProblem[] | null) => void): () => void;
  /** The keys that cannot be changed here, each with who holds it. */
  locks(): readonly Lock[];
  /** What IT has set for this machine; `problems`: with what of it is wrong together with the rest of the configuration. */
  machine(): MachineState & Pick<LoadedConfig, "agentWanted">;
  /** Called when what IT has set, or what is wrong with it, is different; after the change that comes of it. */
  onMachine(listener: () => void): () => void;
  /** Asks the machine anew what IT has set, as after sleep; resolves when it holds. */
  rereadMachine(): Promise<void>;
  /** What the file itself says of a section, as it was last read; undefined where it says nothing. */
  written(section: string): unknown;
  /**
   * What would hold with these changes, beside the values that come before the file's; nothing is written. Fails with
   * every problem, those of the file as it stands among them.
   */
  preview(changes: readonly ConfigChange[]): Result<LoadedConfig, readonly ConfigProblem[]>;
  /**
   * Writes changed settings into the file (which is made where there is none yet) and lets them take effect at once.
   * Faults: `not-allowed` where IT, environment or flag decide the value, `invalid-input` where the outcome or the file as
   * it stands would be refused, `disk` where it cannot be read or written. Nothing is changed then.
   */
  change(patch: ConfigPatch): Promise<Result<null, Fault>>;
}

/** Opens the configuration. Fails with every problem at once where there is no good value to begin with. */
export async function openConfig(options: ConfigSourceOptions): Promise<Result<ConfigSource, readonly ConfigProblem[]>> {
  const { file, clock } = options;
  const port = options.port ?? (file === null ? memoryConfigFile() : diskConfigFile(file.path));
  await using opening = new AsyncDisposableStack();
  const machine = options.machine === undefined ? null : opening.use(await openMachineWatch({ port: options.machine, clock }));
  const readNow = (): MachineState => machine?.current() ?? noMachine;
  const load = (text: string | null): Result<LoadedConfig, readonly ConfigProblem[]> =>
    loadConfig({ ...options, machine: readNow().rules, file: text === null ? null : { path: file?.path ?? "settings in memory", text } });
  const missing = (): readonly ConfigProblem[] => [
    { path: "", found: "no such file", allowed: "a configuration file", source: "file", ...(file === null ? {} : { origin: file.path }) },
  ];

  const firstText = await port.read();
  if (!firstText.ok) return err([unreadable(firstText.error)]);
  if (firstText.value === null && file?.required === true) return err(missing());
  const first = load(firstText.value);
  if (!first.ok) return first;

  let good = first.value;
  let seen = firstText.value;
  let problems: readonly ConfigProblem[] | null = null;
  let cancelLook: () => void = () => undefined;
  let cancelPoll: () => void = () => undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  const changeListeners = new Set<(config: Config, previous: Config) => void>();
  const problemListeners = new Set<(problems: readonly ConfigProblem[] | null) => void>();
  const machineListeners = new Set<() => void>();

  const tellMachine = (): void => {
    if (closed) return;
    for (const listener of machineListeners) listener();
  };

  /** One thing at a time: a change must not meet a look at the file halfway. */
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const mine = turn.then(job);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const tellProblems = (found: readonly ConfigProblem[] | null): void => {
    if (closed || isDeepStrictEqual(problems, found)) return;
    problems = found;
    for (const listener of problemListeners) listener(found);
  };

  const hold = (loaded: LoadedConfig): void => {
    const previous = good;
    good = loaded;
    if (closed) return;
    if (!isDeepStrictEqual(previous.config, loaded.config)) for (const listener of changeListeners) listener(loaded.config, previous.config);
    if (!isDeepStrictEqual(troubleOf(previous), troubleOf(loaded))) tellMachine();
  };

  const accept = (loaded: LoadedConfig, text: string | null): void => {
    seen = text;
    tellProblems(null);
    hold(loaded);
  };

  const look = async (isSecond: boolean, isForced = false): Promise<void> => {
    if (closed) return;
    const text = await port.read();
    if (closed || (!isForced && text.ok && text.value === seen && problems === null)) return;
    const gone = text.ok && text.value === null && (seen !== null || file?.required === true);
    const loaded = !text.ok ? err([unreadable(text.error)]) : gone ? err(missing()) : load(text.value);
    if (loaded.ok && text.ok) {
      accept(loaded.value, text.value);
      return;
    }
    if (!isSecond) schedule(SECOND_LOOK_MS, true);
    else if (!loaded.ok) tellProblems(loaded.error);
    // Whatever has become of the file, what IT has set since then is laid over the last good one.
    const standing = load(seen);
    if (standing.ok) hold(standing.value);
  };

  const machineChanged = async (): Promise<void> => {
    const before = troubleOf(good);
    await look(true, true);
    // Else that has told it.
    if (isDeepStrictEqual(before, troubleOf(good))) tellMachine();
  };

  const schedule = (delayMs: number, isSecond: boolean): void => {
    cancelLook();
    if (closed) return;
    cancelLook = clock.after(delayMs, () => {
      void inTurn(() => look(isSecond));
    });
  };

  const poll = (stamp: string): void => {
    if (closed) return;
    cancelPoll = clock.after(POLL_MS, () => {
      void pollAgain(stamp);
    });
  };

  const pollAgain = async (stamp: string): Promise<void> => {
    const next = await port.stamp();
    if (next !== stamp) schedule(SETTLE_MS, false);
    poll(next);
  };

  machine?.start(options.watch !== false, () => inTurn(machineChanged));
  let endWatch: () => void = () => undefined;
  if (options.watch !== false && file !== null) {
    endWatch = port.watch(() => {
      schedule(SETTLE_MS, false);
    });
    poll(await port.stamp());
    // What changed between the first reading and the watch.
    schedule(SETTLE_MS, false);
  }

  const locks = (): readonly Lock[] => configLocks(good.overrides, readNow().rules);

  const change = async (patch: ConfigPatch): Promise<Result<null, Fault>> => {
    if (closed) return err(refusal("not-allowed", "Callside is closing"));
    const changes = configChanges(patch);
    for (const { path } of changes) {
      const key = path.join(".");
      // What is locked within a section holds whatever the file's section says, so that the section itself may come and go.
      const lock = path.length === 1 ? locks().find((one) => one.path === key) : lockAt(locks(), key);
      if (lock !== undefined) return err(refusal("not-allowed", lockedWords(lock, key)));
    }
    const text = await port.read();
    if (!text.ok) return text;
    if (text.value !== null) {
      const standing = load(text.value);
      if (!standing.ok) return err(refusal("invalid-input", `the configuration file has to be mended first: ${standing.error.map(formatProblem).join("; ")}`));
    }
    // A file that has been deleted comes back as what is in effect, with the change.
    const edited = editText(text.value ?? seen, changes);
    if (!edited.ok) return err(refusal("invalid-input", formatProblem(edited.error)));
    const candidate = load(edited.value);
    if (!candidate.ok) return err(refusal("invalid-input", candidate.error.map(formatProblem).join("; ")));
    if (edited.value !== text.value) {
      const written = await port.replace(edited.value);
      if (!written.ok) return written;
    }
    accept(candidate.value, edited.value);
    return ok(null);
  };

  const open = opening.move();
  return ok({
    path: file?.path ?? null,
    current: () => good.config,
    problems: () => problems,
    onChange: (listener) => subscribe(changeListeners, listener),
    onProblem: (listener) => subscribe(problemListeners, listener),
    written: (section) => writtenIn(seen, section),
    preview(changes) {
      const edited = editText(seen, changes);
      return edited.ok ? load(edited.value) : err([{ ...edited.error, source: "file", ...(file === null ? {} : { origin: file.path }) }]);
    },
    locks,
    machine: () => ({ ...readNow(), problems: [...readNow().problems, ...good.contradictions], agentWanted: good.agentWanted }),
    onMachine: (listener) => subscribe(machineListeners, listener),
    rereadMachine: async () => {
      await machine?.reread();
    },
    change: (patch) => inTurn(() => change(patch)),
    async [Symbol.asyncDispose]() {
      closed = true;
      cancelLook();
      cancelPoll();
      endWatch();
      changeListeners.clear();
      problemListeners.clear();
      machineListeners.clear();
      await open.disposeAsync();
      await turn;
    },
  });
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function troubleOf({ contradictions, agentWanted }: LoadedConfig) {
  return { contradictions, agentWanted };
}

function writtenIn(text: string | null, section: string): unknown {
  const document = readJson(text ?? "{}");
  if (!document.ok || !isRecord(document.value.value)) return undefined;
  // Own keys only: no section is called `constructor`.
  return Object.hasOwn(document.value.value, section) ? document.value.value[section] : undefined;
}

function unreadable(fault: Fault): ConfigProblem {
  return { path: "", found: fault.detail, allowed: "a configuration file that can be read", source: "file" };
}

function lockedWords({ path, by, reason }: Lock, key: string): string {
  if (by !== "machine") return `${key} is set by ${reason}, which comes before the configuration file: change it there`;
  return `${key}: set by IT for this machine${path === key ? "" : ` (${path})`}${reason === "" ? "" : `: ${reason}`}`;
}

function refusal(code: "not-allowed" | "invalid-input", detail: string): Fault {
  return { kind: "policy", code, detail };
}
