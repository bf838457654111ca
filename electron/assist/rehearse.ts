import type { InteractionRecord } from "../../shared/history.ts";
import type { Span, Utterance } from "../../shared/interaction.ts";
import type { RuleChange } from "../../shared/workshop.ts";
import type { CompiledRules } from "./compiled-rules.ts";
import { hasMask } from "./hide-masks.ts";
import { givenAnswers, usedSuggestions, type GivenAnswer } from "./past-answers.ts";

/** What would have become of one interaction. */
export interface RehearsedRecord {
  /** In order of speech. */
  readonly changes: readonly RehearsedChange[];
  readonly suggestions: number;
  /** Utterances and suggestions of which a part is masked. */
  readonly masked: number;
}

/** A change, and what finds the words that decided: that may take a while, and not all changes are listed. */
export interface RehearsedChange {
  readonly change: RuleChange;
  readonly marks: () => readonly Span[];
}

const NO_MARKS: readonly Span[] = [];

/**
 * What the rules `tried` would have made of a past interaction. Told is what differs both from what happened then and
 * from what `standing`, the rules that hold now, would make of it: what was changed since then is none of the draft's
 * doing. With null what happened is all that counts, and rules tried on what happened under them change nothing.
 */
export function rehearse({ interaction, utterances, sets, dispositions }: InteractionRecord, tried: CompiledRules, standing: CompiledRules | null): RehearsedRecord {
  const changes: RehearsedChange[] = [];
  const answers = givenAnswers(sets);
  const used = usedSuggestions(dispositions);
  const sameTriggers = tried.fires === standing?.fires;
  const samePolicy = tried.policy === standing?.policy;

  const judge = (answer: GivenAnswer, utterance: Utterance): void => {
    const place = { interactionId: interaction.id, utteranceId: utterance.id, at: utterance.at, marks: NO_MARKS };
    const after = tried.policy.drops(answer);
    // Most answers lose nothing: what holds now is only asked about the others.
    const before = after.every((by) => by === null) ? null : standing?.policy.drops(answer);
    for (const [index, { id, text }] of answer.suggestions.entries()) {
      const by = after[index] ?? null;
      if (by === null || (before?.[index] ?? null) !== null) continue;
      changes.push({ change: { kind: "withheld", ...place, text, by, used: used.has(id) }, marks: () => (by.rule === "phrase" ? tried.policy.marks(text) : NO_MARKS) });
    }
    for (const by of answer.withheld) {
      if (standing?.policy.wouldDrop(by) === false || tried.policy.wouldDrop(by)) continue;
      changes.push({ change: { kind: "loosened", ...place, text: utterance.text, by }, marks: () => utterance.marks });
    }
  };

  /** Whether the utterance asks as it did: only then is what it brought judged. */
  const asksAsBefore = (utterance: Utterance, given: readonly GivenAnswer[]): boolean => {
    if (sameTriggers) return true;
    const place = { interactionId: interaction.id, utteranceId: utterance.id, at: utterance.at, text: utterance.text };
    const kept = given.map(({ trigger }) => trigger);
    // What a newer utterance overtook was asked about, and brought nothing that is kept but its marks.
    const asked = given.length > 0 || utterance.marks.length > 0;
    const fired = tried.fires(utterance, kept);
    if (asked === (fired !== null)) return true;
    const before = standing === null ? null : standing.fires(utterance, kept);
    if (fired !== null) {
      if (before !== null) return true;
      changes.push({ change: { kind: "triggered", ...place, marks: fired.marks, trigger: fired.trigger }, marks: () => fired.marks });
      return false;
    }
    const trigger = kept[0] ?? before?.trigger;
    if (trigger === undefined || (standing !== null && before === null)) return true;
    const ids = new Set(given.flatMap(({ suggestions }) => suggestions.map(({ id }) => id)));
    const lost = [...ids].filter((id) => used.has(id)).length;
    changes.push({ change: { kind: "untriggered", ...place, marks: utterance.marks, trigger, suggestions: ids.size, used: lost }, marks: () => utterance.marks });
    return false;
  };

  const take = (utterance: Utterance, given: readonly GivenAnswer[]): void => {
    if (asksAsBefore(utterance, given) && !samePolicy) for (const answer of given) judge(answer, utterance);
  };

  const known = new Set(utterances.map(({ id }) => id));
  for (const utterance of utterances) take(utterance, answers.filter(({ utteranceId }) => utteranceId === utterance.id));
  for (const answer of answers) if (!known.has(answer.utteranceId)) take(wordless(answer), [answer]);
  const texts = [...utterances, ...answers.flatMap(({ suggestions }) => suggestions)];
  return { changes, suggestions: texts.length - utterances.length, masked: texts.filter(({ text }) => hasMask(text)).length };
}

/** A score that came without words (contract 2.1): it is judged like an utterance and no line is kept of it. */
function wordless({ utteranceId, utteranceAt, trigger }: GivenAnswer): Utterance {
  return { id: utteranceId, speaker: "unknown", text: "", at: utteranceAt, score: trigger.kind === "sentiment" ? trigger.score : 0, final: true, marks: [] };
}
