import { expect, onTestFinished, test } from "vitest";
import { englishSpeech } from "../../electron/words/speech.ts";
import type { App } from "../../electron/app.ts";
import { createBatchStore } from "../../electron/app/batch-store.ts";
import { createNotices } from "../../electron/app/notices.ts";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import type { Records } from "../../electron/app/records.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import type { Config } from "../../electron/config/complete-config.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgedConversation, BridgeView } from "../../shared/bridge-view.ts";
import type { BridgeCommands } from "../../electron/host/bridge-commands.ts";
import type { TunnelEvent, TunnelView } from "../../shared/tunnel.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { bridgeView, deliveryOf } from "../support/bridge-fixture.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { sampleTunnel } from "../support/sample-panel.ts";
import { interactionEvent, sampleSet } from "../support/sample-events.ts";

/** Simulations that the configuration does not have. */
const simulationsOff: App["simulations"] = {
  apply: async () => undefined,
  isOn: () => false,
  onSwitched: () => () => undefined,
  passThreshold: () => 0.95,
  store: createBatchStore(() => null),
  resumable: async () => null,
  run: async () => ({ ok: false, error: { kind: "problems", problems: [] } }),
  keep: async () => undefined,
  told: async () => undefined,
  async [Symbol.asyncDispose]() {},
};

/** Integrations that the configuration does not have. */
const integrationsOff: App["integrations"] = {
  apply: async () => undefined,
  isOn: () => false,
  secrets: {
    read: async () => ({ ok: true, value: null }),
    put: async () => ({ ok: true, value: null }),
    delete: async () => ({ ok: true, value: null }),
    test: async () => ({ ok: true, value: { source: null } }),
    isInUse: () => false,
    view: () => null,
    look: async () => false,
    watch: () => undefined,
    known: () => [],
  },
  onSwitched: () => undefined,
  onChanged: () => undefined,
  run: async () => ({ ok: false, error: { kind: "policy", code: "not-found-here", detail: "off" } }),
  register: async () => ({ ok: false, error: { kind: "policy", code: "not-found-here", detail: "off" } }),
  stats: () => null,
  measured: () => null,
  async [Symbol.asyncDispose]() {},
};

/** An app that says what the test says. */
async function setUp(role: "agent" | "supervisor" = "supervisor") {
  const clock = createFakeClock();
  const source = await openConfig({ file: null, env: {}, flags: [{ path: ["panel", "role"], value: role, source: "flag", origin: "--set" }], dataFolder: "/data", cwd: "/", clock });
  if (!source.ok) throw new Error("the empty configuration is good");
  const config = source.value;
  const notices = createNotices(clock);
  const dispositions: Parameters<Records["disposition"]>[0][] = [];
  const retried: ConnectionName[] = [];
  const assistListeners: ((event: AssistEvent) => void)[] = [];
  const assist = (event: AssistEvent): void => {
    for (const listener of assistListeners) listener(event);
  };
  let tunnelEvent: (event: TunnelEvent) => void = () => undefined;
  let tunnelView: TunnelView | null = null;
  let bridgeEvent: (event: BridgeEvent) => void = () => undefined;
  let bridgeView: BridgeView | null = null;
  let bridgeState: ConnectionState = { kind: "idle" };
  let bridgeCommands: BridgeCommands | null = null;
  const conversations = new Map<string, BridgedConversation>();
  let tunnelState: ConnectionState = { kind: "idle" };
  let connection: (name: ConnectionName, state: ConnectionState) => void = () => undefined;
  let stream: ConnectionState = { kind: "idle" };
  let lastHeardAt: number | null = null;
  const configListeners: ((config: Config) => void)[] = [];
  config.onChange((next) => {
    for (const listener of configListeners) listener(next);
  });
  const records: Records = {
    apply: async () => undefined,
    take: () => undefined,
    tunnel: () => undefined,
    bridge: () => undefined,
    ignoredFrame: () => undefined,
    disposition: (event) => dispositions.push(event),
    connection: () => undefined,
    simulation: () => undefined,
    integration: () => undefined,
    past: () => null,
    pastFault: () => null,
    hearClock: () => undefined,
    batches: () => null,
    note: () => undefined,
    log: () => undefined,
    recentLog: () => [],
    flushLog: async () => ({ ok: true, value: undefined }),
    async [Symbol.asyncDispose]() {},
  };
  const app: App = {
    config,
    speech: englishSpeech,
    notices,
    records,
    simulations: simulationsOff,
    integrations: integrationsOff,
    bridge: {
      view: () => bridgeView,
      conversation: (id) => conversations.get(id) ?? null,
      commands: () => bridgeCommands,
      idle: async () => undefined,
      healthPort: () => null,
    },
    onBug: (bug) => {
      throw bug;
    },
    files: nodeFiles,
    dataFolder: "/data",
    newId: () => "id",
    person: { home: "", user: "", host: "" },
    metricsText: () => "",
    listedPhrases: () => [],
    knownSecrets: () => [],
    openParts: () => [],
    surroundings: { env: {}, random: () => 0, readFile: () => Promise.reject(new Error("no file")) },
    onAssist: (listener) => assistListeners.push(listener),
    onConnection: (listener) => {
      connection = listener;
    },
    onConfig: (listener) => configListeners.push(listener),
    onTunnel: (listener) => {
      tunnelEvent = listener;
    },
    onTunnelPush: () => undefined,
    onBridge: (listener) => {
      bridgeEvent = listener;
    },
    tunnel: () => tunnelView,
    checkTunnel: () => undefined,
    connection: (name) => (name === "stream" ? { state: stream, lastHeardAt } : { state: name === "tunnel" ? tunnelState : bridgeState, lastHeardAt: null }),
    widgetPort: () => null,
    retryConnection: (name) => retried.push(name),
    wake: () => undefined,
    start: async () => undefined,
    async [Symbol.asyncDispose]() {},
  };
  notices.raise({ id: "early", level: "warning", say: () => ({ what: "Before the panel.", effect: "", remedy: "" }) });
  const desk = createPanelDesk(app, "practice", clock);
  onTestFinished(async () => {
    await desk[Symbol.asyncDispose]();
    await config[Symbol.asyncDispose]();
  });
  return {
    clock,
    config,
    notices,
    desk,
    dispositions,
    retried,
    assist: (event: AssistEvent) => {
      assist(event);
    },
    becomes: (state: ConnectionState) => {
      stream = state;
      connection("stream", state);
    },
    tunnelBecomes: (state: ConnectionState, view: TunnelView | null) => {
      tunnelState = state;
      tunnelView = view;
      connection("tunnel", state);
    },
    beats: (view: TunnelView) => {
      tunnelView = view;
      tunnelEvent({ event: "heartbeat", latency_ms: 8, timestamp: "2026-01-05T09:00:00.000Z" });
    },
    hear: (at: number) => {
      lastHeardAt = at;
    },
    bridgeBecomes: (state: ConnectionState, view: BridgeView | null) => {
      bridgeState = state;
      bridgeView = view;
      connection("bridge", state);
    },
    bridgeTells: (event: BridgeEvent, view: BridgeView | null) => {
      bridgeView = view;
      bridgeEvent(event);
    },
    bridgeTakes: (commands: BridgeCommands) => {
      bridgeCommands = commands;
    },
    conversations,
    state: () => desk.publisher.state(),
  };
}

test("the panel starts with what was there before it: mode, settings, connection and notices", async () => {
  const { state } = await setUp();
  expect(state().settings).toMatchObject({ mode: "practice", role: "supervisor" });
  expect(state().connections.stream).toEqual({ state: { kind: "idle" }, lastHeardAt: null });
  expect(state().notices.map((notice) => notice.id)).toEqual(["early"]);
});

test("notices come and go in the panel as they do in the program", async () => {
  const { notices, state } = await setUp();
  notices.raise({ id: "disk", level: "error", say: () => ({ what: "Full.", effect: "", remedy: "" }) });
  expect(state().notices.map((notice) => notice.id)).toEqual(["early", "disk"]);
  notices.clear("early");
  expect(state().notices.map((notice) => notice.id)).toEqual(["disk"]);
});

test("a tunnel that is off is not mentioned; one that was on is taken off the panel when it is turned off", async () => {
  const { state, tunnelBecomes, beats } = await setUp();
  tunnelBecomes({ kind: "idle" }, null);
  expect(state().connections.tunnel).toBeUndefined();
  tunnelBecomes({ kind: "validating", since: 5, attempt: 0 }, { ...sampleTunnel(9), latencyMs: null });
  expect(state().connections.tunnel?.state).toEqual({ kind: "validating", since: 5, attempt: 0 });
  expect(state().tunnel?.latencyMs).toBeNull();
  beats(sampleTunnel(8));
  expect(state().tunnel?.latencyMs).toBe(8);
  tunnelBecomes({ kind: "idle" }, null);
  expect(state().tunnel).toBeNull();
  expect(state().connections.tunnel?.state).toEqual({ kind: "idle" });
});

test("a connection's state is in the panel the moment it changes, its last sign of life at most a second later", async () => {
  const { clock, state, becomes, hear, desk } = await setUp();
  becomes({ kind: "connected", since: 5 });
  expect(state().connections.stream?.state).toEqual({ kind: "connected", since: 5 });
  hear(77);
  await clock.advance(999);
  expect(state().connections.stream?.lastHeardAt).toBeNull();
  await clock.advance(1);
  expect(state().connections.stream?.lastHeardAt).toBe(77);
  let pushes = 0;
  desk.publisher.subscribe(() => {
    pushes += 1;
  });
  await clock.advance(10_000);
  expect(pushes).toBe(0);
});

test("commands reach what they are for: a disposition the records, a retry the connection, a setting the configuration", async () => {
  const { desk, assist, dispositions, retried, config, state } = await setUp();
  assist(interactionEvent("talk"));
  assist({ kind: "suggestions", set: sampleSet("talk", "s1") });
  const card = { interactionId: "talk", suggestionId: "s1-a" };
  expect(await desk.commands("suggestion.record", { ...card, disposition: "copied" })).toEqual({ ok: true, value: null });
  expect(dispositions).toMatchObject([{ ...card, disposition: "copied", undone: false, suggestion: { id: "s1-a" }, set: { id: "s1" } }]);
  expect(state().interactions[0]?.sets[0]?.cards["s1-a"]?.copied).toBe(true);
  await desk.commands("connection.retry", { name: "stream" });
  expect(retried).toEqual(["stream"]);
  expect(await desk.commands("connection.retry", { name: "tunnel" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(retried).toEqual(["stream"]);
  expect(await desk.commands("settings.change", { display: { theme: "dark" } })).toEqual({ ok: true, value: null });
  expect(config.current().panel.theme).toBe("dark");
  expect(state().settings.display.theme).toBe("dark");
  expect(state().settings.mode).toBe("practice");
});

const answeredOne: BridgeEvent = { kind: "answered", id: "m1", conversationId: "c1", hops: { genesys: null, bot: 90, reply: 20 }, totalMs: 120, level: "normal" };
const talking: BridgedConversation = { answerer: "bot", since: 5, attention: null, askingSince: null, deliveries: [] };

test("a bridge that is off is not mentioned; one that was on is taken off the panel when it is turned off", async () => {
  const { clock, state, bridgeBecomes } = await setUp();
  bridgeBecomes({ kind: "idle" }, null);
  expect(state()).toMatchObject({ connections: {}, bridge: null });
  bridgeBecomes({ kind: "connecting", since: 5, attempt: 0 }, bridgeView(clock.now()));
  expect(state().connections.bridge?.state).toEqual({ kind: "connecting", since: 5, attempt: 0 });
  expect(state().bridge?.answered).toBe(4_031);
  bridgeBecomes({ kind: "idle" }, null);
  expect(state().connections.bridge?.state).toEqual({ kind: "idle" });
  expect(state().bridge).toBeNull();
});

test("a supervisor gets the whole view, at most four times a second, and only what changed", async () => {
  const { clock, desk, state, bridgeTells } = await setUp();
  const views: number[] = [];
  desk.publisher.subscribe((push) => {
    for (const update of push.updates) if (update.kind === "bridge") views.push(update.view?.answered ?? -1);
  });
  for (let step = 1; step <= 100; step += 1) {
    bridgeTells(answeredOne, bridgeView(0, { answered: step }));
    await clock.advance(10);
  }
  await clock.advance(1_000);
  expect(state().bridge?.answered).toBe(100);
  expect(views.length).toBeLessThanOrEqual(6);
  const told = views.length;
  await clock.advance(10_000);
  for (let step = 0; step < 10; step += 1) bridgeTells(answeredOne, bridgeView(0, { answered: 100 }));
  await clock.advance(10_000);
  expect(views).toHaveLength(told);
});

test("figures that change with time alone reach the panel", async () => {
  const { clock, state, bridgeBecomes, bridgeTells } = await setUp();
  bridgeBecomes({ kind: "connected", since: 5 }, bridgeView(0));
  bridgeTells({ kind: "foreign" }, bridgeView(0));
  const later = bridgeView(0, { throughput: [0, 0, 0] });
  bridgeTells({ kind: "foreign" }, later);
  await clock.advance(1_300);
  expect(state().bridge?.throughput).toEqual([0, 0, 0]);
});

test("an agent's panel has their conversations and not the whole; a change of role gives it or takes it away", async () => {
  const { clock, config, conversations, state, assist, bridgeBecomes, bridgeTells } = await setUp("agent");
  bridgeBecomes({ kind: "connected", since: 5 }, bridgeView(0));
  conversations.set("c1", talking);
  assist(interactionEvent("c1"));
  bridgeTells(answeredOne, bridgeView(0));
  await clock.advance(2_000);
  expect(state().bridge).toBeNull();
  expect(state().interactions[0]?.bridged).toEqual(talking);
  expect(config.current().panel.role).toBe("agent");
});

test("what stands beside a conversation's transcript is there with it, and follows each change within a moment", async () => {
  const { clock, conversations, state, assist, bridgeTells } = await setUp();
  conversations.set("c1", talking);
  assist(interactionEvent("other"));
  assist(interactionEvent("c1"));
  expect(state().interactions.map((one) => one.bridged)).toEqual([null, talking]);
  const delivery = deliveryOf(clock.now(), "a1", "Hello", { kind: "held", sendsAt: clock.now() + 3_000 }, { conversationId: "c1" });
  conversations.set("c1", { ...talking, answerer: "agent", deliveries: [delivery] });
  bridgeTells({ kind: "delivery", delivery }, null);
  await clock.advance(50);
  expect(state().interactions[1]?.bridged).toMatchObject({ answerer: "agent", deliveries: [{ id: "a1" }] });
});

test("the bridge's commands reach it; while it is off they say so", async () => {
  const { desk, bridgeTakes } = await setUp();
  expect(await desk.commands("bridge.undo", { deliveryId: "a1" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  const undone: string[] = [];
  const refuse = async (): Promise<never> => {
    throw new Error("not asked for");
  };
  bridgeTakes({
    answerer: refuse,
    send: refuse,
    undo: async (id) => {
      undone.push(id);
      return { ok: true, value: null };
    },
    sendAgain: refuse,
    settle: refuse,
    replay: refuse,
    discard: refuse,
  });
  expect(await desk.commands("bridge.undo", { deliveryId: "a1" })).toEqual({ ok: true, value: null });
  expect(undone).toEqual(["a1"]);
});

test("closing stops the clock's work and takes no more changes", async () => {
  const { desk, clock, notices, state, config } = await setUp();
  await desk[Symbol.asyncDispose]();
  await config[Symbol.asyncDispose]();
  expect(clock.pending()).toBe(0);
  notices.raise({ id: "late", level: "error", say: () => ({ what: "Late.", effect: "", remedy: "" }) });
  expect(state().notices.map((notice) => notice.id)).toEqual(["early"]);
});
