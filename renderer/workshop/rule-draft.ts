import type { PolicySettings, Settings, SettingsPatch, TriggerSettings } from "../../shared/settings.ts";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import type { RuleDraft } from "../../shared/workshop.ts";

type ListEdit = RuleDraft["keywords"];

/** The rules that can be tried. */
export type RuleSettings = Pick<Settings, "triggers" | "policy">;

/** A field whose value is no list. */
export type ValueField = keyof RuleDraft["triggers"] | keyof RuleDraft["policy"];
export type RuleField = ValueField | "keywords" | "prohibitedPhrases";

/** One field that differs from what holds. */
export type RuleDifference =
  | { readonly kind: "list"; readonly field: "keywords" | "prohibitedPhrases"; readonly edit: ListEdit }
  | { readonly kind: "value"; readonly field: ValueField };

const NO_EDIT: ListEdit = noRuleDraft.keywords;

export function isNoDraft({ triggers, policy, keywords, prohibitedPhrases }: RuleDraft): boolean {
  return isEmpty(keywords) && isEmpty(prohibitedPhrases) && Object.keys(triggers).length + Object.keys(policy).length === 0;
}

/** The rules as the draft would have them. */
export function rulesWith(draft: RuleDraft, { triggers, policy }: RuleSettings): RuleSettings {
  return {
    triggers: { ...triggers, ...given(draft.triggers), keywords: [...withEdit(triggers.keywords, draft.keywords)] },
    policy: { ...policy, ...given(draft.policy), prohibitedPhrases: [...withEdit(policy.prohibitedPhrases, draft.prohibitedPhrases)] },
  };
}

/** The draft after a change of some fields, as an editor tells it. */
export function redraft(draft: RuleDraft, settings: RuleSettings, { triggers = {}, policy = {} }: SettingsPatch): RuleDraft {
  const { keywords, ...triggerValues } = triggers;
  const { prohibitedPhrases, ...policyValues } = policy;
  return settled(
    {
      triggers: { ...draft.triggers, ...given(triggerValues) },
      policy: { ...draft.policy, ...given(policyValues) },
      keywords: keywords === undefined ? draft.keywords : editBetween(settings.triggers.keywords, keywords),
      prohibitedPhrases: prohibitedPhrases === undefined ? draft.prohibitedPhrases : editBetween(settings.policy.prohibitedPhrases, prohibitedPhrases),
    },
    settings,
  );
}

/** The draft without what holds by now. */
export function settled(draft: RuleDraft, { triggers, policy }: RuleSettings): RuleDraft {
  return {
    triggers: different(triggers, draft.triggers),
    policy: different(policy, draft.policy),
    keywords: settledEdit(draft.keywords, triggers.keywords),
    prohibitedPhrases: settledEdit(draft.prohibitedPhrases, policy.prohibitedPhrases),
  };
}

/** What saving the draft would change; null where that is nothing. */
export function patchOf(draft: RuleDraft, settings: RuleSettings): SettingsPatch | null {
  const left = settled(draft, settings);
  const rules = rulesWith(left, settings);
  const triggers: Partial<TriggerSettings> = { ...given(left.triggers), ...(isEmpty(left.keywords) ? {} : { keywords: rules.triggers.keywords }) };
  const policy: Partial<PolicySettings> = { ...given(left.policy), ...(isEmpty(left.prohibitedPhrases) ? {} : { prohibitedPhrases: rules.policy.prohibitedPhrases }) };
  const some = (part: object): boolean => Object.keys(part).length > 0;
  if (!some(triggers) && !some(policy)) return null;
  return { ...(some(triggers) ? { triggers } : {}), ...(some(policy) ? { policy } : {}) };
}

const triggerFields = ["enableKeywordTrigger", "enableSentimentTrigger", "sentimentThreshold", "triggerOn", "language"] as const;
const policyFields = ["minConfidence", "maxSuggestions"] as const;

/** What the draft changes, in the order of the fields. */
export function differencesOf(draft: RuleDraft, settings: RuleSettings): readonly RuleDifference[] {
  const { triggers, policy, keywords, prohibitedPhrases } = settled(draft, settings);
  const list = (field: "keywords" | "prohibitedPhrases", edit: ListEdit): readonly RuleDifference[] => (isEmpty(edit) ? [] : [{ kind: "list", field, edit }]);
  return [
    ...list("keywords", keywords),
    ...triggerFields.filter((field) => field in triggers).map((field): RuleDifference => ({ kind: "value", field })),
    ...policyFields.filter((field) => field in policy).map((field): RuleDifference => ({ kind: "value", field })),
    ...list("prohibitedPhrases", prohibitedPhrases),
  ];
}

/** The draft with one field as it holds. */
export function takenBack(draft: RuleDraft, field: RuleField): RuleDraft {
  return {
    triggers: without(draft.triggers, field),
    policy: without(draft.policy, field),
    keywords: field === "keywords" ? NO_EDIT : draft.keywords,
    prohibitedPhrases: field === "prohibitedPhrases" ? NO_EDIT : draft.prohibitedPhrases,
  };
}

/** The draft without a trigger: a keyword by its configured words, or sentiment. */
export function withoutTrigger(draft: RuleDraft, settings: RuleSettings, kind: "keyword" | "sentiment", words: string): RuleDraft {
  if (kind === "sentiment") return redraft(draft, settings, { triggers: { enableSentimentTrigger: false } });
  return redraft(draft, settings, { triggers: { keywords: rulesWith(draft, settings).triggers.keywords.filter((keyword) => keyword !== words) } });
}

function withEdit(list: readonly string[], { added, removed }: ListEdit): readonly string[] {
  if (added.length + removed.length === 0) return list;
  const gone = new Set(removed);
  const known = new Set(list);
  return [...list.filter((one) => !gone.has(one)), ...added.filter((one) => !known.has(one))];
}

function editBetween(before: readonly string[], after: readonly string[]): ListEdit {
  const old = new Set(before);
  const fresh = new Set(after);
  return { added: after.filter((one) => !old.has(one)), removed: before.filter((one) => !fresh.has(one)) };
}

function settledEdit({ added, removed }: ListEdit, list: readonly string[]): ListEdit {
  if (added.length + removed.length === 0) return NO_EDIT;
  const known = new Set(list);
  return { added: added.filter((one) => !known.has(one)), removed: removed.filter((one) => known.has(one)) };
}

function isEmpty({ added, removed }: ListEdit): boolean {
  return added.length + removed.length === 0;
}

type Some<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The fields that have a value. */
function given<T extends object>(part: Some<T>): Partial<T> {
  const found: Partial<T> = {};
  for (const key in part) {
    const value = part[key];
    if (value !== undefined) found[key] = value;
  }
  return found;
}

/** The fields of `part` that are not as in `whole`. */
function different<T extends object>(whole: T, part: Some<T>): Partial<T> {
  const found = given<T>(part);
  for (const key in found) if (found[key] === whole[key]) delete found[key];
  return found;
}

function without<T extends object>(part: Partial<T>, field: string): Partial<T> {
  const left: Partial<T> = {};
  for (const key in part) if (key !== field) left[key] = part[key];
  return left;
}
