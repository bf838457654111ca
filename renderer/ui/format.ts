import { texts } from "../texts.ts";

/** A length of time as on a stopwatch: `4:12`, `1:04:12`. Milliseconds in; below zero counts as zero. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1_000));
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3_600);
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
}

/** An age in its largest unit: `4 s`, `3 min`, `2 h`. Milliseconds in; below zero counts as zero. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return texts.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? texts.minutes(minutes) : texts.hours(Math.floor(minutes / 60));
}

/** What is left of a wait, rounded up so that it never says 0 before it is over. */
export function formatCountdown(ms: number): string {
  return texts.seconds(Math.max(0, Math.ceil(ms / 1_000)));
}

/** A running wait with one decimal: `0.4 s`. */
export function formatElapsed(ms: number): string {
  return `${(Math.max(0, ms) / 1_000).toFixed(1)} s`;
}

/** A score with its sign, and a real minus: `−0.52`, `+0.10`, `0.00`. */
export function formatScore(score: number): string {
  const figure = Math.abs(score).toFixed(2);
  if (Number(figure) === 0) return figure;
  return `${score < 0 ? "−" : "+"}${figure}`;
}

/** A confidence between 0 and 1 as a whole number of 100. */
export function formatPercent(share: number): number {
  return Math.round(share * 100);
}

/** A round trip without its unit: tenths below 10 ms, as on a local network, whole milliseconds from there. */
export function formatLatency(ms: number): string {
  return ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms));
}

const wholeNumbers = new Intl.NumberFormat("en");

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return wholeNumbers.format(count);
}

const shortNumbers = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
/** From here on a whole number takes more room than a figure has. */
const LONG_FROM = 10_000_000;

/** A whole number for where room is scarce: with its thousands apart, and shortened from ten million on (`12.3M`). */
export function formatFigure(count: number): string {
  return count < LONG_FROM ? formatCount(count) : shortNumbers.format(count);
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

const dayAndTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });

const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayInFull = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

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

const decimals = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** A number with at most one decimal: `1`, `0.5`. */
export function formatDecimal(value: number): string {
  return decimals.format(value);
}
