import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { systemClock } from "../../electron/net/system-clock.ts";
import { startSandbox, type Sandbox } from "../../electron/sandbox/sandbox.ts";
import { launchBrowser } from "../browser.ts";
import { buildMain } from "../build-main.ts";
import { buildRenderer, rendererIsFresh } from "../build-renderer.ts";
import { percentile, type Figure } from "./figure.ts";

const IDLE_SECONDS = 60;
/** By then what a start leaves behind is collected, and the tunnel's first checks are over. */
const SETTLE_SECONDS = 20;
const LOOK_SECONDS = 2;
/** The calls and chats are there, and for hours nobody in them says anything more. */
const STANDSTILL = 1e-6;
const OPEN_SECONDS = 60;
const AUTHORITY_FILE_NAME = "practice-authority.pem";

/**
 * Runs in the program before its own code, and tells its parent what the process holds and has taken whenever it asks. In
 * JavaScript: what would strip types from it takes 40 MB by itself. The channel is not to keep a program that has ended; the
 * program's threads run this as well, and have none.
 */
const TELL_COST = `
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ rssMb: process.memoryUsage.rss() / 1e6, cpuMs: (user + system) / 1e3 });
});
process.channel?.unref();
`;

/**
 * What the main process holds and takes while everything is connected and nothing happens: stream, tunnel, bridge,
 * integrations and simulations, audit, history and metrics, and a panel open in a browser. It is the built program under
 * Node, with the loopback host; platform and browser are processes of their own. Electron adds what it takes itself.
 */
export async function measureIdleProgram(seconds = IDLE_SECONDS): Promise<readonly Figure[]> {
  if (!(await rendererIsFresh())) await buildRenderer();
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  // A copy: whoever builds meanwhile would take away what has not been loaded yet.
  await cp(dirname(dirname(await buildMain())), join(folder, "out"), { recursive: true, filter: (path) => !path.endsWith(".map") });
  const cli = join(folder, "out/main/cli.js");
  const sandbox = stack.use(await startSandbox({ calls: { kind: "practice" }, lines: 1, chats: 1, speed: STANDSTILL, clock: systemClock, random: Math.random }));
  const configFile = await writeConfig(folder, sandbox);
  const own = { HOME: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, LOCALAPPDATA: folder, APPDATA: folder };
  const start = (): ChildProcess =>
    fork(cli, ["open", "--no-browser", "--json", "--config", configFile], {
      env: { ...process.env, ...own, ...sandbox.env() },
      execArgv: ["--import", `data:text/javascript,${encodeURIComponent(TELL_COST)}`],
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
  // The first start compiles, and keeps what it has compiled for the next.
  const first = stack.adopt(start(), ended);
  await readyAddress(first);
  await everythingConnected(sandbox);
  await ended(first);

  const program = stack.adopt(start(), ended);
  const address = await readyAddress(program);
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  const page = await browser.newPage({ viewport: { width: 400, height: 900 } });
  await page.goto(address);
  await page.locator("[data-painted]").waitFor({ state: "attached" });
  await everythingConnected(sandbox);
  await pause(SETTLE_SECONDS * 1_000);

  const before = await costOf(program);
  const startedMs = performance.now();
  const looks = [before];
  while (performance.now() - startedMs < seconds * 1_000) {
    await pause(LOOK_SECONDS * 1_000);
    looks.push(await costOf(program));
  }
  const after = await costOf(program);
  const spentMs = performance.now() - startedMs;
  const most = (pick: (cost: Cost) => number): number => percentile(looks.map(pick), 1);
  if (!isConnected(sandbox)) throw new Error(`a connection was lost meanwhile: ${JSON.stringify(connectionsOf(sandbox))}`);
  return [
    { name: `everything connected and idle for ${seconds} s: memory of its own, most`, value: most(({ ownMb }) => ownMb), unit: "MB", limit: { kind: "at most", value: 150 } },
    { name: "  resident, with the pages of Node's own file", value: most(({ rssMb }) => rssMb), unit: "MB" },
    { name: "  of one core", value: ((after.cpuMs - before.cpuMs) / spentMs) * 100, unit: "%", limit: { kind: "at most", value: 1 } },
  ];
}

async function writeConfig(folder: string, sandbox: Sandbox): Promise<string> {
  await writeFile(join(folder, AUTHORITY_FILE_NAME), sandbox.authority(), { mode: 0o600 });
  const file = join(folder, "callside.config.json");
  const rest = { network: { caFile: AUTHORITY_FILE_NAME }, audit: { directory: "audit" }, history: {}, telemetry: { metricsFile: "metrics.jsonl" }, panel: { role: "supervisor" } };
  await writeFile(file, JSON.stringify({ ...sandbox.config(), ...rest }), { mode: 0o600 });
  return file;
}

const readySchema = z.looseObject({ event: z.literal("ready"), url: z.string() });

async function readyAddress(program: ChildProcess): Promise<string> {
  if (program.stdout === null) throw new Error("the program has no output");
  for await (const line of createInterface({ input: program.stdout })) {
    const told = readySchema.safeParse(JSON.parse(line));
    if (!told.success) continue;
    program.stdout.resume();
    return told.data.url;
  }
  throw new Error("the program ended before it was ready");
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const gone = once(program, "exit");
  program.kill("SIGTERM");
  await gone;
}

/** `ownMb`: what it has written, threads included, as task managers tell it; all that is resident where the system tells no more. */
interface Cost {
  readonly rssMb: number;
  readonly ownMb: number;
  readonly cpuMs: number;
}

const toldSchema = z.strictObject({ rssMb: z.number(), cpuMs: z.number() });

async function costOf(program: ChildProcess): Promise<Cost> {
  const told = once(program, "message");
  program.send("cost");
  const cost = toldSchema.parse((await told)[0]);
  const status = await readFile(`/proc/${String(program.pid)}/status`, "utf8").catch(() => "");
  const written = /^RssAnon:\s+(\d+) kB$/mu.exec(status)?.[1];
  return { ...cost, ownMb: written === undefined ? cost.rssMb : (Number(written) * 1_024) / 1_000_000 };
}

/** How many there are of each, from the platform's side. */
function connectionsOf(sandbox: Sandbox): Readonly<Record<"stream" | "tunnel" | "bridge", number>> {
  const { openSockets, openTunnels, openEventSockets } = sandbox.stats();
  return { stream: openSockets, tunnel: openTunnels, bridge: openEventSockets };
}

function isConnected(sandbox: Sandbox): boolean {
  return Object.values(connectionsOf(sandbox)).every((open) => open === 1);
}

async function everythingConnected(sandbox: Sandbox): Promise<void> {
  const deadlineMs = performance.now() + OPEN_SECONDS * 1_000;
  while (!isConnected(sandbox)) {
    if (performance.now() > deadlineMs) throw new Error(`not connected once each within ${OPEN_SECONDS} s: ${JSON.stringify(connectionsOf(sandbox))}`);
    await pause(50);
  }
}
