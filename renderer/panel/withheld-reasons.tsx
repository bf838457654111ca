import { useId } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { SuggestionSet, Withheld } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";

/** How many suggestions of a set policy withheld; the rules that did it on demand, never their text. */
export function WithheldReasons({ set }: { readonly set: SuggestionSet }) {
  const id = useId();
  const count = set.withheld.length;
  return (
    <>
      <button type="button" className="quiet-button" popoverTarget={id} title={texts.suggestions.withheldTitle(count)}>
        {texts.suggestions.withheld(count)}
      </button>
      <dialog id={id} popover="auto" className="popover" aria-label={texts.suggestions.withheldTitle(count)}>
        <p className="popover-title">{texts.suggestions.withheldTitle(count)}</p>
        <ul className="reasons">
          {[...countReasons(set.withheld)].map(([words, times]) => (
            <li key={words}>{times === 1 ? words : texts.suggestions.withheldTimes(times, words)}</li>
          ))}
        </ul>
      </dialog>
    </>
  );
}

function countReasons(withheld: readonly Withheld[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of withheld) {
    const words = reason(one);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}

function reason(withheld: Withheld): string {
  switch (withheld.rule) {
    case "phrase":
      return texts.suggestions.withheldPhrase(withheld.phrase);
    case "confidence":
      return texts.suggestions.withheldConfidence(withheld.confidence.toFixed(2), withheld.minConfidence.toFixed(2));
    case "malformed":
      return texts.suggestions.withheldMalformed(withheld.reason);
    default:
      return assertNever(withheld);
  }
}
