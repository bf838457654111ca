import type { JsonPlace } from "./json-text.ts";

/** One thing that is wrong with the configuration. No field ever holds a secret. */
export interface ConfigProblem {
  /** Where: `assist.minConfidence`, `tunnel.webhooks[1].url`; empty for the file as a whole. */
  readonly path: string;
  /** What was found there. */
  readonly found: string;
  /** What may stand there. */
  readonly allowed: string;
  /** Who gave the value, where that is known. */
  readonly source?: "file" | "env" | "flag" | "machine";
  /** The file's name, the environment variable, the flag or the policy's place that the value came from. */
  readonly origin?: string;
  /** Line and column in the file, from 1. */
  readonly place?: JsonPlace;
}

/** One line for people: where, what was found, what is allowed. */
export function formatProblem(problem: ConfigProblem): string {
  const place = problem.place === undefined ? "" : `:${problem.place.line}:${problem.place.column}`;
  const origin = problem.origin === undefined ? "" : ` (${problem.origin}${place})`;
  const subject = problem.path === "" ? "configuration" : problem.path;
  return `${subject}${origin}: found ${problem.found}; allowed: ${problem.allowed}`;
}
