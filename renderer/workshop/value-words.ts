import { assertNever } from "../../shared/assert-never.ts";
import { settingsTexts } from "../texts/settings-texts.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatFixed, formatScore } from "../ui/format.ts";
import type { RuleSettings, ValueField } from "./rule-draft.ts";

const { on, off } = workshopTexts.draft;

/** A field's value as its editor shows it. */
export function valueWords(field: ValueField, { triggers, policy }: RuleSettings): string {
  switch (field) {
    case "enableKeywordTrigger":
    case "enableSentimentTrigger":
      return triggers[field] ? on : off;
    case "sentimentThreshold":
      return formatScore(triggers.sentimentThreshold);
    case "triggerOn":
      return settingsTexts.triggerOn[triggers.triggerOn];
    case "language":
      return settingsTexts.languages[triggers.language];
    case "minConfidence":
      return formatFixed(policy.minConfidence, 2);
    case "maxSuggestions":
      return String(policy.maxSuggestions);
    default:
      return assertNever(field);
  }
}
