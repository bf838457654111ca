import { assertNever } from "../../shared/assert-never.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import type { Span, Utterance } from "../../shared/interaction.ts";
import type { PolicySettings, TriggerSettings } from "../../shared/settings.ts";
import type { RuleChange, RuleDrop } from "../../shared/workshop.ts";
import { hasMask, hideMasks } from "./hide-masks.ts";
import { placeOfPhrase } from "./phrase-place.ts";
import { compilePolicy, type Policy } from "./policy.ts";
import { givenAnswers, usedSuggestions, type GivenAnswer } from "./past-answers.ts";
import { compileTriggers, type TriggerRule } from "./trigger.ts";

/** What decides: when the platform is asked, and what may be shown. */
export interface Rules {
  readonly triggers: TriggerSettings;
  readonly policy: PolicySettings;
}

/** What became of one interaction under other rules. */
export interface Rehearsed {
  /** In order of speech. The words that decided in a suggestion's text are placed when they are asked for. */
  readonly changes: readonly RehearsedChange[];
  readonly suggestions: number;
  /** Utterances and suggestions of which a part is masked. */
  readonly masked: number;
}

/** A change whose marks may take a while to find. */
export interface RehearsedChange {
  readonly change: RuleChange;
  readonly marks: () => readonly Span[];
}

type KeptTrigger = GivenAnswer["trigger"];
type Fires = (utterance: Utterance, kept: readonly KeptTrigger[]) => { readonly trigger: KeptTrigger; readonly marks: readonly Span[] } | null;

/** No suggestion has this text, and no phrase holds it. */
const ANY_TEXT = "\uA66E";
const NO_MARKS: readonly Span[] = [];

/**
 * Compiles rules to what they would have made of a past interaction, with the very functions that decide while it is
 * live. Told is what differs both from what happened then and from what `standing`, the rules that hold now, would make
 * of it: a change of rules since then is none of the draft's doing. With null what happened is all that counts, and rules
 * tried on what happened under them change nothing.
 */
export function createRehearsal(draft: Rules, standing: Rules | null): (record: InteractionRecord) => Rehearsed {
  const tried = compile(draft);
  const held = standing === null ? null : compile(standing);

  return ({ interaction, utterances, sets, dispositions }) => {
    const changes: RehearsedChange[] = [];
    const answers = givenAnswers(sets);
    const used = usedSuggestions(dispositions);
    let masked = 0;
    let suggestions = 0;

    const judge = (answer: GivenAnswer, utterance: Utterance): void => {
      const place = { interactionId: interaction.id, utteranceId: utterance.id, at: utterance.at, marks: NO_MARKS };
      const before = held?.drops(answer);
      const after = tried.drops(answer);
      for (const [index, { id, text }] of answer.suggestions.entries()) {
        const by = after[index] ?? null;
        if (by === null || (before?.[index] ?? null) !== null) continue;
        changes.push({
          change: { kind: "withheld", ...place, text, by, used: used.has(id) },
          marks: () => (by.rule === "phrase" ? placesIn(hideMasks(text), tried.policy) : NO_MARKS),
        });
      }
      for (const by of answer.withheld) {
        if (held?.wouldDrop(by) === false || tried.wouldDrop(by)) continue;
        changes.push({ change: { kind: "loosened", ...place, text: utterance.text, by }, marks: () => utterance.marks });
      }
    };

    const take = (utterance: Utterance, given: readonly GivenAnswer[]): void => {
      const place = { interactionId: interaction.id, utteranceId: utterance.id, at: utterance.at, text: utterance.text };
      const kept = given.map(({ trigger }) => trigger);
      // What a newer utterance overtook was asked about, and brought nothing that is kept but its marks.
      const asked = given.length > 0 || utterance.marks.length > 0;
      const fired = tried.fires(utterance, kept);
      const firedBefore = held === null ? null : held.fires(utterance, kept);
      if (!asked && fired !== null && firedBefore === null) {
        changes.push({ change: { kind: "triggered", ...place, marks: fired.marks, trigger: fired.trigger }, marks: () => fired.marks });
        return;
      }
      if (asked && fired === null && (held === null || firedBefore !== null)) {
        const trigger = kept[0] ?? firedBefore?.trigger;
        if (trigger === undefined) return;
        const ids = new Set(given.flatMap((answer) => answer.suggestions.map(({ id }) => id)));
        const lost = [...ids].filter((id) => used.has(id)).length;
        changes.push({ change: { kind: "untriggered", ...place, marks: utterance.marks, trigger, suggestions: ids.size, used: lost }, marks: () => utterance.marks });
        return;
      }
      for (const answer of given) judge(answer, utterance);
    };

    for (const answer of answers) {
      suggestions += answer.suggestions.length;
      masked += answer.suggestions.filter(({ text }) => hasMask(text)).length;
    }
    const known = new Set(utterances.map(({ id }) => id));
    for (const utterance of utterances) {
      if (hasMask(utterance.text)) masked += 1;
      take(utterance, answers.filter(({ utteranceId }) => utteranceId === utterance.id));
    }
    for (const answer of answers) if (!known.has(answer.utteranceId)) take(wordless(answer), [answer]);
    return { changes, suggestions, masked };
  };
}

interface Compiled {
  readonly policy: Policy;
  readonly fires: Fires;
  /** By suggestion: what drops it, or null. */
  readonly drops: (answer: GivenAnswer) => readonly (RuleDrop | null)[];
  /** Whether what was withheld then still would be, as far as can be told without its text. */
  readonly wouldDrop: (withheld: GivenAnswer["withheld"][number]) => boolean;
}

function compile({ triggers, policy: settings }: Rules): Compiled {
  const rule = compileTriggers(triggers);
  const policy = compilePolicy(settings);
  return {
    policy,
    fires: (utterance, kept) => {
      const fired = rule({ ...utterance, text: hideMasks(utterance.text) });
      if (fired !== null) return { trigger: withoutPlaces(fired), marks: fired.kind === "keyword" ? fired.matches.map(({ span }) => span) : NO_MARKS };
      const behind = hasMask(utterance.text) || utterance.text === "" ? kept.find((trigger) => firesBehindMask(rule, utterance, trigger)) : undefined;
      return behind === undefined ? null : { trigger: behind, marks: NO_MARKS };
    },
    drops: ({ suggestions, rules }) => {
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
    wouldDrop: (withheld) => {
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

function withoutPlaces(trigger: NonNullable<ReturnType<TriggerRule>>): KeptTrigger {
  return trigger.kind === "sentiment" ? trigger : { kind: "keyword", matches: trigger.matches.map(({ keyword, text }) => ({ keyword, text })) };
}

/** A score that came without words (contract 2.1): it is judged like an utterance and no line is kept of it. */
function wordless({ utteranceId, utteranceAt, trigger }: GivenAnswer): Utterance {
  return { id: utteranceId, speaker: "unknown", text: "", at: utteranceAt, score: trigger.kind === "sentiment" ? trigger.score : 0, final: true, marks: [] };
}

function placesIn(text: string, policy: Policy): readonly Span[] {
  const place = placeOfPhrase(text, (stretch) => policy.judgeText(stretch) !== null);
  return place === null ? NO_MARKS : [place];
}

