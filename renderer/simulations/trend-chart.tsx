import { memo } from "react";
import type { TrendPoint } from "../../shared/simulation-view.ts";
import { useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { polyline, trendLine } from "./trend-line.ts";
import { wholePercent } from "./words.ts";

const { trend: words, percent } = simulationTexts;
const WIDTH = 290;
const HEIGHT = 84;

/** The last batches of the suite: the share of passed cases as a line with dots, the coverage as a thin one, and the goal. */
export const TrendChart = memo(function TrendChart({ points }: { readonly points: readonly TrendPoint[] }) {
  const { clock } = useServices();
  const line = trendLine(points, WIDTH, HEIGHT);
  const [first, last] = [points[0], points.at(-1)];
  if (line === null || first === undefined || last === undefined) return <p className="side-hint trend-none">{words.none}</p>;
  const share = (value: number | null): string => (value === null ? texts.none : percent(wholePercent(value)));
  const now = clock.now();
  return (
    <figure className="trend-chart">
      <h3>{words.title(points.length)}</h3>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.label(share(first.successRate), share(last.successRate))}>
        <line x1="0" x2={WIDTH} y1={line.goalY} y2={line.goalY} className="trend-goal" />
        <text x={WIDTH} y={line.goalY + 11} textAnchor="end">
          {words.goal}
        </text>
        {line.coverage.map((piece) => (
          <polyline key={piece[0]?.x} points={polyline(piece)} className="trend-coverage" />
        ))}
        <polyline points={polyline(line.passed)} className="trend-passed" />
        {line.passed.map((dot, index) => {
          const point = points[index];
          return point === undefined ? null : (
            <circle key={point.batchId} cx={dot.x} cy={dot.y} r="3">
              <title>{words.point(formatMoment(point.startedAt, now), share(point.successRate), share(point.coverage))}</title>
            </circle>
          );
        })}
      </svg>
      <figcaption>
        <span data-line="passed">
          {words.passed} {share(last.successRate)}
        </span>
        <span data-line="coverage">
          {words.coverage} {share(last.coverage)}
        </span>
      </figcaption>
    </figure>
  );
});
