import type { Gaps } from "../../shared/gaps.ts";

/** The numbers of one interaction's payloads, as they come. */
export interface SequenceTrack {
  /** Takes a safe integer. */
  take(sequence: number): void;
  /** Numbers go to somebody else now (another agent's share of the interaction): what follows counts from its first. */
  restart(): void;
}

/** Counts what the platform's numbering shows to be missing, over all interactions. */
export interface SequenceGaps {
  /** A new interaction: its numbers count from the first that comes. */
  follow(): SequenceTrack;
  /** Totals since the start. */
  totals(): Gaps;
}

/**
 * Stretches of missing numbers that are remembered per interaction; beyond it the lowest is let go. As many as there
 * can be among the utterances that the panel keeps of it (2,000, with every other one missing).
 */
export const MAX_HOLES = 1_000;

/** Numbers that are missing, both ends included. */
interface Hole {
  first: number;
  last: number;
}

/**
 * Counts gaps in `sequence` (contract 2.1). A number is missed when a higher one comes before it; it is recovered when
 * it comes after all (out of order, or sent again after a reconnect). So, per interaction and as long as no hole had to
 * be let go, `missed - recovered` is how many numbers between the first that came and the highest have not come.
 * Numbers below the first, and numbers that have come before (a duplicate, the final form of an interim one), change
 * nothing. What is let go, and what is missing at a restart, stays missed for good.
 */
export function createSequenceGaps(): SequenceGaps {
  let missed = 0;
  let recovered = 0;

  return {
    totals: () => ({ missed, recovered }),
    follow() {
      /** The highest so far; NaN before the first, which no comparison takes for a neighbour. */
      let highest = Number.NaN;
      /** Ascending and apart. */
      let holes: Hole[] = [];

      const trim = (): void => {
        if (holes.length > MAX_HOLES) holes.shift();
      };

      const miss = (first: number, last: number): void => {
        // A stretch between two safe integers, and the sum of many, need not be one.
        missed = Math.min(Number.MAX_SAFE_INTEGER, missed + (last - first + 1));
        holes.push({ first, last });
        trim();
      };

      const recover = (sequence: number): void => {
        const index = placeOf(sequence, holes);
        const hole = holes[index];
        if (hole === undefined || sequence < hole.first) return;
        recovered += 1;
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
      };

      return {
        take(sequence) {
          if (sequence === highest + 1) {
            highest = sequence;
          } else if (sequence < highest) {
            if (holes.length > 0) recover(sequence);
          } else if (sequence !== highest) {
            if (sequence > highest) miss(highest + 1, sequence - 1);
            highest = sequence;
          }
        },
        restart() {
          highest = Number.NaN;
          holes = [];
        },
      };
    },
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
