import type { TriggerSettings } from "../../shared/settings.ts";
import { texts } from "../texts.ts";

const WORDS_SHOWN = 4;

/** Says in one sentence what will bring the first suggestion, from the triggers as they are set. */
export function emptyHint(triggers: TriggerSettings): string {
  const words = triggers.enableKeywordTrigger ? triggers.keywords.slice(0, WORDS_SHOWN).map(texts.suggestions.phrase).join(", ") : "";
  if (words === "") return triggers.enableSentimentTrigger ? texts.suggestions.emptyHintMood : texts.suggestions.emptyHintNone;
  return triggers.enableSentimentTrigger ? texts.suggestions.emptyHintBoth(words) : texts.suggestions.emptyHintKeywords(words);
}
