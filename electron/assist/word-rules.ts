import type { TriggerSettings } from "../../shared/settings.ts";
import { foldCase, stripAccents } from "./fold-text.ts";
import { createPrefixIndex } from "./prefix-index.ts";
import { createStemmer } from "./stem-word.ts";

/** Shorter words within a phrase are mostly articles and prepositions, which begin too many other words. */
const MIN_PREFIX_LENGTH = 4;
/** Word forms that are remembered; a language's spoken vocabulary is smaller. Twice as many at most are held. */
const MAX_REMEMBERED_WORDS = 8_192;
/** Longer ones are no words, and are not worth remembering. */
const MAX_REMEMBERED_LENGTH = 64;
/** From this length on, a part of a string may be held as a view on the whole of it. */
const VIEW_LENGTH = 13;

const NONE: readonly number[] = [];

/** Gathers what words may have to fulfil; the same rule asked for twice has one number. */
export interface WordRules {
  /**
   * A word that begins with `word` or has its stem, accents aside. Within a phrase (not `last`) a word of fewer than
   * MIN_PREFIX_LENGTH letters has to be that word or have its stem: the `a` in `see a manager` is not met by `any`.
   */
  form(word: string, last: boolean): number;
  /** That very word; case and width aside. Accents count. */
  exact(word: string): number;
  /** For scripts without spaces: a stretch that begins where a word does, and with `whole` ends where one ends. */
  run(text: string, whole: boolean): number;
  /** Nothing can be added any more. */
  seal(): SealedWordRules;
}

interface SealedWordRules {
  /** The rules that a word of an utterance fulfils, as it came. */
  fulfilledBy(word: string): readonly number[];
  /** The rules that a folded run fulfils from a place on, and how much of it each takes. */
  begunBy(run: string, from: number): readonly RunRule[];
  readonly hasRuns: boolean;
}

interface RunRule {
  readonly rule: number;
  readonly length: number;
  readonly whole: boolean;
}

/** Rules for words in one language (contract 2.2). */
export function compileWordRules(language: TriggerSettings["language"]): WordRules {
  const stem = createStemmer(language);
  const numbers = new Map<string, number>();
  const beginnings = new Map<string, number[]>();
  const plains = new Map<string, number[]>();
  const stems = new Map<string, number[]>();
  const exacts = new Map<string, number[]>();
  const runs = new Map<string, RunRule[]>();

  const number = (kind: string, text: string, introduce: (rule: number) => void): number => {
    const key = `${kind} ${text}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const rule = numbers.size;
    numbers.set(key, rule);
    introduce(rule);
    return rule;
  };

  return {
    form(word, last) {
      const folded = foldCase(word);
      const plain = stripAccents(folded);
      // A single letter stands for itself: words that begin with it have nothing to do with it.
      const begins = plain.length > 1 && (last || plain.length >= MIN_PREFIX_LENGTH);
      return number(begins ? "begins" : "is", folded, (rule) => {
        append(begins ? beginnings : plains, plain, rule);
        append(stems, stripAccents(stem(folded)), rule);
      });
    },
    exact(word) {
      const folded = foldCase(word);
      return number("exact", folded, (rule) => {
        append(exacts, folded, rule);
      });
    },
    run(text, whole) {
      const folded = foldCase(text);
      return number(whole ? "whole run" : "run", folded, (rule) => {
        append(runs, folded, { rule, length: folded.length, whole });
      });
    },
    seal() {
      const beginningRules = [...beginnings.values()];
      const beginningIndex = createPrefixIndex([...beginnings.keys()]);
      const runRules = [...runs.values()];
      const runIndex = createPrefixIndex([...runs.keys()]);

      const work = (word: string): readonly number[] => {
        const folded = foldCase(word);
        if (folded === "") return NONE;
        const plain = stripAccents(folded);
        const fulfilled = new Set<number>();
        for (const place of beginningIndex.prefixesOf(plain)) addAll(fulfilled, beginningRules[place]);
        addAll(fulfilled, plains.get(plain));
        addAll(fulfilled, stems.get(stripAccents(stem(folded))));
        addAll(fulfilled, exacts.get(folded));
        return fulfilled.size === 0 ? NONE : [...fulfilled];
      };

      // Two generations: when the younger is full the older goes, so what is in use stays and the rest is let go.
      let recent = new Map<string, readonly number[]>();
      let older = new Map<string, readonly number[]>();
      const remember = (word: string, fulfilled: readonly number[]): void => {
        if (recent.size >= MAX_REMEMBERED_WORDS) {
          older = recent;
          recent = new Map();
        }
        recent.set(word.length < VIEW_LENGTH ? word : copy(word), fulfilled);
      };

      return {
        hasRuns: runs.size > 0,
        fulfilledBy(word) {
          const known = recent.get(word);
          if (known !== undefined) return known;
          const fulfilled = older.get(word) ?? work(word);
          if (word.length <= MAX_REMEMBERED_LENGTH) remember(word, fulfilled);
          return fulfilled;
        },
        begunBy: (run, from) => runIndex.prefixesOf(run, from).flatMap((place) => runRules[place] ?? []),
      };
    },
  };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function addAll(set: Set<number>, rules: readonly number[] | undefined): void {
  if (rules !== undefined) for (const rule of rules) set.add(rule);
}

/** The same text in memory of its own: a remembered word must not keep the utterance alive that it was cut from. */
function copy(word: string): string {
  return word.split("").join("");
}
