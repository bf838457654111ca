import { isIPv4 } from "node:net";
import { isLoopback } from "../net/loopback-address.ts";

/**
 * IPv4 that is not the public internet (IANA special-purpose registry): first address, bits, why. The links between
 * services, where metadata and administration live, are among them.
 */
const SPECIAL_V4: readonly (readonly [string, number, string])[] = [
  ["0.0.0.0", 8, "unspecified"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "shared by a carrier's customers"],
  ["127.0.0.0", 8, "this machine's own"],
  ["169.254.0.0", 16, "link-local"],
  ["172.16.0.0", 12, "private"],
  ["192.0.0.0", 24, "reserved"],
  ["192.0.2.0", 24, "reserved for documentation"],
  ["192.88.99.0", 24, "reserved"],
  ["192.168.0.0", 16, "private"],
  ["198.18.0.0", 15, "reserved for measurements"],
  ["198.51.100.0", 24, "reserved for documentation"],
  ["203.0.113.0", 24, "reserved for documentation"],
  ["224.0.0.0", 4, "multicast"],
  ["240.0.0.0", 4, "reserved"],
];

/** What an address must be for a request to `url` to go there. */
export type UrlVerdict =
  | { readonly kind: "refused"; readonly why: string }
  /** `any`: the host stands in `allowHosts`; `loopback`: it does, and the request is not encrypted. */
  | { readonly kind: "go"; readonly addresses: "public" | "loopback" | "any" };

/**
 * Whether a request may go to `url`, as far as the address itself tells (contract 4.3); a name's addresses are judged by
 * {@link whyRefused}. `allowHosts`: `host` (every port) or `host:port`.
 */
export function judgeUrl(url: URL, allowHosts: readonly string[]): UrlVerdict {
  const allowed = isAllowedHost(url, allowHosts);
  if (url.protocol === "http:") {
    if (allowed && isLoopback(url)) return { kind: "go", addresses: "loopback" };
    return { kind: "refused", why: "http:// is for this machine's own addresses only, where they stand in integrations.allowHosts" };
  }
  if (url.protocol !== "https:") return { kind: "refused", why: `found ${url.protocol.slice(0, 20)}, allowed: https:` };
  if (allowed) return { kind: "go", addresses: "any" };
  const host = plainHost(url.hostname);
  if (host === "localhost" || host.endsWith(".localhost")) return { kind: "refused", why: "this machine's own" };
  const why = isAddress(host) ? whyRefused(host) : null;
  return why === null ? { kind: "go", addresses: "public" } : { kind: "refused", why };
}

/** Whether the host of `url`, or the host with its port, stands in the list. Case, a trailing dot and brackets do not count. */
export function isAllowedHost(url: URL, allowHosts: readonly string[]): boolean {
  if (allowHosts.length === 0) return false;
  const host = plainHost(url.hostname);
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  return allowHosts.some((entry) => {
    const { name, port: only } = readEntry(entry);
    return name === host && (only === null || only === port);
  });
}

/** Whether a host, as {@link plainHost} gives it, is an address and no name. */
export function isAddress(host: string): boolean {
  return isIPv4(host) || host.includes(":");
}

/** A host without brackets, trailing dots and capitals. */
export function plainHost(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$/g, "").replace(/\.+$/, "");
}

/**
 * Why no request goes to an IP address, or null where it is a public one. An IPv6 address that carries an IPv4 address
 * (mapped, NAT64, 6to4) is judged by that. What is no address is refused.
 */
export function whyRefused(address: string): string | null {
  if (isIPv4(address)) return whyRefusedV4(numberOf(address));
  const groups = groupsOf(address);
  return groups === null ? "no address" : whyRefusedV6(groups);
}

function whyRefusedV4(address: number): string | null {
  const found = SPECIAL_V4.find(([first, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor(numberOf(first) / 2 ** (32 - bits)));
  return found?.[2] ?? null;
}

function whyRefusedV6(groups: readonly number[]): string | null {
  const [a = 0, b = 0] = groups;
  const inner = (at: number): number => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0);
  const zeros = (from: number, to: number): boolean => groups.slice(from, to).every((group) => group === 0);
  if (zeros(0, 8)) return "unspecified";
  if (zeros(0, 7) && groups[7] === 1) return "this machine's own";
  if (zeros(0, 5) && groups[5] === 0xffff) return whyRefusedV4(inner(6));
  // The deprecated forms that merely begin with zeros belong to no host of today, whatever they carry.
  if (zeros(0, 4)) return whyRefusedV4(inner(6)) ?? "reserved";
  if (a === 0x64 && b === 0xff9b && zeros(2, 6)) return whyRefusedV4(inner(6));
  if (a === 0x2002) return whyRefusedV4(inner(1));
  if ((a & 0xfe00) === 0xfc00 || (a & 0xffc0) === 0xfec0) return "private";
  if ((a & 0xffc0) === 0xfe80) return "link-local";
  if ((a & 0xff00) === 0xff00) return "multicast";
  // Only 2000::/3 is given out; of that, 2001::/23 is for protocols (Teredo), 2001:db8::/32 and 3fff::/20 for documentation.
  const isPublic = (a & 0xe000) === 0x2000 && !(a === 0x2001 && (b < 0x200 || b === 0xdb8)) && !(a === 0x3fff && b < 0x1000);
  if (!isPublic) return "reserved";
  // ISATAP: a private network's tunnel, its IPv4 address in the interface's part.
  return (groups[4] === 0 || groups[4] === 0x200) && groups[5] === 0x5efe ? whyRefusedV4(inner(6)) : null;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of an IPv6 address, or null. A zone (`%eth0`) does not count. */
function groupsOf(address: string): readonly number[] | null {
  const canonical = URL.parse(`http://[${address.replace(/%.*$/, "")}]/`)?.hostname.slice(1, -1);
  if (canonical === undefined) return null;
  const [head = "", tail] = canonical.split("::");
  const read = (text: string): readonly number[] => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const first = read(head);
  const last = tail === undefined ? [] : read(tail);
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

function readEntry(entry: string): { readonly name: string; readonly port: string | null } {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(entry.trim());
  // An IPv6 address may stand there without brackets; it has no port then.
  if (found === null) return { name: canonicalHost(`[${entry.trim()}]`), port: null };
  return { name: canonicalHost(found[1] ?? ""), port: found[2] === undefined ? null : String(Number(found[2])) };
}

/** As the host of an address would be written: one spelling for `[0:0:0:0:0:0:0:1]` and `[::1]`. */
function canonicalHost(text: string): string {
  return plainHost(URL.parse(`https://${text}/`)?.hostname ?? text);
}
