import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { openNetwork, type Network } from "../net/network.ts";

/** Opens the network as the section `network` wants it; see {@link openNetwork} for the errors. */
export function openDeskNetwork(wanted: Config["network"], readFile: (path: string) => Promise<string>): Promise<Result<Network, Fault>> {
  return openNetwork({
    ...(wanted.caFile === undefined ? {} : { caFile: wanted.caFile }),
    ...(wanted.proxy === undefined ? {} : { proxy: wanted.proxy }),
    readFile,
  });
}

/** A part of the program together with the network that only it uses: closed with it, after it. */
export function withNetwork<T extends AsyncDisposable>(part: T, network: Network): T {
  return {
    ...part,
    async [Symbol.asyncDispose]() {
      await part[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  };
}
