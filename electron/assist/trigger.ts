import type { Utterance } from "../../shared/interaction.ts";
import type { TriggerSettings } from "../../shared/settings.ts";
import type { Trigger } from "../../shared/suggestion.ts";
import { compilePhrases } from "./phrase-matcher.ts";

/** Says why the platform is to be asked about an utterance, or null where it is not. */
export type TriggerRule = (utterance: Pick<Utterance, "text" | "score" | "speaker" | "final">) => Trigger | null;

/**
 * Compiles the settings to the decision of contract 2.2. A keyword is told before sentiment, either can be switched
 * off; sentiment triggers strictly below the threshold. With `triggerOn: "customer"` what the agent says triggers
 * nothing, and who is not known counts as the customer. What the bot writes never triggers. Interim forms never trigger.
 */
export function compileTriggers(settings: TriggerSettings): TriggerRule {
  const { enableSentimentTrigger, sentimentThreshold: threshold, triggerOn } = settings;
  const findKeywords = settings.enableKeywordTrigger ? compilePhrases(settings.keywords, settings.language) : null;
  return ({ text, score, speaker, final }) => {
    if (!final || speaker === "bot" || (triggerOn === "customer" && speaker === "agent")) return null;
    if (findKeywords !== null) {
      const matches = findKeywords(text);
      if (matches.length > 0) return { kind: "keyword", matches };
    }
    return enableSentimentTrigger && score < threshold ? { kind: "sentiment", score, threshold } : null;
  };
}
