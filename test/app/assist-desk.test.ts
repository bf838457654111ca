import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createAssistDesk } from "../../electron/app/assist-desk.ts";
import { createNotices } from "../../electron/app/notices.ts";
import type { Config } from "../../electron/config/complete-config.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { listen } from "../support/loopback-http.ts";
import { startPlatform, TEST_ENV } from "../support/program.ts";
import { startScripted } from "../support/scripted-platform.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { until } from "../support/until.ts";

type Json = Readonly<Record<string, unknown>>;

function configOf(assist: Json | null, rest: Json = {}): Config {
  const text = JSON.stringify({ ...(assist === null ? {} : { assist: { orgDomain: "desk.example", ...assist } }), ...rest });
  const loaded = loadConfig({ file: { path: "/config/callside.config.json", text }, env: {}, flags: [], dataFolder: "/data", cwd: "/" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.config;
}

function setUp(options: { readonly env?: Readonly<Record<string, string>>; readonly readFile?: (path: string) => Promise<string>; readonly defaultWidgetPort?: number } = {}) {
  const clock = createFakeClock();
  const notices = createNotices(clock);
  const states: ConnectionState[] = [];
  const events: AssistEvent[] = [];
  let ids = 0;
  const desk = createAssistDesk({
    env: TEST_ENV,
    clock,
    random: () => 0.5,
    readFile: () => Promise.reject(new Error("there are no files here")),
    newId: () => `run${(ids += 1)}`,
    notices,
    emit: (event) => events.push(event),
    onConnection: (state) => states.push(state),
    ...options,
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= Promise.resolve(desk[Symbol.asyncDispose]()));
  onTestFinished(close);
  return { desk, clock, notices, states, events, close, last: () => states.at(-1) };
}

async function platformHere() {
  const platform = await startScripted();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  return platform;
}

test("without the section it is idle and asks nobody anything", async () => {
  const { desk, last, clock } = setUp();
  await desk.apply(configOf(null));
  expect(last()).toEqual({ kind: "idle" });
  expect(desk.lastHeardAt()).toBeNull();
  expect(desk.widgetPort()).toBeNull();
  desk.retryNow();
  expect(clock.pending()).toBe(0);
});

test("without credentials it is refused in words that name the variables, and reaches for nothing", async () => {
  const platform = await platformHere();
  const { desk, last } = setUp({ env: {} });
  await desk.apply(configOf(platform.addresses));
  expect(last()).toMatchObject({ kind: "rejected", fault: { kind: "refused", code: "no-credentials" } });
  const state = last();
  expect(state?.kind === "rejected" && state.fault.detail).toContain("CALLSIDE_ASSIST_CLIENT_ID or COGNIGY_CLIENT_ID, and CALLSIDE_ASSIST_CLIENT_SECRET or COGNIGY_CLIENT_SECRET");
  expect(platform.tokenRequests()).toBe(0);
});

test("an authority file that cannot be read is refused in words; once it can be, retry now is all it takes", async () => {
  const { cert: certificate } = makeCertificate(["desk.example"]);
  const platform = await platformHere();
  let file: string | null = null;
  const { desk, last } = setUp({ readFile: (path) => (file === null ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(file)) });
  await desk.apply(configOf(platform.addresses, { network: { caFile: "/keys/ca.pem" } }));
  expect(last()).toMatchObject({ kind: "rejected", fault: { code: "disk", detail: "network.caFile: /keys/ca.pem cannot be read" } });
  file = certificate;
  desk.retryNow();
  await until(() => last()?.kind === "connected", "connected after the file was mended");
});

test("a section that is taken out while the network is still being opened leaves nothing behind", async () => {
  const { cert: certificate } = makeCertificate(["desk.example"]);
  const platform = await platformHere();
  const { promise: read, resolve } = Promise.withResolvers<string>();
  let reading = false;
  const { desk, last, clock, close } = setUp({
    readFile: () => {
      reading = true;
      return read;
    },
  });
  const on = desk.apply(configOf(platform.addresses, { network: { caFile: "/keys/ca.pem" } }));
  await until(() => reading, "the network is being opened");
  const off = desk.apply(configOf(null));
  resolve(certificate);
  await on;
  await off;
  expect(last()).toEqual({ kind: "idle" });
  expect(platform.tokenRequests()).toBe(0);
  await close();
  expect(clock.pending()).toBe(0);
});

test("what the engine is driven by reaches it while it runs; what a connection is made from makes a new one", async () => {
  const first = await platformHere();
  const second = await platformHere();
  const { desk, states, events } = setUp();
  await desk.apply(configOf({ ...first.addresses, keywords: ["refund"] }));
  await until(() => states.at(-1)?.kind === "connected");
  await desk.apply(configOf({ ...first.addresses, keywords: ["parcel"], agentId: "ada" }));
  first.update({ agentId: "bob", transcript: "their parcel", interactionId: "theirs" });
  first.update({ agentId: "ada", transcript: "my refund", utteranceId: "u1" });
  first.update({ agentId: "ada", transcript: "my parcel", utteranceId: "u2" });
  await until(() => first.asked.length === 1);
  expect(first.asked[0]?.body["transcript"]).toBe("my parcel");
  expect(events.filter((event) => event.kind === "foreign")).toHaveLength(1);
  expect(first.stream.connections).toHaveLength(1);
  await desk.apply(configOf({ ...second.addresses, keywords: ["parcel"] }));
  await until(() => states.at(-1)?.kind === "connected" && second.stream.connections.length === 1);
  await until(() => first.stream.openSockets() === 0);
  expect(states.map((state) => state.kind)).toEqual(["connecting", "connected", "closed", "connecting", "connected"]);
  // The sets of two connections cannot be taken for one another.
  second.update({ transcript: "a parcel", utteranceId: "u1" });
  await until(() => events.filter((event) => event.kind === "asking").length === 2);
  const ids = events.flatMap((event) => (event.kind === "asking" ? [event.setId] : []));
  expect(new Set(ids).size).toBe(2);
});

test("the widget configuration follows the engine, moves with its port, and is off by default on a desktop", async () => {
  const platform = await platformHere();
  const { desk } = setUp();
  await desk.apply(configOf(platform.addresses));
  expect(desk.widgetPort()).toBeNull();
  await desk.apply(configOf({ ...platform.addresses, widgetConfigPort: 0, minConfidence: 0.9 }));
  const port = desk.widgetPort() ?? 0;
  const served = async () => (await fetch(`http://127.0.0.1:${port}/api/widget/config`)).json();
  expect(await served()).toMatchObject({ minConfidence: 0.9 });
  await desk.apply(configOf({ ...platform.addresses, widgetConfigPort: 0, minConfidence: 0.5, prohibitedPhrases: ["never say"] }));
  expect(desk.widgetPort()).toBe(port);
  expect(await served()).toEqual({
    maxSuggestions: 3,
    minConfidence: 0.5,
    enableSentimentTrigger: true,
    enableKeywordTrigger: true,
    refreshIntervalMs: 2_000,
    prohibitedPhrases: ["never say"],
  });
  await desk.apply(configOf(platform.addresses));
  expect(desk.widgetPort()).toBeNull();
  await expect(served()).rejects.toThrow();
});

test("a service serves the widget configuration where it is told by default, unless the configuration says otherwise", async () => {
  const platform = await platformHere();
  const { desk } = setUp({ defaultWidgetPort: 0 });
  await desk.apply(configOf(platform.addresses));
  expect(desk.widgetPort()).not.toBeNull();
  await desk.apply(configOf(null));
  expect(desk.widgetPort()).toBeNull();
});

test("a taken widget port is a notice and nothing more, and freeing the subject clears it", async () => {
  const platform = await platformHere();
  const squatter = createServer();
  const port = await listen(squatter);
  onTestFinished(() => void squatter.close());
  const { desk, notices, last } = setUp();
  await desk.apply(configOf({ ...platform.addresses, widgetConfigPort: port }));
  expect(notices.all()).toMatchObject([{ id: "widget-config", level: "warning" }]);
  expect(notices.all()[0]?.effect).toContain(String(port));
  await until(() => last()?.kind === "connected");
  await desk.apply(configOf(platform.addresses));
  expect(notices.all()).toEqual([]);
});

test("closing ends the connection, the endpoint and every timer", async () => {
  await using platform = await startPlatform();
  const { desk, clock, close, last } = setUp({ env: { ...platform.sandbox.env() } });
  await desk.apply(configOf({ ...platform.sandbox.config().assist, widgetConfigPort: 0 }));
  await until(() => last()?.kind === "connected");
  await close();
  expect(last()?.kind).toBe("closed");
  await until(() => platform.sandbox.stats().openSockets === 0);
  await until(() => clock.pending() === 0, "no timer is left");
  await desk.apply(configOf(platform.sandbox.config().assist));
  expect(last()?.kind).toBe("closed");
});
