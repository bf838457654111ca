import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import type { Clock } from "../../shared/clock.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import { networkReason } from "../net/network-reason.ts";
import { englishWords } from "../words/en.ts";
import { bad, good, stopwatch, type HealthWords } from "./outcome.ts";

/** All addresses of a name; rejects with the system's error. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** The system's own resolver, as every connection of the program uses it. */
export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** Whether a name leads anywhere. Fault: `unknown-host`. */
export async function checkName(host: string, { resolve, clock, words = englishWords.health }: { readonly resolve: Resolve; readonly clock: Clock; readonly words?: HealthWords }): Promise<HealthOutcome> {
  if (isIP(host) !== 0) return good(words.isAddress);
  const took = stopwatch(clock);
  try {
    const found = await resolve(host);
    if (found.length === 0) return bad(unknownHost(host, "the name has no address"), took());
    return good(words.addresses(found.length), took());
  } catch (error) {
    return bad(unknownHost(host, networkReason(error)), took());
  }
}

/** The fault of a name that leads nowhere. */
export function unknownHost(host: string, why: string) {
  return { kind: "transport", code: "unknown-host", detail: `${host}: ${why}` } as const;
}

/** A resolver in the form in which sockets take one. */
export function socketLookup(resolve: Resolve): LookupFunction {
  return (host, options, tell) => {
    void answer(resolve(host), options, tell);
  };
}

async function answer(looking: ReturnType<Resolve>, { all }: LookupOptions, tell: Parameters<LookupFunction>[2]): Promise<void> {
  try {
    const found = await looking;
    const [first] = found;
    if (all === true) tell(null, [...found]);
    else if (first === undefined) tell(new Error("no address"), "", 4);
    else tell(null, first.address, first.family);
  } catch (error) {
    tell(error instanceof Error ? error : new Error("the lookup failed"), "", 4);
  }
}
