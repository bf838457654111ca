import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../electron/app.ts";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { systemAddresses } from "../../electron/net/network-watch.ts";
import type { Clock } from "../../shared/clock.ts";
import { type Figure } from "./figure.ts";
import { collected } from "./tunnel-heap.ts";
import { startRuntime, type RuntimeServer } from "./tunnel-server.ts";

const BEATS = 100;
/** As many as the panel keeps, so that its memory of them is full. */
const WARM_UP = 60;
/** By how much the program's time is faster here. */
const PACE = 10;
/** Of the program's own time: as often as the panel is told of life, so that every beat is told to it as on a desktop. */
const HEARTBEAT_SECONDS = 1;

interface Cost {
  /** Of the whole process, all threads, per beat or in the time of one. */
  readonly cpuMs: number;
  readonly heapMb: number;
}

/** What of the program is on besides agent assist, which waits on a stream that is silent. */
interface Parts {
  readonly tunnel: boolean;
  /** Audit file and metrics. */
  readonly records: boolean;
}

/**
 * What an idle tunnel costs the program as a desktop runs it: tunnel, view, pushes to a panel, audit and metrics lines,
 * a check with every second beat; over the same program with the tunnel turned off.
 */
export async function measureIdle(beats = BEATS): Promise<readonly Figure[]> {
  await using runtime = await startRuntime({ pongAfterMs: 0 });
  const without = await measureProgram(runtime, beats, { tunnel: false, records: true });
  const unrecorded = await measureProgram(runtime, beats, { tunnel: true, records: false });
  const whole = await measureProgram(runtime, beats, { tunnel: true, records: true });
  return [
    { name: "idle tunnel, processor time per beat", value: whole.cpuMs - without.cpuMs, unit: "ms", limit: { kind: "at most", value: 2 } },
    { name: "  audit and metrics line of a beat, of that", value: whole.cpuMs - unrecorded.cpuMs, unit: "ms" },
    { name: "  what the program takes meanwhile without it", value: without.cpuMs, unit: "ms" },
    { name: "  heap over the program without it", value: whole.heapMb - without.heapMb, unit: "MB", limit: { kind: "at most", value: 2 } },
    { name: "  heap of the program without it", value: without.heapMb, unit: "MB" },
  ];
}

async function measureProgram(runtime: RuntimeServer, beats: number, parts: Parts): Promise<Cost> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const clock = fastClock(PACE);
  const file = join(folder, "callside.config.json");
  await writeFile(file, JSON.stringify(configOf(runtime, parts)));
  const env = { COGNIGY_CLIENT_ID: "bench", COGNIGY_CLIENT_SECRET: "bench" };
  const source = await openConfig({ file: { path: file, required: true }, env, flags: [], dataFolder: folder, cwd: folder, clock });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const app = stack.use(
    createApp(stack.use(source.value), {
      env,
      clock,
      random: Math.random,
      readFile: () => Promise.reject(new Error("no file is read")),
      newId: () => crypto.randomUUID(),
      addresses: systemAddresses,
      dataFolder: folder,
    }),
  );
  const desk = stack.use(createPanelDesk(app, "live", clock));
  // A panel that is open: every push is put into text for it.
  let pushed = 0;
  stack.defer(desk.publisher.subscribe((push) => (pushed += JSON.stringify(push).length)));
  const failed = Promise.withResolvers<never>();
  let heard = 0;
  let reached = { beats: Number.POSITIVE_INFINITY, resolve: (): void => {} };
  app.onTunnel((event) => {
    if (event.event === "tunnel_lost") failed.reject(new Error(`the tunnel was lost: ${event.reason}`));
    if (event.event !== "heartbeat") return;
    heard += 1;
    if (heard >= reached.beats) reached.resolve();
  });
  /** So many beats, or as long as they would take. */
  const pass = (count: number): Promise<void> =>
    Promise.race([
      failed.promise,
      new Promise<void>((resolve) => {
        if (!parts.tunnel) clock.after(count * HEARTBEAT_SECONDS * 1_000, resolve);
        else reached = { beats: heard + count, resolve };
      }),
    ]);
  await app.start();
  await pass(WARM_UP);
  await collected();
  const before = process.cpuUsage();
  await pass(beats);
  const { user, system } = process.cpuUsage(before);
  const heapMb = await collected();
  if (pushed === 0) throw new Error("the panel was told nothing");
  if (app.connection("stream").state.kind !== "connected") throw new Error("agent assist is not connected");
  return { cpuMs: (user + system) / 1_000 / beats, heapMb };
}

function configOf({ platform: { tokenUrl, apiUrl, socketUrl, botId } }: RuntimeServer, { tunnel, records }: Parts): object {
  return {
    assist: { tokenUrl, apiUrl, streamUrl: socketUrl },
    ...(tunnel ? { tunnel: { tokenUrl, apiUrl, socketUrl, botId, heartbeatSeconds: HEARTBEAT_SECONDS, checkSeconds: 2 * HEARTBEAT_SECONDS } } : {}),
    ...(records ? { audit: { directory: "audit" }, telemetry: { metricsFile: "metrics.jsonl" } } : {}),
    panel: { role: "supervisor" },
  };
}

/** The machine's clock, `pace` times as fast, so that what a program does in an hour is measured in a fraction of it. */
function fastClock(pace: number): Clock {
  const startWall = Date.now();
  const startMono = performance.now();
  return {
    now: () => Math.floor(startWall + (performance.now() - startMono) * pace),
    monotonic: () => performance.now() * pace,
    after(delayMs, fire) {
      const timer = setTimeout(fire, delayMs / pace);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
