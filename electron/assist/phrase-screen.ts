import { foldLooks } from "./fold-text.ts";
import { cutLetters, NO_GAP, PUNCTUATION_GAP, SPACE_GAP, APOSTROPHE_GAP, type Letters } from "./cut-letters.ts";
import { createPrefixIndex } from "./prefix-index.ts";
import { readSymbolsAsLetters, stripMarkup } from "./disguises.ts";

/** From this many letters on, a phrase of several words is not met by accident when its words are cut up otherwise. */
const LONG_PHRASE = 8;
/** Scripts whose words stand together, or carry their grammar at their end: a phrase may end, or begin, within. */
const NO_WORD_EDGE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;
/** What digits can be read as. */
const READINGS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "il",
  "2": "z",
  "3": "e",
  "4": "a",
  "5": "s",
  "6": "g",
  "7": "t",
  "8": "b",
  "9": "g",
};
/** `he'll` is not `hell`: words that form another word with their ending. */
const CONTRACTION = /^(?:i|he|she|we|you|they|it|who|what|that|there|let|can|won)'(?:ll|re|ve|s|d|m|t)$/;

interface Phrase {
  readonly text: string;
  readonly letters: Letters;
  /** Where its words begin, in letters. */
  readonly words: ReadonlySet<number>;
}

/** Finds a prohibited phrase in a text: the phrase as it was configured, or null. */
export type PhraseScreen = (text: string) => string | null;

/**
 * Compiles prohibited phrases (contract 2.5). A phrase is found where its letters stand in a row from the start of a
 * word to the end of a word, however the text is dressed up:
 * - case, width, accents, invisible characters and letters that look alike are folded (`fold-text.ts`);
 * - punctuation counts for nothing, wherever it stands, and so does white space between the phrase's words;
 * - white space within a word counts for nothing in a long phrase of several words, or where it stands between all of
 *   the word's letters (`s u e`); elsewhere it would make `to get her` out of `together`;
 * - digits and symbols can stand for letters (`l3g4l`), as long as a third of the letters are real ones;
 * - the last word may have an `s` or `es` more. Any other ending makes it another word.
 * The cost does not grow with the number of phrases.
 */
export function compileScreen(phrases: readonly string[]): PhraseScreen {
  const bySkeleton = new Map<string, Phrase[]>();
  const literal: { readonly text: string; readonly folded: string }[] = [];
  for (const text of phrases) {
    const phrase = readPhrase(text);
    const { skeleton } = phrase.letters;
    const known = bySkeleton.get(skeleton);
    // What has no letter or digit can only be looked for as it is.
    if (skeleton === "") literal.push({ text, folded: text.normalize("NFKC").trim() });
    else if (known === undefined) bySkeleton.set(skeleton, [phrase]);
    else known.push(phrase);
  }
  const index = createPrefixIndex([...bySkeleton.keys()]);
  const phrasesAt = [...bySkeleton.values()];
  const openings = new Set([...bySkeleton.keys()].map((skeleton) => skeleton.charAt(0)));

  const search = (letters: Letters): string | null => {
    const { skeleton, gaps } = letters;
    for (let at = 0; at < skeleton.length; at += 1) {
      if (!openings.has(skeleton.charAt(at)) || !isEdge(letters, at, gaps[at] ?? NO_GAP)) continue;
      for (const place of index.prefixesOf(skeleton, at)) {
        const found = phrasesAt[place]?.find((phrase) => standsAt(phrase, letters, at));
        if (found !== undefined) return found.text;
      }
    }
    return null;
  };

  return (text) => {
    for (const form of new Set([text, stripMarkup(text)])) {
      const looks = foldLooks(form);
      const found = search(cutLetters(looks));
      if (found !== null) return found;
      const disguised = readSymbolsAsLetters(form);
      const foundDisguised = disguised === null ? null : search(cutLetters(disguised));
      if (foundDisguised !== null) return foundDisguised;
    }
    if (literal.length === 0) return null;
    const folded = text.normalize("NFKC");
    return literal.find((one) => folded.includes(one.folded))?.text ?? null;
  };
}

function readPhrase(text: string): Phrase {
  const letters = cutLetters(foldLooks(text));
  const words = new Set<number>();
  letters.gaps.forEach((gap, at) => {
    if (at === 0 || gap === SPACE_GAP || gap === PUNCTUATION_GAP) words.add(at);
  });
  return { text, letters, words };
}

/** Whether a word can be taken to begin (or end) before the letter at `at`. */
function isEdge({ exact }: Letters, at: number, gap: number): boolean {
  if (at === 0 || at >= exact.length || gap !== NO_GAP) return true;
  return NO_WORD_EDGE.test(exact.charAt(at)) || NO_WORD_EDGE.test(exact.charAt(at - 1));
}

function standsAt(phrase: Phrase, text: Letters, at: number): boolean {
  const { exact } = phrase.letters;
  let read = 0;
  for (let letter = 0; letter < exact.length; letter += 1) {
    const wanted = exact.charAt(letter);
    const given = text.exact.charAt(at + letter);
    if (given === wanted) continue;
    if (READINGS[given]?.includes(wanted) !== true) return false;
    read += 1;
  }
  if (read * 3 > exact.length * 2) return false;
  return endsWord(text, at + exact.length) && gapsAreIdle(phrase, text, at);
}

function endsWord(text: Letters, end: number): boolean {
  if (isEdge(text, end, text.gaps[end] ?? NO_GAP)) return true;
  let wordEnd = end;
  while (wordEnd < text.exact.length && (wordEnd === end || text.gaps[wordEnd] === NO_GAP)) wordEnd += 1;
  const ending = text.exact.slice(end, wordEnd);
  return ending === "s" || ending === "es";
}

/** Whether the gaps that the text has within the words of the phrase may be overlooked. */
function gapsAreIdle(phrase: Phrase, text: Letters, at: number): boolean {
  const { length } = phrase.letters.exact;
  const single = phrase.words.size === 1;
  if (!single && length >= LONG_PHRASE) return true;
  let from = 0;
  while (from < length) {
    let to = from + 1;
    while (to < length && !phrase.words.has(to)) to += 1;
    const inner = new Set(text.gaps.slice(at + from + 1, at + to));
    if (inner.has(SPACE_GAP) && inner.has(NO_GAP)) return false;
    from = to;
  }
  return !(single && isContraction(phrase, text, at));
}

function isContraction(phrase: Phrase, text: Letters, at: number): boolean {
  const { length } = phrase.letters.exact;
  const apostrophe = text.gaps.indexOf(APOSTROPHE_GAP, at + 1);
  if (apostrophe < 0 || apostrophe >= at + length) return false;
  if (phrase.letters.gaps[apostrophe - at] === APOSTROPHE_GAP) return false;
  return CONTRACTION.test(`${text.exact.slice(at, apostrophe)}'${text.exact.slice(apostrophe, at + length)}`);
}
