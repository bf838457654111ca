import { assertNever } from "../../shared/assert-never.ts";
import type { Span, Utterance } from "../../shared/interaction.ts";
import type { PolicySettings, TriggerSettings } from "../../shared/settings.ts";
import type { RuleDrop } from "../../shared/workshop.ts";
import { hasMask, hideMasks } from "./hide-masks.ts";
import type { GivenAnswer } from "./past-answers.ts";
import { placeOfPhrase } from "./phrase-place.ts";
import { compilePolicy } from "./policy.ts";
import { compileTriggers, type TriggerRule } from "./trigger.ts";

/** What decides: when the platform is asked, and what may be shown. */
export interface Rules {
  readonly triggers: TriggerSettings;
  readonly policy: PolicySettings;
}

type KeptTrigger = GivenAnswer["trigger"];

/** Why the platform would be asked, with the words that decided. */
interface Fired {
  readonly trigger: KeptTrigger;
  readonly marks: readonly Span[];
}

/** Triggers as they read a kept utterance; `kept`: those that fired then. */
export type PastTriggers = (utterance: Utterance, kept: readonly KeptTrigger[]) => Fired | null;

/** Policy as it reads what was kept of an answer. */
export interface PastPolicy {
  /** By suggestion: what drops it, or null. */
  drops(answer: GivenAnswer): readonly (RuleDrop | null)[];
  /** Whether what was withheld then still would be, as far as can be told without its text. */
  wouldDrop(withheld: GivenAnswer["withheld"][number]): boolean;
  /** Where in a suggestion's text a phrase stands. */
  marks(text: string): readonly Span[];
}

/** Rules that are compiled; equal rules of one `RuleCompiler` are the same objects. */
export interface CompiledRules {
  readonly fires: PastTriggers;
  readonly policy: PastPolicy;
}

export type RuleCompiler = (rules: Rules) => CompiledRules;

/** Who edits one list goes back and forth between few. */
const MAX_REMEMBERED = 4;
/** No suggestion has this text, and no phrase holds it. */
const ANY_TEXT = "\uA66E";
const NO_MARKS: readonly Span[] = [];

/** Compiles rules for the past with the functions of the live path, and remembers the last few: with them, the words that they have met. */
export function createRuleCompiler(): RuleCompiler {
  const triggers = remembered(compilePastTriggers);
  const policies = remembered(compilePastPolicy);
  return (rules) => ({ fires: triggers(rules.triggers), policy: policies(rules.policy) });
}

function remembered<S, C>(compile: (settings: S) => C): (settings: S) => C {
  const known = new Map<string, C>();
  return (settings) => {
    const key = JSON.stringify(settings);
    const compiled = known.get(key) ?? compile(settings);
    known.delete(key);
    known.set(key, compiled);
    const [oldest] = known.keys();
    if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest);
    return compiled;
  };
}

function compilePastTriggers(settings: TriggerSettings): PastTriggers {
  const rule = compileTriggers(settings);
  return (utterance, kept) => {
    const masked = hasMask(utterance.text);
    const fired = rule(masked ? { ...utterance, text: hideMasks(utterance.text) } : utterance);
    if (fired?.kind === "keyword") {
      return { trigger: { kind: "keyword", matches: fired.matches.map(({ keyword, text }) => ({ keyword, text })) }, marks: fired.matches.map(({ span }) => span) };
    }
    if (fired !== null) return { trigger: fired, marks: NO_MARKS };
    const behind = masked || utterance.text === "" ? kept.find((trigger) => firesBehindMask(rule, utterance, trigger)) : undefined;
    return behind === undefined ? null : { trigger: behind, marks: NO_MARKS };
  };
}

/** Whether a trigger that fired on words that are masked by now fires still: on its own keyword, said by the same speaker. */
function firesBehindMask(rule: TriggerRule, utterance: Utterance, trigger: KeptTrigger): boolean {
  if (trigger.kind !== "keyword") return false;
  return trigger.matches.some(({ keyword, text }) => {
    if (text !== "" && utterance.text.includes(text)) return false;
    const fired = rule({ ...utterance, text: keyword });
    return fired?.kind === "keyword" && fired.matches.some((match) => match.keyword === keyword);
  });
}

function compilePastPolicy(settings: PolicySettings): PastPolicy {
  const policy = compilePolicy(settings);
  return {
    drops({ suggestions, rules }) {
      const items = suggestions.map((one) => ({ ...one, text: hideMasks(one.text) }));
      const left = [...policy.judge(items, { rules }).suggestions];
      return items.map((item): RuleDrop | null => {
        const at = left.findIndex(({ text, confidence }) => text === item.text && confidence === item.confidence);
        if (at >= 0) {
          left.splice(at, 1);
          return null;
        }
        const [by] = policy.judge([item], { rules }).withheld;
        return by === undefined || by.rule === "malformed" ? { rule: "maximum", maxSuggestions: settings.maxSuggestions } : by;
      });
    },
    wouldDrop(withheld) {
      switch (withheld.rule) {
        case "phrase":
          return policy.judgeText(withheld.phrase) !== null;
        case "confidence":
          return policy.judge([{ text: ANY_TEXT, confidence: withheld.confidence, source: "" }], { rules: "all" }).withheld.length > 0;
        case "malformed":
          return true;
        default:
          return assertNever(withheld);
      }
    },
    marks(text) {
      const place = placeOfPhrase(hideMasks(text), (stretch) => policy.judgeText(stretch) !== null);
      return place === null ? NO_MARKS : [place];
    },
  };
}
