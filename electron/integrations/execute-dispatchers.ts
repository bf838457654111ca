import type { Dispatcher } from "undici";
import { isLoopback } from "../net/loopback-address.ts";
import type { Network } from "../net/network.ts";
import type { Addresses } from "./execute-addresses.ts";

/** Connections to services, kept open between requests until they are disposed. */
export interface Dispatchers extends AsyncDisposable {
  /** What a request to `url` is sent with: a connection to a checked address, or the configured proxy. */
  to(url: URL): Promise<Dispatcher>;
}

/** More requests at once to one host than this wait for a connection. */
const MAX_CONNECTIONS = 128;

/**
 * Opens connections as the network is configured (its authorities, its proxy and what goes past it), each to an
 * address that `addresses` has checked for its origin. The library is loaded with the first request.
 */
export function createDispatchers(network: Pick<Network, "socketOptions" | "proxy" | "passes">, addresses: Addresses): Dispatchers {
  const { proxy, passes = isLoopback } = network;
  let opened: Promise<{ readonly direct: Dispatcher; readonly proxied: Dispatcher }> | null = null;

  const open = async () => {
    const undici = await import("undici");
    const { secureContext } = network.socketOptions("wss://localhost");
    const trust = secureContext === undefined ? {} : { secureContext };
    const direct = new undici.Agent({
      factory: (origin) => new undici.Pool(origin, { connections: MAX_CONNECTIONS, allowH2: false, connect: { ...trust, lookup: addresses.lookup(String(origin)) } }),
    });
    const proxied = proxy === undefined ? direct : new undici.ProxyAgent({ uri: proxy, requestTls: trust, proxyTls: trust });
    return { direct, proxied };
  };

  return {
    async to(url) {
      opened ??= open();
      const { direct, proxied } = await opened;
      return passes(url) ? direct : proxied;
    },
    async [Symbol.asyncDispose]() {
      if (opened === null) return;
      const { direct, proxied } = await opened;
      await Promise.all([direct.destroy(), proxied.destroy()]);
    },
  };
}
