import { useId } from "react";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";
import { withheldWords } from "./withheld-words.ts";

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
          {withheldWords(set.withheld).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </dialog>
    </>
  );
}
