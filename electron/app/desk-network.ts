import * as tls from "node:tls";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { openNetwork, type Network } from "../net/network.ts";
import { chooseProxy } from "../net/proxy-choice.ts";
import { trustSystemCertificates } from "../net/system-certificates.ts";

export interface DeskNetworkPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => Promise<string>;
}

/**
 * Opens the network as the section `network` wants it, or else the environment (`HTTPS_PROXY`, `NO_PROXY`), with the
 * system's authorities trusted too; see {@link openNetwork} for the errors.
 */
export function openDeskNetwork(wanted: Config["network"], { env, readFile }: DeskNetworkPorts): Promise<Result<Network, Fault>> {
  trustSystemCertificates(tls);
  const { proxy, named, passes } = chooseProxy(wanted, env);
  return openNetwork({
    ...(wanted.caFile === undefined ? {} : { caFile: wanted.caFile, caFileNamed: caFileNamed(wanted) }),
    ...(proxy === null ? {} : { proxy, proxyNamed: named, passes }),
    readFile,
  });
}

/** How a fault names the key of the authorities' file: whoever reads it must know whose it is to mend. */
export function caFileNamed({ caFileBy }: Pick<Config["network"], "caFileBy">): string {
  return caFileBy === undefined ? "network.caFile" : `network.caFile (set by IT in ${caFileBy})`;
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
