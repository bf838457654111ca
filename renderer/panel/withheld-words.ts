import { assertNever } from "../../shared/assert-never.ts";
import type { Withheld } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";
import { formatFixed } from "../ui/format.ts";

/** The rules that withheld suggestions, in words and each once; how often it did stands with it where it was more than once. */
export function withheldWords(withheld: readonly Withheld[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of withheld) {
    const words = reason(one);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, times]) => (times === 1 ? words : texts.suggestions.withheldTimes(times, words)));
}

function reason(withheld: Withheld): string {
  switch (withheld.rule) {
    case "phrase":
      return texts.suggestions.withheldPhrase(withheld.phrase);
    case "confidence":
      return texts.suggestions.withheldConfidence(formatFixed(withheld.confidence, 2), formatFixed(withheld.minConfidence, 2));
    case "malformed":
      return texts.suggestions.withheldMalformed(withheld.reason);
    default:
      return assertNever(withheld);
  }
}
