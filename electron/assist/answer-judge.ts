import { hash } from "node:crypto";
import type { PolicySettings } from "../../shared/settings.ts";
import type { Suggestion, SuggestionSet, Withheld } from "../../shared/suggestion.ts";
import { compilePolicy } from "./policy.ts";
import type { Answer } from "./suggestion-cache.ts";

/** A set's content after policy. */
export interface Judged {
  readonly suggestions: readonly Suggestion[];
  readonly withheld: readonly Withheld[];
  readonly outcome: SuggestionSet["outcome"];
}

/** Judges answers for the sets they are shown in. One judge per policy: a change of policy makes a new one. */
export interface AnswerJudge {
  readonly policyVersion: string;
  judge(answer: Answer, setId: string, rules: "all" | "phrases"): Judged;
}

/**
 * Runs the policy over an answer once, however often its cached form is shown, and names the suggestions: an id is the
 * set's and a digest of the text, so that a suggestion that stays under a changed policy keeps its id, and with it what
 * the agent did with its card.
 */
export function createAnswerJudge(settings: PolicySettings): AnswerJudge {
  const policy = compilePolicy(settings);
  const memo = { all: new WeakMap<Answer, Judged>(), phrases: new WeakMap<Answer, Judged>() };

  const judgeOnce = (answer: Answer, rules: "all" | "phrases"): Judged => {
    const known = memo[rules].get(answer);
    if (known !== undefined) return known;
    const verdict = policy.judge(answer.items, { rules });
    const seen = new Set<string>();
    const suggestions: Suggestion[] = [];
    for (const { text, confidence, source } of verdict.suggestions) {
      const id = hash("sha256", text).slice(0, 12);
      // The same words twice are one suggestion: the better one came first.
      if (seen.has(id)) continue;
      seen.add(id);
      suggestions.push({ id, text, confidence, source });
    }
    const judged: Judged = { suggestions, withheld: verdict.withheld, outcome: verdict.outcome };
    memo[rules].set(answer, judged);
    return judged;
  };

  return {
    policyVersion: policy.version,
    judge(answer, setId, rules) {
      const { suggestions, withheld, outcome } = judgeOnce(answer, rules);
      return {
        suggestions: suggestions.map(({ id, text, confidence, source }) => ({ id: `${setId}/${id}`, text, confidence, source })),
        withheld,
        outcome,
      };
    },
  };
}
