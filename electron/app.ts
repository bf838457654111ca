import type { AssistEvent } from "../shared/assist-event.ts";
import type { ConnectionName, ConnectionState } from "../shared/connection.ts";
import type { ConnectionView } from "../shared/panel-state.ts";
import type { BridgeEvent } from "../shared/bridge.ts";
import type { RuntimePush, TunnelEvent, TunnelView } from "../shared/tunnel.ts";
import type { AppPorts } from "./app/app-ports.ts";
import { createAssistDesk } from "./app/assist-desk.ts";
import { createBridgeBench, type BridgeBench } from "./app/bridge-bench.ts";
import { createClosing } from "./app/closing.ts";
import { createCredentialEnvironment } from "./app/credential-environment.ts";
import { secretsOf } from "./app/environment-secrets.ts";
import { followConfig } from "./app/follow-config.ts";
import { createIntegrationsBench, type IntegrationsBench } from "./app/integrations-bench.ts";
import { createListeners } from "./app/listeners.ts";
import { createNotices, type Notices } from "./app/notices.ts";
import { createOpenMetricsDesk } from "./app/open-metrics-desk.ts";
import { createPhraseDesk } from "./app/phrase-desk.ts";
import { memorySecrets } from "./app/open-secrets.ts";
import { createRecords, type Records } from "./app/records.ts";
import { createSimulationsBench, type SimulationsBench } from "./app/simulations-bench.ts";
import { createTunnelDesk } from "./app/tunnel-desk.ts";
import { createTunnelWebhooks } from "./app/tunnel-webhooks.ts";
import { throwApart } from "./app/throw-apart.ts";
import { watchWaking } from "./app/waking.ts";
import { isLasting, onlySystems } from "./app/wanted-systems.ts";
import type { Config } from "./config/complete-config.ts";
import type { ConfigSource } from "./config/config-source.ts";
import type { FilePort } from "./files/file-port.ts";
import { nodeFiles } from "./files/node-files.ts";
import { systemPerson, type Person } from "./redaction/person.ts";
import { englishSpeech, type Speech } from "./words/speech.ts";

/** Everything that works behind the panel or the command line, bound together. Disposing closes it in order. */
export interface App extends AsyncDisposable {
  readonly config: ConfigSource;
  readonly notices: Notices;
  readonly records: Records;
  readonly simulations: SimulationsBench;
  readonly integrations: IntegrationsBench;
  readonly bridge: Pick<BridgeBench, "view" | "conversation" | "commands" | "idle" | "healthPort">;
  /** Hears a mistake of ours that the work survives. */
  readonly onBug: (bug: unknown) => void;
  readonly files: FilePort;
  /** The folder of what is kept. */
  readonly dataFolder: string;
  /** A name that no other run has. */
  readonly newId: () => string;
  /** Whose home folder, account and machine are not told in logs and reports. */
  readonly person: Person;
  /** The figures of all systems that are on, as OpenMetrics. */
  metricsText(): string;
  /** The phrases of the signed list, which hold beside those of the settings. */
  listedPhrases(): readonly string[];
  /** All secrets that the program holds now, to be struck out of what leaves it. */
  knownSecrets(): readonly string[];
  /** In which language a person is spoken to. */
  readonly speech: Speech;
  /** What its parts were given of the machine, for whoever looks at what is wrong. */
  readonly surroundings: Pick<AppPorts, "env" | "random" | "readFile">;
  onAssist(listener: (event: AssistEvent) => void): void;
  onTunnel(listener: (event: TunnelEvent) => void): void;
  /** Hears what the runtime says of its own accord. */
  onTunnelPush(listener: (push: RuntimePush) => void): void;
  onBridge(listener: (event: BridgeEvent) => void): void;
  onConnection(listener: (name: ConnectionName, state: ConnectionState) => void): void;
  onConfig(listener: (config: Config) => void): void;
  connection(name: ConnectionName): ConnectionView;
  /** What the panel shows of the tunnel; null while it is off. */
  tunnel(): TunnelView | null;
  /** Runs the runtime check now; its outcome is told as a tunnel event. */
  checkTunnel(): void;
  /** The port of the widget configuration, where it is served. */
  widgetPort(): number | null;
  retryConnection(name: ConnectionName): void;
  /** The machine woke up or the network came back: whatever the sockets claim, new connections at once. */
  wake(): void;
  /** The parts that are not closed yet, for whoever waits for its end. */
  openParts(): readonly string[];
  /** Begins: call once, after everybody listens. */
  start(): Promise<void>;
}

/**
 * The composition root: configuration -> records -> agent assist, tunnel, bridge, integrations, simulations -> whoever listens. A listener that throws
 * disturbs neither the work nor the other listeners.
 */
export function createApp(config: ConfigSource, given: AppPorts): App {
  const credentials = createCredentialEnvironment({
    env: given.env,
    clock: given.clock,
    notices: { raise: (notice) => { notices.raise(notice); }, clear: (id) => { notices.clear(id); } },
    read: (name) => integrations.secrets.read(name),
    onChanged: () => {
      apply(config.current()).catch(onBug);
    },
    onBug: (bug) => {
      onBug(bug);
    },
  });
  // What every part takes its credentials from.
  const ports: AppPorts = { ...given, env: credentials.env, skew: { clock: given.clock, hear: (aheadMs) => records.hearClock(aheadMs) } };
  const starting = new AbortController();
  const { clock, onBug = throwApart, files = nodeFiles, dataFolder, person = systemPerson() } = ports;
  const closing = createClosing({
    clock,
    limits: ports.closingLimits ?? null,
    onLate: (parts) => {
      records.log("warn", "closed before it was finished", { parts });
    },
  });
  const assistListeners = createListeners<[event: AssistEvent]>(onBug);
  const connectionListeners = createListeners<[name: ConnectionName, state: ConnectionState]>(onBug);
  const configListeners = createListeners<[config: Config]>(onBug);
  const tunnelListeners = createListeners<[event: TunnelEvent]>(onBug);
  const pushListeners = createListeners<[push: RuntimePush]>(onBug);
  const states: Record<ConnectionName, ConnectionState> = { stream: { kind: "idle" }, tunnel: { kind: "idle" }, bridge: { kind: "idle" } };
  const connectionTeller = (name: ConnectionName) => (state: ConnectionState) => {
    // Off from the beginning is no news.
    if (state.kind === "idle" && states[name].kind === "idle") return;
    states[name] = state;
    connectionListeners.tell(name, state);
  };

  const { speech = englishSpeech } = ports;
  const notices = createNotices(clock, speech);
  closing.defer(
    "notices",
    speech.onChange(() => {
      notices.retell();
    }),
  );
  const knownSecrets = (): readonly string[] => [...secretsOf(given.env, config.current()), ...integrations.secrets.known()];
  const records: Records = closing.keep("records", createRecords({ ...ports, person, notices, secrets: knownSecrets }));
  // Before all that it tells of, so that it closes after them and its last figures are the last there are.
  const openMetrics = closing.keep(
    "metrics",
    createOpenMetricsDesk({
      clock,
      files,
      notices,
      connection: (name) => states[name],
      bridge: () => bridge.view(),
      tunnel: () => tunnel.view(),
      integrations: () => integrations.measured(),
    }),
  );
  const phrases = closing.use(
    "phrase list",
    createPhraseDesk({
      env: given.env,
      clock,
      readFile: given.readFile,
      files,
      dataFolder,
      notices,
      onPhrases: () => {
        apply(config.current()).catch(onBug);
      },
    }),
  );
  const desk = closing.use(
    "agent assist",
    createAssistDesk({
      ...ports,
      notices,
      emit: (event) => {
        assistListeners.tell(event);
      },
      onConnection: connectionTeller("stream"),
    }),
  );
  // Before the tunnel, so that it closes after it and still delivers the tunnel's last event.
  const webhooks = closing.use("webhooks", createTunnelWebhooks({ ...ports, notices }));
  const tunnel = closing.use(
    "tunnel",
    createTunnelDesk({
      ...ports,
      onConnection: connectionTeller("tunnel"),
      onEvent: (event) => {
        tunnelListeners.tell(event);
      },
      onPush: (push) => {
        pushListeners.tell(push);
      },
      onIgnored: (reason, bytes) => {
        records.ignoredFrame(reason, bytes);
      },
    }),
  );

  const simulations = closing.use("simulations", createSimulationsBench({ ...ports, files, notices, records }));
  const integrations: IntegrationsBench = closing.use(
    "integrations",
    createIntegrationsBench({
      ...ports,
      notices,
      records,
      openSecrets: ports.openSecrets ?? memorySecrets("no key store is in use here")(given),
      // Whoever asks for integrations without a panel may only want to run a definition, which needs no platform.
      always: ports.systems?.includes("integrations") === true,
      onSecret: (name) => {
        credentials.changed(name).catch(onBug);
      },
      onBug,
    }),
  );

  // After agent assist, so that it closes before it: what it finishes then is still heard.
  const bridge = closing.use(
    "bridge",
    createBridgeBench({
      ...ports,
      notices,
      records,
      onBug,
      attended: ports.systems === undefined,
      work: ports.bridgeWork ?? "serve",
      hear: (payload) => desk.hear(payload),
      emit: (event) => {
        assistListeners.tell(event);
      },
      onConnection: connectionTeller("bridge"),
    }),
  );

  const renew = (name: ConnectionName, reason: string): void => {
    if (name === "stream") desk.retryNow();
    if (name === "tunnel") tunnel.reconnect(reason);
    if (name === "bridge") bridge.retryNow();
  };
  const waking = watchWaking({
    clock,
    addresses: ports.addresses,
    state: (name) => states[name],
    renew: (name) => {
      renew(name, "the computer woke up or the network came back");
    },
    onWoken: () => {
      config.rereadMachine().catch(onBug);
    },
  });
  closing.defer("network watch", waking.dispose);

  // First, so that what is told to a person has been kept before.
  assistListeners.add((event) => {
    records.take(event);
    openMetrics.take(event);
  });
  connectionListeners.add((name, state) => {
    records.connection(name, state);
  });
  tunnelListeners.add((event) => {
    records.tunnel(event);
    webhooks.take(event);
  });

  const apply = async (next: Config): Promise<void> => {
    await records.apply(next);
    const wanted = onlySystems(next, ports.systems);
    await credentials.ready(wanted, starting.signal);
    await openMetrics.apply(isLasting(ports) ? wanted : { ...wanted, telemetry: undefined });
    await Promise.all([applyAssist(wanted), simulations.apply(wanted), integrations.apply(wanted), applyTunnel(wanted)]);
  };

  /** The bridge after agent assist, which hears its conversations. */
  const applyAssist = async (wanted: Config): Promise<void> => {
    await phrases.apply(wanted);
    const joined = phrases.joined(wanted);
    await desk.apply(joined);
    await bridge.apply(joined);
  };

  /** Whoever hears of the tunnel is there before its first event and after its last. */
  const applyTunnel = async (wanted: Config): Promise<void> => {
    const [first, second] = wanted.tunnel === undefined ? [tunnel, webhooks] : [webhooks, tunnel];
    await first.apply(wanted);
    await second.apply(wanted);
  };

  const following = followConfig({
    config,
    notices,
    records,
    onChange: (next) => {
      configListeners.tell(next);
      apply(next).catch(onBug);
    },
  });
  closing.defer("configuration", () => {
    following[Symbol.dispose]();
  });

  return {
    config,
    notices,
    records,
    simulations,
    integrations,
    bridge,
    onBug,
    files,
    dataFolder,
    newId: ports.newId,
    person,
    listedPhrases: () => phrases.listed(),
    knownSecrets,
    metricsText: () => openMetrics.text(),
    speech,
    surroundings: ports,
    onAssist: (listener) => void assistListeners.add(listener),
    onTunnel: (listener) => void tunnelListeners.add(listener),
    onTunnelPush: (listener) => void pushListeners.add(listener),
    onBridge: (listener) => {
      bridge.onEvent(listener);
    },
    onConnection: (listener) => void connectionListeners.add(listener),
    onConfig: (listener) => void configListeners.add(listener),
    connection(name) {
      const state = states[name];
      if (name === "stream") return { state, lastHeardAt: desk.lastHeardAt(), gaps: desk.gaps() };
      return { state, lastHeardAt: name === "tunnel" ? tunnel.lastHeardAt() : bridge.lastHeardAt() };
    },
    tunnel: () => tunnel.view(),
    checkTunnel: () => {
      tunnel.check();
    },
    widgetPort: () => desk.widgetPort(),
    retryConnection: (name) => {
      renew(name, "a new connection was asked for");
    },
    wake: waking.wake,
    openParts: () => closing.open(),
    async start() {
      // First, so that what is kept of the work begins with it.
      await records.apply(config.current());
      records.note("STARTED", {});
      await apply(config.current());
    },
    async [Symbol.asyncDispose]() {
      starting.abort();
      records.note("STOPPED", {});
      await closing[Symbol.asyncDispose]();
    },
  };
}
