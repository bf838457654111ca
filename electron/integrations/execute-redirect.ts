import type { Fault } from "../../shared/fault.ts";
import { isAllowedHost } from "./address-rules.ts";
import type { OutgoingRequest } from "./execution.ts";

/** How many redirects are followed within one attempt. */
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What another host gets to see: everything else may be a credential, whatever its name. */
const HARMLESS: ReadonlySet<string> = new Set(["accept", "accept-encoding", "content-type", "idempotency-key", "user-agent"]);

/** A request on its way through redirects; `visited`: where it has been. */
export interface Step {
  readonly url: URL;
  readonly headers: OutgoingRequest["headers"];
  readonly visited: readonly string[];
}

export type NextStep =
  /** The reply is the answer. */
  | { readonly kind: "stay" }
  | { readonly kind: "follow"; readonly step: Step }
  | { readonly kind: "refused"; readonly fault: Fault };

/**
 * What follows from a reply with `status` and the header `location` (contract 4.3). Pure. Another host, port or scheme is
 * refused, unless it stands in `allowHosts`: then nothing goes there that could be a credential. Only GET follows every
 * kind of redirect; the others only 307 and 308, which say that the same request is to be sent.
 */
export function nextStep(
  step: Step,
  reply: { readonly status: number; readonly location: string | undefined },
  { method, allowHosts }: { readonly method: OutgoingRequest["method"]; readonly allowHosts: readonly string[] },
): NextStep {
  const { status, location } = reply;
  if (!REDIRECTS.has(status) || location === undefined) return { kind: "stay" };
  const target = URL.parse(location, step.url.href);
  if (target === null) return { kind: "stay" };
  const stays = target.origin === step.url.origin;
  if (!stays && !isAllowedHost(target, allowHosts)) {
    const place = target.host === "" ? "an address without a host" : target.host;
    return { kind: "refused", fault: { kind: "policy", code: "address-refused", detail: `${step.url.host} redirects to ${place}, another host or port; redirects there are not followed` } };
  }
  if (method !== "GET" && status !== 307 && status !== 308) return { kind: "stay" };
  target.hash = "";
  // What a service writes there is none of our credentials, and is none of the address either.
  target.username = "";
  target.password = "";
  if (step.visited.includes(target.href)) return end(step, status, "redirects in a circle");
  if (step.visited.length > MAX_REDIRECTS) return end(step, status, `redirects more than ${MAX_REDIRECTS} times`);
  const headers = stays ? step.headers : Object.fromEntries(Object.entries(step.headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));
  return { kind: "follow", step: { url: target, headers, visited: [...step.visited, target.href] } };
}

function end(step: Step, status: number, what: string): NextStep {
  return { kind: "refused", fault: { kind: "contract", code: "unexpected-status", detail: `${step.url.host} ${what}`, status } };
}
