import type { Overview } from "../../shared/overview.ts";

type Day = Overview["days"][number];

/** So many days leave room for a number on each bar. */
const NUMBERED_DAYS = 10;

/** What is drawn of the days: heights as shares of the highest, 0 to 1. */
export interface DayBars {
  readonly bars: readonly { readonly day: string; readonly displayed: number; readonly used: number; readonly height: number; readonly usedHeight: number }[];
  /** What the highest bar stands for; 0 where nothing was displayed. */
  readonly top: number;
  /** Whether each bar tells its number. */
  readonly numbered: boolean;
  /** The days that are named below, by their place. */
  readonly named: readonly number[];
}

/** Lays the days out. What was used is part of what was displayed, also where the desk forgot to tell so. */
export function dayBars(days: readonly Day[]): DayBars {
  const top = Math.max(0, ...days.map(({ displayed, used }) => Math.max(displayed, used)));
  const share = (count: number): number => (top === 0 ? 0 : count / top);
  return {
    bars: days.map(({ day, displayed, used }) => ({ day, displayed, used, height: share(Math.max(displayed, used)), usedHeight: share(used) })),
    top,
    numbered: days.length <= NUMBERED_DAYS,
    named: namedDays(days.length),
  };
}

/** All of a week, else the first, the middle and the last one. */
export function namedDays(count: number): readonly number[] {
  if (count <= 7) return Array.from({ length: count }, (_, index) => index);
  return [0, Math.floor((count - 1) / 2), count - 1];
}
