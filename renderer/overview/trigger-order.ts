import type { TriggerFigures } from "../../shared/overview.ts";

export const triggerColumns = ["words", "sets", "displayed", "used", "dismissed", "notHelpful", "withheld", "empty"] as const satisfies readonly (keyof TriggerFigures)[];

export type TriggerColumn = (typeof triggerColumns)[number];

/** By which column, and which way round. */
export interface TriggerOrder {
  readonly column: TriggerColumn;
  readonly descending: boolean;
}

/** Pressed once more, a column turns round; another one begins with the most, words with A. */
export function pressColumn(order: TriggerOrder, column: TriggerColumn): TriggerOrder {
  return order.column === column ? { column, descending: !order.descending } : { column, descending: column !== "words" };
}

/** The triggers in an order; what is equal stays as it came. */
export function orderTriggers(triggers: readonly TriggerFigures[], { column, descending }: TriggerOrder): readonly TriggerFigures[] {
  const way = descending ? -1 : 1;
  return triggers.toSorted((a, b) => way * (column === "words" ? a.words.localeCompare(b.words) : a[column] - b[column]));
}

/** What a trigger is worth: `few` while too little of what it brought was on screen to say. */
export type Worth = "useful" | "noise" | "mixed" | "few";

/** Fewer cards than this say nothing about a trigger. */
const ENOUGH = 5;
const USEFUL_FROM = 0.25;
const NOISE_BELOW = 0.05;

export function worthOf({ displayed, used }: Pick<TriggerFigures, "displayed" | "used">): Worth {
  if (displayed < ENOUGH) return "few";
  if (used >= displayed * USEFUL_FROM) return "useful";
  return used < displayed * NOISE_BELOW ? "noise" : "mixed";
}
