import { expect, onTestFinished, test } from "vitest";
import { createBridgeDesk } from "../../electron/app/bridge-desk.ts";
import { createNotices } from "../../electron/app/notices.ts";
import type { Bridge, BridgeOptions, BridgeRules } from "../../electron/bridge/bridge.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const env = { GENESYS_CLIENT_ID: "g", GENESYS_CLIENT_SECRET: "genesys-secret-1", COGNIGY_API_KEY: "dialog-key-1" };
const section = { orgId: "o1", region: "mypurecloud.de", dialogUrl: "https://bot.example/dialogs/start", scope: "organisation" };

type Sections = Readonly<Record<string, unknown>>;

function configOf(sections: Sections) {
  const loaded = loadConfig({ file: { path: "/etc/c.json", text: JSON.stringify(sections) }, env: {}, flags: [], dataFolder: "/data", cwd: "/" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.config;
}

interface Opened {
  readonly options: BridgeOptions;
  readonly applied: BridgeRules[];
  retried: number;
  closed: boolean;
}

interface Given {
  readonly attended?: boolean;
  readonly given?: Readonly<Record<string, string>>;
  readonly answer?: Fault | null;
}

function setUp({ attended = true, given = env, answer = null }: Given = {}) {
  const clock = createFakeClock();
  const notices = createNotices(clock);
  const opened: Opened[] = [];
  const states: ConnectionState[] = [];
  const events: BridgeEvent[] = [];
  const world = { answer, slow: null as Promise<void> | null, setAside: null as string | null };
  const refuse = async (): Promise<Result<never, Fault>> => err({ kind: "policy", code: "not-found-here", detail: "no" });
  const desk = createBridgeDesk({
    async open(options) {
      await world.slow;
      if (world.answer !== null) return err(world.answer);
      const one: Opened = { options, applied: [], retried: 0, closed: false };
      opened.push(one);
      const bridge: Bridge = {
        setAside: world.setAside,
        retryNow: () => {
          one.retried += 1;
        },
        lastHeardAt: () => 77,
        resumePoint: () => 41,
        load: () => ({ waiting: 2, working: 1, oldestAt: 5 }),
        apply: (rules) => one.applied.push(rules),
        idle: async () => undefined,
        answerer: refuse,
        send: async () => ok("d1"),
        undo: refuse,
        sendAgain: refuse,
        settle: refuse,
        replay: refuse,
        discard: refuse,
        async [Symbol.asyncDispose]() {
          one.closed = true;
        },
      };
      options.onState({ kind: "connected", since: 5 });
      return ok(bridge);
    },
    env: given,
    clock,
    random: () => 0.5,
    newId: () => "id",
    readFile: async () => {
      throw new Error("no such file");
    },
    attended,
    work: "serve",
    notices,
    onConnection: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  });
  onTestFinished(() => desk[Symbol.asyncDispose]());
  const tell = (event: BridgeEvent): void => {
    opened.at(-1)?.options.onEvent(event);
  };
  return { clock, notices, opened, states, events, world, desk, tell, applyAll: (sections: Sections) => desk.apply(configOf(sections)) };
}

test("it runs where a scope is set, with everything that Genesys and the bot are asked with", async () => {
  const { desk, opened, states, applyAll } = setUp();
  await applyAll({ bridge: { ...section, concurrency: 7, elevatedMs: 300, stateDirectory: "kept" } });
  expect(opened[0]?.options).toMatchObject({
    platform: {
      tokenUrl: "https://login.mypurecloud.de/oauth/token",
      socketUrl: "wss://api.mypurecloud.de/api/v2/platformdata/events",
      apiUrl: "https://api.mypurecloud.de",
      audience: "https://api.mypurecloud.de/o1",
      clientId: "g",
      clientSecret: "genesys-secret-1",
      dialogUrl: "https://bot.example/dialogs/start",
      dialogKey: "dialog-key-1",
    },
    agentId: null,
    stateDirectory: "/etc/kept",
    concurrency: 7,
    heartbeatMs: 20_000,
    elevatedMs: 300,
    criticalMs: 1_000,
    work: "serve",
  });
  expect(states.at(-1)).toMatchObject({ kind: "connected" });
  expect(desk.view()).toMatchObject({ scope: "organisation", queue: { waiting: 2, working: 1, oldestAt: 5 }, resumePoint: 41 });
  expect(desk.lastHeardAt()).toBe(77);
});

test("without a scope, or without the section, it is off, and a running one is closed", async () => {
  const { desk, opened, states, applyAll } = setUp();
  await applyAll({ bridge: { ...section, scope: undefined } });
  expect(opened).toEqual([]);
  expect(desk.view()).toBeNull();
  expect(desk.commands()).toBeNull();
  await applyAll({ bridge: section });
  await applyAll({});
  expect(opened[0]?.closed).toBe(true);
  expect(states.at(-1)).toEqual({ kind: "idle" });
  expect(desk.view()).toBeNull();
});

test("with scope agent only that agent's conversations are taken", async () => {
  const { desk, opened, applyAll } = setUp();
  await applyAll({ bridge: { ...section, scope: "agent", agentId: "jo" } });
  expect(opened[0]?.options.agentId).toBe("jo");
  expect(desk.agentId()).toBe("jo");
  // An id that is there for later does not narrow an organisation's bridge.
  await applyAll({ bridge: { ...section, scope: "organisation", agentId: "jo" } });
  expect(opened[1]?.options.agentId).toBeNull();
  expect(desk.agentId()).toBeNull();
});

test("policy is the phrases of assist and of the bridge; without a section assist, those that hold unless configured", async () => {
  const { opened, applyAll } = setUp();
  const judged = (text: string) => opened.at(-1)?.options.rules.judge(text);
  await applyAll({ bridge: { ...section, prohibitedPhrases: ["guaranteed approval"] }, assist: { orgDomain: "x.example", prohibitedPhrases: ["free money"] } });
  expect(judged("A Guaranteed-Approval for you")).toEqual({ rule: "phrase", phrase: "guaranteed approval" });
  expect(judged("FREE  money")).toEqual({ rule: "phrase", phrase: "free money" });
  expect(judged("we take legal action")).toBeNull();
  expect(judged("Hello")).toBeNull();
  const alone = setUp();
  await alone.applyAll({ bridge: section });
  expect(alone.opened[0]?.options.rules.judge("We take legal action")).toEqual({ rule: "phrase", phrase: "legal action" });
});

test("what policy stops is the agent's where a panel is there; unattended, the hand-over text is sent", async () => {
  const panel = setUp({ attended: true });
  await panel.applyAll({ bridge: section });
  expect(panel.opened[0]?.options.rules.stopped).toEqual({ kind: "agent" });
  const service = setUp({ attended: false });
  await service.applyAll({ bridge: { ...section, handOverText: "A person will answer." } });
  expect(service.opened[0]?.options.rules.stopped).toEqual({ kind: "hand-over", text: "A person will answer." });
});

test("new rules reach the running bridge; anything else makes a new one, after the old one has closed", async () => {
  const { opened, applyAll } = setUp();
  await applyAll({ bridge: section });
  await applyAll({ bridge: { ...section, prohibitedPhrases: ["no way"] } });
  expect(opened).toHaveLength(1);
  expect(opened[0]?.applied.at(-1)?.judge("No way!")).toMatchObject({ phrase: "no way" });
  await applyAll({ bridge: { ...section, prohibitedPhrases: ["no way"], elevatedMs: 400 } });
  expect(opened).toHaveLength(2);
  expect(opened[0]?.closed).toBe(true);
  expect(opened[1]?.options.rules.judge("no way")).not.toBeNull();
});

test("rules that change while it is being opened hold when it is open", async () => {
  const { opened, world, applyAll } = setUp();
  const gate = Promise.withResolvers<void>();
  world.slow = gate.promise;
  const first = applyAll({ bridge: section });
  const second = applyAll({ bridge: { ...section, prohibitedPhrases: ["too late"] } });
  gate.resolve();
  await Promise.all([first, second]);
  expect(opened).toHaveLength(1);
  expect(opened[0]?.applied.at(-1)?.judge("too late")).not.toBeNull();
});

test("missing credentials are named together, and no secret that is there is told", async () => {
  const { states, applyAll } = setUp({ given: { GENESYS_CLIENT_SECRET: "genesys-secret-1" } });
  await applyAll({ bridge: section });
  expect(states.at(-1)).toMatchObject({
    kind: "rejected",
    fault: { code: "no-credentials", detail: "no credentials for bridge: set GENESYS_CLIENT_ID, and COGNIGY_API_KEY in the environment" },
  });
  expect(JSON.stringify(states)).not.toContain("genesys-secret-1");
});

test("where another bridge works it is rejected, its commands answer with the reason, and a retry tries again", async () => {
  const inUse: Fault = { kind: "policy", code: "in-use", detail: "another bridge works on /data/bridge" };
  const { desk, opened, states, world, applyAll } = setUp({ answer: inUse });
  await applyAll({ bridge: section });
  expect(states.at(-1)).toMatchObject({ kind: "rejected", fault: inUse });
  expect(desk.view()).toMatchObject({ queue: { waiting: 0 } });
  expect(await desk.commands()?.send("c1", "Hello")).toEqual(err(inUse));
  world.answer = null;
  desk.retryNow();
  await applyAll({ bridge: section });
  expect(opened).toHaveLength(1);
  expect(await desk.commands()?.send("c1", "Hello")).toEqual(ok("d1"));
  desk.retryNow();
  expect(opened[0]?.retried).toBe(1);
});

test("a certificate file that cannot be read is told, and the bridge is not opened without it", async () => {
  const { opened, states, applyAll } = setUp();
  await applyAll({ bridge: section, network: { caFile: "none.pem" } });
  expect(opened).toEqual([]);
  expect(states.at(-1)).toMatchObject({ kind: "rejected", fault: { detail: expect.stringContaining("none.pem") } });
});

test("an inbox that was damaged and set aside is told with its place, and stands", async () => {
  const { notices, opened, world, applyAll } = setUp();
  await applyAll({ bridge: section });
  expect(notices.all()).toEqual([]);
  world.setAside = "/data/bridge/inbox.sqlite.damaged-1";
  await applyAll({ bridge: { ...section, concurrency: 5 } });
  expect(opened).toHaveLength(2);
  expect(notices.all()).toMatchObject([{ id: "bridge-set-aside", level: "error", effect: expect.stringContaining("/data/bridge/inbox.sqlite.damaged-1") }]);
  await applyAll({});
  expect(notices.all()).toHaveLength(1);
});

test("a level that changes is an event like any other, before the answer that changed it", async () => {
  const { events, tell, applyAll } = setUp();
  await applyAll({ bridge: section });
  for (let number = 0; number < 5; number += 1) {
    tell({ kind: "answered", id: `m${number}`, conversationId: "c1", hops: { genesys: null, bot: 1_400, reply: 20 }, totalMs: 1_450, level: "critical" });
  }
  expect(events.filter(({ kind }) => kind === "level")).toEqual([{ kind: "level", hop: "bot", level: "critical", ms: 1_400, aboveMs: 1_000 }]);
});

test("health is a service's: served on its port, following the configuration, and told where the port is taken", async () => {
  const panel = setUp({ attended: true });
  await panel.applyAll({ bridge: { ...section, healthPort: 0 } });
  expect(panel.desk.healthPort()).toBeNull();

  const service = setUp({ attended: false });
  await service.applyAll({ bridge: { ...section, healthPort: 0 } });
  const port = service.desk.healthPort() ?? 0;
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  service.tell({ kind: "storage", detail: "disk full" });
  const unready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(unready.status).toBe(503);
  expect(await unready.text()).toContain("disk full");
  expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain("# EOF");

  const second = setUp({ attended: false });
  await second.applyAll({ bridge: { ...section, healthPort: port } });
  expect(second.opened).toHaveLength(1);
  expect(second.notices.all()).toMatchObject([{ id: "bridge-health", effect: expect.stringContaining(String(port)) }]);
  await second.applyAll({ bridge: section });
  expect(second.notices.all()).toEqual([]);

  await service.applyAll({});
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

test("while it finishes what is in hand at the end, what there is to do is still told, and then what it left for the next start", async () => {
  const { desk, opened, applyAll } = setUp();
  await applyAll({ bridge: section });
  const closing = desk[Symbol.asyncDispose]();
  expect(desk.view()).toMatchObject({ queue: { waiting: 2 } });
  await closing;
  expect(opened[0]?.closed).toBe(true);
  expect(desk.view()).toMatchObject({ queue: { waiting: 2, working: 1, oldestAt: 5 } });
});
