import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { countTests, total } from "../../build/count-tests.ts";
import { toolScript } from "../../build/run-tool.ts";

const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }, () => ({})) });

test.each([
  ["all well", { numPassedTests: 3, numFailedTests: 0, testResults: [file("passed", 3)] }, 0, { passed: 3, failed: 0 }],
  ["a failure", { numPassedTests: 2, numFailedTests: 1, testResults: [file("failed", 3)] }, 1, { passed: 2, failed: 1 }],
  ["a file that cannot be loaded", { numPassedTests: 2, numFailedTests: 0, testResults: [file("passed", 2), file("failed", 0)] }, 1, { passed: 2, failed: 1 }],
  ["a bad end without a failed test", { numPassedTests: 2, numFailedTests: 0, testResults: [file("passed", 2)] }, 1, { passed: 2, failed: 1 }],
  ["ended by force", { numPassedTests: 2, numFailedTests: 0, testResults: [file("passed", 2)] }, null, { passed: 2, failed: 1 }],
  ["nothing was run", { numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0, { passed: 0, failed: 1 }],
  ["no report", null, 0, { passed: 0, failed: 1 }],
  ["a broken report", { numPassedTests: "3" }, 0, { passed: 0, failed: 1 }],
])("%s", (_name, report, code, tally) => {
  expect(countTests(report, code)).toStrictEqual(tally);
});

test("tallies add up", () => {
  expect(total([{ passed: 1, failed: 0 }, { passed: 2, failed: 3 }])).toStrictEqual({ passed: 3, failed: 3 });
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
    expect(countTests(written, code)).toStrictEqual({ passed: 1, failed: 2 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
