import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { integrateCheck } from "../../electron/cli/integrate-check.ts";
import { integrateRegister } from "../../electron/cli/integrate-register.ts";
import { integrateRun } from "../../electron/cli/integrate-run.ts";
import { integrateSchema } from "../../electron/cli/integrate-schema.ts";
import { integrateOpener } from "../../electron/cli/open-headless.ts";
import { memorySecrets } from "../../electron/app/open-secrets.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { machineWith } from "../support/machine-with.ts";
import { startPlatform, temporary, type PlatformUnderTest } from "../support/program.ts";
import { runHere, type CliRun } from "./surroundings.ts";

type Json = Readonly<Record<string, unknown>>;

// Without the key store of whoever runs the tests.
const open = integrateOpener(memorySecrets("none in tests"));
const commands = {
  "integrate check": integrateCheck,
  "integrate register": integrateRegister(open),
  "integrate run": integrateRun(open),
  "integrate schema": integrateSchema,
};

interface Bench {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly platform: PlatformUnderTest;
  readonly env: Readonly<Record<string, string>>;
  /** Begins the command; relative paths are from the folder, in which `orders.yaml` lies. */
  readonly start: (...argv: readonly string[]) => CliRun;
  /** Runs it to its end. */
  readonly run: (...argv: readonly string[]) => Promise<CliRun & { readonly exit: number; readonly last: Json | undefined }>;
}

async function setUp(change: { readonly config?: Json | null; readonly env?: Json } = {}): Promise<Bench> {
  const folder = await temporary();
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const { sandbox } = platform;
  await writeFile(join(folder, "authority.pem"), sandbox.authority());
  await writeFile(join(folder, "orders.yaml"), sandbox.exampleIntegration().text);
  const config = { integrations: sandbox.config().integrations, network: { caFile: "authority.pem" }, ...change.config };
  if (change.config !== null) await writeFile(join(folder, "callside.config.json"), JSON.stringify(config));
  const env = { ...sandbox.env(), ...change.env };
  const clock = createFakeClock();
  const start = (...argv: readonly string[]): CliRun => runHere(argv, { folder, clock, env, commands });
  return {
    folder,
    clock,
    platform,
    env,
    start,
    async run(...argv) {
      const begun = start(...argv);
      const exit = await ended(begun, clock);
      return { ...begun, exit, last: argv.includes("--json") ? begun.lines().at(-1) : undefined };
    },
  };
}

/** Lets the program's time pass, in small steps with room for what takes real time, until it has ended. */
async function ended(run: CliRun, clock: FakeClock): Promise<number> {
  const over: { code: number | null } = { code: null };
  void run.code.then((code) => (over.code = code));
  const start = performance.now();
  while (over.code === null) {
    if (performance.now() - start > 30_000) throw new Error(`did not end: ${run.stdout.text()} ${run.stderr.text()}`);
    await clock.advance(20);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return over.code;
}

describe("integrate check", () => {
  test("a sound definition is valid, without configuration", async () => {
    const { run } = await setUp({ config: null });
    const json = await run("integrate", "check", "orders.yaml", "--json");
    expect([json.exit, json.lines()]).toEqual([0, [{ event: "valid", timestamp: expect.any(String), file: "orders.yaml", name: "Order lookup", notes: [] }]]);
    const human = await run("integrate", "check", "orders.yaml");
    expect(human.stdout.text()).toContain("orders.yaml is valid: Order lookup, POST https://");
  });

  test("every mistake is told at once, with path and line; 1", async () => {
    const { folder, run } = await setUp();
    await writeFile(join(folder, "bad.yaml"), "name: x\nbot_id: b\nconfig:\n  url: http://example.com\n  methd: GET\n  timeout_seconds: 121\n");
    const checked = await run("integrate", "check", "bad.yaml", "--json");
    const { exit, last } = checked;
    expect(exit).toBe(1);
    expect(checked.lines()).toHaveLength(1);
    expect(last).toMatchObject({ event: "invalid", file: "bad.yaml" });
    const errors = last?.["errors"] as readonly { readonly path: string; readonly line: number; readonly message: string }[];
    expect(errors.map(({ path, line }) => [path, line])).toEqual([["name", 1], ["config.url", 4], ["config.methd", 5], ["config.timeout_seconds", 6]]);
    const human = await run("integrate", "check", "bad.yaml");
    expect(human.stdout.text()).toContain("bad.yaml has 4 mistakes:\n  line 1: name:");
  });

  test.each([
    [["integrate", "check"], "the definition is missing"],
    [["integrate", "check", "nowhere.yaml"], "there is no such file"],
    [["integrate", "check", "orders.txt"], ".json, .yaml or .yml"],
    [["integrate", "check", "folder.json"], "cannot be read"],
    [["integrate", "check", "a.yaml", "b.yaml"], "allowed: at most 1"],
  ])("%j could not be tried: 2", async (argv, message) => {
    const { folder, run } = await setUp();
    await mkdir(join(folder, "folder.json"));
    const { exit, stderr } = await run(...argv);
    expect([exit, stderr.text()]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("integrate run", () => {
  test("sends what the mapping makes of the input and gives what the bot would get; the secret is nowhere", async () => {
    const { env, run } = await setUp();
    const { exit, last, stdout } = await run("integrate", "run", "orders.yaml", "--input", '{"order":"ORD-20468"}', "--json");
    expect(stdout.text()).not.toContain(env["EXTERNAL_API_KEY"]);
    expect([exit, last]).toEqual([
      0,
      expect.objectContaining({ event: "executed", statusCode: 200, latencyMs: expect.any(Number), attempts: 1, result: [expect.objectContaining({ order_number: "ORD-20468" })] }),
    ]);
    expect(last?.["request"]).toMatchObject({ method: "POST", headers: expect.arrayContaining([{ name: "Authorization", value: "Bearer ••••••" }]), body: '{"limit":5,"order":"ORD-20468"}' });
    const human = await run("integrate", "run", "orders.yaml");
    expect(human.exit).toBe(0);
    for (const part of ["POST https://", "Authorization: Bearer ••••••", "200 after ", '"order_number"']) expect(human.stdout.text()).toContain(part);
  });

  test("takes the input from a file", async () => {
    const { folder, run } = await setUp();
    await writeFile(join(folder, "payload.json"), '\uFEFF{"order":"ORD-20468"}');
    const { exit, last } = await run("integrate", "run", "orders.yaml", "--input", "@payload.json", "--json");
    expect([exit, last]).toMatchObject([0, { result: [{ order_number: "ORD-20468" }] }]);
  });

  test.each([
    ["{bad: Fournier", "no JSON"],
    ["@nowhere.json", "there is no such file"],
    ["@callside.config.json.gone", "no such file"],
  ])("an input %j is refused without being repeated: 2", async (input, message) => {
    const { run } = await setUp();
    const { exit, stderr } = await run("integrate", "run", "orders.yaml", "--input", input);
    expect([exit, stderr.text()]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr.text()).not.toContain("Fournier");
  });

  test("needs no section, and allows nothing beyond the rules then", async () => {
    const { run } = await setUp({ config: null });
    const { exit, last } = await run("integrate", "run", "orders.yaml", "--json");
    expect([exit, last]).toMatchObject([1, { event: "failed", code: "address-refused", reason: expect.stringContaining("allowHosts") }]);
  });

  test("a service that answers otherwise failed, and so did a mapping that finds nothing: 1", async () => {
    const { folder, platform, run } = await setUp();
    platform.fault("orders-key", "401");
    expect(await run("integrate", "run", "orders.yaml", "--json")).toMatchObject({ exit: 1, last: { event: "failed", statusCode: 401, attempts: 1 } });
    platform.fault("orders-key", null);
    platform.fault("orders-503", 1);
    expect(await run("integrate", "run", "orders.yaml", "--json")).toMatchObject({ exit: 1, last: { event: "failed", statusCode: 503, attempts: 3 } });
    platform.fault("orders-503", null);
    await writeFile(join(folder, "lost.yaml"), platform.sandbox.exampleIntegration().text.replace("data.result", "data.nothing"));
    expect(await run("integrate", "run", "lost.yaml", "--json")).toMatchObject({ exit: 1, last: { event: "failed", path: "data.nothing", statusCode: 200 } });
  });

  test("a service that cannot be reached, or a secret that is not there: 2, with what to do", async () => {
    const { run } = await setUp({ env: { EXTERNAL_API_KEY: "" } });
    expect(await run("integrate", "run", "orders.yaml", "--json")).toMatchObject({ exit: 2, last: { event: "failed", code: "no-secret", reason: expect.stringContaining("EXTERNAL_API_KEY") } });
    const other = await setUp();
    other.platform.fault("orders-hang-up", 1);
    expect(await other.run("integrate", "run", "orders.yaml", "--json")).toMatchObject({ exit: 2, last: { event: "failed", code: "network", attempts: 3 } });
  });

  test("SIGINT cancels a run that nobody answers: 2", async () => {
    const { clock, platform, start } = await setUp();
    platform.fault("orders-timeout", 1);
    const run = start("integrate", "run", "orders.yaml", "--json");
    await run.stdout.shows('"ready"');
    run.signal("SIGINT");
    expect(await ended(run, clock)).toBe(2);
    expect(run.lines().at(-1)).toMatchObject({ event: "error", message: expect.stringContaining("cancelled") });
    expect(run.exits).toEqual([]);
    expect(run.signalListeners()).toBe(0);
  });

  test("a configuration that is wrong is told: 2", async () => {
    const { run } = await setUp({ config: { integrations: { tenantUrl: "ftp://x", allowHost: [] } } });
    const { exit, stderr } = await run("integrate", "run", "orders.yaml");
    expect([exit, stderr.text()]).toEqual([2, expect.stringContaining("did you mean integrations.allowHosts")]);
  });
});

describe("integrate register", () => {
  test("tells the platform's id: 0", async () => {
    const { run } = await setUp();
    expect(await run("integrate", "register", "orders.yaml", "--json")).toMatchObject({ exit: 0, last: { event: "registered", id: expect.stringMatching(/^int_/u), name: "Order lookup", status: "ACTIVE" } });
  });

  test("what the platform refuses is 1, in its words and ours; a platform in trouble is 2", async () => {
    const { platform, run } = await setUp();
    platform.fault("register-refuse", "403");
    expect(await run("integrate", "register", "orders.yaml", "--json")).toMatchObject({ exit: 1, last: { event: "failed", code: "forbidden", reason: expect.stringContaining("cognigy:integrations:write") } });
    platform.fault("register-refuse", "500");
    expect(await run("integrate", "register", "orders.yaml", "--json")).toMatchObject({ exit: 2, last: { event: "failed" } });
  });

  test("is refused to an agent with the panel's words, where IT has set that role, and nothing is sent", async () => {
    const folder = await temporary();
    await using server = await serveHttp((_request, response) => sendJson(response, 200, {}));
    const platform = await startPlatform();
    onTestFinished(() => platform[Symbol.asyncDispose]());
    const { sandbox } = platform;
    await writeFile(join(folder, "orders.yaml"), sandbox.exampleIntegration().text);
    const integrations = { tokenUrl: `${server.url}/token`, apiUrl: `${server.url}/api` };
    await writeFile(join(folder, "callside.config.json"), JSON.stringify({ integrations, panel: { role: "supervisor" } }));
    const begin = (command: string, machine?: MachinePort) => {
      const clock = createFakeClock();
      const run = runHere(["integrate", command, "orders.yaml"], { folder, clock, env: { ...sandbox.env() }, commands, ...(machine === undefined ? {} : { machine }) });
      return ended(run, clock).then((exit) => [exit, run.stderr.text()]);
    };
    const machine = machineWith({ panel: { role: "agent" } });
    for (const command of ["register", "run"]) expect(await begin(command, machine)).toEqual([2, expect.stringContaining("integrations are made in role supervisor")]);
    expect(server.requests).toEqual([]);
    // A role that is not IT's is the person's own choice.
    await writeFile(join(folder, "callside.config.json"), JSON.stringify({ integrations, panel: { role: "agent" } }));
    expect((await begin("register"))[1]).not.toContain("role supervisor");
    expect(server.requests).not.toEqual([]);
  });

  test("without the section, or without credentials, it says what to give: 2", async () => {
    const off = await setUp({ config: null, env: { COGNIGY_TENANT_URL: "" } });
    const unknown = await off.run("integrate", "register", "orders.yaml");
    expect([unknown.exit, unknown.stderr.text()]).toEqual([2, expect.stringContaining("integrations is off")]);
    const { run } = await setUp({ env: { COGNIGY_CLIENT_SECRET: "" } });
    expect(await run("integrate", "register", "orders.yaml", "--json")).toMatchObject({ exit: 2, last: { event: "failed", reason: expect.stringContaining("COGNIGY_CLIENT_SECRET") } });
  });
});

test("integrate schema prints a schema that knows the fields", async () => {
  const { run } = await setUp();
  const { exit, stdout } = await run("integrate", "schema");
  expect([exit, JSON.parse(stdout.text())]).toMatchObject([0, { title: "Callside REST integration", properties: { config: { properties: { response_mapping: {} } } } }]);
});
