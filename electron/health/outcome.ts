import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { Words } from "../words/en.ts";

/** In which words checks tell what they find. */
export type HealthWords = Words["health"];

/** It works; `tookMs` null where nothing was waited for. */
export function good(found: string, tookMs: number | null = null): HealthOutcome {
  return { kind: "good", found, tookMs };
}

/** It works, but a person should know. */
export function doubtful({ found, remedy }: { readonly found: string; readonly remedy: string }): HealthOutcome {
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
