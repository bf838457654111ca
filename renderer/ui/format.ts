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

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

const dayAndTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });

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
