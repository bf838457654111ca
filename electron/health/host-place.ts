import { isIP } from "node:net";
import { isLoopback } from "../net/loopback-address.ts";

/** Where an address leads: what is dialled, and whether it is encrypted. No path, no query, no credentials. */
export interface HostPlace {
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Whether it is this machine itself, which is reached past any proxy. */
  readonly loopback: boolean;
}

const PORTS: Readonly<Record<string, number>> = { "http:": 80, "ws:": 80, "https:": 443, "wss:": 443 };

/** The place that an http, https, ws or wss address leads to; null where it is none. */
export function hostPlace(address: string): HostPlace | null {
  const url = URL.parse(address);
  const usual = url === null ? undefined : PORTS[url.protocol];
  if (url === null || usual === undefined || url.hostname === "") return null;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/u, "$1"),
    port: url.port === "" ? usual : Number(url.port),
    secure: url.protocol === "https:" || url.protocol === "wss:",
    loopback: isLoopback(url),
  };
}

/** Host and port as a person reads them; the port always, because that is what a firewall asks for. */
export function placeText({ host, port }: Pick<HostPlace, "host" | "port">): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
