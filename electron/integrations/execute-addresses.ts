import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { untilAborted } from "../net/abortable.ts";
import { errorCode, networkReason } from "../net/network-reason.ts";
import { isAddress, judgeUrl, plainHost, type UrlVerdict, whyRefused } from "./address-rules.ts";
import type { AttemptFailure } from "./execute-retry.ts";

/** One address of a name. */
export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Looks up all addresses of a name; rejects with a system error code. */
export type ResolveHost = (hostname: string) => Promise<readonly HostAddress[]>;

/** How long the checked addresses of a host are used again: long enough for a burst, too short to miss a change. */
const KEPT_MS = 5_000;
const MAX_KEPT = 500;

/** The machine's own resolver, hosts file included. */
export const resolveBySystem: ResolveHost = async (hostname) => {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Checks where requests go, and holds connections to what was checked. */
export interface Addresses {
  /**
   * Whether a request may go to `url` now. A name is looked up, and all its addresses are checked; a single bad one
   * refuses it whole. Faults: `address-refused`; `network` where the name is unknown; `aborted`.
   */
  check(url: URL, signal: AbortSignal): Promise<Result<null, AttemptFailure>>;
  /**
   * For the connections of an origin: gives the addresses that were checked for it and asks nobody again, so a name
   * cannot point elsewhere between check and connection (DNS rebinding).
   */
  lookup(origin: string): LookupFunction;
}

interface Kept {
  readonly until: number;
  readonly addresses: readonly HostAddress[];
}

/**
 * `byProxy`: whether a proxy makes the connection to an address; it looks the name up for itself then. Names are checked
 * here all the same; one that this machine cannot look up then needs an entry in `allowHosts`.
 */
export function createAddresses(options: {
  readonly clock: Clock;
  readonly allowHosts: readonly string[];
  readonly resolve: ResolveHost;
  readonly byProxy: (url: URL) => boolean;
}): Addresses {
  const { clock, allowHosts, resolve, byProxy } = options;
  const checked = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Result<null, AttemptFailure>>>();

  const find = async (url: URL, wanted: Extract<UrlVerdict, { readonly kind: "go" }>["addresses"]): Promise<Result<null, AttemptFailure>> => {
    const { origin, host } = url;
    const found = await lookUp(url, resolve);
    if (!found.ok) {
      checked.delete(origin);
      const hint = byProxy(url) ? "; behind a proxy a host that this machine cannot look up must stand in integrations.allowHosts" : "";
      return err({ ...found.error, fault: { ...found.error.fault, detail: `${found.error.fault.detail}${hint}` } });
    }
    const why = found.value.map(({ address }) => whyNot(address, wanted)).find((reason) => reason !== null);
    if (why !== undefined) {
      checked.delete(origin);
      return err({ fault: refused(host, `its name points to an address that is ${why}`), again: false });
    }
    checked.delete(origin);
    checked.set(origin, { until: clock.monotonic() + KEPT_MS, addresses: found.value });
    const oldest = checked.size > MAX_KEPT ? checked.keys().next().value : undefined;
    if (oldest !== undefined) checked.delete(oldest);
    return ok(null);
  };

  return {
    async check(url, signal) {
      const verdict = judgeUrl(url, allowHosts);
      if (verdict.kind === "refused") return err({ fault: refused(url.host, verdict.why), again: false });
      if (isAddress(plainHost(url.hostname))) return ok(null);
      if (byProxy(url) && verdict.addresses === "any" && url.protocol === "https:" && !isLocalName(url)) return ok(null);
      const { origin } = url;
      const kept = checked.get(origin);
      if (kept !== undefined && clock.monotonic() < kept.until) return ok(null);
      let search = underWay.get(origin);
      if (search === undefined) {
        search = find(url, verdict.addresses).finally(() => underWay.delete(origin));
        underWay.set(origin, search);
      }
      const outcome = await untilAborted(search, signal);
      return outcome ?? err({ fault: { kind: "transport", code: "aborted", detail: `request to ${url.host}` }, again: false });
    },
    lookup(origin) {
      return (_hostname, wanted, callback) => {
        const family = wanted.family === 4 || wanted.family === "IPv4" ? 4 : wanted.family === 6 || wanted.family === "IPv6" ? 6 : null;
        const addresses = (checked.get(origin)?.addresses ?? []).filter((one) => family === null || one.family === family);
        const [first] = addresses;
        // Never in the caller's turn, as the system's own lookup.
        queueMicrotask(() => {
          if (first === undefined) callback(Object.assign(new Error("no checked address"), { code: "ENOTFOUND" }), "");
          else if (wanted.all === true) callback(null, addresses.map((one) => ({ ...one })));
          else callback(null, first.address, first.family);
        });
      };
    },
  };
}

/** Localhost goes past a proxy, so its addresses are needed here. */
function isLocalName(url: URL): boolean {
  const host = plainHost(url.hostname);
  return host === "localhost" || host.endsWith(".localhost");
}

async function lookUp(url: URL, resolve: ResolveHost): Promise<Result<readonly HostAddress[], AttemptFailure>> {
  try {
    const found = await resolve(url.hostname);
    if (found.length > 0) return ok(found);
    return err({ fault: unreachable(url.host, "the host name has no address"), again: false });
  } catch (error) {
    // An unknown name is most often a slip of the pen: nobody should wait for three attempts to hear of it.
    return err({ fault: unreachable(url.host, networkReason(error)), again: errorCode(error) !== "ENOTFOUND" });
  }
}

function whyNot(address: string, wanted: "public" | "loopback" | "any"): string | null {
  if (wanted === "any") return null;
  const why = whyRefused(address);
  if (wanted === "public") return why;
  return why === "this machine's own" ? null : "not this machine's own, which http:// needs";
}

function refused(host: string, why: string): Fault {
  return { kind: "policy", code: "address-refused", detail: `${host}: ${why}` };
}

function unreachable(host: string, why: string): Fault {
  return { kind: "transport", code: "network", detail: `${host}: ${why}` };
}
