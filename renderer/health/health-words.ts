import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { HealthLine, HealthOutcome } from "../../shared/health.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { texts } from "../texts.ts";
import { formatElapsed } from "../ui/format.ts";
import { isOver, tookMs } from "./health-lines.ts";

/** In this order a subject's counts are told; while it is under way, only trouble is, beside how far it is. */
const counted = ["bad", "doubtful", "good", "skipped"] as const satisfies readonly HealthOutcome["kind"][];
const trouble = counted.slice(0, 2);

/** Between this and no time at all, a figure would say more than is known. */
const SECOND_MS = 1_000;

/** What a check took: `under 1 ms`, `42 ms`, `4.8 s`. */
export function tookWords(ms: number): string {
  if (ms < 1) return healthTexts.underOneMs;
  return ms < SECOND_MS ? texts.latency(String(Math.round(ms))) : formatElapsed(ms);
}

/** A subject in one line: `5 checks good, 42 ms`, or how many came out how, or how far it is. */
export function subjectWords(lines: readonly HealthLine[]): string {
  const took = lines.map(tookMs).filter((ms) => ms !== null);
  const time = took.length === 0 ? [] : [tookWords(took.reduce((sum, ms) => sum + ms, 0))];
  if (lines.every(({ outcome }) => outcome.kind === "good")) return [healthTexts.allGood(lines.length), ...time].join(", ");
  const done = lines.filter(isOver).length;
  if (done === 0) return lines.some(({ outcome }) => outcome.kind === "running") ? healthTexts.checked(0, lines.length) : healthTexts.allWaiting;
  const isRunning = done < lines.length;
  const counts = (isRunning ? trouble : counted).flatMap((kind) => {
    const count = lines.filter(({ outcome }) => outcome.kind === kind).length;
    return count === 0 ? [] : [healthTexts.counts[kind](count)];
  });
  return [...counts, ...(isRunning ? [healthTexts.checked(done, lines.length)] : [])].join(", ");
}

/** What a line has to say beside its outcome: what was found or why not, and what to do; empty parts where there is nothing. */
export function lineWords({ outcome }: HealthLine): { readonly found: string; readonly remedy: string } {
  switch (outcome.kind) {
    case "waiting":
    case "running":
      return { found: "", remedy: "" };
    case "good":
      return { found: outcome.found, remedy: "" };
    case "doubtful":
      return { found: outcome.found, remedy: outcome.remedy };
    case "bad": {
      const { what, cause, remedy } = describeFault(outcome.fault);
      return { found: `${what} ${cause}`, remedy };
    }
    case "skipped":
      return { found: outcome.why, remedy: "" };
    default:
      return assertNever(outcome);
  }
}
