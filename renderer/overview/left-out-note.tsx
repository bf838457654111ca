import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { Note } from "../ui/note.tsx";

const { leftOut: words } = overviewTexts;

/** What a supervisor's figures are without, because it is still its agents' alone. */
export function LeftOutNote({ leftOut: { agents, interactions } }: { readonly leftOut: Overview["leftOut"] }) {
  if (interactions === 0) return null;
  return (
    <Note tone="none">
      <b>{words.title(interactions, agents)}</b> {words.hint}
    </Note>
  );
}
