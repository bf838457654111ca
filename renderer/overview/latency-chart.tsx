import { memo } from "react";
import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatCount, formatDay, formatLatency } from "../ui/format.ts";
import { namedDays } from "./day-bars.ts";
import { DayNames } from "./day-names.tsx";
import { latencyLines } from "./latency-lines.ts";

const { latency: words, days: daysWords } = overviewTexts;
const WIDTH = 480;
const HEIGHT = 96;

/** How long answers took, day by day. For the eye: the table beside it says the same. */
export const LatencyChart = memo(function LatencyChart({ days }: { readonly days: Overview["days"] }) {
  const lines = latencyLines(days, WIDTH, HEIGHT);
  return (
    <section className="over-part" aria-labelledby="over-latency">
      <h2 id="over-latency">{words.title}</h2>
      {lines === null ? (
        <p className="over-none">{words.none}</p>
      ) : days.length <= 1 ? (
        <p className="over-none">{daysWords.oneDay}</p>
      ) : (
        <figure className="over-chart" aria-hidden="true">
          <div className="chart-top">
            <span>{words.top(formatCount(lines.top))}</span>
            <span className="chart-key">
              <i data-key="p95" /> {words.p95(formatLatency(lines.last.p95))} <i data-key="p50" /> {words.p50(formatLatency(lines.last.p50))} {words.last}
            </span>
          </div>
          <svg className="latency-lines" viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`} preserveAspectRatio="none">
            <path data-key="p50" d={lines.p50} />
            <path data-key="p95" d={lines.p95} />
          </svg>
          <DayNames days={days.map(({ day }) => formatDay(day))} named={namedDays(days.length)} />
        </figure>
      )}
    </section>
  );
});
