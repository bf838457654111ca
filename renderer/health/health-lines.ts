import type { HealthLine, HealthOutcome, HealthSubject } from "../../shared/health.ts";
import { healthSubjects } from "../../shared/health-lists.ts";

/** A line whose check came out in this way. */
export type LineOf<K extends HealthOutcome["kind"]> = HealthLine & { readonly outcome: Extract<HealthOutcome, { readonly kind: K }> };

/** Whether a line's check came out in this way. */
export function isLineOf<K extends HealthOutcome["kind"]>(line: HealthLine, kind: K): line is LineOf<K> {
  return line.outcome.kind === kind;
}

/** Whether there is nothing more to wait for. */
export function isOver({ outcome }: HealthLine): boolean {
  return outcome.kind !== "waiting" && outcome.kind !== "running";
}

/** Whether the check gave an answer, whatever it is. */
export function isAnswered(line: HealthLine): boolean {
  return isOver(line) && line.outcome.kind !== "skipped";
}

/** What a check took, in ms; null where it is not known or nothing was waited for. */
export function tookMs({ outcome }: HealthLine): number | null {
  return outcome.kind === "good" || outcome.kind === "bad" ? outcome.tookMs : null;
}

/** The checks of one subject, in the order in which they are run. */
export interface SubjectLines {
  readonly subject: HealthSubject;
  readonly lines: readonly HealthLine[];
}

/** The lines by subject, in the order of `healthSubjects`; subjects without any are left out. */
export function bySubject(lines: readonly HealthLine[]): readonly SubjectLines[] {
  return healthSubjects.map((subject) => ({ subject, lines: lines.filter((line) => line.subject === subject) })).filter((one) => one.lines.length > 0);
}

/** Which outcome stands for several: trouble first, then what is under way. */
const order = ["bad", "doubtful", "running", "waiting", "good", "skipped"] as const satisfies readonly HealthOutcome["kind"][];

/** The outcome of a subject as a whole. One that has begun is running, though nothing of it may run at this moment. */
export function outcomeOf(lines: readonly HealthLine[]): HealthOutcome["kind"] {
  const kind = order.find((one) => lines.some(({ outcome }) => outcome.kind === one)) ?? "skipped";
  return kind === "waiting" && lines.some(isOver) ? "running" : kind;
}
