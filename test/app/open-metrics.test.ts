import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../electron/app.ts";
import type { AppPorts } from "../../electron/app/app-ports.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { metricValues } from "../support/metric-values.ts";
import { configFor, openProgram, startPlatform, temporary, type PlatformUnderTest, type Program, type ProgramOptions } from "../support/program.ts";
import { until } from "../support/until.ts";

type Json = Readonly<Record<string, unknown>>;

const LIMIT_MS = 20_000;
const PLACE = { telemetry: { openMetricsFile: "figures/callside.txt" } };

async function platformHere(): Promise<PlatformUnderTest> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  return platform;
}

async function programOn(platform: PlatformUnderTest, rest: Json, options: Partial<ProgramOptions> = {}) {
  const program = await openProgram({ config: configFor(platform, {}, { ...PLACE, ...rest }), env: { ...platform.sandbox.env() }, ...options });
  await program.connected();
  return { program, file: join(program.folder, "figures", "callside.txt") };
}

const valuesOf = (file: string): ReadonlyMap<string, number> => (existsSync(file) ? metricValues(readFileSync(file, "utf8")) : new Map());

/** Time passes until the file says so: the disk is real. */
async function says(program: Program, file: string, name: string, value: number | undefined): Promise<void> {
  const start = performance.now();
  while (valuesOf(file).get(name) !== value) {
    if (performance.now() - start > LIMIT_MS) expect.unreachable(`${name} is not ${value} in ${JSON.stringify([...valuesOf(file)])}`);
    await program.pass(500);
  }
}

/** Time passes until something comes. */
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

test("a program with a panel tells of all that is on, opens no port for it, and names no conversation and nothing that was said", async () => {
  const platform = await platformHere();
  const { tunnel, bridge, integrations } = platform.sandbox.config();
  const { program, file } = await programOn(platform, { tunnel, bridge, integrations: { ...integrations, allowHosts: ["127.0.0.1"] } });
  await until(() => program.app.connection("bridge").state.kind === "connected" && platform.sandbox.stats().subscriptions >= 1, "the bridge is connected");
  platform.say("I want a refund for marigold");
  platform.say("thank you");
  await until(() => program.sets().length === 1, "a set");
  platform.sandbox.chat({ conversationId: "chat-secret", text: "where is my marigold" });
  const { definition } = platform.sandbox.exampleIntegration();
  const output = await soon(program, program.command("integrations.try", { draft: definition, payload: { customer: "Fournier" } }));
  expect(output.ok, JSON.stringify(output)).toBe(true);
  await says(program, file, "callside_bridge_messages_received_total", 1);
  await says(program, file, "callside_tunnel_connection connected", 1);
  const values = valuesOf(file);
  expect(values.get("callside_up")).toBe(1);
  expect(values.get("callside_assist_connection connected")).toBe(1);
  expect(values.get("callside_assist_triggers_total")).toBe(1);
  expect(values.get("callside_assist_latency_seconds 0.5")).toBeGreaterThanOrEqual(0);
  expect(values.get("callside_bridge_connected")).toBe(1);
  expect(values.get(`callside_integration_calls_total ${definition.name}`)).toBe(1);
  expect(program.app.bridge.healthPort()).toBeNull();
  expect(await readFile(file, "utf8")).not.toMatch(/chat-secret|talk|marigold|refund|Fournier|127\.0\.0\.1/u);
  await program.close();
  const last = valuesOf(file);
  expect(last.get("callside_up")).toBe(0);
  expect(last.get("callside_bridge_connected")).toBe(0);
  expect(last.get("callside_assist_connection connected")).toBe(0);
  expect(last.get("callside_tunnel_connection connected")).toBe(0);
  // What is said in the bridge's chats is evaluated too.
  expect(last.get("callside_assist_evaluations_total")).toBe(program.events.filter(({ kind }) => kind === "evaluated").length);
  expect(last.get("callside_bridge_messages_received_total")).toBe(1);
  expect(last.get(`callside_integration_calls_total ${definition.name}`)).toBe(1);
});

test("what is off is not told of, and the key is followed: moved, taken out, put in again, without a count lost", async () => {
  const platform = await platformHere();
  const { program, file } = await programOn(platform, {});
  platform.say("good morning");
  await says(program, file, "callside_assist_evaluations_total", 1);
  expect([...valuesOf(file).keys()].filter((name) => /bridge|tunnel|integration/u.test(name))).toEqual([]);
  const other = join(program.folder, "other.txt");
  await program.rewrite(configFor(platform, {}, { telemetry: { openMetricsFile: "other.txt" } }));
  await says(program, other, "callside_assist_evaluations_total", 1);
  expect(valuesOf(file).get("callside_up")).toBe(0);
  await program.rewrite(configFor(platform, {}, { telemetry: {} }));
  await says(program, other, "callside_up", 0);
  platform.say("good evening");
  await program.pass(40_000);
  expect(valuesOf(other).get("callside_assist_evaluations_total")).toBe(1);
  await program.rewrite(configFor(platform, {}, PLACE));
  await says(program, file, "callside_assist_evaluations_total", 2);
  expect(valuesOf(file).get("callside_up")).toBe(1);
});

test("a system that is switched off goes from the file, and one that is switched on comes into it", async () => {
  const platform = await platformHere();
  const { program, file } = await programOn(platform, {});
  await says(program, file, "callside_assist_connection connected", 1);
  const { tunnel } = platform.sandbox.config();
  await program.rewrite({ ...PLACE, tunnel, panel: { role: "supervisor" } });
  await says(program, file, "callside_tunnel_connection connected", 1);
  await says(program, file, "callside_assist_connection connected", undefined);
});

test("trouble is a notice that says what it costs, and is gone once the figures are written", async () => {
  const platform = await platformHere();
  const disk = createFaultyFiles();
  disk.faults.replace = "ENOSPC";
  const { program, file } = await programOn(platform, {}, { files: disk.files });
  await program.passUntil(() => program.notice("open-metrics") !== undefined, 10_000);
  expect(program.notice("open-metrics")).toMatchObject({
    level: "warning",
    what: expect.stringMatching(/^The OpenMetrics file cannot be written: .*\(ENOSPC\)\.$/u),
    effect: "The work goes on. The figures are written as soon as that is possible.",
  });
  disk.faults.replace = null;
  await program.passUntil(() => program.notice("open-metrics") === undefined, 10_000);
  expect(valuesOf(file).get("callside_up")).toBe(1);
});

test("a notice goes with the file that it was about", async () => {
  const platform = await platformHere();
  const { program } = await programOn(platform, { telemetry: { openMetricsFile: "callside.config.json/figures.txt" } });
  await program.passUntil(() => program.notice("open-metrics") !== undefined, 10_000);
  expect(program.notice("open-metrics")?.what).toContain("a part of the path is not a directory");
  await program.rewrite(configFor(platform, {}, { telemetry: {} }));
  await program.passUntil(() => program.notice("open-metrics") === undefined, 10_000, "switched off");
});

test.each<readonly [Pick<AppPorts, "systems" | "bridgeWork">, boolean]>([
  [{}, true],
  [{ systems: ["tunnel"] }, true],
  [{ systems: ["assist"] }, true],
  [{ systems: ["bridge"], bridgeWork: "serve" }, true],
  [{ systems: ["bridge"], bridgeWork: "replay" }, false],
  [{ systems: ["simulations"] }, false],
  [{ systems: ["integrations"] }, false],
])("a command that ends by itself does not put its figures in place of a program's that goes on: %j, %j", async (ports, written) => {
  const folder = await temporary();
  const path = join(folder, "callside.config.json");
  await writeFile(path, JSON.stringify({ telemetry: { openMetricsFile: "figures.txt" } }));
  const clock = createFakeClock();
  const config = await openConfig({ file: { path, required: true }, env: {}, flags: [], dataFolder: folder, cwd: folder, clock });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  await using source = config.value;
  {
    await using app = createApp(source, { env: {}, clock, random: () => 0.5, readFile: (file) => readFile(file, "utf8"), newId: () => "run", dataFolder: folder, ...ports });
    await app.start();
  }
  expect(valuesOf(join(folder, "figures.txt")).get("callside_up")).toBe(written ? 0 : undefined);
});
