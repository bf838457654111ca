import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { watchTunnel } from "../../electron/tunnel/tunnel-view.ts";
import { MAX_BEATS } from "../../shared/tunnel.ts";
import type { Figure } from "./figure.ts";
import { collected } from "./tunnel-heap.ts";
import { paced, runTunnel } from "./tunnel-run.ts";
import { startRuntime, type RuntimeServer } from "./tunnel-server.ts";

const TUNNELS = 200;
/** Contract 1.3. Beats faster than in life would be measured as the garbage that they make. */
const HEARTBEAT_MS = 30_000;
/**
 * By then `fetch` has closed the connections that it keeps for a next request, and the engine, which looks for such a time
 * by itself, has given back what opening took. Collecting before that would leave the empty pages with the process.
 */
const IDLE_MS = 20_000;

interface Memory {
  readonly heapMb: number;
  readonly rssMb: number;
}

/** What 200 tunnels in one process hold more than one, all opened at once, each with a view that is full. */
export async function measureMany(count = TUNNELS): Promise<readonly Figure[]> {
  await using runtime = await startRuntime({ pongAfterMs: 0 });
  await using stack = new AsyncDisposableStack();
  const losses: Promise<never>[] = [];
  const open = async (): Promise<void> => {
    const { tunnel, lost } = await openFull(runtime);
    stack.use(tunnel);
    losses.push(lost);
  };
  await open();
  const one = await Promise.race([weigh(), ...losses]);
  await Promise.all(Array.from({ length: count - 1 }, open));
  const openingMb = residentMb();
  const all = await Promise.race([weigh(), ...losses]);
  const limit = { kind: "at most", value: 60 } as const;
  return [
    { name: `${count} tunnels, memory over that of one`, value: all.rssMb - one.rssMb, unit: "MB", limit },
    { name: "  heap over that of one", value: all.heapMb - one.heapMb, unit: "MB", limit },
    { name: "  memory over that of one while they have just opened", value: openingMb - one.rssMb, unit: "MB" },
    { name: "  memory of the process with one", value: one.rssMb, unit: "MB" },
  ];
}

interface Full {
  readonly tunnel: AsyncDisposable;
  /** Rejects where it is lost: what is left of it then is not what is measured. */
  readonly lost: Promise<never>;
}

/** A tunnel that works, with as many beats in its view as that keeps. */
async function openFull(runtime: RuntimeServer): Promise<Full> {
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) });
  if (!network.ok) throw new Error(network.error.detail);
  const beat = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<never>();
  const { botId, channel } = runtime.platform;
  const watch = watchTunnel({ botId, channel, clock: systemClock });
  const timestamp = new Date().toISOString();
  for (let beat = 0; beat < MAX_BEATS; beat += 1) watch.event({ event: "heartbeat", latency_ms: beat + Math.random(), timestamp });
  const tunnel = runTunnel(runtime, {
    timing: paced(HEARTBEAT_MS),
    network: network.value,
    onState: (state, reason) => {
      watch.state(state, reason);
    },
    onEvent: (event) => {
      watch.event(event);
      if (event.event === "tunnel_lost") lost.reject(new Error(`a tunnel was lost: ${event.reason}`));
      if (event.event === "heartbeat") beat.resolve();
    },
  });
  await Promise.race([beat.promise, lost.promise]);
  return { tunnel, lost: lost.promise };
}

async function weigh(): Promise<Memory> {
  await new Promise<void>((resolve) => {
    systemClock.after(IDLE_MS, resolve);
  });
  const heapMb = await collected();
  return { heapMb, rssMb: residentMb() };
}

function residentMb(): number {
  return process.memoryUsage.rss() / 1_000_000;
}
