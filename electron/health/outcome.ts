import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";

/** It works; `tookMs` null where nothing was waited for. */
export function good(found: string, tookMs: number | null = null): HealthOutcome {
  return { kind: "good", found, tookMs };
}

/** It works, but a person should know. */
export function doubtful(found: string, remedy: string): HealthOutcome {
  return { kind: "doubtful", found, remedy };
}

/** It does not work; the words are those of the error table. */
export function bad(fault: Fault, tookMs: number | null = null): HealthOutcome {
  return { kind: "bad", fault, tookMs };
}

/** It could not be tried. */
export function skipped(why: string): HealthOutcome {
  return { kind: "skipped", why };
}

/** Starts a measurement; what it gives tells the whole milliseconds since then. */
export function stopwatch(clock: Clock): () => number {
  const from = clock.monotonic();
  return () => Math.round(clock.monotonic() - from);
}

/** A length of time for a person: `3 s`, `4 min`, `2 h`, `5 days`. Takes milliseconds. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
