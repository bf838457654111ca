import { LongPeriodError } from "./long-period-error.ts";

/** One day of a calendar: from `start` (inclusive) to `end` (exclusive), ms since the Unix epoch; 23, 24 or 25 hours as its zone has it. */
export interface CalendarDay {
  /** As `2026-03-04`. */
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

const DAY_MS = 86_400_000;
/** No zone is further from Greenwich than this. */
const MAX_OFFSET_MS = 15 * 3_600_000;

/** A hundred years: a period that is open at one side reaches back to 1970 where a clock was wrong once. */
const MAX_DAYS = 36_525;

/** Whether days can be counted in this zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat("en-CA", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * The days of a zone that lie in a period, in order, the first and the last cut to it. A day that the zone left out has
 * no place in it. Throws a RangeError for a zone that is none, and a {@link LongPeriodError}.
 */
export function daysOf(from: number, to: number, zone: string): readonly CalendarDay[] {
  const length = Math.round((to - from) / DAY_MS);
  if (length > MAX_DAYS) throw new LongPeriodError(`filter: found a period of ${length.toLocaleString("en")} days; allowed are at most ${MAX_DAYS.toLocaleString("en")}`);
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayAt = (at: number): string => format.format(at);
  const days: CalendarDay[] = [];
  let start = from;
  while (start < to) {
    const day = dayAt(start);
    const end = Math.min(to, nextDay(start, day, dayAt));
    days.push({ day, start, end });
    start = end;
  }
  return days;
}

/** The first moment after `start` that is of a later day. */
function nextDay(start: number, day: string, dayAt: (at: number) => string): number {
  // Mostly a day has 24 hours, and the one before began at midnight.
  const likely = start + DAY_MS;
  if (dayAt(likely) > day && dayAt(likely - 1) === day) return likely;
  let low = start;
  let high = start + DAY_MS + 2 * MAX_OFFSET_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayAt(middle) > day) high = middle;
    else low = middle;
  }
  return high;
}
