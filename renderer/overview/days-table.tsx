import { memo } from "react";
import type { Overview } from "../../shared/overview.ts";
import { texts } from "../texts.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatCount, formatDayInFull, formatLatency } from "../ui/format.ts";

const { days: words, figures } = overviewTexts;

/** The days in figures, for whoever hears the page. */
export const DaysTable = memo(function DaysTable({ days }: { readonly days: Overview["days"] }) {
  const ms = (value: number | null): string => (value === null ? texts.none : formatLatency(value));
  return (
    <div className="visually-hidden">
      <table>
        <caption>{words.table}</caption>
        <thead>
          <tr>
            {[words.day, words.interactions, figures.displayed, figures.used, figures.copied, figures.sent, figures.dismissed, figures.withheld, figures.fallbacks, words.p50, words.p95].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, interactions, displayed, used, copied, sent, dismissed, withheld, fallbacks, latencyP50, latencyP95 }) => (
            <tr key={day}>
              <th scope="row">{formatDayInFull(day)}</th>
              <td>{formatCount(interactions)}</td>
              <td>{formatCount(displayed)}</td>
              <td>{formatCount(used)}</td>
              <td>{formatCount(copied)}</td>
              <td>{formatCount(sent)}</td>
              <td>{formatCount(dismissed)}</td>
              <td>{formatCount(withheld)}</td>
              <td>{formatCount(fallbacks)}</td>
              <td>{ms(latencyP50)}</td>
              <td>{ms(latencyP95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
