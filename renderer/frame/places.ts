import type { Role } from "../../shared/settings.ts";

/** The views that the page can show, in the order in which they are offered. */
export const places = ["live", "simulations", "bridge", "integrations"] as const;

export type Place = (typeof places)[number];

/** The views that only a supervisor opens, each in a file of its own. */
export type SupervisorPlace = Exclude<Place, "live">;

/** Where the page stands: only a supervisor goes anywhere but to the talk. */
export function placeFor(role: Role, chosen: Place): Place {
  return role === "supervisor" ? chosen : "live";
}

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1_500;

/** Where the keys of a pair lead that begins with `g`. */
const pairs: Readonly<Partial<Record<string, Place>>> = { l: "live", s: "simulations", b: "bridge", i: "integrations" };

/** The first key of a pair, pressed at a time in monotonic ms. */
export type KeyPair = { readonly kind: "none" } | { readonly kind: "begun"; readonly at: number };

/** What a key does to a pair: it begins one, ends one in a place, or is none of its business (`used` is false). */
export function pressInPair(pair: KeyPair, key: string, now: number): { readonly pair: KeyPair; readonly place: Place | null; readonly used: boolean } {
  if (pair.kind === "begun" && now - pair.at <= PAIR_MS) {
    const place = pairs[key] ?? null;
    return { pair: { kind: "none" }, place, used: place !== null };
  }
  if (key === "g") return { pair: { kind: "begun", at: now }, place: null, used: true };
  return { pair: { kind: "none" }, place: null, used: false };
}
