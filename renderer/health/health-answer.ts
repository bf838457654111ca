import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { HealthSubject, HealthView } from "../../shared/health.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { isAnswered, isLineOf, isOver, type LineOf } from "./health-lines.ts";

/** One thing that is wrong, wherever it shows: lines that fail in the same way are one problem in several places. */
export interface Problem {
  /** As the first of the lines found it. */
  readonly fault: Fault;
  readonly lines: readonly LineOf<"bad">[];
  readonly subjects: readonly HealthSubject[];
}

/**
 * What the page says on top. `unknown`: nothing has been run yet. `nothing`: it is over, and no check gave an answer.
 * Problems and doubts: the gravest first.
 */
export type Answer =
  | { readonly kind: "unknown" }
  | { readonly kind: "running"; readonly problems: readonly Problem[] }
  | { readonly kind: "stopped"; readonly problems: readonly Problem[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "good"; readonly checks: number; readonly notTried: number }
  | { readonly kind: "doubtful"; readonly doubts: readonly LineOf<"doubtful">[] }
  | { readonly kind: "bad"; readonly problems: readonly Problem[] };

/** What the others stand on comes first, then what an agent on a call misses at once, then what is a supervisor's. */
const gravity = ["configuration", "program", "assist", "bridge", "tunnel", "storage", "integrations", "simulations"] as const satisfies readonly HealthSubject[];

/** A run that is younger is not repeated when the page is opened. */
const FRESH_MS = 30_000;

/** The answer to "what is wrong", from a run as far as it has come. */
export function answerOf({ state, lines }: HealthView): Answer {
  const problems = problemsOf(lines.filter((line) => isLineOf(line, "bad")));
  switch (state) {
    case "never":
      return { kind: "unknown" };
    case "running":
      return { kind: "running", problems };
    case "stopped":
      return { kind: "stopped", problems };
    case "done": {
      if (problems.length > 0) return { kind: "bad", problems };
      const doubts = byGravity(lines.filter((line) => isLineOf(line, "doubtful")));
      if (doubts.length > 0) return { kind: "doubtful", doubts };
      const checks = lines.filter(isAnswered).length;
      return checks > 0 ? { kind: "good", checks, notTried: lines.length - checks } : { kind: "nothing" };
    }
    default:
      return assertNever(state);
  }
}

/** The answer in one sentence. */
export function sentenceOf(answer: Answer): string {
  const { answer: words } = healthTexts;
  switch (answer.kind) {
    case "unknown":
    case "running":
      return words.running;
    case "stopped":
      return words.stopped;
    case "nothing":
      return words.nothing;
    case "good":
      return words.good;
    case "doubtful":
      return words.doubtful(answer.doubts[0]?.outcome.found ?? "");
    case "bad":
      return answer.problems[0] === undefined ? words.nothing : problemTitle(answer.problems[0]);
    default:
      return assertNever(answer);
  }
}

/** What happened, in the error table's words, and where. What is wrong with this computer is nowhere else. */
export function problemTitle({ fault, subjects }: Problem): string {
  const what = describeFault(fault).what.replace(/\.$/u, "");
  const places = subjects.filter((subject) => subject !== "program").map((subject) => healthTexts.subjects[subject]);
  return places.length === 0 ? what : healthTexts.answer.bad(what, places);
}

/** What is wrong as far as it is known; empty where nothing is. */
export function problemsIn(answer: Answer): readonly Problem[] {
  return answer.kind === "bad" || answer.kind === "running" || answer.kind === "stopped" ? answer.problems : [];
}

/** How far a run has come. */
export function progressOf({ lines }: HealthView): { readonly done: number; readonly total: number } {
  return { done: lines.filter(isOver).length, total: lines.length };
}

/** Whether opening the page runs the checks. `now` in ms since the Unix epoch; a run from the future was begun by another clock. */
export function needsRun({ state, since }: HealthView, now: number): boolean {
  if (state === "running") return false;
  if (state === "never" || since === null) return true;
  return since > now || now - since > FRESH_MS;
}

function problemsOf(bad: readonly LineOf<"bad">[]): readonly Problem[] {
  const found = new Map<string, readonly LineOf<"bad">[]>();
  for (const line of byGravity(bad)) {
    const { code, from = "platform" } = line.outcome.fault;
    const key = `${code} ${from}`;
    found.set(key, [...(found.get(key) ?? []), line]);
  }
  return [...found.values()].flatMap((lines) => {
    const [first] = lines;
    return first === undefined ? [] : [{ fault: first.outcome.fault, lines, subjects: [...new Set(lines.map(({ subject }) => subject))] }];
  });
}

function byGravity<T extends { readonly subject: HealthSubject }>(lines: readonly T[]): readonly T[] {
  return lines.toSorted((a, b) => gravity.indexOf(a.subject) - gravity.indexOf(b.subject));
}
