import { z } from "zod";
import { isLoopback } from "../net/loopback-address.ts";

const LABEL_PATTERN = String.raw`[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?`;
const NAME_PATTERN = String.raw`${LABEL_PATTERN}(?:\.${LABEL_PATTERN})*`;
const LOOPBACK_PATTERN = String.raw`(localhost|127\.[0-9.]+|\[::1\])([:/]|$)`;

/**
 * The address of an HTTP endpoint: https anywhere, plain http on this machine only (design 5). A trailing slash is
 * dropped, so that a path can be put behind it. A user name or password in it is refused: secrets are not configuration.
 */
export const httpAddress = address("https", "http");

/** The address of a socket: wss anywhere, plain ws on this machine only (design 5). */
export const socketAddress = address("wss", "ws");

/**
 * The address of a proxy. Plain http is accepted for any host here: what passes through the proxy is encrypted from end
 * to end, the proxy itself sees no more than the name of the host.
 */
export const proxyAddress = checked(
  "the address of a proxy, http:// or https://, without user name and password",
  String.raw`^https?://`,
  (url) => url.protocol === "http:" || url.protocol === "https:",
);

/** A host name with an optional port, and nothing around it: `your-org.cognigy.ai`. */
export const hostField = patterned(
  "a host name without https:// and without a path, such as your-org.cognigy.ai",
  String.raw`^(?:${NAME_PATTERN}|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$`,
);

/** What goes past a proxy: a host with its subdomains, an address or a network, with a port if need be; `*` for all. */
export const bypassEntry = patterned(
  "a host (.example.com for its subdomains), an IP address or a network such as 10.0.0.0/8, or *",
  String.raw`^(?:\*|(?:\*?\.)?${NAME_PATTERN}(?::[0-9]{1,5})?|[0-9A-Fa-f.:]+(?:/[0-9]{1,3})?|\[[0-9A-Fa-f.:]+\](?::[0-9]{1,5})?)$`,
);

/** The first part of a host name: `your-tenant`. */
export const tenantField = patterned("the tenant's name: letters, digits, hyphens and dots", `^${NAME_PATTERN}$`);

function patterned(allowed: string, pattern: string) {
  return z.string().regex(new RegExp(pattern), allowed).meta({ patternErrorMessage: allowed });
}

function address(secure: string, plain: string) {
  const allowed = `an address that begins with ${secure}:// (${plain}:// only for localhost, 127.x.x.x and [::1]), without user name and password`;
  return checked(allowed, `^(${secure}://|${plain}://${LOOPBACK_PATTERN})`, (url) => {
    if (url.protocol === `${secure}:`) return true;
    // A name below localhost is left to the resolver, so it may lead elsewhere.
    return url.protocol === `${plain}:` && isLoopback(url) && !url.hostname.endsWith(".localhost");
  });
}

/** `patternErrorMessage` is shown by editors, and is what a refusal gives as "allowed". */
function checked(allowed: string, pattern: string, accepts: (url: URL) => boolean) {
  return z
    .string()
    .refine((text) => {
      const url = URL.parse(text);
      return url !== null && url.username === "" && url.password === "" && url.hash === "" && accepts(url);
    }, allowed)
    .overwrite((text) => text.replace(/\/+$/, ""))
    .meta({ format: "uri", pattern, patternErrorMessage: allowed });
}
