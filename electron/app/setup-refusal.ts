import type { Fault } from "../../shared/fault.ts";
import { type ConfigProblem, formatProblem } from "../config/config-problem.ts";

/** A command for forms that nobody has in front. */
export function notShown(): Fault {
  return { kind: "policy", code: "not-allowed", detail: "the connections are not being set up" };
}

/** Every problem of a form, for a command that it stands in the way of. */
export function refusal(problems: readonly ConfigProblem[]): Fault {
  return { kind: "policy", code: "invalid-input", detail: problems.map(formatProblem).join("; ") };
}

export function nothingToUndo(): Fault {
  return { kind: "policy", code: "not-found-here", detail: "nothing was saved that could be taken back" };
}
