import type { PathProblem } from "../documents/issue-problem.ts";
import { isLoopback } from "../net/loopback-address.ts";
import { type DraftConfig, textOf } from "./draft-config.ts";

const ALLOWED_URL = "an address that begins with https:// (http:// only for this machine, where integrations.allowHosts names it)";

/** Contract 4.1: https only, no credentials, no fragment. Everything that is wrong with the address in one message. */
export function addressProblems(config: DraftConfig): readonly PathProblem[] {
  const address = textOf(config, "url", "").trim();
  if (address === "") return [];
  const found = wrongInAddress(address);
  return found.length === 0 ? [] : [{ path: ["config", "url"], spot: "value", message: `found ${found.join(", ")}; allowed: ${ALLOWED_URL}, without user name, password and fragment` }];
}

function wrongInAddress(address: string): readonly string[] {
  if (/[\s\p{Cc}\\]/u.test(address)) return ["a space, a line break or a backslash in the address"];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && scheme !== "https" && scheme !== "http")) return ["a text that does not begin with https://"];
  const url = URL.parse(address);
  if (!/^[^:]+:\/\/[^/]/.test(address) || url === null) return ["a text that is no whole address"];
  const found: string[] = [];
  if (url.protocol === "http:") {
    if (!mayBePlain(url)) found.push("http://, which anybody on the way can read");
  } else if (url.protocol !== "https:") found.push(`${url.protocol.slice(0, 100)}//`);
  if (url.username !== "" || url.password !== "" || /^[^/?#]*@/.test(address.slice(address.indexOf("//") + 2))) found.push("a user name or password (store them as a secret, with auth_type: basic)");
  if (address.includes("#")) found.push("a fragment (#…)");
  const place = /\{[^{}/]{0,60}\}/.exec(`${url.pathname}${url.search}`.replaceAll("%7B", "{").replaceAll("%7D", "}"))?.[0];
  if (place !== undefined && address.includes(place)) found.push(`the placeholder ${place}, which nothing fills in`);
  return found;
}

/** A name below localhost is left to the resolver, so it may lead elsewhere. */
function mayBePlain(url: URL): boolean {
  return isLoopback(url) && !url.hostname.endsWith(".localhost");
}
