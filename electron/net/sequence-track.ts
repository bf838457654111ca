/** What a number that has come means among those before it. */
export type SequenceStep =
  /** The first, or the one after the highest so far. */
  | { readonly kind: "next" }
  /** Higher than that: `from` to `to`, both included, have not come yet. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number }
  /** It was missing, and has come after all. */
  | { readonly kind: "filled" }
  /** It has come before, lies below the first, or was let go. */
  | { readonly kind: "old" };

/** Numbers that a platform gives one after another, as they come. Numbers are safe integers. */
export interface SequenceTrack {
  take(sequence: number): SequenceStep;
  /** What follows counts from the first that comes; with a number, from that one, as if it had just come. */
  restart(last?: number): void;
  /** The highest so far, null before the first. */
  highest(): number | null;
}

/**
 * Stretches of missing numbers that are remembered; beyond it the lowest is let go. As many as there can be among the
 * utterances that the panel keeps of an interaction (2,000, with every other one missing).
 */
export const MAX_HOLES = 1_000;

/** Numbers that are missing, both ends included. */
interface Hole {
  first: number;
  last: number;
}

const NEXT: SequenceStep = { kind: "next" };
const FILLED: SequenceStep = { kind: "filled" };
const OLD: SequenceStep = { kind: "old" };

/**
 * Finds what is missing in a numbering: a number is missed when a higher one comes before it, and filled when it comes
 * after all (out of order, or sent again after a reconnect). What is let go, or missing at a restart, stays missed for good.
 */
export function createSequenceTrack(): SequenceTrack {
  /** NaN before the first, which no comparison takes for a neighbour. */
  let highest = Number.NaN;
  /** Ascending and apart. */
  let holes: Hole[] = [];

  const trim = (): void => {
    if (holes.length > MAX_HOLES) holes.shift();
  };

  const fill = (sequence: number): SequenceStep => {
    const index = placeOf(sequence, holes);
    const hole = holes[index];
    if (hole === undefined || sequence < hole.first) return OLD;
    if (hole.first === hole.last) {
      holes.splice(index, 1);
    } else if (sequence === hole.first) {
      hole.first += 1;
    } else if (sequence === hole.last) {
      hole.last -= 1;
    } else {
      holes.splice(index, 0, { first: hole.first, last: sequence - 1 });
      hole.first = sequence + 1;
      trim();
    }
    return FILLED;
  };

  return {
    take(sequence) {
      if (sequence === highest + 1) {
        highest = sequence;
        return NEXT;
      }
      if (sequence < highest) return holes.length > 0 ? fill(sequence) : OLD;
      if (sequence === highest) return OLD;
      const from = highest + 1;
      highest = sequence;
      if (Number.isNaN(from)) return NEXT;
      holes.push({ first: from, last: sequence - 1 });
      trim();
      return { kind: "gap", from, to: sequence - 1 };
    },
    restart(last) {
      highest = last ?? Number.NaN;
      holes = [];
    },
    highest: () => (Number.isNaN(highest) ? null : highest),
  };
}

/** Where the first hole stands that does not end before `sequence`; behind the last one if all do. */
function placeOf(sequence: number, holes: readonly Hole[]): number {
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((holes[middle]?.last ?? sequence) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
