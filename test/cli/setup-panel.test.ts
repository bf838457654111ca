import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { readArguments } from "../../electron/cli/arguments.ts";
import { configOptions, type CommandContext } from "../../electron/cli/command.ts";
import { openPanelApp, type PanelApp } from "../../electron/cli/open-panel.ts";
import { DRAFT_FILE_NAME } from "../../electron/app/setup-draft.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import { openVault } from "../../electron/vault/open-vault.ts";
import { err, ok } from "../../shared/result.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import type { SetupForm, SetupSystem, SetupView } from "../../shared/setup.ts";
import { machineWith } from "../support/machine-with.ts";
import { temporary } from "../support/program.ts";
import { until } from "../support/until.ts";

const SECRET = "COGNIGY_CLIENT_SECRET";

/** A key store of the system that outlives a program. */
function lastingStore(): KeyStore & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    read: async (name) => ok(entries.get(name) ?? null),
    async write(name, value) {
      entries.set(name, value);
      return ok(null);
    },
    delete: async (name) => (entries.delete(name) ? ok(null) : err({ kind: "policy", code: "not-found-here", detail: name })),
    names: async () => ok([...entries.keys()]),
  };
}

let folder: string;
let store: ReturnType<typeof lastingStore>;
let sandbox: Sandbox;
let notes: string[];

beforeEach(async () => {
  folder = await temporary();
  store = lastingStore();
  notes = [];
  sandbox = await startSandbox({ clock: systemClock, random: Math.random, calls: { kind: "practice" }, loop: true });
  onTestFinished(() => sandbox[Symbol.asyncDispose]());
});

async function openPanel(env: CommandContext["env"] = {}, machine?: MachinePort): Promise<PanelApp> {
  const args = readArguments([], configOptions, 0);
  if (!args.ok) throw new Error(args.error);
  const nowhere = { write: () => true, on: () => undefined, off: () => undefined };
  const opened = await openPanelApp(
    {
      args: args.value,
      output: { json: false, event: () => undefined, error: () => undefined, note: (text) => void notes.push(text), raw: () => undefined, [Symbol.dispose]: () => undefined },
      stopped: new AbortController().signal,
      env,
      cwd: folder,
      folders: { config: folder, data: folder, cache: folder },
      platform: "linux",
      clock: systemClock,
      random: Math.random,
      stdin: new PassThrough(),
      stdout: nowhere,
      stderr: nowhere,
      program: "callside",
      ...(machine === undefined ? {} : { machine }),
    },
    { secrets: () => async () => openVault({ env, keyStore: store, why: null, clock: systemClock }) },
  );
  if (!opened.ok) throw new Error(opened.error);
  onTestFinished(() => opened.value[Symbol.asyncDispose]());
  return opened.value;
}

it("speaks as the machine does in practice, and as the settings say as soon as they do", async () => {
  const { desk, speech } = await openPanel();
  const titles = (): readonly string[] => desk.publisher.state().practice?.calls.map(({ title }) => title) ?? [];
  expect(titles()).toContain("Charged twice");
  speech.prefer(["de-AT"]);
  expect(titles()).toContain("Doppelt berechnet");
  expect(await desk.commands("settings.change", { display: { language: "en" } })).toMatchObject({ ok: true });
  await until(() => titles().includes("Charged twice"));
  expect(desk.publisher.state().settings.display.language).toBe("en");
  speech.prefer(["de"]);
  expect(speech.language()).toBe("en");
});

it("keeps the language of the person's own settings in practice", async () => {
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ panel: { language: "de" } }));
  const { desk, speech, mode } = await openPanel();
  expect([mode(), speech.language(), desk.publisher.state().settings.display.language]).toEqual(["practice", "de", "de"]);
});

/** The forms that connect to the second sandbox, as to a platform of one's own. */
function formOf(system: SetupForm["system"], more: Readonly<Record<string, string>> = {}): SetupForm {
  const section: Readonly<Record<string, unknown>> = sandbox.config()[system] ?? {};
  const given = Object.entries({ ...section, ...more });
  return { system, fields: given.flatMap(([key, value]) => (typeof value === "string" ? [{ key, value }] : [])) };
}

const state = (panel: PanelApp) => panel.desk.publisher.state();
function setupOf(panel: PanelApp): SetupView {
  const { setup } = state(panel);
  return setup ?? expect.unreachable("the first run is not shown");
}
const systemOf = (panel: PanelApp, name: SetupForm["system"]): SetupSystem => setupOf(panel).systems.find(({ form }) => form.system === name) ?? expect.unreachable(name);
async function give(panel: PanelApp, name: string, input: unknown): Promise<void> {
  expect(await panel.desk.commands(name, input)).toEqual(ok(null));
}
const credential = (name: string): string => ({ ...sandbox.env() } as Readonly<Record<string, string | undefined>>)[name] ?? expect.unreachable(name);
const putPair = async (panel: PanelApp): Promise<void> => {
  await give(panel, "setup.secret", { name: "COGNIGY_CLIENT_ID", value: ` ${credential("COGNIGY_CLIENT_ID")}\r\n` });
  await give(panel, "setup.secret", { name: SECRET, value: `"${credential(SECRET)}"\n` });
};
const configText = () => readFile(join(folder, "callside.config.json"), "utf8");

it("shows the welcome over a practice call at the first start, opens no key store for it, and does not come back once it was put away", async () => {
  const first = await openPanel();
  expect(setupOf(first)).toMatchObject({ step: "welcome", why: "unconfigured", systems: [] });
  expect(first.mode()).toBe("practice");
  await until(() => state(first).interactions.length > 0);
  await give(first, "setup.leave", { to: "practice" });
  expect(state(first).setup).toBeNull();
  await first[Symbol.asyncDispose]();
  const second = await openPanel();
  expect(state(second)).toMatchObject({ setup: null, settings: { mode: "practice" } });
  await give(second, "setup.show", { step: "connect" });
  expect(setupOf(second).systems.map(({ form }) => form.system)).toEqual(["assist", "tunnel", "bridge", "integrations", "simulations"]);
}, 60_000);

it("tries what is entered by itself, saves it, and goes from practice to the platform and back without a restart", async () => {
  const panel = await openPanel();
  await give(panel, "setup.show", { step: "connect" });
  await give(panel, "setup.enter", formOf("assist"));
  expect(systemOf(panel, "assist")).toMatchObject({ problems: [], trial: { kind: "untried" }, kept: "no", secrets: [{ source: null }, { source: null }] });
  await putPair(panel);
  expect([...store.entries]).toEqual([["COGNIGY_CLIENT_ID", credential("COGNIGY_CLIENT_ID")], [SECRET, credential(SECRET)]]);
  await until(() => systemOf(panel, "assist").trial.kind === "works");
  expect(systemOf(panel, "assist").trial).toEqual({ kind: "works", passed: ["name", "reach", "token", "scope", "connection"] });

  await give(panel, "setup.save", { system: "assist" });
  expect(panel.mode()).toBe("live");
  await until(() => state(panel).connections.stream?.state.kind === "connected");
  expect(state(panel).settings.mode).toBe("live");
  expect(systemOf(panel, "assist")).toMatchObject({ kept: "saved", undoable: true });
  expect(JSON.parse(await configText())).toEqual({ assist: Object.fromEntries(formOf("assist").fields.map(({ key, value }) => [key, value])) });
  expect((await stat(join(folder, "callside.config.json"))).mode & 0o077).toBe(0);

  await give(panel, "setup.leave", { to: "practice" });
  expect(panel.mode()).toBe("practice");
  await give(panel, "setup.show", { step: "connect" });
  await give(panel, "setup.leave", { to: "panel" });
  expect([panel.mode(), state(panel).setup]).toEqual(["live", null]);
  await until(() => state(panel).connections.stream?.state.kind === "connected");
  expect(notes).toEqual([]);
}, 60_000);

it("opens where IT has set the role and nobody has said which agent this is, and asks for that alone", async () => {
  const { tokenUrl, apiUrl, streamUrl } = sandbox.config().assist;
  const panel = await openPanel({}, machineWith({ assist: { tokenUrl, apiUrl, streamUrl, minConfidence: 0.8 }, panel: { role: "agent" } }));
  expect(setupOf(panel)).toMatchObject({ step: "welcome", why: "unconfigured" });
  await give(panel, "setup.show", { step: "connect" });
  expect(systemOf(panel, "assist").problems).toEqual([{ kind: "missing", key: "agentId" }]);
  await putPair(panel);
  await give(panel, "setup.enter", { system: "assist", fields: [{ key: "agentId", value: "a-7" }] });
  await give(panel, "setup.save", { system: "assist" });
  await until(() => state(panel).connections.stream?.state.kind === "connected");
  expect(state(panel).settings).toMatchObject({ mode: "live", role: "agent", policy: { minConfidence: 0.8 } });
  expect(JSON.parse(await configText())).toEqual({ assist: { agentId: "a-7" } });
}, 60_000);

it("opens with the other systems where agent assist waits for the agent's id, and says how to give it", async () => {
  const { simulations } = sandbox.config();
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ simulations, assist: { orgDomain: "it.example" } }));
  const panel = await openPanel({}, machineWith({ panel: { role: "agent" } }));
  expect([panel.mode(), panel.app().config.current().assist]).toEqual(["live", undefined]);
  expect(state(panel).notices).toContainEqual(expect.objectContaining({ id: "agent-id", remedy: expect.stringContaining("Enter your agent id under Connections") }));
}, 60_000);

it("takes a save back, and goes to practice where nothing is left", async () => {
  const panel = await openPanel();
  await give(panel, "setup.show", { step: "connect" });
  await give(panel, "setup.enter", formOf("simulations"));
  await give(panel, "setup.save", { system: "simulations" });
  await give(panel, "setup.undo", { system: "simulations" });
  expect(JSON.parse(await configText())).toEqual({});
  expect(panel.mode()).toBe("practice");
  // What was typed is still there.
  expect(systemOf(panel, "simulations")).toMatchObject({ kept: "no", undoable: false, form: { fields: expect.arrayContaining([{ key: "apiUrl", value: sandbox.config().simulations.apiUrl }]) } });
  expect(await panel.desk.commands("setup.undo", { system: "simulations" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
}, 60_000);

it("keeps everything through an end at any moment, and never a secret in a file", async () => {
  const panel = await openPanel();
  await give(panel, "setup.show", { step: "connect" });
  await putPair(panel);
  const typed = formOf("assist", { agentId: "a-7" });
  await give(panel, "setup.enter", typed);
  // As after kill -9: nothing more is written.
  const draft = await readFile(join(folder, DRAFT_FILE_NAME), "utf8");
  expect(draft).toContain("a-7");
  for (const name of ["COGNIGY_CLIENT_ID", SECRET]) expect(draft).not.toContain(credential(name));
  await panel[Symbol.asyncDispose]();
  await writeFile(join(folder, DRAFT_FILE_NAME), draft);
  const next = await openPanel();
  await until(() => setupOf(next).step === "connect" && systemOf(next, "assist").secrets.every(({ source }) => source === "key-store"));
  expect(systemOf(next, "assist").form.fields).toEqual(expect.arrayContaining([...typed.fields]));
  await give(next, "setup.save", { system: "assist" });
  await until(() => state(next).connections.stream?.state.kind === "connected");
  expect(JSON.stringify(next.desk.publisher.snapshot())).not.toContain(credential(SECRET));
}, 60_000);

it("opens the platform with the keys of the key store at the next start, and anew where one is replaced", async () => {
  const { tokenUrl, apiUrl, streamUrl } = sandbox.config().assist;
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ assist: { tokenUrl, apiUrl, streamUrl } }));
  store.entries.set("COGNIGY_CLIENT_ID", credential("COGNIGY_CLIENT_ID"));
  store.entries.set(SECRET, "of-last-year");
  const panel = await openPanel();
  expect(state(panel).setup).toBeNull();
  await until(() => state(panel).connections.stream?.state.kind === "rejected");
  await give(panel, "setup.show", { step: "connect" });
  await until(() => systemOf(panel, "assist").trial.kind === "fails");
  expect(systemOf(panel, "assist").trial).toMatchObject({ step: "token", key: SECRET, fault: { code: "credentials" } });
  await give(panel, "setup.secret", { name: SECRET, value: credential(SECRET) });
  await until(() => state(panel).connections.stream?.state.kind === "connected");
  await until(() => systemOf(panel, "assist").trial.kind === "works");
}, 60_000);

it("says in the fault table's words where each step stops, at the field that it concerns", async () => {
  const panel = await openPanel();
  await give(panel, "setup.show", { step: "connect" });
  await putPair(panel);
  const trialOf = async (system: SetupForm["system"], more: Readonly<Record<string, string>> = {}) => {
    await give(panel, "setup.enter", formOf(system, more));
    await give(panel, "setup.try", { system });
    await until(() => !["trying", "untried"].includes(systemOf(panel, system).trial.kind));
    return systemOf(panel, system).trial;
  };
  expect(await trialOf("assist", { apiUrl: "https://nowhere.invalid/api" })).toMatchObject({ kind: "fails", step: "name", key: "apiUrl", fault: { code: "unknown-host" } });
  expect(await trialOf("assist", { streamUrl: "ws://127.0.0.1:1/stream" })).toMatchObject({ kind: "fails", step: "reach", key: "streamUrl", fault: { code: "network" } });
  expect(await trialOf("tunnel", { botId: "nobody-knows-it" })).toMatchObject({ kind: "fails", step: "connection", key: "botId", fault: { code: "not-found" } });
  expect(await trialOf("tunnel", { channel: "telex" })).toMatchObject({ kind: "fails", step: "connection", key: "channel", fault: { code: "channel-missing" } });
  expect(await trialOf("tunnel")).toMatchObject({ kind: "works", passed: expect.arrayContaining(["token", "scope", "connection"]) });
  expect(await trialOf("integrations")).toMatchObject({ kind: "works", passed: expect.not.arrayContaining(["connection"]) });
  expect(await trialOf("simulations")).toMatchObject({ kind: "works" });
  sandbox.setFault("upgrade", "503");
  expect(await trialOf("assist")).toMatchObject({ kind: "fails", step: "connection" });
  // The bridge has a pair of its own.
  expect(await panel.desk.commands("setup.enter", formOf("bridge"))).toEqual(ok(null));
  await give(panel, "setup.try", { system: "bridge" });
  await until(() => systemOf(panel, "bridge").trial.kind === "fails");
  expect(systemOf(panel, "bridge").trial).toMatchObject({ step: "token", key: "GENESYS_CLIENT_ID", fault: { code: "no-credentials" } });
}, 60_000);

it("asks for nothing that the environment gives, and says what cannot be right", async () => {
  const panel = await openPanel({ COGNIGY_ORG_DOMAIN: "org.example", COGNIGY_CLIENT_ID: "given" });
  expect(panel.mode()).toBe("practice");
  await give(panel, "setup.show", { step: "connect" });
  expect(systemOf(panel, "assist")).toMatchObject({
    fixed: [{ key: "orgDomain", value: "org.example", by: "environment", reason: "COGNIGY_ORG_DOMAIN" }],
    secrets: [{ source: "environment" }, { source: null }],
    problems: [],
  });
  await give(panel, "setup.enter", { system: "integrations", fields: [{ key: "tenantUrl", value: "http://tenant.example" }] });
  expect(systemOf(panel, "integrations").problems).toEqual([{ key: "tenantUrl", kind: "wrong" }]);
  expect(await panel.desk.commands("setup.save", { system: "integrations" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  expect(await panel.desk.commands("setup.try", { system: "integrations" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  expect(await panel.desk.commands("setup.secret", { name: SECRET, value: " \n" })).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.not.stringContaining("value:") } });
  expect(await panel.desk.commands("setup.secret", { name: "OTHER", value: "x" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  await expect(configText()).rejects.toThrow("ENOENT");
}, 60_000);
