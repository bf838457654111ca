import type { z } from "zod";
import { nearestKey } from "../../shared/nearest-key.ts";

/** Something that is wrong at a place of a suite. `spot`: the key itself, or what stands there. */
export interface PathProblem {
  readonly path: readonly PropertyKey[];
  readonly spot: "key" | "value";
  readonly message: string;
}

const MAX_SHOWN = 60;

/** What the schema of suites found, in words. `base` is where the checked value stands. */
export function issueProblems(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[]): readonly PathProblem[] {
  return firstOfEach(issues.flatMap((issue): readonly PathProblem[] => {
    const path = [...base, ...issue.path];
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], key, issue.message.split(", ")));
    if (issue.code === "invalid_union") {
      // Variations are the only union: its first form is a list.
      const meant = issue.errors[Array.isArray(issue.input) ? 0 : 1];
      if (meant !== undefined) return issueProblems(meant, path);
    }
    return [{ path, spot: "value", message: issue.input === undefined ? `missing; allowed: ${issue.message}` : `found ${describeValue(issue.input)}; allowed: ${issue.message}${quotesHint(issue)}` }];
  }));
}

/** An empty test_id is also one without test_: the first thing that is wrong with a value is told. */
function firstOfEach(problems: readonly PathProblem[]): readonly PathProblem[] {
  if (problems.length < 2) return problems;
  const seen = new Set<string>();
  return problems.filter(({ path }) => {
    const place = JSON.stringify(path);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

function unknownKey(path: readonly PropertyKey[], key: string, allowed: readonly string[]): PathProblem {
  return { path, spot: "key", message: `found the unknown key ${quote(key)}; allowed: ${allowed.join(", ")}${didYouMean(key, allowed)}` };
}

/** " (did you mean x?)", or nothing where no candidate is near. */
export function didYouMean(key: string, candidates: readonly string[]): string {
  const nearest = nearestKey(key, candidates);
  return nearest === null ? "" : ` (did you mean ${nearest}?)`;
}

/** Values that YAML takes for something else than the text they were meant to be. */
function quotesHint(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type" || issue.expected !== "string") return "";
  if (typeof issue.input === "number" || typeof issue.input === "boolean") return " (put it in quotes)";
  return typeof issue.input === "object" && issue.input !== null ? " (in quotes, where it has braces, brackets or a colon)" : "";
}

/** What was found, in words and cut short. A suite's texts are test data and may be shown. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1 entry" : `a list of ${value.length} entries`;
  if (typeof value === "object") return "a map";
  if (typeof value === "number") return `the number ${value}`;
  return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

/** A text in quotes, cut short, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
