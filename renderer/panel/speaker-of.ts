import type { Speaker } from "../../shared/interaction.ts";
import type { InteractionView } from "../../shared/panel-state.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

/** Who said what a set answers; unknown when the line is no longer kept. */
export function speakerOf(view: InteractionView, set: SuggestionSet): Speaker {
  return view.utterances.findLast((utterance) => utterance.id === set.utteranceId)?.speaker ?? "unknown";
}
