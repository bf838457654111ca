import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { Clock } from "../../shared/clock.ts";
import type { TunnelEvent } from "../../shared/tunnel.ts";
import { median, percentile, type Figure } from "./figure.ts";
import { collected } from "./tunnel-heap.ts";
import { runTunnel, watchedNetwork } from "./tunnel-run.ts";
import { dropWays } from "./tunnel-runtime.ts";
import { startRuntime } from "./tunnel-server.ts";

const DROPS = 1_000;
/** A drop that is not recovered from within this time never is, for this measure. */
const RECOVERY_MS = 15_000;
/** How long the platform's own leftovers (idle connections of `fetch`) may take to go. */
const SETTLE_MS = 15_000;

/** Drops one after the other, in every way there is, without a pause between attempts: what is recovered, how fast, and what is left. */
export async function measureDrops(drops = DROPS): Promise<readonly Figure[]> {
  await using runtime = await startRuntime({ pongAfterMs: 0 });
  using sockets = watchSockets();
  const clock = countingClock();
  const dialled: WeakRef<WebSocket>[] = [];
  const heard = createHeard();
  const before = process.getActiveResourcesInfo();
  const recoveries: number[] = [];
  let recovered = 0;
  let heapMb = 0;
  {
    await using _tunnel = runTunnel(runtime, {
      timing: { heartbeatMs: 30_000, pongTimeoutMs: 10_000, checkMs: 60_000 },
      network: watchedNetwork((connection) => dialled.push(new WeakRef(connection))),
      clock,
      random: () => 0,
      onEvent: (event) => {
        heard.take(event);
      },
      // The frames that are sent to break it.
      onIgnored: () => {},
    });
    // Each connection has begun its work, with a beat, before it is dropped.
    await heard.until("heartbeat", 1);
    for (; recovered < drops; recovered += 1) {
      if (recovered === Math.floor(drops / 5)) heapMb = await collected();
      runtime.drop(dropWays[recovered % dropWays.length] ?? "cut");
      const lostMs = await heard.until("tunnel_lost", recovered + 1);
      const backMs = await heard.until("tunnel_established", recovered + 2);
      if (lostMs === null || backMs === null || (await heard.until("heartbeat", recovered + 2)) === null) break;
      recoveries.push(backMs - lostMs);
    }
    heapMb = (await collected()) - heapMb;
  }
  // What the other side still counts goes with the idle connections of `fetch`, which it closes when it is asked.
  const atRuntime = await runtime.sockets();
  await settled(() => sockets.open() === 0);
  await collected();
  const alive = dialled.flatMap((reference) => reference.deref() ?? []);
  const none = { kind: "at most", value: 0 } as const;
  return [
    { name: `recovered from ${drops.toLocaleString("en")} drops in a row`, value: recovered, unit: "drops", limit: { kind: "at least", value: drops } },
    { name: "  from the loss to the next CONNECTED, p50", value: median(recoveries), unit: "ms" },
    { name: "  the same, p99", value: percentile(recoveries, 0.99), unit: "ms" },
    { name: "  heap growth over the last four fifths", value: heapMb, unit: "MB" },
    { name: "  left when closed: timers", value: clock.pending(), unit: "left", limit: none },
    { name: "  listeners on connections", value: alive.reduce((sum, one) => sum + listenersOf(one), 0), unit: "left", limit: none },
    { name: "  connections still in memory", value: alive.length, unit: "left", limit: none },
    { name: "  sockets here", value: sockets.open(), unit: "left", limit: none },
    { name: "  sockets at the runtime", value: atRuntime, unit: "left", limit: none },
    { name: "  resources that keep the process awake", value: process.getActiveResourcesInfo().length - before.length, unit: "left", limit: none },
  ];
}

interface Heard {
  take(event: TunnelEvent): void;
  /** When the event came for the `count`th time (monotonic ms); null where it does not come. */
  until(event: TunnelEvent["event"], count: number): Promise<number | null>;
}

function createHeard(): Heard {
  const times = new Map<TunnelEvent["event"], number[]>();
  let wake = (): void => {};
  return {
    take({ event }) {
      const known = times.get(event);
      if (known === undefined) times.set(event, [performance.now()]);
      else known.push(performance.now());
      wake();
    },
    async until(event, count) {
      const endsMs = performance.now() + RECOVERY_MS;
      for (;;) {
        const at = times.get(event)?.[count - 1];
        if (at !== undefined) return at;
        const leftMs = endsMs - performance.now();
        if (leftMs <= 0) return null;
        await new Promise<void>((resolve) => {
          const cancel = systemClock.after(leftMs, resolve);
          wake = () => {
            cancel();
            resolve();
          };
        });
      }
    },
  };
}

/** The machine's clock, which knows how many of its timers wait. */
function countingClock(): Clock & { pending(): number } {
  const waiting = new Set<symbol>();
  return {
    ...systemClock,
    after(delayMs, fire) {
      const timer = Symbol("timer");
      waiting.add(timer);
      const cancel = systemClock.after(delayMs, () => {
        waiting.delete(timer);
        fire();
      });
      return () => {
        waiting.delete(timer);
        cancel();
      };
    },
    pending: () => waiting.size,
  };
}

/** Every socket that this process opens as a client, for requests and connections alike. */
function watchSockets(): Disposable & { open(): number } {
  const open = new Set<Socket>();
  const onSocket = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  };
  subscribe("net.client.socket", onSocket);
  return {
    open: () => open.size,
    [Symbol.dispose]() {
      unsubscribe("net.client.socket", onSocket);
    },
  };
}

function listenersOf(connection: WebSocket): number {
  return connection.eventNames().reduce((sum, name) => sum + connection.listenerCount(name), 0);
}

async function settled(isThere: () => boolean): Promise<void> {
  const endsMs = performance.now() + SETTLE_MS;
  while (!isThere() && performance.now() < endsMs) {
    await new Promise<void>((resolve) => {
      systemClock.after(20, resolve);
    });
  }
}
