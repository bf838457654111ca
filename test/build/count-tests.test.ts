import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { countTests, total } from "../../build/count-tests.ts";
import { toolScript } from "../../build/run-tool.ts";

const passedTest = { status: "passed", fullName: "suite works" };
const failedTest = { status: "failed", fullName: "suite fails", failureMessages: ["\u001B[31mAssertionError\u001B[39m: 1 is not 2\n    at line 3"] };
const tested = (status: string, assertionResults: readonly object[], message?: string) => ({
  name: join(process.cwd(), "test", "a.test.ts"),
  status,
  assertionResults,
  ...(message === undefined ? {} : { message }),
});
const twoPassed = tested("passed", [passedTest, passedTest]);
const oneFailed = { numPassedTests: 1, numFailedTests: 1, testResults: [tested("failed", [passedTest, failedTest])] };
const where = join("test", "a.test.ts");

test.each([
  ["all well", { numPassedTests: 2, numFailedTests: 0, testResults: [twoPassed] }, 0, { passed: 2, failed: 0, failures: [] }],
  ["a failure", oneFailed, 1, { passed: 1, failed: 1, failures: [`${where} > suite fails: AssertionError: 1 is not 2`] }],
  [
    "a file that cannot be loaded",
    { numPassedTests: 2, numFailedTests: 0, testResults: [twoPassed, tested("failed", [], "no such module\nat line 1")] },
    1,
    { passed: 2, failed: 1, failures: [`${where}: no such module`] },
  ],
  [
    "a bad end without a failed test",
    { numPassedTests: 2, numFailedTests: 0, testResults: [twoPassed] },
    1,
    { passed: 2, failed: 1, failures: ["the run ended with 1 though no test failed, 2 passed: see its errors above"] },
  ],
  [
    "ended by force",
    { numPassedTests: 2, numFailedTests: 0, testResults: [twoPassed] },
    null,
    { passed: 2, failed: 1, failures: ["the run was ended by force though no test failed, 2 passed: see its errors above"] },
  ],
  [
    "nothing was run",
    { numPassedTests: 0, numFailedTests: 0, testResults: [] },
    0,
    { passed: 0, failed: 1, failures: ["the run ended with 0 though no test failed, 0 passed: see its errors above"] },
  ],
  ["no report", null, 0, { passed: 0, failed: 1, failures: ["the test runner wrote no report that can be read"] }],
  ["a broken report", { numPassedTests: "3" }, 0, { passed: 0, failed: 1, failures: ["the test runner wrote no report that can be read"] }],
])("%s", (_name, report, code, tally) => {
  expect(countTests(report, code)).toStrictEqual(tally);
});

test("tallies add up", () => {
  expect(
    total([
      { passed: 1, failed: 0, failures: [] },
      { passed: 2, failed: 3, failures: ["a", "b", "c"] },
    ]),
  ).toStrictEqual({ passed: 3, failed: 3, failures: ["a", "b", "c"] });
});

test("reads what the test runner really writes: passed, failed, and a file that throws", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callside-count-"));
  try {
    const vitest = JSON.stringify(new URL("../../node_modules/vitest/dist/index.js", import.meta.url).href);
    await writeFile(join(folder, "a.test.ts"), `import { expect, test } from ${vitest}; test("x", () => {}); test("y", () => { expect(1).toBe(2); });`);
    await writeFile(join(folder, "b.test.ts"), `throw new Error("at load");`);
    const report = join(folder, "report.json");
    const code = await promisify(execFile)(
      process.execPath,
      [toolScript("vitest", "vitest"), "run", "--root", folder, "--reporter=json", `--outputFile.json=${report}`],
      { cwd: folder, env: { PATH: process.env["PATH"] } },
    ).then(
      () => 0,
      () => 1,
    );
    const written: unknown = JSON.parse(await readFile(report, "utf8"));
    expect(countTests(written, code)).toMatchObject({
      passed: 1,
      failed: 2,
      failures: [expect.stringMatching(/a\.test\.ts > y: .*expected 1 to be 2/u), expect.stringMatching(/b\.test\.ts: .*at load/u)],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
