import * as tls from "node:tls";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { hearSkew } from "../health/clock-skew.ts";
import { openNetwork, type Network } from "../net/network.ts";
import { chooseProxy } from "../net/proxy-choice.ts";
import { trustSystemCertificates } from "../net/system-certificates.ts";

export interface DeskNetworkPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => Promise<string>;
  /** Hears how far the clock of a platform that answers is ahead of ours, in ms; nobody unless given. */
  readonly skew?: { readonly clock: Clock; readonly hear: (aheadMs: number) => void };
}

/**
 * Opens the network as the section `network` wants it, or else the environment (`HTTPS_PROXY`, `NO_PROXY`), with the
 * system's authorities trusted too; see {@link openNetwork} for the errors.
 */
export async function openDeskNetwork(wanted: Config["network"], { env, readFile, skew }: DeskNetworkPorts): Promise<Result<Network, Fault>> {
  trustSystemCertificates(tls);
  const { proxy, named, passes } = chooseProxy(wanted, env);
  const opened = await openNetwork({
    ...(wanted.caFile === undefined ? {} : { caFile: wanted.caFile, caFileNamed: caFileNamed(wanted) }),
    ...(proxy === null ? {} : { proxy, proxyNamed: named, passes }),
    readFile,
  });
  return skew === undefined || !opened.ok ? opened : ok({ ...opened.value, fetch: hearSkew(opened.value.fetch, skew.clock, skew.hear) });
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
