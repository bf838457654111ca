import type { AssistEvent } from "../shared/assist-event.ts";
import type { Clock } from "../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../shared/connection.ts";
import { createAssistDesk } from "./app/assist-desk.ts";
import { tellConfigProblems } from "./app/config-notice.ts";
import { changedKeys } from "./app/changed-keys.ts";
import { createListeners } from "./app/listeners.ts";
import { createNotices, type Notices } from "./app/notices.ts";
import { createRecords, type Records } from "./app/records.ts";
import type { Config } from "./config/complete-config.ts";
import type { ConfigSource } from "./config/config-source.ts";
import type { FilePort } from "./files/file-port.ts";

/** What the program takes from the machine it runs on. */
export interface AppPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  /** A name that no other run has. */
  readonly newId: () => string;
  /** The folder of what is kept: the history, and what the configuration gives no place of its own. */
  readonly dataFolder: string;
  /** Where audit, metrics and log are written; the disk unless given. */
  readonly files?: FilePort;
  /** Where the widget configuration is served unless configured (a service); without it, it is off by default. */
  readonly defaultWidgetPort?: number;
  /** Hears of a mistake of ours that the work survived; without it the process hears, as of any exception. */
  readonly onBug?: (bug: unknown) => void;
}

/** Everything that works behind the panel or the command line, bound together. Disposing closes it in order. */
export interface App extends AsyncDisposable {
  readonly config: ConfigSource;
  readonly notices: Notices;
  readonly records: Records;
  onAssist(listener: (event: AssistEvent) => void): void;
  onConnection(listener: (name: ConnectionName, state: ConnectionState) => void): void;
  onConfig(listener: (config: Config) => void): void;
  connection(name: ConnectionName): { readonly state: ConnectionState; readonly lastHeardAt: number | null };
  /** The port of the widget configuration, where it is served. */
  widgetPort(): number | null;
  retryConnection(name: ConnectionName): void;
  /** The machine woke up or the network came back: whatever the sockets claim, new connections at once. */
  wake(): void;
  /** Begins: call once, after everybody listens. */
  start(): Promise<void>;
}

/**
 * The composition root: configuration -> records -> agent assist -> whoever listens. A listener that throws disturbs
 * neither the work nor the other listeners.
 */
export function createApp(config: ConfigSource, ports: AppPorts): App {
  const { clock, onBug = throwApart } = ports;
  const closing = new AsyncDisposableStack();
  const assistListeners = createListeners<[event: AssistEvent]>(onBug);
  const connectionListeners = createListeners<[name: ConnectionName, state: ConnectionState]>(onBug);
  const configListeners = createListeners<[config: Config]>(onBug);
  let stream: ConnectionState = { kind: "idle" };

  const notices = createNotices(clock);
  const records = closing.use(createRecords({ ...ports, notices, secrets: () => secretsOf(ports.env) }));
  const desk = closing.use(
    createAssistDesk({
      ...ports,
      notices,
      emit: (event) => {
        assistListeners.tell(event);
      },
      onConnection: (state) => {
        stream = state;
        connectionListeners.tell("stream", state);
      },
    }),
  );

  // First, so that what is told to a person has been kept before.
  assistListeners.add((event) => {
    records.take(event);
  });
  connectionListeners.add((name, state) => {
    records.connection(name, state);
  });

  const apply = async (next: Config): Promise<void> => {
    await records.apply(next);
    await desk.apply(next);
  };

  closing.defer(
    config.onProblem((problems) => {
      tellConfigProblems(notices, problems);
    }),
  );
  closing.defer(
    config.onChange((next, previous) => {
      records.note("CONFIGURATION_CHANGED", { keys: changedKeys(previous, next) });
      configListeners.tell(next);
      apply(next).catch(onBug);
    }),
  );

  return {
    config,
    notices,
    records,
    onAssist: (listener) => {
      assistListeners.add(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
    },
    onConfig: (listener) => {
      configListeners.add(listener);
    },
    connection: (name) =>
      name === "stream"
        ? { state: stream, lastHeardAt: desk.lastHeardAt() }
        : { state: { kind: "idle" }, lastHeardAt: null },
    widgetPort: () => desk.widgetPort(),
    retryConnection: (name) => {
      if (name === "stream") desk.retryNow();
    },
    wake: () => {
      desk.retryNow();
    },
    async start() {
      await apply(config.current());
      records.note("STARTED", {});
    },
    async [Symbol.asyncDispose]() {
      records.note("STOPPED", {});
      await closing.disposeAsync();
    },
  };
}

function throwApart(bug: unknown): void {
  queueMicrotask(() => {
    throw bug;
  });
}

/** The secrets that the environment holds, by the names of contract 0. */
function secretsOf(env: AppPorts["env"]): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (/_(?:SECRET|API_KEY)$/u.test(name) && value !== undefined ? [value] : []));
}
