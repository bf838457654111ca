import { assertNever } from "../../shared/assert-never.ts";
import { MAX_OVERVIEW_DAYS } from "../../shared/overview-days.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** A stretch of days in this machine's time zone. `range`: both days are in it, as `2026-03-04`, or empty while they are chosen. */
export type Period = { readonly kind: "any" } | { readonly kind: "days"; readonly days: 1 | 7 | 30 } | { readonly kind: "range"; readonly from: string; readonly to: string };

/** From (inclusive) and to (exclusive), ms since the Unix epoch; null: whenever. */
interface PeriodBounds {
  readonly from: number | null;
  readonly to: number | null;
}

/** Why a range cannot be asked about. */
export type PeriodProblem = "incomplete" | "order" | "too long";

const EARLIEST_YEAR = 1_970;
const DAY_MS = 86_400_000;

/**
 * The bounds of a period: whole days, however long the clock makes them, today being the last one of `days`. `now` in ms
 * since the Unix epoch.
 */
export function periodBounds(period: Period, now: number, maxDays = MAX_OVERVIEW_DAYS): Result<PeriodBounds, PeriodProblem> {
  switch (period.kind) {
    case "any":
      return ok({ from: null, to: null });
    case "days": {
      const today = new Date(now);
      return ok({ from: dayStart(today, 1 - period.days), to: dayStart(today, 1) });
    }
    case "range": {
      const [first, last] = [readDay(period.from), readDay(period.to)];
      if (first === null || last === null) return err("incomplete");
      const [from, to] = [dayStart(first, 0), dayStart(last, 1)];
      if (from >= to) return err("order");
      // Days are 23 to 25 hours long.
      return Math.round((to - from) / DAY_MS) > maxDays ? err("too long") : ok({ from, to });
    }
    default:
      return assertNever(period);
  }
}

/** A day as a date field has it, in this machine's time zone; `by` days later. */
export function dayText(now: number, by: number): string {
  const day = new Date(dayStart(new Date(now), by));
  return `${String(day.getFullYear()).padStart(4, "0")}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
}

/** The beginning of the day `by` days later: counted by the calendar, as a day has not always 24 hours. */
function dayStart(day: Date, by: number): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + by).getTime();
}

function readDay(text: string): Date | null {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text.split("-").map(Number) : [];
  if (!(year >= EARLIEST_YEAR)) return null;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date : null;
}
