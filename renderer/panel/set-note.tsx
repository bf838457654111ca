import type { InteractionView } from "../../shared/panel-state.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";
import { speakerOf } from "./speaker-of.ts";
import { TriggerWords } from "./trigger-words.tsx";

/** An answer that left nothing to show, said in words: nothing found, or all of it withheld. */
export function SetNote({ set, view }: { readonly set: SuggestionSet; readonly view: InteractionView }) {
  const age = useNow((now) => formatAge(now - set.at));
  return (
    <div className="note">
      <p className="why">
        <TriggerWords trigger={set.trigger} speaker={speakerOf(view, set)} />
        <span className="age">{age}</span>
      </p>
      <p>{set.outcome === "emptied" ? texts.suggestions.emptiedReply(set.withheld.length) : texts.suggestions.emptyReply}</p>
    </div>
  );
}
