import type { TriggerSettings } from "../../shared/settings.ts";
import type { KeywordMatch } from "../../shared/suggestion.ts";
import { compileWordRules, type WordRules } from "./word-rules.ts";
import { createRunCutter } from "./cut-run.ts";
import { createWordSplitter } from "./split-words.ts";

const NO_MATCHES: readonly KeywordMatch[] = [];

/** A place in the tree of phrases: what may follow, by rule, and which phrases end here (numbers of the list). */
interface Node {
  readonly next: Map<number, Node>;
  readonly phrases: number[];
}

/** A phrase begun: its node, where it began, and the number of the word that has to carry it on. */
interface Begun {
  readonly node: Node;
  readonly start: number;
  readonly token: number;
}

interface Found {
  readonly phrase: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Compiles keywords and phrases to a matcher (contract 2.2). A keyword matches a word that begins with it or has the
 * same stem in `language`; `=word` matches that very word (case and width aside); a phrase matches word by word, its
 * words side by side with nothing but punctuation or space between (`word-rules.ts` has the rules of one word).
 * Given an utterance, the matcher tells each keyword that occurs once, at its leftmost occurrence, in order of place
 * (the longer first), with the words it stood for and their UTF-16 span in the utterance as it came.
 *
 * The words of all phrases form one tree, and which rules a word form fulfils is worked out once and remembered, so an
 * utterance costs one look-up per word, whatever the number of phrases.
 */
export function compilePhrases(
  phrases: readonly string[],
  language: TriggerSettings["language"],
): (text: string) => readonly KeywordMatch[] {
  const split = createWordSplitter();
  const rules = compileWordRules(language);
  const root: Node = { next: new Map(), phrases: [] };
  phrases.forEach((phrase, number) => {
    plant(root, readPhrase(phrase, split, rules), number);
  });
  const words = rules.seal();
  const cutRun = createRunCutter();
  // Which call has told a phrase last: a phrase is told once per utterance.
  const toldIn = new Int32Array(phrases.length);
  let call = 0;
  let text = "";
  let token = 0;
  let begun: Begun[] = [];
  let found: Found[] = [];

  const reach = (node: Node, start: number, end: number, nextToken: number, onward: Begun[]): void => {
    for (const phrase of node.phrases) {
      if (toldIn[phrase] === call) continue;
      toldIn[phrase] = call;
      found.push({ phrase, start, end });
    }
    if (node.next.size > 0) onward.push({ node, start, token: nextToken });
  };

  /** One word (or one beginning within a run) fulfils a rule: phrases begin with it or are carried on by it. */
  const fulfil = (rule: number, start: number, end: number, nextToken: number, onward: Begun[]): void => {
    const first = root.next.get(rule);
    if (first !== undefined) reach(first, start, end, nextToken, onward);
    for (const one of begun) {
      if (one.token !== token) continue;
      const next = one.node.next.get(rule);
      if (next !== undefined) reach(next, one.start, end, nextToken, onward);
    }
  };

  const takeWord = (start: number, end: number): void => {
    const fulfilled = words.fulfilledBy(text.slice(start, end));
    if (fulfilled.length === 0) {
      if (begun.length > 0) begun = [];
    } else {
      const onward: Begun[] = [];
      for (const rule of fulfilled) fulfil(rule, start, end, token + 1, onward);
      begun = onward;
    }
    token += 1;
  };

  const takeRun = (start: number, end: number): void => {
    if (!words.hasRuns) {
      begun = [];
      token += 1;
      return;
    }
    const run = cutRun(text.slice(start, end));
    const firstToken = token;
    run.starts.forEach((from, index) => {
      token = firstToken + index;
      const onward = begun.filter((one) => one.token > token);
      for (const { rule, length, whole } of words.begunBy(run.folded, from)) {
        const to = from + length;
        const following = run.wordsBefore(to);
        if (whole && (run.starts[following] ?? run.folded.length) !== to) continue;
        const nextToken = firstToken + following;
        fulfil(rule, start + run.originalStart(from), start + run.originalEnd(to), nextToken, onward);
      }
      begun = onward;
    });
    token = firstToken + run.starts.length;
  };

  const visit = (start: number, end: number, unspaced: boolean): void => {
    if (unspaced) takeRun(start, end);
    else takeWord(start, end);
  };

  return (utterance) => {
    call += 1;
    text = utterance;
    token = 0;
    if (begun.length > 0) begun = [];
    split(utterance, visit);
    if (found.length === 0) return NO_MATCHES;
    const matches = found
      .toSorted((a, b) => a.start - b.start || b.end - a.end || a.phrase - b.phrase)
      .map(
        ({ phrase, start, end }): KeywordMatch => ({
          keyword: phrases[phrase] ?? "",
          text: utterance.slice(start, end),
          span: { start, end },
        }),
      );
    found = [];
    return matches;
  };
}

/** The rules of a phrase's words in order; empty where it has no letter or digit, and can match nothing. */
function readPhrase(
  phrase: string,
  split: ReturnType<typeof createWordSplitter>,
  rules: WordRules,
): readonly number[] {
  const whole = phrase.trimStart().startsWith("=");
  const parts: { readonly text: string; readonly unspaced: boolean }[] = [];
  split(phrase, (start, end, unspaced) => {
    parts.push({ text: phrase.slice(start, end), unspaced });
  });
  return parts.map(({ text, unspaced }, index) => {
    if (unspaced) return rules.run(text, whole);
    return whole ? rules.exact(text) : rules.form(text, index === parts.length - 1);
  });
}

function plant(root: Node, rules: readonly number[], phrase: number): void {
  if (rules.length === 0) return;
  let node = root;
  for (const rule of rules) {
    let next = node.next.get(rule);
    if (next === undefined) node.next.set(rule, (next = { next: new Map(), phrases: [] }));
    node = next;
  }
  // The same phrase in another case or width is told once, as it was written first.
  if (node.phrases.length === 0) node.phrases.push(phrase);
}
