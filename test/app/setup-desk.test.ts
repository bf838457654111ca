import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createSetupDesk, TRY_AFTER_MS, type SetupDesk, type SetupDeskOptions } from "../../electron/app/setup-desk.ts";
import { createDraftFile, DRAFT_FILE_NAME } from "../../electron/app/setup-draft.ts";
import { createSetupSecrets } from "../../electron/app/setup-secrets.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import type { Environment } from "../../electron/config/environment.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { ok } from "../../shared/result.ts";
import type { SetupSystem, SetupTrial, SetupView } from "../../shared/setup.ts";
import type { Lock } from "../../shared/settings.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { fileStore } from "../support/file-store.ts";
import { openTestVault } from "../support/vault-fixture.ts";
import { temporary } from "../support/program.ts";
import { machineWith } from "../support/machine-with.ts";

let folder: string;
let clock: FakeClock;
beforeEach(async () => {
  folder = await temporary();
  clock = createFakeClock();
});

interface Trial {
  readonly signal: AbortSignal;
  readonly domain: string | undefined;
  readonly secret: string | undefined;
  readonly end: (trial: SetupTrial) => void;
}

interface Opened {
  readonly desk: SetupDesk;
  readonly view: () => SetupView | null;
  readonly assist: () => SetupSystem;
  readonly trials: readonly Trial[];
  readonly switched: readonly string[];
  readonly configText: () => Promise<string | null>;
}

async function openDesk({ env = {}, locks = [], machine, ...other }: Partial<SetupDeskOptions> & { readonly env?: Environment; readonly locks?: readonly Lock[]; readonly machine?: MachinePort } = {}): Promise<Opened> {
  const path = join(folder, "callside.config.json");
  const opened = await openConfig({ file: { path, required: false }, env, flags: [], dataFolder: folder, cwd: folder, clock, watch: false, ...(machine === undefined ? {} : { machine }) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const vault = openTestVault({ env, keyStore: fileStore(join(folder, "key-store.json")), why: null });
  const views: (SetupView | null)[] = [];
  const trials: Trial[] = [];
  const switched: string[] = [];
  let mode: "practice" | "live" = "practice";
  const desk = createSetupDesk({
    clock,
    env,
    config: { ...opened.value, locks: () => [...opened.value.locks(), ...locks] },
    draft: createDraftFile({ files: nodeFiles, folder }),
    secrets: createSetupSecrets({ env, vault: async () => vault, put: (name, value) => vault.put(name, value) }),
    mode: () => mode,
    switchTo: async (next) => {
      mode = next;
      switched.push(next);
      return ok(null);
    },
    tryOut: ({ config, env: with_ }, { signal }) => {
      const { promise, resolve } = Promise.withResolvers<SetupTrial>();
      signal.addEventListener("abort", () => resolve({ kind: "untried" }), { once: true });
      trials.push({ signal, domain: config.assist?.orgDomain, secret: with_["COGNIGY_CLIENT_SECRET"], end: resolve });
      return promise;
    },
    publish: (view) => void views.push(view),
    onBug: (bug) => {
      throw bug;
    },
    ...other,
  });
  onTestFinished(async () => {
    await desk[Symbol.asyncDispose]();
    await opened.value[Symbol.asyncDispose]();
  });
  const view = (): SetupView | null => views.at(-1) ?? null;
  return {
    desk,
    view,
    assist: () => view()?.systems.find(({ form }) => form.system === "assist") ?? expect.unreachable("no system assist is shown"),
    trials,
    switched,
    configText: () => readFile(path, "utf8").catch(() => null),
  };
}

const typed = (orgDomain: string, agentId = "") => ({ system: "assist", fields: [{ key: "orgDomain", value: orgDomain }, { key: "agentId", value: agentId }] }) as const;
const pair = { COGNIGY_CLIENT_ID: "id", COGNIGY_CLIENT_SECRET: "s3cr3t" };
/** Turns of the event loop in which files are read, with the clock standing still. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("a trial", () => {
  it("begins when nobody has typed for a while, and a newer one ends it", async () => {
    const { desk, assist, trials } = await openDesk({ env: pair });
    await desk.show("connect");
    for (const text of ["o", "or", "org.example"]) {
      await desk.enter(typed(text));
      await clock.advance(TRY_AFTER_MS - 1);
    }
    expect(trials).toEqual([]);
    await clock.advance(1);
    await expect.poll(() => trials.length).toBe(1);
    expect([trials.map(({ domain, secret }) => [domain, secret]), assist().trial.kind]).toEqual([[["org.example", "s3cr3t"]], "trying"]);
    await desk.enter(typed("other.example"));
    expect([trials[0]?.signal.aborted, assist().trial.kind]).toEqual([true, "untried"]);
    trials[0]?.end({ kind: "works", passed: [] });
    await clock.advance(TRY_AFTER_MS);
    await expect.poll(() => trials.length).toBe(2);
    expect(assist().trial.kind).toBe("trying");
    trials[1]?.end({ kind: "works", passed: ["name"] });
    await settle();
    expect(assist().trial).toEqual({ kind: "works", passed: ["name"] });
  });

  it("waits for the keys, and begins anew when one comes", async () => {
    const { desk, trials } = await openDesk();
    await desk.show("connect");
    await desk.enter(typed("org.example"));
    await clock.advance(10 * TRY_AFTER_MS);
    expect(trials).toEqual([]);
    await desk.secret({ name: "COGNIGY_CLIENT_ID", value: "id" });
    await desk.secret({ name: "COGNIGY_CLIENT_SECRET", value: " s3cr3t\n" });
    await clock.advance(TRY_AFTER_MS);
    await expect.poll(() => trials.map(({ secret }) => secret)).toEqual(["s3cr3t"]);
  });

  it("of a form that cannot be right never begins, and ends with the forms", async () => {
    const { desk, trials } = await openDesk({ env: pair });
    await desk.show("connect");
    await desk.enter(typed("not a host"));
    await clock.advance(10 * TRY_AFTER_MS);
    expect(trials).toEqual([]);
    expect(await desk.try("assist")).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining("orgDomain") } });
    await desk.enter(typed("org.example"));
    expect(await desk.try("assist")).toEqual(ok(null));
    await expect.poll(() => trials.length).toBe(1);
    await desk.leave("panel");
    expect(trials.map(({ signal }) => signal.aborted)).toEqual([true]);
    expect(await desk.try("assist")).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });
});

describe("saving", () => {
  it("adds to the file what was entered and leaves the rest of it as it stood", async () => {
    await writeFile(join(folder, "callside.config.json"), '{\n    "panel": { "theme": "dark" },\n    "assist": { "orgDomain": "old.example", "keywords": ["refund"] }\n}\n');
    const { desk, assist, configText } = await openDesk();
    await desk.show("connect");
    await desk.enter(typed("https://new.example/login"));
    expect(assist().kept).toBe("changed");
    await desk.save("assist");
    expect(JSON.parse((await configText()) ?? "")).toEqual({ panel: { theme: "dark" }, assist: { orgDomain: "new.example", keywords: ["refund"] } });
    expect(await configText()).toContain('\n    "panel"');
    expect(assist()).toMatchObject({ kept: "saved", undoable: true });
    await desk.undo("assist");
    expect(JSON.parse((await configText()) ?? "")).toEqual({ panel: { theme: "dark" }, assist: { orgDomain: "old.example", keywords: ["refund"] } });
  });

  it("is refused where the disk is, and changes nothing", async () => {
    const full = { kind: "transport", code: "disk", detail: "no space is left on the disk" } as const;
    const config = await openConfig({ file: null, env: {}, flags: [], dataFolder: folder, cwd: folder, clock });
    if (!config.ok) throw new Error("no configuration");
    const { desk, assist, switched } = await openDesk({ config: { ...config.value, change: async () => ({ ok: false, error: full }) } });
    await desk.show("connect");
    await desk.enter(typed("org.example"));
    expect(await desk.save("assist")).toEqual({ ok: false, error: full });
    expect([assist().kept, assist().undoable, switched]).toEqual(["no", false, []]);
    await config.value[Symbol.asyncDispose]();
  });

  it("does not make an agent's panel another's, except where it became one just now", async () => {
    const { desk, assist, switched } = await openDesk();
    await desk.show("connect");
    await desk.enter(typed("org.example", "a-7"));
    await desk.save("assist");
    expect(switched).toEqual(["live"]);
    // A mistake of a moment ago can be mended.
    await desk.enter(typed("org.example"));
    expect(assist().problems).toEqual([]);
    await desk.enter(typed("org.example", "a-7"));
    await desk.leave("panel");
    await desk.show("connect");
    await desk.enter(typed("org.example"));
    expect(assist().problems).toEqual([{ kind: "missing", key: "agentId" }]);
    expect(await desk.save("assist")).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  });
});

it("asks for nothing that IT has locked, and shows what holds", async () => {
  await writeFile(join(folder, "callside.config.json"), '{"assist":{"orgDomain":"it.example"}}');
  const { desk, assist, configText } = await openDesk({ locks: [{ path: "assist.orgDomain", by: "machine", reason: "One organisation" }] });
  await desk.show("connect");
  expect(assist().fixed).toEqual([{ key: "orgDomain", value: "it.example", by: "machine", reason: "One organisation" }]);
  await desk.enter(typed("mine.example", "a-7"));
  await desk.save("assist");
  expect(JSON.parse((await configText()) ?? "")).toEqual({ assist: { orgDomain: "it.example", agentId: "a-7" } });
});

it("asks for the agent that IT's role needs, and shows what IT has set of a system that is not on yet", async () => {
  const machine = machineWith({ assist: { orgDomain: "it.example" }, panel: { role: "agent" } });
  const { desk, assist, configText, switched } = await openDesk({ machine });
  await desk.show("connect");
  expect(assist().fixed).toContainEqual({ key: "orgDomain", value: "it.example", by: "machine", reason: "Ask IT" });
  expect(assist().problems).toEqual([{ kind: "missing", key: "agentId" }]);
  expect(await desk.save("assist")).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  await desk.enter(typed("", "a-7"));
  expect(assist().problems).toEqual([]);
  expect(await desk.save("assist")).toMatchObject({ ok: true });
  expect(JSON.parse((await configText()) ?? "")).toEqual({ assist: { agentId: "a-7" } });
  expect(switched).toEqual(["live"]);
});

describe("killed after", () => {
  const script = fileURLToPath(new URL("../support/setup-typist.ts", import.meta.url));

  it.each([1, 2, 3, 4, 5, 6])("%i acknowledged steps, nothing of them is lost", async (steps) => {
    const child = spawn(process.execPath, [script, folder], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    child.stdout.setEncoding("utf8");
    for await (const said of child.stdout) {
      if (String(said).includes(`${steps}\n`)) break;
      child.stdin.write("go on\n");
    }
    child.kill("SIGKILL");
    await ended;

    const draft = await nodeFiles.readText(join(folder, DRAFT_FILE_NAME));
    expect(draft).not.toContain("s3cr3t");
    const { desk, view, configText } = await openDesk();
    await desk.begin();
    await settle();
    expect(view()?.step).toBe(steps === 6 ? undefined : "connect");
    if (steps === 6) await desk.show("connect");
    await expect.poll(() => view()?.systems[0]?.secrets[1]?.source).toBe(steps >= 3 ? "key-store" : null);
    const values = (name: string) => view()?.systems.find(({ form }) => form.system === name)?.form.fields.filter(({ value }) => value !== "");
    expect(values("assist")).toEqual(steps >= 2 ? [{ key: "orgDomain", value: "org.example" }] : []);
    expect(values("tunnel")).toEqual(steps >= 4 ? [{ key: "tenant", value: "acme" }, { key: "botId", value: "b-1" }] : []);
    expect(JSON.parse((await configText()) ?? "{}")).toEqual(steps >= 5 ? { assist: { orgDomain: "org.example" } } : {});
  }, 30_000);
});
