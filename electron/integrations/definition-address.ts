import type { PathProblem } from "../documents/issue-problem.ts";
import type { ProblemWords } from "../documents/found-words.ts";
import { isLoopback } from "../net/loopback-address.ts";
import { type DraftConfig, textOf } from "./draft-config.ts";

/** Contract 4.1: https only, no credentials, no fragment. Everything that is wrong with the address in one message. */
export function addressProblems(config: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const address = textOf(config, "url", "").trim();
  if (address === "") return [];
  const found = wrongInAddress(address, words.address);
  return found.length === 0 ? [] : [{ path: ["config", "url"], spot: "value", message: words.found(found.join(", "), words.address.allowed) }];
}

function wrongInAddress(address: string, words: ProblemWords["address"]): readonly string[] {
  if (/[\s\p{Cc}\\]/u.test(address)) return [words.space];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && scheme !== "https" && scheme !== "http")) return [words.noScheme];
  const url = URL.parse(address);
  if (!/^[^:]+:\/\/[^/]/.test(address) || url === null) return [words.notWhole];
  const found: string[] = [];
  if (url.protocol === "http:") {
    if (!mayBePlain(url)) found.push(words.plain);
  } else if (url.protocol !== "https:") found.push(`${url.protocol.slice(0, 100)}//`);
  if (url.username !== "" || url.password !== "" || /^[^/?#]*@/.test(address.slice(address.indexOf("//") + 2))) found.push(words.credentials);
  if (address.includes("#")) found.push(words.fragment);
  const place = /\{[^{}/]{0,60}\}/.exec(`${url.pathname}${url.search}`.replaceAll("%7B", "{").replaceAll("%7D", "}"))?.[0];
  if (place !== undefined && address.includes(place)) found.push(words.placeholder(place));
  return found;
}

/** A name below localhost is left to the resolver, so it may lead elsewhere. */
function mayBePlain(url: URL): boolean {
  return isLoopback(url) && !url.hostname.endsWith(".localhost");
}
