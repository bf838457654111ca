import type { TriggerSettings } from "../../shared/settings.ts";
import { texts } from "../texts.ts";

const WORDS_SHOWN = 4;

/** Says in one sentence what will bring the first suggestion, from the triggers as they are set. */
export function emptyHint(triggers: TriggerSettings): string {
  const says =
    triggers.enableKeywordTrigger && triggers.keywords.length > 0
      ? [texts.suggestions.emptyHintKeywords(triggers.keywords.slice(0, WORDS_SHOWN).map((word) => `“${word}”`).join(", "))]
      : [];
  const sounds = triggers.enableSentimentTrigger ? [texts.suggestions.emptyHintMood] : [];
  const all = [...says, ...sounds];
  return all.length === 0 ? texts.suggestions.emptyHintNone : texts.suggestions.emptyHint(all.join(texts.suggestions.emptyHintOr));
}
