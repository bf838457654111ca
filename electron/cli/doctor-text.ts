import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { HealthLine, HealthOutcome } from "../../shared/health.ts";

/** As wide as the longest subject and the longest check. */
const SUBJECT_WIDTH = 13;
const CHECK_WIDTH = 11;
const INDENT = " ".repeat(7);

/** A check that is over, for a terminal: a mark, what was tried, and what was found; below it why, and what to do. */
export function doctorText({ subject, check, target, outcome }: HealthLine): string {
  const head = `${markOf(outcome)}  ${subject.padEnd(SUBJECT_WIDTH)}  ${check.padEnd(CHECK_WIDTH)}  ${target === null ? "" : `${target}  `}`;
  const [first = "", ...rest] = wordsOf(outcome);
  return [`${head}${first}`, ...rest.map((line) => `${INDENT}${line}`)].join("\n");
}

function markOf({ kind }: HealthOutcome): string {
  switch (kind) {
    case "good":
      return "good ";
    case "doubtful":
      return "doubt";
    case "bad":
      return "BAD  ";
    case "skipped":
      return "-    ";
    case "waiting":
    case "running":
      return "...  ";
    default:
      return assertNever(kind);
  }
}

function wordsOf(outcome: HealthOutcome): readonly string[] {
  switch (outcome.kind) {
    case "good":
      return [outcome.tookMs === null ? outcome.found : `${outcome.found} (${outcome.tookMs} ms)`];
    case "doubtful":
      return [outcome.found, outcome.remedy];
    case "bad": {
      const { what, cause, remedy } = describeFault(outcome.fault);
      return [what, cause, remedy];
    }
    case "skipped":
      return [`not tried: ${outcome.why}`];
    case "waiting":
    case "running":
      return [];
    default:
      return assertNever(outcome);
  }
}
