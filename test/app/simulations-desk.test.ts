import { readdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import type { CaseRow, SimulationsView } from "../../shared/simulation-view.ts";
import { openProgram, TEST_ENV, type Program, type ProgramOptions } from "../support/program.ts";
import { startSimulations, suiteText, type ScriptedSimulations } from "../support/scripted-simulations.ts";

type Json = Readonly<Record<string, unknown>>;

const configOf = (platform: ScriptedSimulations, more: Json = {}, rest: Json = {}): Json => ({
  simulations: platform.section(more),
  audit: { directory: "audit" },
  history: {},
  telemetry: { metricsFile: "metrics.jsonl" },
  panel: { role: "supervisor" },
  ...rest,
});

async function setUp(more: Json = {}, rest: Json = {}, options: Partial<ProgramOptions> = {}) {
  const platform = await startSimulations();
  const program = await openProgram({ config: configOf(platform, more, rest), ...options });
  return { platform, program };
}

function view(program: Program): SimulationsView {
  const found = program.state().simulations;
  if (found === null) return expect.unreachable("simulations are off");
  return found;
}

const rowsOf = (program: Program): readonly (readonly [string, CaseRow["state"]])[] => program.state().simulationRows.map((row) => [row.testId, row.state]);

const REAL_LIMIT_MS = 20_000;

/** Lets the program's time pass until something holds. The history's thread and the loading of code take real time. */
async function passUntil(program: Program, condition: () => boolean, what = condition.toString()): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > REAL_LIMIT_MS) throw new Error(`never came true: ${what}`);
    await program.pass(50);
  }
}


const load = (program: Program, text: string, name = "shop.json") => program.command("simulations.load", { name, part: 0, parts: 1, text });

async function ran(program: Program, which: "all" | "failed" | "resume" = "all", repeat = 1): Promise<SimulationsView> {
  const reply = await program.command("simulations.run", { which, repeat });
  expect(reply).toEqual({ ok: true, value: null });
  await idle(program);
  return view(program);
}

const idle = (program: Program) => passUntil(program, () => view(program).work.kind === "idle", "the batch is over");

describe("who sees simulations", () => {
  test("without the section there is nothing, and commands say what to configure", async () => {
    const program = await openProgram({ config: { panel: { role: "supervisor" } } });
    expect(program.state().simulations).toBeNull();
    expect(await program.command("simulations.cancel", {})).toMatchObject({ ok: false, error: { code: "not-found-here", detail: expect.stringContaining("section simulations") } });
  });

  test("an agent's panel hears nothing of them; becoming a supervisor brings all of it, going back takes it away", async () => {
    const platform = await startSimulations();
    const program = await openProgram({ config: configOf(platform, {}, { panel: { role: "agent" } }) });
    expect(await program.command("simulations.example", {})).toMatchObject({ ok: false, error: { code: "not-allowed" } });
    expect(program.state().simulations).toBeNull();
    await program.rewrite(configOf(platform));
    await passUntil(program, () => program.state().simulations !== null);
    await load(program, suiteText(2));
    expect(program.state().simulationRows).toHaveLength(2);
    await program.rewrite(configOf(platform, {}, { panel: { role: "agent" } }));
    await passUntil(program, () => program.state().simulations === null);
    expect(program.state().simulationRows).toEqual([]);
    await program.rewrite(configOf(platform));
    await passUntil(program, () => program.state().simulationRows.length === 2);
    expect(view(program).suite?.name).toBe("shop");
  });

  test("turning the section on and off brings the view and takes it away", async () => {
    const platform = await startSimulations();
    const program = await openProgram({ config: { panel: { role: "supervisor" } } });
    await program.rewrite(configOf(platform));
    await passUntil(program, () => program.state().simulations !== null);
    await program.rewrite({ panel: { role: "supervisor" } });
    await passUntil(program, () => program.state().simulations === null);
  });
});

describe("choosing a suite", () => {
  test("a file in parts becomes a table of waiting cases", async () => {
    const { program } = await setUp();
    const text = suiteText(3);
    for (const [part, one] of [text.slice(0, 100), text.slice(100, 200), text.slice(200)].entries()) {
      expect(await program.command("simulations.load", { name: "shop.json", part, parts: 3, text: one })).toEqual({ ok: true, value: null });
    }
    expect(view(program)).toMatchObject({ suite: { name: "shop", file: "shop.json", cases: 3, expectedFlows: 2 }, problems: null, work: { kind: "idle" }, batch: null, resumable: null });
    expect(rowsOf(program)).toEqual([["test_1", "waiting"], ["test_2", "waiting"], ["test_3", "waiting"]]);
  });

  test("a file with mistakes is told with all of them, and takes the place of the one before", async () => {
    const { program } = await setUp();
    await load(program, suiteText(3));
    expect(await load(program, '{"cases": [{"test_id": "x"}, {"utterance": ""}]}', "bad.json")).toEqual({ ok: true, value: null });
    const { suite, problems, work } = view(program);
    expect([suite, work.kind, program.state().simulationRows]).toEqual([null, "idle", []]);
    expect(problems?.count).toBe(problems?.list.length);
    expect(problems?.list.length).toBeGreaterThan(2);
    expect(problems?.list[0]).toMatchObject({ file: "bad.json", line: 1, column: expect.any(Number) });
    expect(await program.command("simulations.run", { which: "all" })).toMatchObject({ ok: false, error: { code: "not-allowed", detail: expect.stringContaining("no suite") } });
    await load(program, suiteText(1));
    expect(view(program)).toMatchObject({ problems: null, suite: { cases: 1 } });
  });

  test("the example is a suite without a mistake", async () => {
    const { program } = await setUp();
    expect(await program.command("simulations.example", {})).toEqual({ ok: true, value: null });
    expect(view(program)).toMatchObject({ suite: { cases: 60 }, problems: null });
  });

  test("a thousand problems are listed, and the rest counted", async () => {
    const { program } = await setUp();
    await load(program, JSON.stringify({ cases: Array.from({ length: 1_100 }, () => 1) }));
    expect(view(program).problems?.list.length).toBeLessThanOrEqual(1_000);
    expect(view(program).problems?.count).toBeGreaterThanOrEqual(1_100);
  });
});

describe("a batch", () => {
  test("ends with a verdict for each case, and audit, metrics, history and QA platform hear of it", async () => {
    const { platform, program } = await setUp({ projectId: "project-7" });
    await program.rewrite(configOf(platform, { projectId: "project-7", webhookUrl: platform.qaUrl }));
    await program.pass(1_000);
    platform.intent("small_talk", "test_2");
    platform.intent(null, "test_3");
    await load(program, suiteText(4));
    const { batch, comparison, trend, fault } = await ran(program);
    expect(batch).toMatchObject({
      suite: "shop",
      end: { kind: "finished" },
      counts: { total: 4, passed: 2, failed: 1, flaky: 0, inconclusive: 1, errors: 0 },
      coverage: { share: 0.5, missing: ["flow_returns"] },
      successRate: 0.5,
      governance: "REVIEW_REQUIRED",
    });
    expect([comparison, fault]).toEqual([null, null]);
    expect(trend).toEqual([{ batchId: batch?.batchId, startedAt: batch?.startedAt, successRate: 0.5, coverage: 0.5, total: 4, passed: 2 }]);
    expect(rowsOf(program)).toEqual([["test_1", "passed"], ["test_2", "failed"], ["test_3", "inconclusive"], ["test_4", "passed"]]);
    expect(program.state().simulationRows[1]?.reasons).toEqual(["intent order_status → small_talk"]);
    expect(await program.command("simulations.case", { testId: "test_2" })).toMatchObject({
      ok: true,
      value: { case: { utterance: "where is my order 2" }, result: { verdict: "failed", turns: [{ flowId: "flow_orders", intent: "small_talk" }] }, baseline: null },
    });
    expect(await program.command("simulations.case", { testId: "test_9" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
    await passUntil(program, () => platform.qa.length === 1);
    expect(platform.qa[0]?.headers["x-source"]).toBe("cognigy-simulator");
    expect(JSON.parse(platform.qa[0]?.body ?? "")).toMatchObject({ project_id: "project-7", batch_summary: { total_tests: 4, passed: 2, failed: 2, coverage: 0.5 } });
    await program.close();
    const lines = (await program.audit()).filter((line) => line.event === "simulation_batch_complete");
    expect(lines).toMatchObject([{ data: { event_type: "simulation_batch_complete", data: { batch_id: batch?.batchId, success_rate: 0.5, coverage_score: 0.5, total_tests: 4, governance_status: "REVIEW_REQUIRED" } } }]);
    const metrics = (await program.metrics()).filter((line) => line["eventType"] === "SIMULATION_BATCH");
    expect(metrics).toMatchObject([{ batchId: batch?.batchId, end: "finished", total: 4, passed: 2, successRate: 0.5, coverage: 0.5 }]);
    for (const text of [await program.auditText(), JSON.stringify(metrics)]) expect(text).not.toContain("where is my order");
  });

  test("is watched while it goes on; nothing else may begin meanwhile", async () => {
    const { platform, program } = await setUp({ concurrency: 2 });
    await load(program, suiteText(3));
    platform.hold("test_2");
    expect(await program.command("simulations.run", { which: "all" })).toEqual({ ok: true, value: null });
    await passUntil(program, () => rowsOf(program)[2]?.[1] === "passed");
    expect(rowsOf(program)).toEqual([["test_1", "passed"], ["test_2", "running"], ["test_3", "passed"]]);
    await program.pass(200);
    expect(view(program)).toMatchObject({ batch: null, work: { kind: "running", progress: { done: 2, total: 3, running: ["test_2"], counts: { passed: 2 } } } });
    const busy = { ok: false, error: { code: "not-allowed", detail: expect.stringContaining("batch is running") } };
    expect(await program.command("simulations.run", { which: "all" })).toMatchObject(busy);
    expect(await load(program, suiteText(1))).toMatchObject(busy);
    expect(await program.command("simulations.example", {})).toMatchObject(busy);
    expect(await program.command("simulations.export", { format: "json" })).toMatchObject({ ok: false, error: { detail: expect.stringContaining("still running") } });
    expect(await program.command("simulations.case", { testId: "test_1" })).toMatchObject({ ok: true, value: { result: { verdict: "passed" } } });
    platform.release();
    await idle(program);
    expect(view(program).batch?.counts.passed).toBe(3);
  });

  test("does not flood the panel, however fast it goes", async () => {
    const { program } = await setUp({ concurrency: 50 });
    await load(program, suiteText(500));
    const seen = { view: 0, rows: 0 };
    const from = program.clock.monotonic();
    program.desk.publisher.subscribe(({ updates }) => {
      for (const { kind } of updates) {
        if (kind === "simulations") seen.view += 1;
        if (kind === "simulation-rows" || kind === "simulation-row-changes") seen.rows += 1;
      }
    });
    const { batch } = await ran(program);
    const tenths = Math.ceil((program.clock.monotonic() - from) / 100);
    expect(batch?.counts.passed).toBe(500);
    // One each 100 ms, and those that tell of its begin and its end.
    expect(seen.view).toBeLessThanOrEqual(tenths + 5);
    expect(seen.rows).toBeLessThanOrEqual(tenths + 3);
  });

  test("an entity that the bot does not have is told before anything is sent", async () => {
    const { platform, program } = await setUp();
    platform.entities("Order", "city");
    const text = suiteText(2).replace('"entities":{}', '"entities":{"voucher":"X"}').replace('"entities":{}', '"entities":{"ORDER":"1"}');
    await load(program, text);
    expect(await program.command("simulations.run", { which: "all" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    expect(view(program)).toMatchObject({ work: { kind: "idle" }, fault: null, problems: { file: "shop.json", count: 1, list: [{ message: expect.stringContaining('"voucher"') }] } });
    expect(platform.simulated).toEqual([]);
    expect(view(program).suite?.cases).toBe(2);
  });

  test.each([
    ["/bot/info", 403, "missing-scope", "bot:read"],
    ["/token", 401, "credentials", "401"],
    ["/bot/entities", 404, "not-found", "404"],
  ])("%s answering %i is told as %s", async (path, status, code, words) => {
    const { platform, program } = await setUp();
    platform.refuse(path, status);
    await load(program, suiteText(1));
    const refused = { code, detail: expect.stringContaining(words) };
    expect(await program.command("simulations.run", { which: "all" })).toMatchObject({ ok: false, error: refused });
    expect(view(program)).toMatchObject({ work: { kind: "idle" }, fault: refused });
    platform.refuse(path, null);
    expect((await ran(program)).fault).toBeNull();
  });

  test("without credentials it is told which are missing", async () => {
    const { program } = await setUp({}, {}, { env: {} });
    await load(program, suiteText(1));
    expect(await program.command("simulations.run", { which: "all" })).toMatchObject({ ok: false, error: { code: "no-credentials", detail: expect.stringContaining("CALLSIDE_SIMULATIONS_CLIENT_ID") } });
  });

  test("a platform that dies under it stops it, with what ran before kept", async () => {
    const { platform, program } = await setUp({ concurrency: 1 });
    await load(program, suiteText(4));
    platform.hold("test_2");
    await program.command("simulations.run", { which: "all" });
    await passUntil(program, () => rowsOf(program)[1]?.[1] === "running");
    platform.refuse("/", 401);
    await idle(program);
    const { batch, resumable, trend } = view(program);
    expect(batch).toMatchObject({ end: { kind: "stopped", fault: { code: "credentials" } }, governance: "REVIEW_REQUIRED" });
    expect(rowsOf(program)[0]).toEqual(["test_1", "passed"]);
    expect(trend).toEqual([]);
    expect(resumable).toMatchObject({ total: 4 });
    await program.close();
    expect((await program.audit()).filter((line) => line.event.startsWith("simulation_batch"))).toMatchObject([{ event: "simulation_batch_partial", data: { end: "stopped", fault: "credentials" } }]);
  });

  test("a QA platform that is down is told as a notice, and disturbs nothing", async () => {
    const { platform, program } = await setUp({}, {});
    await program.rewrite(configOf(platform, { webhookUrl: `${platform.url}/qa` }));
    await program.pass(1_000);
    platform.qaAnswers(404);
    await load(program, suiteText(1));
    expect((await ran(program)).batch?.counts.passed).toBe(1);
    await passUntil(program, () => program.notice("simulations-webhook") !== undefined);
    expect(program.notice("simulations-webhook")?.what).toContain("404");
    platform.qaAnswers(200);
    await ran(program);
    await passUntil(program, () => program.notice("simulations-webhook") === undefined);
  });
});

describe("running again what did not pass", () => {
  test("sends those cases only, puts their verdicts in their places, and says that the batch is a partial one", async () => {
    const { platform, program } = await setUp();
    await program.rewrite(configOf(platform, { webhookUrl: platform.qaUrl }));
    await program.pass(1_000);
    platform.intent("small_talk", "test_2", "test_4");
    await load(program, suiteText(4));
    const first = await ran(program);
    platform.intent("order_status", "test_2");
    const before = platform.simulated.length;
    const again = await ran(program, "failed");
    expect(platform.simulated.slice(before).toSorted()).toEqual(["test_2", "test_4"]);
    expect(rowsOf(program)).toEqual([["test_1", "passed"], ["test_2", "passed"], ["test_3", "passed"], ["test_4", "failed"]]);
    expect(again.batch).toMatchObject({ counts: { total: 4, passed: 3, failed: 1 }, rerun: { of: first.batch?.batchId, ran: 2 } });
    expect(again.batch?.batchId).not.toBe(first.batch?.batchId);
    expect(again.trend.map((point) => point.batchId)).toEqual([first.batch?.batchId]);
    platform.intent("order_status", "test_4");
    expect((await ran(program, "failed")).batch).toMatchObject({ counts: { passed: 4 }, rerun: { of: first.batch?.batchId, ran: 1 } });
    expect(await program.command("simulations.run", { which: "failed" })).toMatchObject({ ok: false, error: { detail: "every case of the batch passed" } });
    await program.close();
    expect(platform.qa).toHaveLength(1);
    const lines = (await program.audit()).filter((line) => line.event.startsWith("simulation_batch"));
    expect(lines).toMatchObject([
      { event: "simulation_batch_complete", data: { data: { total_tests: 4 } } },
      { event: "simulation_batch_partial", data: { rerun_of: first.batch?.batchId, data: { total_tests: 2 } } },
      { event: "simulation_batch_partial", data: { rerun_of: first.batch?.batchId, data: { total_tests: 1 } } },
    ]);
  });

  test("cancelled before anything came of it, it leaves the batch as it was", async () => {
    const { platform, program } = await setUp();
    platform.intent("small_talk", "test_1");
    await load(program, suiteText(2));
    const first = await ran(program);
    platform.hold();
    await program.command("simulations.run", { which: "failed" });
    expect(rowsOf(program)).toMatchObject([["test_1", expect.stringMatching(/waiting|running/)], ["test_2", "passed"]]);
    await program.command("simulations.cancel", {});
    await idle(program);
    expect(view(program).batch).toEqual(first.batch);
    expect(rowsOf(program)).toEqual([["test_1", "failed"], ["test_2", "passed"]]);
  });
});

describe("an interrupted batch", () => {
  test("that was cancelled keeps what ran and is taken up where it stopped, under its own name", async () => {
    const { platform, program } = await setUp({ concurrency: 1 });
    platform.intent("small_talk", "test_1");
    await load(program, suiteText(4));
    platform.hold("test_3");
    await program.command("simulations.run", { which: "all" });
    await passUntil(program, () => rowsOf(program)[2]?.[1] === "running");
    expect(await program.command("simulations.cancel", {})).toEqual({ ok: true, value: null });
    await idle(program);
    const stopped = view(program);
    expect(stopped.batch).toMatchObject({ end: { kind: "cancelled" }, counts: { total: 2, passed: 1, failed: 1 } });
    expect(stopped.resumable).toEqual({ done: 2, total: 4 });
    expect(rowsOf(program)).toEqual([["test_1", "failed"], ["test_2", "passed"], ["test_3", "waiting"], ["test_4", "waiting"]]);
    expect(await program.command("simulations.pin", { pinned: true })).toMatchObject({ ok: false, error: { detail: expect.stringContaining("did not run to its end") } });

    platform.release();
    const before = platform.simulated.length;
    const whole = await ran(program, "resume");
    expect(platform.simulated.slice(before)).toEqual(["test_3", "test_4"]);
    expect(whole.batch).toMatchObject({ batchId: stopped.batch?.batchId, end: { kind: "finished" }, counts: { total: 4, passed: 3, failed: 1 } });
    expect(whole.resumable).toBeNull();
    expect(await program.command("simulations.run", { which: "resume" })).toMatchObject({ ok: false, error: { detail: expect.stringContaining("interrupted") } });
  });

  test("that the program's end interrupted can be taken up at the next start", async () => {
    const { platform, program } = await setUp({ concurrency: 1 });
    await load(program, suiteText(3));
    platform.hold("test_2");
    await program.command("simulations.run", { which: "all" });
    await passUntil(program, () => rowsOf(program)[1]?.[1] === "running");
    await program.close();
    expect(program.bugs).toEqual([]);

    platform.release();
    const next = await openProgram({ config: configOf(platform, { concurrency: 1 }), folder: program.folder });
    await load(next, suiteText(3));
    expect(view(next).resumable).toEqual({ done: 1, total: 3 });
    const before = platform.simulated.length;
    expect((await ran(next, "resume")).batch).toMatchObject({ counts: { total: 3, passed: 3 } });
    expect(platform.simulated.slice(before)).toEqual(["test_2", "test_3"]);
  });

  test("whose section is taken out of the configuration ends as a cancelled one", async () => {
    const { platform, program } = await setUp();
    await load(program, suiteText(3));
    platform.hold();
    await program.command("simulations.run", { which: "all" });
    await program.rewrite(configOf(platform, {}, { simulations: undefined }));
    await passUntil(program, () => program.state().simulations === null);
    await program.rewrite(configOf(platform));
    await passUntil(program, () => program.state().simulations?.work.kind === "idle");
    expect(view(program).batch?.end).toEqual({ kind: "cancelled" });
  });

  test("cancelling where nothing runs does nothing", async () => {
    const { program } = await setUp();
    expect(await program.command("simulations.cancel", {})).toEqual({ ok: true, value: null });
  });
});

describe("a baseline", () => {
  test.each([
    ["kept by the history for the next start", { history: {} }, true],
    ["kept for the session where the history is off", { history: undefined }, false],
  ])("is compared with every later batch, %s", async (_, rest, outlives) => {
    const { platform, program } = await setUp({}, rest);
    platform.intent("small_talk", "test_1");
    await load(program, suiteText(3));
    expect(await program.command("simulations.pin", { pinned: true })).toMatchObject({ ok: false, error: { code: "not-allowed" } });
    const first = await ran(program);
    expect(await program.command("simulations.pin", { pinned: true })).toEqual({ ok: true, value: null });
    expect(view(program)).toMatchObject({ baseline: { batchId: first.batch?.batchId }, comparison: { broken: [], mended: [] } });
    platform.intent("order_status", "test_1");
    platform.intent("small_talk", "test_2");
    await load(program, suiteText(4));
    expect(view(program)).toMatchObject({ baseline: { batchId: first.batch?.batchId }, comparison: null });
    const second = await ran(program);
    expect(second.comparison).toEqual({ baselineId: first.batch?.batchId, broken: ["test_2"], mended: ["test_1"], added: ["test_4"], removed: [] });
    expect(await program.command("simulations.case", { testId: "test_2" })).toMatchObject({ ok: true, value: { result: { verdict: "failed" }, baseline: { verdict: "passed" } } });
    await program.close();

    const next = await openProgram({ config: configOf(platform, {}, rest), folder: program.folder });
    await load(next, suiteText(4));
    expect(view(next).baseline?.batchId ?? null).toBe(outlives ? first.batch?.batchId : null);
    expect(view(next).trend.map((point) => point.batchId)).toEqual(outlives ? [first.batch?.batchId, second.batch?.batchId] : []);
    await next.command("simulations.pin", { pinned: false });
    expect(view(next)).toMatchObject({ baseline: null, comparison: null });
  });
});

describe("export", () => {
  test("writes each format into the folder of reports, for its owner alone, and tells where", async () => {
    const { program } = await setUp();
    await load(program, suiteText(2, { name: "../../shop: <1>" }));
    expect(await program.command("simulations.export", { format: "html" })).toMatchObject({ ok: false, error: { detail: expect.stringContaining("no batch") } });
    await ran(program);
    const begins = { junit: "<?xml", json: "{", html: "<!doctype html>" } as const;
    for (const format of ["junit", "json", "html"] as const) {
      const reply = await program.command("simulations.export", { format });
      if (!reply.ok) throw new Error(reply.error.detail);
      const { file } = reply.value as { readonly file: string };
      expect(dirname(file)).toBe(`${program.folder}/data/reports`);
      expect((await readFile(file, "utf8")).toLowerCase().startsWith(begins[format])).toBe(true);
      if (process.platform !== "win32") expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect(await readdir(`${program.folder}/data/reports`)).toHaveLength(3);
  });
});

test("credentials reach neither a notice nor a file", async () => {
  const { platform, program } = await setUp();
  platform.refuse("/token", 401);
  await load(program, suiteText(1));
  const reply = await program.command("simulations.run", { which: "all" });
  await program.close();
  for (const text of [JSON.stringify(reply), JSON.stringify(program.state()), await program.auditText()]) expect(text).not.toContain(TEST_ENV.COGNIGY_CLIENT_SECRET);
});
