import { describe, expect, test } from "vitest";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import type { RuleDraft } from "../../shared/workshop.ts";
import { differencesOf, isNoDraft, patchOf, redraft, type RuleSettings, rulesWith, settled, takenBack, withoutTrigger } from "../../renderer/workshop/rule-draft.ts";
import { valueWords } from "../../renderer/workshop/value-words.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const settings: RuleSettings = fixtureSettings;

function edited(...patches: readonly Parameters<typeof redraft>[2][]): RuleDraft {
  return patches.reduce((draft, patch) => redraft(draft, settings, patch), noRuleDraft);
}

describe("a draft of rules", () => {
  test("holds only what differs, and nothing once it is changed back", () => {
    const draft = edited({ policy: { minConfidence: 0.9 } }, { triggers: { keywords: ["refund", "complaint", "escalate", "broken"] } });
    expect(differencesOf(draft, settings)).toEqual([
      { kind: "list", field: "keywords", edit: { added: ["broken"], removed: ["cancel"] } },
      { kind: "value", field: "minConfidence" },
    ]);
    expect(patchOf(draft, settings)).toEqual({ triggers: { keywords: ["refund", "complaint", "escalate", "broken"] }, policy: { minConfidence: 0.9 } });
    const back = redraft(redraft(draft, settings, { policy: { minConfidence: 0.75 } }), settings, { triggers: { keywords: settings.triggers.keywords } });
    expect([patchOf(back, settings), differencesOf(back, settings), isNoDraft(settled(back, settings))]).toEqual([null, [], true]);
    expect([isNoDraft(noRuleDraft), isNoDraft(draft)]).toEqual([true, false]);
  });

  test("keeps its edits of a list when the list changes meanwhile, and drops those that hold by then", () => {
    const draft = edited({ policy: { prohibitedPhrases: ["legal action", "sue the company", "free of charge"] } });
    const later: RuleSettings = { ...settings, policy: { ...settings.policy, prohibitedPhrases: [...settings.policy.prohibitedPhrases, "free of charge", "lawyer"] } };
    expect(rulesWith(draft, later).policy.prohibitedPhrases).toEqual(["legal action", "sue the company", "free of charge", "lawyer"]);
    expect(differencesOf(draft, later)).toEqual([{ kind: "list", field: "prohibitedPhrases", edit: { added: [], removed: ["guarantee full refund"] } }]);
  });

  test("takes single fields back", () => {
    const draft = edited({ policy: { maxSuggestions: 1, minConfidence: 0.8 } }, { triggers: { keywords: [], triggerOn: "both" } });
    expect(differencesOf(takenBack(draft, "minConfidence"), settings).map(({ field }) => field)).toEqual(["keywords", "triggerOn", "maxSuggestions"]);
    expect(differencesOf(takenBack(draft, "keywords"), settings).map(({ field }) => field)).toEqual(["triggerOn", "minConfidence", "maxSuggestions"]);
  });

  test("goes without a trigger that another view names", () => {
    expect(rulesWith(withoutTrigger(noRuleDraft, settings, "keyword", "cancel"), settings).triggers.keywords).toEqual(["refund", "complaint", "escalate"]);
    expect(rulesWith(withoutTrigger(noRuleDraft, settings, "sentiment", ""), settings).triggers.enableSentimentTrigger).toBe(false);
    expect(patchOf(withoutTrigger(noRuleDraft, settings, "keyword", "not there any more"), settings)).toBeNull();
  });

  test("says every value as its editor does", () => {
    const fields = ["enableKeywordTrigger", "sentimentThreshold", "triggerOn", "language", "minConfidence", "maxSuggestions"] as const;
    expect(fields.map((field) => valueWords(field, settings))).toEqual(["on", "−0.40", "The customer", "English", "0.75", "3"]);
  });
});
