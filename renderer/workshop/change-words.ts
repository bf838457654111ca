import { assertNever } from "../../shared/assert-never.ts";
import type { RuleChange } from "../../shared/workshop.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatFixed, formatScore } from "../ui/format.ts";

const words = workshopTexts.line;

/** A few words about a change; `strong`: it would have cost something. */
export interface ChangeFact {
  readonly text: string;
  readonly strong: boolean;
}

/** Why a change comes about, and what it would have meant. */
export function changeFacts(change: RuleChange): readonly ChangeFact[] {
  switch (change.kind) {
    case "withheld":
      return [plain(ruleWords(change.by)), ...(change.used ? [{ text: words.used, strong: true }] : [])];
    case "triggered":
      return triggerWords(change.trigger).map(plain);
    case "untriggered":
      return [...triggerWords(change.trigger).map(plain), { text: change.suggestions === 0 ? words.nothing : words.lost(change.suggestions, change.used), strong: change.used > 0 }];
    case "loosened":
      return [plain(ruleWords(change.by))];
    default:
      return assertNever(change);
  }
}

function plain(text: string): ChangeFact {
  return { text, strong: false };
}

type By = Extract<RuleChange, { kind: "withheld" | "loosened" }>["by"];

function ruleWords(by: By): string {
  switch (by.rule) {
    case "phrase":
      return words.phrase(by.phrase);
    case "confidence":
      return words.confidence(formatFixed(by.confidence, 2), formatFixed(by.minConfidence, 2));
    case "maximum":
      return words.maximum(by.maxSuggestions);
    case "malformed":
      return words.malformed(by.reason);
    default:
      return assertNever(by);
  }
}

function triggerWords(trigger: Extract<RuleChange, { kind: "triggered" }>["trigger"]): readonly string[] {
  if (trigger.kind === "sentiment") return [words.sentiment(formatScore(trigger.score), formatScore(trigger.threshold))];
  return [...new Set(trigger.matches.map(({ keyword }) => keyword))];
}
