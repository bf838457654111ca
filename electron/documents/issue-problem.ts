import type { z } from "zod";
import { describeValue, didYouMean, englishProblems, type ProblemWords, quote } from "./found-words.ts";

/** Something that is wrong at a place of a document. `spot`: the key itself, or what stands there. */
export interface PathProblem {
  readonly path: readonly PropertyKey[];
  readonly spot: "key" | "value";
  readonly message: string;
}

/** Puts into words what was found at a path. */
export type DescribeFound = (value: unknown, path: readonly PropertyKey[]) => string;

interface IssueOptions {
  /** For documents of which not every value may be shown. */
  readonly describe?: DescribeFound;
  /** English unless given. */
  readonly words?: ProblemWords;
}

/**
 * What a schema found, in words. `base` is where the checked value stands. The schema's own messages say what is allowed, of
 * an unknown key the list of keys. The first form of a union is the one that is a list.
 */
export function issueProblems(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[], options: IssueOptions = {}): readonly PathProblem[] {
  const { words = englishProblems, describe = (value) => describeValue(value, words) } = options;
  return firstOfEach(issues.flatMap((issue): readonly PathProblem[] => {
    const path = [...base, ...issue.path];
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], key, issue.message.split(", "), words));
    if (issue.code === "invalid_union") {
      const meant = issue.errors[Array.isArray(issue.input) ? 0 : 1];
      if (meant !== undefined) return issueProblems(meant, path, options);
    }
    const rule = words.rule(issue.message);
    return [{ path, spot: "value", message: issue.input === undefined ? words.missing(rule) : words.found(describe(issue.input, path), `${rule}${quotesHint(issue, words)}${choiceHint(issue, words)}`) }];
  }));
}

/** An empty name is also one that is too short: the first thing that is wrong with a value is told. */
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

function unknownKey(path: readonly PropertyKey[], key: string, allowed: readonly string[], words: ProblemWords): PathProblem {
  return { path, spot: "key", message: words.found(words.unknownKey(quote(key)), `${allowed.join(", ")}${didYouMean(key, allowed, words)}`) };
}

/** Values that YAML takes for something else than the text they were meant to be. */
function quotesHint(issue: z.core.$ZodIssue, words: ProblemWords): string {
  if (issue.code !== "invalid_type" || issue.expected !== "string") return "";
  if (typeof issue.input === "number" || typeof issue.input === "boolean") return words.inQuotes;
  return typeof issue.input === "object" && issue.input !== null ? words.mapInQuotes : "";
}

/** One of a few words that was nearly hit. */
function choiceHint(issue: z.core.$ZodIssue, words: ProblemWords): string {
  return issue.code === "invalid_value" && typeof issue.input === "string" ? didYouMean(issue.input, issue.values.map(String), words) : "";
}
