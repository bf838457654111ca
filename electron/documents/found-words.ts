import { nearestKey } from "../../shared/nearest-key.ts";
import { englishWords, type Words } from "../words/en.ts";

/** In which words a document is found fault with: English unless others are given, as on the command line. */
export type ProblemWords = Words["problems"];

export const englishProblems = englishWords.problems;

const MAX_SHOWN = 60;

/** " (did you mean x?)", or nothing where no candidate is near. */
export function didYouMean(key: string, candidates: readonly string[], words: ProblemWords = englishProblems): string {
  const nearest = nearestKey(key, candidates);
  return nearest === null ? "" : words.didYouMean(nearest);
}

/** What was found, in words and cut short. What may be a secret is not for this. */
export function describeValue(value: unknown, { values: words }: ProblemWords = englishProblems): string {
  if (value === undefined || value === null) return words.nothing;
  if (Array.isArray(value)) return words.list(value.length);
  if (typeof value === "object") return words.map;
  if (typeof value === "number") return words.number(value);
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" ? quote(value) : words.ofKind(typeof value);
}

/** A text in quotes, cut short, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
