import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../electron/net/system-clock.ts";
import { startSandbox } from "../../electron/sandbox/sandbox.ts";
import { median, percentile, type Figure } from "./figure.ts";

const RUNS = 9;
const cli = fileURLToPath(new URL("../../electron/cli.ts", import.meta.url));

/**
 * From the start of `node` to the line `ready` of `assist --json`: token fetched, stream open and subscribed, on a sandbox
 * that runs already. The first run fills the compile cache, in a folder of its own, and does not count.
 */
export async function measureReady(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const sandbox = stack.use(await startSandbox({ calls: { kind: "practice" }, clock: systemClock, random: Math.random }));
  const configFile = join(folder, "callside.config.json");
  await writeFile(configFile, JSON.stringify(sandbox.config()));
  const own = { HOME: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, LOCALAPPDATA: folder, APPDATA: folder };
  const env = { ...process.env, ...own, ...sandbox.env() };
  await timeToReady(configFile, env);
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await timeToReady(configFile, env));
  return [
    { name: "headless ready, from the start of node, median", value: median(runs), unit: "ms", limit: { kind: "at most", value: 400 } },
    { name: "  slowest of nine", value: percentile(runs, 1), unit: "ms" },
  ];
}

async function timeToReady(configFile: string, env: NodeJS.ProcessEnv): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [cli, "assist", "--json", "--config", configFile], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let readyMs = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    const { event } = JSON.parse(line) as { readonly event?: unknown };
    if (event !== "ready") continue;
    readyMs = performance.now() - startedMs;
    child.kill("SIGTERM");
    break;
  }
  child.stdout.resume();
  await ended;
  if (Number.isNaN(readyMs)) throw new Error("assist ended before it was ready");
  return readyMs;
}
