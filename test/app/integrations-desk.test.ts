import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { IntegrationDetails, IntegrationRow, IntegrationsView, Mapped, TryResult } from "../../shared/integration-view.ts";
import type { Fault } from "../../shared/fault.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openProgram, startPlatform, temporary, type PlatformUnderTest, type Program, type ProgramOptions } from "../support/program.ts";

type Json = Readonly<Record<string, unknown>>;

interface Bench {
  readonly platform: PlatformUnderTest;
  readonly program: Program;
  /** The definition that comes with the sandbox, as a draft of its own. */
  readonly draft: Draft;
  readonly config: Json;
  /** Where definitions lie. */
  readonly folder: string;
}
type Draft = { name: string; config: Record<string, unknown> } & Record<string, never>;

async function setUp({ section = {}, rest = {}, ...options }: { readonly section?: Json; readonly rest?: Json } & Partial<ProgramOptions> = {}): Promise<Bench> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const caFile = join(await temporary(), "authority.pem");
  await writeFile(caFile, platform.sandbox.authority());
  const config = {
    integrations: { ...platform.sandbox.config().integrations, ...section },
    network: { caFile },
    audit: { directory: "audit" },
    telemetry: { metricsFile: "metrics.jsonl" },
    panel: { role: "supervisor" },
    ...rest,
  };
  const program = await openProgram({ config, env: { ...platform.sandbox.env() }, ...options });
  const draft = structuredClone(platform.sandbox.exampleIntegration().definition) as unknown as Draft;
  return { platform, program, draft, config, folder: join(program.folder, "data", "integrations") };
}

const LIMIT_MS = 20_000;

/** Lets the program's time pass until something comes: the disk, TLS and the loading of code take real time. */
async function soon<T>(program: Program, work: Promise<T>): Promise<T> {
  const over = { is: false };
  void work.then(
    () => (over.is = true),
    () => (over.is = true),
  );
  const start = performance.now();
  while (!over.is && performance.now() - start < LIMIT_MS) await program.pass(50);
  return work;
}

async function told(program: Program, condition: (view: IntegrationsView) => boolean, what: string): Promise<IntegrationsView> {
  const start = performance.now();
  for (;;) {
    const view = program.state().integrations;
    if (view !== null && condition(view)) return view;
    if (performance.now() - start > LIMIT_MS) throw new Error(`never came true: ${what}; ${JSON.stringify(view)}`);
    await program.pass(50);
  }
}

async function value<T>(program: Program, ...call: Parameters<Program["command"]>): Promise<T> {
  const reply = await soon(program, program.command(...call));
  if (!reply.ok) return expect.unreachable(JSON.stringify(reply.error));
  return reply.value as T;
}

async function fault(program: Program, ...call: Parameters<Program["command"]>): Promise<Fault> {
  const reply = await soon(program, program.command(...call));
  return reply.ok ? expect.unreachable("it was not refused") : reply.error;
}

const save = (program: Program, draft: object, key: string | null = null) => value<{ readonly key: string }>(program, "integrations.save", { key, draft: draft as Record<string, never> });
const tried = (program: Program, draft: object, payload: object = { customer: "Fournier" }) =>
  value<TryResult>(program, "integrations.try", { draft: draft as Record<string, never>, payload: payload as Record<string, never> });
const open = (program: Program, key: string) => value<IntegrationDetails>(program, "integrations.open", { key });

async function row(program: Program, condition: (row: IntegrationRow) => boolean = () => true): Promise<IntegrationRow> {
  const view = await told(program, ({ rows }) => rows.some(condition), condition.toString());
  return view.rows.find(condition) ?? expect.unreachable();
}

describe("who sees integrations", () => {
  test("without the section there is nothing, and commands say what to configure", async () => {
    const program = await openProgram({ config: { panel: { role: "supervisor" } } });
    expect(program.state().integrations).toBeNull();
    for (const name of ["integrations.example", "secrets.test"] as const) {
      expect(await fault(program, name, name === "secrets.test" ? { name: "A" } : {})).toMatchObject({ code: "not-found-here", detail: expect.stringContaining("section integrations") });
    }
  });

  test("an agent hears nothing of them and may do nothing with them; becoming a supervisor brings all of it, going back takes it away", async () => {
    const { program, draft, config } = await setUp();
    await save(program, draft);
    await row(program);
    await program.rewrite({ ...config, panel: { role: "agent" } });
    await program.passUntil(() => program.state().integrations === null, 10_000);
    expect(await fault(program, "integrations.open", { key: "order-lookup" })).toMatchObject({ code: "not-allowed" });
    expect(await fault(program, "secrets.put", { name: "A", value: "b" })).toMatchObject({ code: "not-allowed" });
    await program.rewrite(config);
    expect(await row(program)).toMatchObject({ key: "order-lookup" });
  });

  test("turning the section on and off brings the view and takes it away", async () => {
    const { program, config } = await setUp();
    await told(program, () => true, "it is on");
    await program.rewrite({ panel: { role: "supervisor" } });
    await program.passUntil(() => program.state().integrations === null, 10_000);
    await program.rewrite(config);
    await told(program, () => true, "it is on again");
  });

  test("what changes fast is told four times a second at most, and only where it changed", async () => {
    const { program, draft } = await setUp();
    const { key } = await save(program, draft);
    await row(program);
    await program.pass(2_000);
    let pushes = 0;
    const startedAt = program.clock.now();
    const stop = program.desk.publisher.subscribe(({ updates }) => {
      pushes += updates.filter((update) => update.kind === "integrations").length;
    });
    for (let turn = 0; turn < 10; turn += 1) await save(program, { ...draft, name: `Order lookup ${turn}` }, key);
    await program.pass(1_000);
    expect(pushes).toBeGreaterThan(0);
    expect(pushes).toBeLessThanOrEqual(1 + (program.clock.now() - startedAt) / 250);
    pushes = 0;
    for (let turn = 0; turn < 5; turn += 1) await program.command("integrations.open", { key });
    await program.pass(1_000);
    expect(pushes).toBe(0);
    stop();
  });
});

describe("definitions are kept as files that the command line takes", () => {
  test("a draft, right or wrong, is a file of its own; the key follows the first name and stays", async () => {
    const { program, draft, folder } = await setUp();
    expect(await save(program, draft)).toEqual({ key: "order-lookup" });
    expect(JSON.parse(await readFile(join(folder, "order-lookup.json"), "utf8"))).toEqual(draft);
    expect(await save(program, { ...draft, name: "Étude n° 2" }, "order-lookup")).toEqual({ key: "order-lookup" });
    expect(await save(program, { ...draft, name: "Order lookup" })).toEqual({ key: "order-lookup-2" });
    for (const [name, key] of [["", "integration"], ["../../etc/passwd", "etc-passwd"], ["CON", "integration-con"], ["注文", "integration-2"]] as const) {
      expect(await save(program, { name })).toEqual({ key });
    }
    expect(await row(program, ({ key }) => key === "integration-con")).toMatchObject({ name: "CON", method: "", host: "", problems: 2, registered: null });
    expect(await row(program, ({ key }) => key === "order-lookup")).toMatchObject({ name: "Étude n° 2", method: "POST", problems: 0 });
    expect((await readdir(folder)).toSorted()).toEqual(["etc-passwd.json", "integration-2.json", "integration-con.json", "integration.json", "order-lookup-2.json", "order-lookup.json"]);
  });

  test("they are there after a restart, with registrations and fixtures", async () => {
    const { program, draft, config, platform } = await setUp();
    const { key } = await save(program, draft);
    const { tryId } = await tried(program, draft);
    await value(program, "integrations.keep-fixture", { key, name: " Fournier's orders ", tryId });
    const registered = await value<{ readonly id: string }>(program, "integrations.register", { key });
    await program.close();
    const again = await openProgram({ config, env: { ...platform.sandbox.env() }, folder: program.folder });
    expect(await row(again)).toMatchObject({ key, registered: { id: registered.id, changed: false }, stats: { calls: 0 } });
    const details = await open(again, key);
    expect(details.fixtures).toEqual([{ name: "Fournier's orders", bytes: expect.any(Number), at: expect.any(Number) }]);
    expect(details.registrations).toHaveLength(1);
    const mapped = await value<Mapped>(again, "integrations.map", { source: { kind: "fixture", key, name: "Fournier's orders" }, extract: "length(data.result)", normalize: "flatten" });
    expect(mapped).toMatchObject({ kind: "mapped", normalized: expect.stringContaining('"value"') });
  });

  test("one that was deleted comes back with all that belongs to it while the program runs; afterwards nothing of it is left", async () => {
    const { program, draft, folder } = await setUp();
    const { key } = await save(program, draft);
    const { tryId } = await tried(program, draft);
    await value(program, "integrations.keep-fixture", { key, name: "orders", tryId });
    await value(program, "integrations.delete", { key });
    expect(await fault(program, "integrations.open", { key })).toMatchObject({ code: "not-found-here" });
    await told(program, ({ rows }) => rows.length === 0, "it is gone");
    expect(await save(program, draft, key)).toEqual({ key });
    expect((await open(program, key)).fixtures).toHaveLength(1);
    await value(program, "integrations.delete", { key });
    expect(await save(program, draft)).toEqual({ key: "order-lookup-2" });
    await program.close();
    expect(await readdir(folder)).toEqual(["order-lookup-2.json"]);
  });

  test("a damaged file is set aside and told, never written over, and hinders no other", async () => {
    const dataFolder = await temporary();
    const folder = join(dataFolder, "data", "integrations");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "half.json"), '{"name": "Ha');
    await writeFile(join(folder, "list.json"), "[1]");
    await writeFile(join(folder, "good.json"), '{"name": "Good one"}');
    await writeFile(join(folder, "good.state.json"), '{"version": 99}');
    await writeFile(join(folder, "notes.txt"), "mine");
    const { program } = await setUp({ folder: dataFolder });
    const view = await told(program, ({ rows }) => rows.length > 0, "the good one is there");
    expect(view.rows.map(({ key }) => key)).toEqual(["good"]);
    expect(program.notice("integrations-damaged")).toMatchObject({ what: "3 files of the integrations were damaged.", effect: expect.stringContaining("good.state.json.damaged-") });
    const names = await readdir(folder);
    expect(names.map((name) => name.replace(/damaged-.*/u, "damaged")).toSorted()).toEqual(["good.json", "good.state.json.damaged", "half.json.damaged", "list.json.damaged", "notes.txt"]);
    expect(await readFile(join(folder, names.find((name) => name.startsWith("half")) ?? ""), "utf8")).toBe('{"name": "Ha');
    // The key is not given away while what is left of it may be mended.
    expect(await save(program, { name: "Half" })).toEqual({ key: "half-2" });
  });

  test("where the disk refuses, the command says so, nothing is taken for kept, and it works again afterwards", async () => {
    const disk = { full: false };
    const files = {
      ...nodeFiles,
      replace: (path: string, text: string) => (disk.full && path.includes("integrations") ? Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })) : nodeFiles.replace(path, text)),
    };
    const { program, draft } = await setUp({ files });
    const { key } = await save(program, draft);
    disk.full = true;
    expect(await fault(program, "integrations.save", { key, draft: { name: "Another" } })).toMatchObject({ code: "disk", detail: expect.stringContaining("no space") });
    expect((await open(program, key)).draft).toEqual(draft);
    expect(await fault(program, "integrations.register", { key })).toMatchObject({ code: "disk", detail: expect.stringMatching(/registered as int_/u) });
    disk.full = false;
    expect(await save(program, { name: "Another" }, key)).toEqual({ key });
  });

  test("keys that nobody has are refused and reach no file", async () => {
    const { program } = await setUp();
    for (const key of ["../callside.config", "nobody", "__proto__"]) {
      expect(await fault(program, "integrations.save", { key, draft: {} })).toMatchObject({ code: "not-found-here" });
      expect(await fault(program, "integrations.delete", { key })).toMatchObject({ code: "not-found-here" });
      expect(await fault(program, "integrations.keep-fixture", { key, name: "a", tryId: "b" })).toMatchObject({ code: "not-found-here" });
    }
  });
});

describe("trying", () => {
  test("shows the request with its secret masked, the reply, and what the bot would see; the figures count it", async () => {
    const { program, draft, platform } = await setUp();
    await save(program, draft);
    const result = await tried(program, draft);
    const secret = platform.sandbox.env().EXTERNAL_API_KEY;
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(result.request.headers).toContainEqual({ name: "Authorization", value: "Bearer ••••••" });
    expect(result.request.body).toBe('{"limit":5,"customer":"Fournier"}');
    expect(result).toMatchObject({ attempts: 1, outcome: { kind: "answered", statusCode: 200, cut: false, mapped: { kind: "mapped", normalized: expect.stringContaining("order_number") } } });
    expect((await row(program, ({ stats }) => stats.calls === 1)).stats).toMatchObject({ failures: 0, p50: expect.any(Number) });
    await program.close();
    const kept = [await program.auditText(), await readFile(program.metricsFile, "utf8")].join("");
    expect(kept).toContain("INTEGRATION_EXECUTION");
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain("Fournier");
  });

  test("a mapping that finds nothing is told beside the reply; a draft with mistakes is told before anything is sent", async () => {
    const { program, draft } = await setUp();
    const lost = { ...draft, config: { ...draft.config, response_mapping: { extract: "data.nothing.here" } } };
    expect(await tried(program, lost)).toMatchObject({ outcome: { kind: "answered", mapped: { kind: "refused", path: expect.stringContaining("data.nothing"), message: expect.any(String) } } });
    const wrong = { name: "x", config: { url: "http://example.com" } };
    expect(await fault(program, "integrations.try", { draft: wrong, payload: null })).toMatchObject({ code: "invalid-input", detail: expect.stringContaining("config.url") });
  });

  test("a service that refuses, and a secret that is not there, are faults with what to do", async () => {
    const { program, draft, platform } = await setUp();
    platform.fault("orders-key", "403");
    expect(await tried(program, draft)).toMatchObject({ outcome: { kind: "failed", statusCode: 403, fault: { code: "forbidden" } } });
    const nameless = { ...draft, config: { ...draft.config, secret: "NOBODY_KNOWS" } };
    expect(await fault(program, "integrations.try", { draft: nameless, payload: {} })).toMatchObject({ code: "no-secret", detail: expect.stringContaining("NOBODY_KNOWS") });
  });

  test("the reply can be mapped again without asking the service, kept as a fixture, and mapped offline; the last twenty are remembered", async () => {
    const { program, draft, platform } = await setUp();
    const { key } = await save(program, draft);
    const first = await tried(program, draft);
    const asked = platform.sandbox.stats();
    const map = (source: { readonly kind: "try"; readonly tryId: string } | { readonly kind: "fixture"; readonly key: string; readonly name: string } | { readonly kind: "text"; readonly text: string }, extract: string) =>
      value<Mapped>(program, "integrations.map", { source, extract, normalize: "none" });
    const ofTry = await map({ kind: "try", tryId: first.tryId }, "data.result[0]");
    expect(ofTry).toMatchObject({ kind: "mapped", cut: false });
    expect(await map({ kind: "try", tryId: first.tryId }, "data.result[")).toMatchObject({ kind: "refused", message: expect.any(String) });
    expect(await map({ kind: "text", text: '{"a": {"b": 1}}' }, "a.b")).toMatchObject({ kind: "mapped", extracted: "1" });
    expect(await fault(program, "integrations.map", { source: { kind: "text", text: "{" }, extract: "a", normalize: "none" })).toMatchObject({ code: "invalid-input" });
    await value(program, "integrations.keep-fixture", { key, name: "one", tryId: first.tryId });
    expect(await map({ kind: "fixture", key, name: "one" }, "data.result[0]")).toEqual(ofTry);
    expect(platform.sandbox.stats()).toEqual(asked);
    await value(program, "integrations.drop-fixture", { key, name: "one" });
    expect(await fault(program, "integrations.map", { source: { kind: "fixture", key, name: "one" }, extract: "*", normalize: "none" })).toMatchObject({ code: "not-found-here" });
    for (let turn = 0; turn < 20; turn += 1) await tried(program, draft);
    expect(await fault(program, "integrations.map", { source: { kind: "try", tryId: first.tryId }, extract: "*", normalize: "none" })).toMatchObject({ code: "not-found-here", detail: expect.stringContaining("run it again") });
  });

  test("closing the program ends a try that nobody answers", async () => {
    const { program, draft, platform } = await setUp();
    platform.fault("orders-timeout", 1);
    const trying = program.command("integrations.try", { draft, payload: {} });
    await program.pass(500);
    await program.close();
    expect(await trying).toMatchObject({ ok: true, value: { outcome: { kind: "failed", fault: { code: "aborted" } } } });
  });
});

describe("registering", () => {
  test("keeps id and definition, tells when the definition is another since, and counts by the id from then on", async () => {
    const { program, draft } = await setUp();
    const { key } = await save(program, draft);
    await tried(program, draft);
    const { id } = await value<{ readonly id: string }>(program, "integrations.register", { key });
    expect(await row(program, ({ registered }) => registered !== null)).toMatchObject({ registered: { id, changed: false }, stats: { calls: 1 } });
    await tried(program, draft);
    expect(await row(program, ({ stats }) => stats.calls === 2)).toMatchObject({ registered: { id } });
    await save(program, { ...draft, description: "Otherwise" }, key);
    await row(program, ({ registered }) => registered?.changed === true);
    await value(program, "integrations.register", { key });
    expect((await open(program, key)).registrations.map(({ definition }) => definition.description)).toEqual(["Otherwise", expect.any(String)]);
    await row(program, ({ registered }) => registered?.changed === false);
    await program.close();
    const audit = await program.audit();
    expect(audit.filter(({ event }) => event === "INTEGRATION_EXECUTION").map(({ data }) => data["integration_id"])).toEqual(["Order lookup", id]);
    expect(audit.filter(({ event }) => event === "INTEGRATION_REGISTERED")).toHaveLength(2);
  });

  test("what the platform refuses is told in its words and ours, and nothing is taken for registered", async () => {
    const { program, draft, platform } = await setUp();
    const { key } = await save(program, { ...draft, bot_id: "somebody-elses-bot" });
    expect(await fault(program, "integrations.register", { key })).toMatchObject({ code: "forbidden", detail: expect.stringContaining("somebody-elses-bot") });
    await save(program, draft, key);
    platform.fault("register-refuse", "400");
    expect(await fault(program, "integrations.register", { key })).toMatchObject({ code: "bad-request" });
    expect((await row(program)).registered).toBeNull();
    await save(program, { name: "no" }, key);
    expect(await fault(program, "integrations.register", { key })).toMatchObject({ code: "invalid-input" });
  });

  test("without credentials everything else works, and registering names the variables", async () => {
    const { program, draft, platform } = await setUp({ env: {} });
    await value(program, "secrets.put", { name: "EXTERNAL_API_KEY", value: platform.sandbox.env().EXTERNAL_API_KEY });
    const { key } = await save(program, draft);
    expect(await tried(program, draft)).toMatchObject({ outcome: { kind: "answered" } });
    expect(await fault(program, "integrations.register", { key })).toMatchObject({ code: "no-credentials", detail: expect.stringContaining("CALLSIDE_INTEGRATIONS_CLIENT_ID") });
  });
});

describe("secrets", () => {
  test("are told by name and place only, from put to delete; memory alone is told as a notice", async () => {
    const { program, draft } = await setUp();
    await save(program, draft);
    await told(program, ({ secrets }) => secrets.rows.some(({ name, source }) => name === "EXTERNAL_API_KEY" && source === "environment"), "the environment's is there");
    expect(program.notice("vault-memory")).toBeUndefined();
    expect(await value(program, "secrets.test", { name: "MINE" })).toEqual({ source: null });
    await value(program, "secrets.put", { name: "MINE", value: "tell-nobody-4711" });
    expect(await value(program, "secrets.test", { name: "MINE" })).toEqual({ source: "memory" });
    const { secrets } = await told(program, (view) => view.secrets.rows.length === 2, "both are there");
    expect(secrets).toMatchObject({ keptIn: "memory", rows: [{ name: "EXTERNAL_API_KEY" }, { name: "MINE", source: "memory", shadowed: false }] });
    expect(program.notice("vault-memory")).toMatchObject({ level: "warning" });
    expect(JSON.stringify(program.state())).not.toContain("tell-nobody");
    await value(program, "secrets.delete", { name: "MINE" });
    expect(await fault(program, "secrets.delete", { name: "MINE" })).toMatchObject({ code: "not-found-here" });
    await told(program, (view) => view.secrets.rows.length === 1, "it is gone");
    expect(program.notice("vault-memory")).toBeUndefined();
    await program.close();
    const audit = await program.audit();
    expect(audit.filter(({ event }) => event.startsWith("SECRET_")).map(({ event, data }) => [event, data])).toEqual([["SECRET_STORED", { name: "MINE" }], ["SECRET_DELETED", { name: "MINE" }]]);
    expect(JSON.stringify(audit)).not.toContain("tell-nobody");
  });
});

describe("the webhook", () => {
  test("is not told unsigned where it should be signed; once the secret is there it hears of runs", async () => {
    const { program, draft, platform } = await setUp({ section: { webhookSecret: "HOOK_KEY" } });
    await program.passUntil(() => program.notice("integrations-webhook") !== undefined, 10_000);
    expect(program.notice("integrations-webhook")).toMatchObject({ remedy: expect.stringContaining("HOOK_KEY") });
    const hooks = (): number => platform.sandbox.stats().hookRequests;
    await tried(program, draft);
    await value(program, "secrets.put", { name: "HOOK_KEY", value: "sign-with-this" });
    await program.passUntil(() => program.notice("integrations-webhook") === undefined, 10_000);
    const before = hooks();
    await tried(program, draft);
    await program.passUntil(() => hooks() === before + 1, 10_000, "the webhook was told");
    expect(before).toBe(0);
  });
});
