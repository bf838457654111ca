import type { Role } from "../../shared/settings.ts";
import { texts } from "../texts.ts";

/** The views that the page can show, in the order in which they are offered. */
export const places = ["live", "overview", "history", "workshop", "simulations", "bridge", "integrations", "practice"] as const;

export type Place = (typeof places)[number];

/** The views whose code comes when they are opened, each in a file of its own. */
export type OpenedPlace = Exclude<Place, "live">;

/** An agent has the talk, and what became of the own suggestions; the rest is the supervisor's. */
const agentPlaces: readonly Place[] = ["live", "overview", "history"];

/** The views of a role, in order. `practising`: calls can be chosen, which is for everybody there, and for nobody elsewhere. */
export function placesFor(role: Role, practising = false): readonly Place[] {
  const own: readonly Place[] = role === "supervisor" ? places : [...agentPlaces, "practice"];
  return practising ? own : own.filter((place) => place !== "practice");
}

/** Where the page stands: a view that is not for the role gives way to the talk. */
export function placeFor(role: Role, chosen: Place, practising = false): Place {
  return placesFor(role, practising).includes(chosen) ? chosen : "live";
}

/** What a view is called: the figures of an agent's own desk are the agent's. */
export function placeName(role: Role, place: Place): string {
  return role === "agent" && place === "overview" ? texts.places.mine : texts.places[place];
}

/** The second key of the pair that leads to a view; the first is `g`. */
export const placeKeys: Readonly<Record<Place, string>> = { live: "l", overview: "o", history: "h", workshop: "w", simulations: "s", bridge: "b", integrations: "i", practice: "p" };

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1_500;

/** The first key of a pair, pressed at a time in monotonic ms. */
export type KeyPair = { readonly kind: "none" } | { readonly kind: "begun"; readonly at: number };

/** What a key does to a pair: it begins one, ends one in a place of the role, or is none of its business (`used` is false). */
export function pressInPair(pair: KeyPair, key: string, now: number, role: Role = "supervisor", practising = false): { readonly pair: KeyPair; readonly place: Place | null; readonly used: boolean } {
  if (pair.kind === "begun" && now - pair.at <= PAIR_MS) {
    const place = placesFor(role, practising).find((one) => placeKeys[one] === key) ?? null;
    return { pair: { kind: "none" }, place, used: place !== null };
  }
  if (key === "g") return { pair: { kind: "begun", at: now }, place: null, used: true };
  return { pair: { kind: "none" }, place: null, used: false };
}
