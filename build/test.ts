import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeHindrance } from "./check-node.ts";
import type { Tally } from "./count-tests.ts";

const STEP_TIMEOUT_MS = 40 * 60_000;

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}

const { runTool, toolScript } = await import("./run-tool.ts");
const { countTests, total } = await import("./count-tests.ts");

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopped.abort();
  });
}

/** Runs everything in order, each to its end whatever became of the one before, and gives the sum. */
async function testAll(): Promise<Tally> {
  const reports = await mkdtemp(join(tmpdir(), "callside-test-reports-"));
  try {
    const tallies: Tally[] = [];
    for (const [name, args] of checks) tallies.push(await check(name, args));
    for (const project of ["unit", "e2e"]) tallies.push(await suite(project, join(reports, `${project}.json`)));
    return total(tallies);
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}

const checks: readonly (readonly [string, readonly string[]])[] = [
  ["types", [toolScript("typescript", "tsc"), "-b"]],
  ["lint", [toolScript("oxlint", "oxlint"), "--type-aware", "--deny-warnings"]],
  ["knip", [toolScript("knip", "knip")]],
  ["build", [toolScript("vite", "vite"), "build", "--config", "build/vite.config.ts", "--app", "--logLevel", "warn"]],
];

async function check(name: string, args: readonly string[]): Promise<Tally> {
  heading(name);
  const code = stopped.signal.aborted ? null : await runTool({ args, timeoutMs: STEP_TIMEOUT_MS, quiet: false, signal: stopped.signal });
  console.log(code === 0 ? `${name}: good` : `${name}: FAILED (${code ?? "ended by force"})`);
  return code === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [`${name}: see its errors above`] };
}

async function suite(project: string, report: string): Promise<Tally> {
  heading(project);
  const args = ["run", "--config", "build/vitest.config.ts", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = stopped.signal.aborted
    ? null
    : await runTool({ args: [toolScript("vitest", "vitest"), ...args], timeoutMs: STEP_TIMEOUT_MS, quiet: false, signal: stopped.signal });
  const written: unknown = await readFile(report, "utf8").then(JSON.parse, () => null).catch(() => null);
  const tally = countTests(written, code);
  if (tally.failed > 0) console.log(`${project}: FAILED (${tally.failed})`);
  return tally;
}

function heading(name: string): void {
  console.log(`\n== ${name}`);
}

const { passed, failed, failures } = await testAll();
if (failed > 0) {
  heading("what failed");
  for (const failure of failures) console.log(failure);
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
