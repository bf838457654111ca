/**
 * How many rows of one kind an interaction can have: its utterances and suggestions are numbered
 * `interaction * ROWS_PER_INTERACTION + n`, so that a row's number tells its interaction, and descending numbers go from
 * the latest interaction to the oldest. With 2^20 there is room for 2^33 interactions within a safe integer.
 */
export const ROWS_PER_INTERACTION = 1_048_576;

/** The number of an interaction's first possible row; `interaction + 1` gives the end. */
export function firstRow(interaction: number): number {
  return interaction * ROWS_PER_INTERACTION;
}

/** The interaction that a row belongs to. */
export function interactionOf(row: number): number {
  return Math.floor(row / ROWS_PER_INTERACTION);
}

/** More than there will ever be, and small enough for the numbers of its rows to be safe integers. */
export const MAX_INTERACTION = 2 ** 32;
