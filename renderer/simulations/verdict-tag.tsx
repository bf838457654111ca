import type { CaseRow } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { toneOf } from "./words.ts";

/** A verdict, or what stands in its place before there is one: a word, and a colour beside it. */
export function VerdictTag({ state }: { readonly state: CaseRow["state"] }) {
  return (
    <span className="tag toned verdict" data-tone={toneOf(state)}>
      {simulationTexts.states[state]}
    </span>
  );
}
