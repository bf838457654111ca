import type { ClientOptions, WebSocket } from "ws";
import type { Network } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openTunnel, type Tunnel, type TunnelOptions, type TunnelTiming } from "../../electron/tunnel/tunnel.ts";
import type { RuntimeServer } from "./tunnel-server.ts";

/** The usual proportions of contract 1 at another pace: a check with every second beat. The pong timeout stays. */
export function paced(heartbeatMs: number): TunnelTiming {
  return { heartbeatMs, pongTimeoutMs: 10_000, checkMs: 2 * heartbeatMs };
}

/** The network as it is, that also hands out every WebSocket that is dialled, before its upgrade is asked for. */
export function watchedNetwork(onDial: (connection: WebSocket) => void): Network {
  const options: ReturnType<Network["socketOptions"]> & Pick<ClientOptions, "finishRequest"> = {
    finishRequest(request, connection) {
      onDial(connection);
      request.end();
    },
  };
  return { fetch: globalThis.fetch, socketOptions: () => options, async [Symbol.asyncDispose]() {} };
}

type Run = Pick<TunnelOptions, "timing" | "network" | "onEvent"> & Partial<TunnelOptions>;

/** A tunnel to a runtime for measurements, on the machine's own clock. One that is refused is no measurement. */
export function runTunnel({ platform }: RuntimeServer, run: Run): Tunnel {
  return openTunnel({
    platform,
    clock: systemClock,
    random: Math.random,
    onState: (state) => {
      if (state.kind === "rejected") throw new Error(state.fault.detail);
    },
    onPush: () => {},
    onIgnored: (reason) => {
      throw new Error(`a frame was ignored: ${reason}`);
    },
    ...run,
  });
}
