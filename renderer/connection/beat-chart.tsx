import { memo } from "react";
import { texts } from "../texts.ts";
import { formatLatency } from "../ui/format.ts";
import { beatLine } from "./beat-line.ts";

const WIDTH = 360;
const HEIGHT = 72;

interface BeatChartProps {
  readonly beats: readonly number[];
  readonly faded: boolean;
}

/** The last beats in full width, drawn from zero, with the fastest and the slowest in figures. */
export const BeatChart = memo(function BeatChart({ beats, faded }: BeatChartProps) {
  const line = beatLine(beats, WIDTH, HEIGHT);
  if (line === null) return <p className="chart-empty">{texts.connectionSheet.noBeats}</p>;
  const [min, max] = [formatLatency(line.min), formatLatency(line.max)];
  const [start] = line.points.split(",");
  return (
    <figure className="chart" data-faded={faded}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={texts.connectionSheet.chart(beats.length, min, max)}
      >
        <polygon points={`${start},${HEIGHT} ${line.points} ${line.end.x},${HEIGHT}`} />
        <polyline points={line.points} />
      </svg>
      <figcaption>
        <span>{texts.connectionSheet.beats(beats.length)}</span>
        <span>{texts.connectionSheet.range(min, max)}</span>
      </figcaption>
    </figure>
  );
});
