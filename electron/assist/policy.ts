import { hash } from "node:crypto";
import type { PolicySettings } from "../../shared/settings.ts";
import type { Suggestion, SuggestionSet, Withheld } from "../../shared/suggestion.ts";
import { compileScreen } from "./phrase-screen.ts";

/** Longer than anything that a person could read out or send. */
const MAX_SUGGESTION_LENGTH = 10_000;
/** Texts whose screening is remembered: the platform's articles come again and again. Twice as many at most are held. */
const MAX_REMEMBERED_TEXTS = 500;
const MAX_REMEMBERED_LENGTH = 2_000;
const VERSION_LENGTH = 12;

/** A suggestion that may be shown, before it has an id. */
type AllowedSuggestion = Pick<Suggestion, "text" | "confidence" | "source">;

interface Judgement {
  /** Best first, at most `maxSuggestions`; what was equal stays in the platform's order. */
  readonly suggestions: readonly AllowedSuggestion[];
  /** One per suggestion that was dropped, in the platform's order. What only the maximum cut off is not among them. */
  readonly withheld: readonly Withheld[];
  readonly outcome: SuggestionSet["outcome"];
}

export interface Policy {
  /** The same for the same settings, on every machine. */
  readonly version: string;
  /** Judges the items of a reply as they came. `phrases`: the fallback's rules, confidence is not asked for. */
  judge(items: readonly unknown[], options: { readonly rules: "all" | "phrases" }): Judgement;
  /** Whether a text on its own may go to a customer: null, or the phrase that it holds (contract 3.4). */
  judgeText(text: string): Withheld | null;
}

/**
 * Compiles the policy of contract 2.5. Per suggestion: malformed (no text, confidence not a number from 0 to 1),
 * then prohibited phrase, then confidence below the minimum; the first rule that applies is told. A missing source
 * is empty.
 */
export function compilePolicy(settings: PolicySettings): Policy {
  const { prohibitedPhrases, minConfidence, maxSuggestions } = settings;
  const judgeText = createScreenJudge(prohibitedPhrases);

  const judgeConfidence = (confidence: number): Withheld | null =>
    confidence < minConfidence ? { rule: "confidence", confidence, minConfidence } : null;

  return {
    version: hash("sha256", JSON.stringify([prohibitedPhrases, minConfidence, maxSuggestions])).slice(0, VERSION_LENGTH),
    judgeText,
    judge(items, { rules }) {
      const allowed: AllowedSuggestion[] = [];
      const withheld: Withheld[] = [];
      for (const item of items) {
        const read = readItem(item);
        if ("rule" in read) {
          withheld.push(read);
          continue;
        }
        const verdict = judgeText(read.text) ?? (rules === "all" ? judgeConfidence(read.confidence) : null);
        if (verdict === null) allowed.push(read);
        else withheld.push(verdict);
      }
      const suggestions = allowed.toSorted((a, b) => b.confidence - a.confidence).slice(0, maxSuggestions);
      return { suggestions, withheld, outcome: outcomeOf(items.length, suggestions.length) };
    },
  };
}

function outcomeOf(given: number, kept: number): SuggestionSet["outcome"] {
  if (kept > 0) return "filled";
  return given === 0 ? "empty" : "emptied";
}

function createScreenJudge(phrases: readonly string[]): (text: string) => Withheld | null {
  const screen = compileScreen(phrases);
  // Two generations: when the younger is full the older goes, so what comes again stays.
  let recent = new Map<string, Withheld | null>();
  let older = new Map<string, Withheld | null>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    let verdict = older.get(text);
    if (verdict === undefined) {
      const phrase = screen(text);
      verdict = phrase === null ? null : { rule: "phrase", phrase };
    }
    if (text.length > MAX_REMEMBERED_LENGTH) return verdict;
    if (recent.size >= MAX_REMEMBERED_TEXTS) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, verdict);
    return verdict;
  };
}

function readItem(item: unknown): AllowedSuggestion | Extract<Withheld, { readonly rule: "malformed" }> {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return malformed("not an object");
  const text = "text" in item ? item.text : undefined;
  const confidence = "confidence" in item ? item.confidence : undefined;
  const source = "source" in item ? item.source : undefined;
  if (typeof text !== "string" || text.trim() === "") return malformed("no text");
  if (text.length > MAX_SUGGESTION_LENGTH) return malformed("text is too long");
  if (confidence === undefined || confidence === null) return malformed("no confidence");
  if (typeof confidence !== "number" || Number.isNaN(confidence)) return malformed("confidence is not a number");
  if (confidence < 0 || confidence > 1) return malformed("confidence is not between 0 and 1");
  return { text, confidence, source: typeof source === "string" ? source : "" };
}

function malformed(reason: string): Extract<Withheld, { readonly rule: "malformed" }> {
  return { rule: "malformed", reason };
}
