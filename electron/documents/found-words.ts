import { nearestKey } from "../../shared/nearest-key.ts";

const MAX_SHOWN = 60;

/** " (did you mean x?)", or nothing where no candidate is near. */
export function didYouMean(key: string, candidates: readonly string[]): string {
  const nearest = nearestKey(key, candidates);
  return nearest === null ? "" : ` (did you mean ${nearest}?)`;
}

/** What was found, in words and cut short. What may be a secret is not for this. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1 entry" : `a list of ${value.length} entries`;
  if (typeof value === "object") return "a map";
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" ? quote(value) : `a ${typeof value}`;
}

/** A text in quotes, cut short, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
