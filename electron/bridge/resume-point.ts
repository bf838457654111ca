import { createSequenceTrack, type SequenceStep } from "../net/sequence-track.ts";

/** From which number on the platform is asked for events again (contract 3.2), and what the numbering shows to be missing. */
export interface ResumePoint {
  /** The highest number seen; null where none is known. */
  point(): number | null;
  /** The number of an event that has come. A lower one than the point is one of before: no gap, and the point stays. */
  take(number: number): SequenceStep;
  /**
   * The number that the reply to a subscription bears. Tells whether the point has moved: it does where none was known,
   * and where the number is lower (the platform counts anew; what was missing is nobody's any more). A higher one does not
   * move it: what lies between may still be replayed, and a crash meanwhile would lose it.
   */
  replied(number: number): boolean;
  /** Goes back to an earlier point: what came after it comes again. */
  restart(point: number | null): void;
}

/** Starts at a point kept from before, so that what was missed while nobody listened is told as a gap too. */
export function createResumePoint(initial: number | null): ResumePoint {
  const track = createSequenceTrack();
  const restart = (point: number | null): void => {
    if (point === null) track.restart();
    else track.restart(point);
  };
  restart(initial);
  return {
    point: () => track.highest(),
    take: (number) => track.take(number),
    replied(number) {
      const point = track.highest();
      if (point !== null && number >= point) return false;
      track.restart(number);
      return true;
    },
    restart,
  };
}
