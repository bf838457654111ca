import { memo } from "react";
import { beatLine } from "../connection/beat-line.ts";

const WIDTH = 56;
const HEIGHT = 16;

interface BeatSparkProps {
  readonly beats: readonly number[];
  /** The line is of a connection that is no more, or not known to be. */
  readonly faded: boolean;
}

/** The last beats as a line, no larger than a word; the figures beside it say the same. Drawn again on a beat only. */
export const BeatSpark = memo(function BeatSpark({ beats, faded }: BeatSparkProps) {
  const line = beatLine(beats, WIDTH, HEIGHT);
  return (
    <svg className="spark" data-faded={faded} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
      {line === null ? (
        <line x1="2" x2={WIDTH - 2} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      ) : (
        <>
          <polyline points={line.points} />
          <circle cx={line.end.x} cy={line.end.y} r="1.75" />
        </>
      )}
    </svg>
  );
}, sameSpark);

/** Every update of the tunnel brings a new list; only another beat makes another line. */
function sameSpark(before: BeatSparkProps, after: BeatSparkProps): boolean {
  if (before.faded !== after.faded || before.beats.length !== after.beats.length) return false;
  return before.beats === after.beats || before.beats.every((beat, index) => beat === after.beats[index]);
}
