import { BlockList, isIP } from "node:net";
import { isLoopback } from "./loopback-address.ts";

/** The proxy that holds, and what goes past it. `named`: who gave its address, as a person would look for it. */
export interface ProxyChoice {
  readonly proxy: string | null;
  readonly named: string;
  /** Whether a request or socket to this address goes past the proxy. */
  readonly passes: (url: string | URL) => boolean;
}

export interface ProxyWish {
  /** Of the configuration: an address without credentials. */
  readonly proxy?: string | undefined;
  /** Of the configuration: hosts that are reached past the proxy, as NO_PROXY has them. */
  readonly noProxy?: readonly string[] | undefined;
}

/**
 * Which proxy holds: the configured one, else that of the environment (`HTTPS_PROXY`, as curl and others read it, in
 * small letters first), whose address may hold credentials. The same holds for what goes past it (`NO_PROXY`); this
 * machine itself always does. An address without a scheme is one of http.
 */
export function chooseProxy({ proxy, noProxy }: ProxyWish, env: Readonly<Record<string, string | undefined>>): ProxyChoice {
  const passes = createBypass(noProxy ?? (variable(env, "NO_PROXY") ?? "").split(/[\s,]+/));
  if (proxy !== undefined) return { proxy, named: "network.proxy", passes };
  const given = variable(env, "HTTPS_PROXY");
  if (given === undefined) return { proxy: null, named: "HTTPS_PROXY", passes };
  return { proxy: /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`, named: "HTTPS_PROXY", passes };
}

/** The credentials in the environment's proxy address, as they stand there and as they are meant; nothing may tell them. */
export function proxySecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const password = URL.parse(chooseProxy({}, env).proxy ?? "")?.password ?? "";
  if (password === "") return [];
  try {
    return [...new Set([password, decodeURIComponent(password)])];
  } catch {
    return [password];
  }
}

/**
 * Whether an address goes past the proxy. An entry is a host (which stands for its subdomains too), `.suffix`,
 * `*.suffix`, each with a port if need be, an IP address, a network `10.0.0.0/8`, or `*` for all.
 */
export function createBypass(entries: readonly string[]): (url: string | URL) => boolean {
  const names: { readonly host: string; readonly port: string | null }[] = [];
  const networks = new BlockList();
  let all = false;
  for (const raw of entries) {
    const entry = raw.trim().toLowerCase();
    const subnet = /^(?<address>[0-9a-f.:]+)\/(?<bits>\d{1,3})$/.exec(entry)?.groups;
    if (entry === "*") all = true;
    else if (subnet !== undefined) addNetwork(networks, subnet["address"] ?? "", Number(subnet["bits"]));
    else if (entry !== "") names.push(readName(entry));
  }
  return (url) => {
    if (all || isLoopback(url)) return true;
    const parsed = URL.parse(String(url));
    if (parsed === null) return false;
    const host = bare(parsed.hostname).toLowerCase();
    const port = parsed.port === "" ? (/^(?:https|wss):$/.test(parsed.protocol) ? "443" : "80") : parsed.port;
    if (names.some((name) => (name.port === null || name.port === port) && (host === name.host || host.endsWith(`.${name.host}`)))) return true;
    const family = isIP(host);
    return family !== 0 && networks.check(host, family === 6 ? "ipv6" : "ipv4");
  };
}

function readName(entry: string): { readonly host: string; readonly port: string | null } {
  const parts = isIP(entry) === 6 ? undefined : /^(?<host>\[[^\]]*\]|[^:]*):(?<port>\d+)$/.exec(entry)?.groups;
  const host = bare(parts?.["host"] ?? entry).replace(/^\*?\./, "");
  return { host, port: parts?.["port"] ?? null };
}

function addNetwork(networks: BlockList, address: string, bits: number): void {
  const family = isIP(address);
  // What is no network matches nothing, as with other programs that read the variable.
  if (family === 0 || bits > (family === 6 ? 128 : 32)) return;
  networks.addSubnet(address, bits, family === 6 ? "ipv6" : "ipv4");
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

/** The variable in small letters, then in capitals; one that is set to nothing is not set. */
function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return [env[name.toLowerCase()], env[name]].map((value) => value?.trim()).find((value) => value !== undefined && value !== "");
}
