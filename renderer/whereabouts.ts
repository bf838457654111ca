import { type Place, places } from "./frame/places.ts";

/** `health`: the page "what is wrong". */
const sheets = ["none", "settings", "help", "connections", "health"] as const;

export type Sheet = (typeof sheets)[number];

/** Where a person was on the page: nothing of what was said or written. */
export interface Whereabouts {
  readonly place: Place;
  readonly sheet: Sheet;
  /** The interaction in front. */
  readonly selectedId: string | null;
}

/** What {@link Whereabouts} were kept as; null where they were not. */
export function readWhereabouts(kept: string | null): Whereabouts | undefined {
  const [place, sheet, ...id] = (kept ?? "").split(" ");
  const [knownPlace, knownSheet] = [places.find((one) => one === place), sheets.find((one) => one === sheet)];
  if (knownPlace === undefined || knownSheet === undefined) return undefined;
  return { place: knownPlace, sheet: knownSheet, selectedId: id.length === 0 ? null : id.join(" ") };
}

/** {@link Whereabouts} as one text. */
export function keepWhereabouts({ place, sheet, selectedId }: Whereabouts): string {
  return [place, sheet, ...(selectedId === null ? [] : [selectedId])].join(" ");
}

/** Where a person is at first. */
export const nowhere: Whereabouts = { place: "live", sheet: "none", selectedId: null };
