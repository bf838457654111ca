import type { WebSocket } from "ws";
import { systemClock } from "../../electron/net/system-clock.ts";
import { percentile, type Figure } from "./figure.ts";
import { paced, runTunnel, watchedNetwork } from "./tunnel-run.ts";
import { startRuntime } from "./tunnel-server.ts";

const BEATS = 400;
/** Beats that only warm the compiler, on either side. */
const WARM_UP = 50;
const BEAT_MS = 20;
/** So long after a beat the second bare ping goes out: far from this beat and from the next. */
const BETWEEN_MS = BEAT_MS / 2;
const LIMIT_MS = 1;

/** Round trips in milliseconds: a beat as the tunnel tells it, a bare ping that went out with it, and one half a beat later. */
interface Beat {
  readonly shown: number;
  readonly beside: number;
  readonly between: number;
}

/**
 * How far the round trip that is shown is from that of a bare ping of `ws` on the same connection. A ping that goes out
 * with the tunnel's own meets the same machine and the same network, so that what is left is the tunnel's; one in between
 * meets none of what the tunnel does around its own, but also another moment.
 */
export async function measureRoundTrip(count = BEATS): Promise<readonly Figure[]> {
  return [...figuresOf("at once", await measureBeats(count, 0)), ...figuresOf("after 4 ms", await measureBeats(count, 4))];
}

function figuresOf(answered: string, beats: readonly Beat[]): readonly Figure[] {
  const of = (pick: (beat: Beat) => number, share: number): number => percentile(beats.map(pick), share);
  const limit = { kind: "at most", value: LIMIT_MS } as const;
  return [
    { name: `round trip shown, pong ${answered}, p50`, value: of(({ shown }) => shown, 0.5), unit: "ms" },
    { name: "  apart from a bare ping sent with it, p95", value: of(({ shown, beside }) => Math.abs(shown - beside), 0.95), unit: "ms", limit },
    { name: "  p50 apart from that of bare pings in between", value: Math.abs(of(({ shown }) => shown, 0.5) - of(({ between }) => between, 0.5)), unit: "ms", limit },
    { name: "  p95 apart from that of bare pings in between", value: Math.abs(of(({ shown }) => shown, 0.95) - of(({ between }) => between, 0.95)), unit: "ms" },
  ];
}

async function measureBeats(count: number, pongAfterMs: number): Promise<readonly Beat[]> {
  await using runtime = await startRuntime({ pongAfterMs });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const beats: Beat[] = [];
  let told = (_latencyMs: number): void => {};
  const network = watchedNetwork((connection) => {
    told = watchBeats(connection, (beat) => {
      beats.push(beat);
      if (beats.length === WARM_UP + count) resolve();
    });
  });
  await using _tunnel = runTunnel(runtime, {
    timing: paced(BEAT_MS),
    network,
    onEvent: (event) => {
      if (event.event === "tunnel_lost") reject(new Error(`the tunnel was lost: ${event.reason}`));
      if (event.event === "heartbeat") told(event.latency_ms);
    },
  });
  await promise;
  return beats.slice(WARM_UP);
}

/** Pings past the tunnel, as anybody would who has nothing but the connection. What it gives is told of every heartbeat. */
function watchBeats(connection: WebSocket, tell: (beat: Beat) => void): (latencyMs: number) => void {
  const ping = connection.ping.bind(connection);
  const sent = new Map<string, number>();
  const begun = new Map<string, Partial<Beat>>();
  /** The mark of the tunnel's own ping that was answered last. */
  let answered = "";

  const bare = (mark: string): void => {
    sent.set(mark, performance.now());
    ping(mark);
  };
  const add = (mark: string, part: Partial<Beat>): void => {
    const { shown, beside, between } = { ...begun.get(mark), ...part };
    if (shown === undefined || beside === undefined || between === undefined) {
      begun.set(mark, { ...begun.get(mark), ...part });
      return;
    }
    begun.delete(mark);
    tell({ shown, beside, between });
  };

  // Only the tunnel pings by this; before it and after it in turn, so that neither order is favoured.
  connection.ping = (mark) => {
    const isFirst = Number(mark) % 2 === 0;
    if (isFirst) bare(`beside ${mark}`);
    ping(mark);
    if (!isFirst) bare(`beside ${mark}`);
  };
  // First in the row, so that it does not wait for what the tunnel does with the same pong.
  connection.prependListener("pong", (data: Buffer) => {
    const nowMs = performance.now();
    const mark = data.toString();
    const sentMs = sent.get(mark);
    if (sentMs === undefined) {
      answered = mark;
      return;
    }
    sent.delete(mark);
    const [part = "", beat = ""] = mark.split(" ");
    add(beat, part === "beside" ? { beside: nowMs - sentMs } : { between: nowMs - sentMs });
  });
  return (latencyMs) => {
    const mark = answered;
    add(mark, { shown: latencyMs });
    systemClock.after(BETWEEN_MS, () => {
      bare(`between ${mark}`);
    });
  };
}
