import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHistory } from "../../electron/history/history.ts";
import { startSandbox } from "../../electron/sandbox/sandbox.ts";
import { exampleSuite } from "../../electron/sandbox/example-suite.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { machineWith } from "../support/machine-with.ts";
import { TEST_ENV, temporary } from "../support/program.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";
import { startSimulations, suiteText, type ScriptedSimulations } from "../support/scripted-simulations.ts";
import { runHere, type CliRun, type CliSetting } from "./surroundings.ts";

type Json = Readonly<Record<string, unknown>>;

interface Bench {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly platform: ScriptedSimulations;
  /** Begins the command; relative paths are from the folder. */
  readonly start: (...argv: readonly string[]) => CliRun;
}

async function setUp(section: Json = {}, setting: Partial<CliSetting> = {}, rest: Json = {}): Promise<Bench> {
  const folder = await temporary();
  const platform = await startSimulations();
  const clock = createFakeClock();
  await writeFile(join(folder, "callside.config.json"), JSON.stringify({ simulations: platform.section(section), ...rest }));
  return { folder, clock, platform, start: (...argv) => runHere(argv, { folder, clock, env: TEST_ENV, ...setting }) };
}

/** Lets the program's time pass, in small steps with room for what takes real time, until it has ended. */
async function ended(run: CliRun, clock: FakeClock): Promise<number> {
  const over: { code: number | null } = { code: null };
  void run.code.then((code) => (over.code = code));
  const start = performance.now();
  while (over.code === null) {
    if (performance.now() - start > 30_000) throw new Error(`did not end: ${run.stdout.text()} ${run.stderr.text()}`);
    for (let turn = 0; turn < 6 && over.code === null; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (over.code === null) await clock.advance(10);
  }
  return over.code;
}

async function until(run: CliRun, clock: FakeClock, condition: () => boolean): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > 20_000) throw new Error(`never came true: ${condition.toString()}; ${run.stdout.text()} ${run.stderr.text()}`);
    for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10);
  }
}

const eventsOf = (run: CliRun, name: string): readonly Json[] => run.lines().filter((line) => line["event"] === name);
const suiteIn = (folder: string, count: number, more: Json = {}): Promise<void> => writeFile(join(folder, "shop.json"), suiteText(count, more));

test("a suite is not run by an agent where IT has set that role, in the panel's words, and nothing is sent", async () => {
  const { folder, clock, platform, start } = await setUp({}, { machine: machineWith({ panel: { role: "agent" } }) });
  await suiteIn(folder, 1);
  const run = start("simulate", "shop.json");
  expect(await ended(run, clock)).toBe(2);
  expect(run.stderr.text()).toContain("simulations are run in role supervisor");
  expect(platform.simulated).toEqual([]);
});

test("what IT has set and cannot be followed is told where no panel is, and the work goes on", async () => {
  const { folder, clock, start } = await setUp({}, { machine: machineWith({ updates: { url: "https://updates.example" } }) });
  await suiteIn(folder, 1);
  const run = start("simulate", "shop.json");
  expect(await ended(run, clock)).toBe(0);
  expect(run.stderr.text()).toMatch(/What IT has set for this computer cannot be followed: updates\.publicKey \(\/etc\/callside\/policy\.json\)/);
});

describe("the exit code", () => {
  test("is 0 when every case passed, and the events tell of it in order", async () => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 3);
    const run = start("simulate", "shop.json", "--json");
    expect(await ended(run, clock)).toBe(0);
    expect(run.stderr.text()).toBe("");
    expect(platform.simulated).toEqual(["test_1", "test_2", "test_3"]);
    expect(run.lines().map((line) => line["event"]).filter((name) => name !== "progress")).toEqual(["ready", "case", "case", "case", "batch"]);
    expect(eventsOf(run, "ready")).toMatchObject([{ batchId: expect.any(String), suite: "shop", total: 3, resumed: 0 }]);
    expect(eventsOf(run, "case")).toMatchObject([{ testId: "test_1", verdict: "passed", reasons: [], runs: ["passed"] }, {}, {}]);
    expect(eventsOf(run, "progress").at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(eventsOf(run, "batch")).toMatchObject([
      {
        batchId: eventsOf(run, "ready")[0]?.["batchId"],
        end: "finished",
        total: 3,
        passed: 3,
        failed: 0,
        flaky: 0,
        inconclusive: 0,
        errors: 0,
        coverage: 0.5,
        flows: { flow_orders: 3, flow_returns: 0 },
        missing: ["flow_returns"],
        successRate: 1,
        governance: "COMPLIANT",
        reports: {},
      },
    ]);
  });

  test.each<readonly [string, string | null, readonly string[], number]>([
    ["a case failed", "small_talk", [], 1],
    ["a case failed, whatever is allowed", "small_talk", ["--allow-flaky", "--allow-inconclusive"], 1],
    ["a case is inconclusive", null, [], 1],
    ["an inconclusive case is allowed", null, ["--allow-inconclusive"], 0],
  ])("when %s", async (_, found, flags, code) => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 2);
    platform.intent(found, "test_2");
    expect(await ended(start("simulate", "shop.json", ...flags), clock)).toBe(code);
  });

  test("of a flaky case is 1, or 0 where that is allowed; it was run again for it", async () => {
    for (const [flags, code] of [[[], 1], [["--allow-flaky"], 0]] as const) {
      const { folder, clock, platform, start } = await setUp({ concurrency: 1 });
      await suiteIn(folder, 1);
      platform.intent("small_talk", "test_1");
      const run = start("simulate", "shop.json", "--json", "--repeat", "3", ...flags);
      await until(run, clock, () => platform.simulated.length === 2);
      platform.intent("order_status", "test_1");
      expect(await ended(run, clock)).toBe(code);
      const [one] = eventsOf(run, "case");
      expect(one).toMatchObject({ verdict: "flaky", runs: ["failed", "passed"], reasons: ["passed 1 of 2 runs", "intent order_status → small_talk"] });
    }
  });
});

describe("what could not be run is 2, and says why", () => {
  test("a suite with mistakes: all of them, with their places; nothing is sent", async () => {
    const { folder, clock, platform, start } = await setUp();
    await writeFile(join(folder, "bad.yaml"), "cases:\n  - test_id: wrong\n    utterence: hi\n");
    const run = start("simulate", "bad.yaml", "--json");
    expect(await ended(run, clock)).toBe(2);
    const errors = eventsOf(run, "invalid")[0]?.["errors"] as readonly Json[];
    expect(errors.length).toBeGreaterThan(1);
    expect(errors[0]).toMatchObject({ file: join(folder, "bad.yaml"), line: expect.any(Number), column: expect.any(Number), field: expect.any(String), message: expect.any(String) });
    const read = start("simulate", "bad.yaml");
    expect(await ended(read, clock)).toBe(2);
    expect(read.stdout.text()).toMatch(/bad\.yaml:3:5: cases\[0\]\.utterence/u);
    expect(platform.simulated).toEqual([]);
  });

  test("an entity that the bot does not have", async () => {
    const { folder, clock, platform, start } = await setUp();
    platform.entities();
    await writeFile(join(folder, "shop.json"), suiteText(1).replace('"entities":{}', '"entities":{"order":1}'));
    const run = start("simulate", "shop.json", "--json");
    expect(await ended(run, clock)).toBe(2);
    expect(eventsOf(run, "invalid")).toMatchObject([{ errors: [{ message: expect.stringContaining('"order"') }] }]);
    expect(run.lines().some((line) => line["event"] === "ready")).toBe(false);
  });

  test.each<readonly [string, readonly string[], string]>([
    ["no suite", [], "the suite is missing"],
    ["a suite that is not there", ["none.yaml"], "no such file"],
    ["a suite of another kind", ["callside.config.txt"], ".csv"],
    ["a number out of bounds", ["shop.json", "--concurrency", "0"], "--concurrency: found"],
    ["too many repeats", ["shop.json", "--repeat", "11"], "--repeat: found"],
    ["flows without a name", ["shop.json", "--flows", " , "], "--flows: found no name"],
    ["two reports in one file", ["shop.json", "--junit", "out.xml", "--html", "out.xml"], "--html: found the file that --junit is in"],
    ["a report in the suite's place", ["shop.json", "--report", "shop.json"], "the suite is in"],
    ["a report without a name", ["shop.json", "--report", ""], "--report"],
    ["a report where a folder is", ["shop.json", "--junit", "folder"], "--junit"],
    ["a report below a file", ["shop.json", "--junit", "callside.config.json/out.xml"], "--junit"],
    ["a baseline that is not there", ["shop.json", "--baseline", "none.json"], "--baseline"],
    ["a baseline that is a suite", ["shop.json", "--baseline", "shop.json"], "this is a suite"],
  ])("%s", async (_, argv, words) => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 1);
    await mkdir(join(folder, "folder"));
    await writeFile(join(folder, "callside.config.txt"), "x");
    const run = start("simulate", ...argv);
    expect(await ended(run, clock)).toBe(2);
    expect(run.stderr.text() + run.stdout.text()).toContain(words);
    expect(platform.simulated).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(["callside.config.json", "callside.config.txt", "folder", "shop.json"]);
  });

  test("no section, no credentials", async () => {
    const { folder, clock, start } = await setUp();
    await suiteIn(folder, 1);
    await writeFile(join(folder, "empty.json"), "{}");
    const off = start("simulate", "shop.json", "--config", "empty.json");
    expect(await ended(off, clock)).toBe(2);
    expect(off.stderr.text()).toContain("simulations is off");
    const anonymous = runHere(["simulate", "shop.json"], { folder, clock });
    expect(await ended(anonymous, clock)).toBe(2);
    expect(anonymous.stderr.text()).toContain("client id");
  });

  test("a platform that refuses before the batch, and one that dies under it, whose results are reported all the same", async () => {
    const { folder, clock, platform, start } = await setUp({ concurrency: 1 });
    await suiteIn(folder, 3);
    platform.refuse("/bot/info", 403);
    const refused = start("simulate", "shop.json", "--json", "--junit", "out.xml");
    expect(await ended(refused, clock)).toBe(2);
    // What was found is told, and told once.
    expect(eventsOf(refused, "error")).toMatchObject([{ message: expect.stringMatching(/^(?:(?!bot:read).)*bot:read(?:(?!bot:read).)*$/u) }]);
    expect(await readdir(folder)).not.toContain("out.xml");

    platform.refuse("/bot/info", null);
    platform.hold("test_2");
    const dying = start("simulate", "shop.json", "--json", "--junit", "out.xml");
    await until(dying, clock, () => platform.simulated.includes("test_2"));
    platform.refuse("/", 401);
    expect(await ended(dying, clock)).toBe(2);
    expect(eventsOf(dying, "batch")).toMatchObject([{ end: "stopped", passed: 1 }]);
    expect(await readFile(join(folder, "out.xml"), "utf8")).toContain("test_1");
  });
});

describe("an interrupted batch", () => {
  test("by SIGINT keeps and reports what ran, and --resume runs the rest and nothing else", async () => {
    const { folder, clock, platform, start } = await setUp({ concurrency: 1 });
    await suiteIn(folder, 4);
    platform.hold("test_3");
    const run = start("simulate", "shop.json", "--json", "--report", "reports/first.json", "--junit", "reports/first.xml");
    await until(run, clock, () => platform.simulated.includes("test_3"));
    run.signal("SIGINT");
    expect(await ended(run, clock)).toBe(2);
    expect(run.exits).toEqual([]);
    expect(eventsOf(run, "case").map((line) => line["testId"])).toEqual(["test_1", "test_2"]);
    expect(eventsOf(run, "batch")).toMatchObject([{ end: "cancelled", total: 2, passed: 2, governance: "REVIEW_REQUIRED", reports: { report: join(folder, "reports", "first.json"), junit: join(folder, "reports", "first.xml") } }]);
    expect(JSON.parse(await readFile(join(folder, "reports", "first.json"), "utf8"))).toMatchObject({ end: { kind: "cancelled" }, results: [{ testId: "test_1" }, { testId: "test_2" }] });

    platform.release();
    const before = platform.simulated.length;
    const resumed = start("simulate", "shop.json", "--json", "--resume");
    expect(await ended(resumed, clock)).toBe(0);
    expect(platform.simulated.slice(before)).toEqual(["test_3", "test_4"]);
    expect(eventsOf(resumed, "ready")).toMatchObject([{ batchId: eventsOf(run, "ready")[0]?.["batchId"], resumed: 2, total: 4 }]);
    expect(eventsOf(resumed, "batch")).toMatchObject([{ end: "finished", total: 4, passed: 4 }]);

    const anew = start("simulate", "shop.json", "--json", "--resume");
    expect(await ended(anew, clock)).toBe(0);
    expect(eventsOf(anew, "ready")).toMatchObject([{ resumed: 0 }]);
  });

  test("a second SIGINT ends at once", async () => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 1);
    platform.hold();
    const run = start("simulate", "shop.json", "--json");
    await until(run, clock, () => platform.simulated.length === 1);
    run.signal("SIGINT");
    await clock.advance(1_500);
    run.signal("SIGINT");
    await ended(run, clock);
    // In life the process is gone with the second one, if it has not ended before.
    expect(run.exits.every((code) => code === 130)).toBe(true);
  });

  test("during the preflight says so and is 2", async () => {
    const { folder, clock, start } = await setUp();
    await suiteIn(folder, 1);
    const run = start("simulate", "shop.json");
    await until(run, clock, () => run.signalListeners() > 0);
    run.signal("SIGINT");
    expect(await ended(run, clock)).toBe(2);
    expect(run.stderr.text()).toContain("cancelled");
  });
});

describe("reports and comparison", () => {
  test("a batch is compared with a report of an earlier one, which the new one may replace", async () => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 3);
    platform.intent("small_talk", "test_1");
    expect(await ended(start("simulate", "shop.json", "--report", "base.json"), clock)).toBe(1);
    platform.intent("order_status", "test_1");
    platform.intent("small_talk", "test_2");
    const run = start("simulate", "shop.json", "--json", "--baseline", "base.json", "--report", "base.json", "--html", "page.html");
    expect(await ended(run, clock)).toBe(1);
    const [batch] = eventsOf(run, "batch");
    expect(batch?.["comparison"]).toMatchObject({ broken: ["test_2"], mended: ["test_1"], added: [], removed: [] });
    expect(JSON.parse(await readFile(join(folder, "base.json"), "utf8"))).toMatchObject({ batchId: batch?.["batchId"] });
    expect((await readFile(join(folder, "page.html"), "utf8")).toLowerCase()).toContain("<!doctype html>");
  });

  test("--flows takes the place of the suite's, --concurrency of the configuration's", async () => {
    const { folder, clock, platform, start } = await setUp({ concurrency: 1 });
    await suiteIn(folder, 4);
    platform.hold();
    const run = start("simulate", "shop.json", "--json", "--flows", "flow_orders, flow_x", "--concurrency", "3");
    await until(run, clock, () => platform.simulated.length === 3);
    platform.release();
    expect(await ended(run, clock)).toBe(0);
    expect(eventsOf(run, "batch")).toMatchObject([{ flows: { flow_orders: 4, flow_x: 0 }, missing: ["flow_x"] }]);
  });

  test("the QA platform has been told when the command ends; one that is down changes nothing but a remark", async () => {
    const { folder, clock, platform } = await setUp();
    await suiteIn(folder, 1);
    await writeFile(join(folder, "callside.config.json"), JSON.stringify({ simulations: platform.section({ webhookUrl: platform.qaUrl }) }));
    expect(await ended(runHere(["simulate", "shop.json"], { folder, clock, env: TEST_ENV }), clock)).toBe(0);
    expect(platform.qa).toHaveLength(1);
    platform.qaAnswers(500);
    const run = runHere(["simulate", "shop.json"], { folder, clock, env: TEST_ENV });
    expect(await ended(run, clock)).toBe(0);
    expect(platform.qa.length).toBeGreaterThan(2);
    expect(run.stderr.text()).toContain("QA platform");
  });

  test("a person reads what failed with expected and found, coverage with what is missing, and where reports are", async () => {
    const { folder, clock, platform, start } = await setUp();
    await suiteIn(folder, 3);
    platform.intent("small_talk", "test_2");
    const run = start("simulate", "shop.json", "--junit", "out.xml");
    expect(await ended(run, clock)).toBe(1);
    expect(run.stdout.text()).toBe(
      [
        'Failed        test_2  "where is my order 2"',
        "              intent order_status → small_talk",
        "",
        "shop: 2 of 3 cases passed (66.6 %), review required",
        "1 failed, 0 flaky, 0 inconclusive, 0 errors, in 0.1 s",
        "Coverage 50 %: 1 of 2 expected flows; missing: flow_returns",
        `Written: ${join(folder, "out.xml")}`,
        "",
      ].join("\n").replace("in 0.1 s", /in [\d.]+ s/.exec(run.stdout.text())?.[0] ?? ""),
    );
    expect(run.stderr.text()).toBe("");
  });

  test("a terminal has a line that is written anew and is gone at the end; a pipe has none", async () => {
    const { folder, clock, start } = await setUp({ concurrency: 1 }, { terminal: { columns: 40 } });
    await suiteIn(folder, 30);
    const run = start("simulate", "shop.json");
    expect(await ended(run, clock)).toBe(0);
    const written = run.stderr.text().split("\r\u001b[2K");
    expect(written.length).toBeGreaterThan(3);
    expect(written[1]).toMatch(/^0 of 30 0 %/u);
    for (const line of written) expect(line.length).toBeLessThan(40);
    expect(written.at(-1)).toBe("");
    const json = start("simulate", "shop.json", "--json");
    await ended(json, clock);
    expect(json.stderr.text()).toBe("");
  });
});

describe("the practice platform and the example", () => {
  test("each deliberate failure is found, by the command line as by anybody else", async () => {
    const clock = createFakeClock();
    const folder = await temporary();
    const sandbox = await startSandbox({ calls: { kind: "practice" }, clock, random: () => 0.5 });
    onTestFinished(() => sandbox[Symbol.asyncDispose]());
    await writeFile(join(folder, "callside.config.json"), JSON.stringify(sandbox.config()));
    await writeFile(join(folder, exampleSuite.file), exampleSuite.text);
    const run = runHere(["simulate", exampleSuite.file, "--json", "--concurrency", "20"], { folder, clock, env: { ...sandbox.env() } });
    expect(await ended(run, clock)).toBe(1);
    const cases = eventsOf(run, "case");
    expect(cases).toHaveLength(60);
    const notPassed = cases.filter((one) => one["verdict"] !== "passed").map((one) => String(one["testId"]));
    expect(notPassed.length).toBeGreaterThan(5);
    expect(notPassed.every((id) => id.startsWith("test_failing_"))).toBe(true);
    expect(cases.filter((one) => String(one["testId"]).startsWith("test_failing_"))).toHaveLength(notPassed.length);
  });
});

test("simulate schema prints the JSON Schema of suites", async () => {
  const run = runHere(["simulate", "schema"]);
  expect(await run.code).toBe(0);
  expect(JSON.parse(run.stdout.text())).toMatchObject({ $schema: expect.stringContaining("2020-12"), properties: { cases: {} } });
});

describe("simulate convert", () => {
  async function recorded() {
    const folder = await temporary();
    const clock = createFakeClock();
    const history = await openHistory({ file: join(folder, "history.sqlite"), mask: false, retentionDays: 30, clock, onTrouble: () => undefined });
    if (!history.ok) throw new Error(history.error.detail);
    history.value.take(interactionEvent("talk-1"));
    history.value.take(utteranceEvent("talk-1", "u1", "good morning"));
    history.value.take(utteranceEvent("talk-1", "u2", "refund it to jane@example.com", { at: 3_000 }));
    history.value.take({ kind: "suggestions", set: sampleSet("talk-1", "s1", { utteranceId: "u2" }) });
    await history.value[Symbol.asyncDispose]();
    await writeFile(join(folder, "callside.config.json"), '{"history": {}}');
    return { folder, clock };
  }

  test("prints what triggered as cases, masked, and says what is to be filled in", async () => {
    const { folder, clock } = await recorded();
    const run = runHere(["simulate", "convert", "talk-1"], { folder, clock });
    expect(await run.code).toBe(0);
    expect(run.stdout.text()).toContain("test_id: test_recorded_talk_1_1");
    expect(run.stdout.text()).toContain("refund it to [e-mail]");
    expect(run.stdout.text()).not.toContain("jane@");
    expect(run.stderr.text()).toContain("expected_outcome.intent");
    const json = runHere(["simulate", "convert", "talk-1", "--json"], { folder, clock });
    expect(await json.code).toBe(0);
    expect(json.lines()).toMatchObject([{ event: "converted", testIds: ["test_recorded_talk_1_1"], open: [expect.any(String)] }]);
  });

  test("says which interactions there are; without a history it makes none", async () => {
    const { folder, clock } = await recorded();
    const unknown = runHere(["simulate", "convert", "talk-9"], { folder, clock });
    expect(await unknown.code).toBe(1);
    expect(unknown.stderr.text()).toContain("the latest are talk-1");
    const empty = await temporary();
    await writeFile(join(empty, "callside.config.json"), '{"history": {}}');
    const none = runHere(["simulate", "convert", "talk-1"], { folder: empty, clock });
    expect(await none.code).toBe(2);
    expect(await readdir(empty)).toEqual(["callside.config.json"]);
    await writeFile(join(empty, "callside.config.json"), "{}");
    const off = runHere(["simulate", "convert", "talk-1"], { folder: empty, clock });
    expect(await off.code).toBe(2);
    expect(off.stderr.text()).toContain("history is off");
  });
});
