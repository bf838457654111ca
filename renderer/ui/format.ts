import { language, locale } from "../texts/language.ts";

/** Between a figure and its unit: in German a narrow space at which no line breaks (DIN 5008). */
const GAP = { en: " ", de: "\u202F" }[language];

/** A length of time as on a stopwatch: `4:12`, `1:04:12`. Milliseconds in; below zero counts as zero. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1_000));
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3_600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
}

/** A figure with its unit, whose sign is the same in both languages (SI): `4 s`, `12 ms`, `3 kB`. */
export function withUnit(figure: string, unit: "ms" | "s" | "min" | "h" | "%" | "B" | "kB" | "MB"): string {
  return `${figure}${GAP}${unit}`;
}

/** Whole seconds: `4 s`. */
export function formatSeconds(seconds: number): string {
  return withUnit(String(seconds), "s");
}

/** Whole minutes: `3 min`. */
export function formatMinutes(minutes: number): string {
  return withUnit(String(minutes), "min");
}

/** An age in its largest unit: `4 s`, `3 min`, `2 h`. Milliseconds in; below zero counts as zero. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return formatSeconds(seconds);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? formatMinutes(minutes) : withUnit(String(Math.floor(minutes / 60)), "h");
}

/** What is left of a wait, rounded up so that it never says 0 before it is over. */
export function formatCountdown(ms: number): string {
  return formatSeconds(Math.max(0, Math.ceil(ms / 1_000)));
}

/** A running wait with one decimal: `0.4 s`. */
export function formatElapsed(ms: number): string {
  return withUnit(formatFixed(Math.max(0, ms) / 1_000, 1), "s");
}

const fixed = [0, 1, 2].map((digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }));

/** A number with exactly so many decimals, its thousands together: `0.50`. */
export function formatFixed(value: number, digits: 0 | 1 | 2): string {
  return fixed[digits]?.format(value) ?? value.toFixed(digits);
}

/** A score with its sign, and a real minus: `−0.52`, `+0.10`, `0.00`. */
export function formatScore(score: number): string {
  const figure = formatFixed(Math.abs(score), 2);
  if (Math.abs(score) < 0.005) return figure;
  return `${score < 0 ? "−" : "+"}${figure}`;
}

/** A confidence between 0 and 1 as a whole number of 100. */
export function formatPercent(share: number): number {
  return Math.round(share * 100);
}

/** A round trip without its unit: tenths below 10 ms, as on a local network, whole milliseconds from there. */
export function formatLatency(ms: number): string {
  return ms < 9.95 ? formatFixed(ms, 1) : String(Math.round(ms));
}

const wholeNumbers = new Intl.NumberFormat(locale);

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return wholeNumbers.format(count);
}

const shortNumbers = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
/** From here on a whole number takes more room than a figure has. */
const LONG_FROM = 10_000_000;

/** A whole number for where room is scarce: with its thousands apart, and shortened from ten million on (`12.3M`). */
export function formatFigure(count: number): string {
  return count < LONG_FROM ? formatCount(count) : shortNumbers.format(count);
}

// Without the comma before "and", as everything else here is written.
const lists = new Intl.ListFormat({ en: "en-GB", de: "de-DE" }[language], { type: "conjunction" });

/** Names in a sentence: `a, b and c`. */
export function formatList(names: readonly string[]): string {
  return lists.format(names);
}

const timeOfDay = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const timeWithSeconds = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

const dayAndTime = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const dayAndMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const dayInFull = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** A day of the calendar (`2026-03-04`) as `4 Mar`, whatever the time zone. */
export function formatDay(day: string): string {
  return dayAndMonth.format(noonOf(day));
}

/** A day of the calendar as `Wed, 4 Mar 2026`. */
export function formatDayInFull(day: string): string {
  return dayInFull.format(noonOf(day));
}

/** A moment's day, in this machine's time zone: `Wed, 4 Mar 2026`. */
export function formatDate(at: number): string {
  return dayInFull.format(at);
}

/** Noon, which no change of the clock moves to another day. */
function noonOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12);
}

/** `14:02:11`, and with its date if that is not the day of `now`. */
export function formatMoment(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? timeWithSeconds.format(at) : dayAndTime.format(at);
}

/** `14:02`, in this machine's time zone. */
export function formatTime(at: number): string {
  return timeOfDay.format(at);
}

/** `14:02:11`, in this machine's time zone. */
export function formatTimeWithSeconds(at: number): string {
  return timeWithSeconds.format(at);
}

const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** A number with at most one decimal: `1`, `0.5`. */
export function formatDecimal(value: number): string {
  return decimals.format(value);
}
