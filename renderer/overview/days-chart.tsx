import { memo } from "react";
import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatDay, formatDayInFull, formatFigure } from "../ui/format.ts";
import { dayBars } from "./day-bars.ts";
import { DayNames } from "./day-names.tsx";

const { days: words } = overviewTexts;
/** More days than this stand side by side without a gap. */
const GAPLESS_FROM = 60;

/** What was displayed and used, day by day. For the eye: the table beside it says the same. */
export const DaysChart = memo(function DaysChart({ days }: { readonly days: Overview["days"] }) {
  const { bars, top, numbered, named } = dayBars(days);
  return (
    <section className="over-part" aria-labelledby="over-days">
      <h2 id="over-days">{words.title}</h2>
      {days.length <= 1 ? (
        <p className="over-none">{words.oneDay}</p>
      ) : (
        <figure className="over-chart" aria-hidden="true">
          <div className="chart-top">
            <span>{formatFigure(top)}</span>
            <span className="chart-key">
              <i data-key="displayed" /> {words.displayed} <i data-key="used" /> {words.used}
            </span>
          </div>
          <div className="day-bars" data-gapless={days.length >= GAPLESS_FROM}>
            {bars.map(({ day, displayed, used, height, usedHeight }) => (
              <div key={day} className="day-bar" title={words.hover(formatDayInFull(day), displayed, used)}>
                {numbered && displayed > 0 ? <span style={{ bottom: `${height * 100}%` }}>{formatFigure(displayed)}</span> : null}
                <i data-key="displayed" style={{ height: `${height * 100}%` }} />
                <i data-key="used" style={{ height: `${usedHeight * 100}%` }} />
              </div>
            ))}
          </div>
          <DayNames days={days.map(({ day }) => formatDay(day))} named={named} />
        </figure>
      )}
    </section>
  );
});
