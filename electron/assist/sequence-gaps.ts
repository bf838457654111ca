import type { Gaps } from "../../shared/gaps.ts";
import { createSequenceTrack } from "../net/sequence-track.ts";

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
 * Counts gaps in `sequence` (contract 2.1). Per interaction, and as long as no stretch of missing numbers had to be let
 * go, `missed - recovered` is how many numbers between the first that came and the highest have not come. Numbers below
 * the first, and numbers that have come before (a duplicate, the final form of an interim one), change nothing.
 */
export function createSequenceGaps(): SequenceGaps {
  let missed = 0;
  let recovered = 0;

  return {
    totals: () => ({ missed, recovered }),
    follow() {
      const track = createSequenceTrack();
      return {
        take(sequence) {
          const step = track.take(sequence);
          // A stretch between two safe integers, and the sum of many, need not be one.
          if (step.kind === "gap") missed = Math.min(Number.MAX_SAFE_INTEGER, missed + (step.to - step.from + 1));
          else if (step.kind === "filled") recovered += 1;
        },
        restart() {
          track.restart();
        },
      };
    },
  };
}
