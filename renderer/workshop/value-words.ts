import { assertNever } from "../../shared/assert-never.ts";
import { texts } from "../texts.ts";
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
      return texts.settings.triggerOn[triggers.triggerOn];
    case "language":
      return texts.settings.languages[triggers.language];
    case "minConfidence":
      return formatFixed(policy.minConfidence, 2);
    case "maxSuggestions":
      return String(policy.maxSuggestions);
    default:
      return assertNever(field);
  }
}
