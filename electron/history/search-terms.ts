/** One thing that has to be there: a word, a beginning of one, or words in a row. Folded as the index folds. */
export interface SearchTerm {
  readonly words: readonly string[];
  /** Whether the last word may go on. */
  readonly begun: boolean;
}

/** More would only slow the search down, and nobody types as many. */
const MAX_TERMS = 12;
/** A beginning this short would stand for half the language. */
const MIN_BEGUN = 2;
const MAX_VARIANTS = 8;

/** As the index folds a word (unicode61, remove_diacritics 2): lower case, no accents. */
export function foldWord(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The words of a text with their places, as the index cuts them: runs of letters and digits. */
export function wordsOf(text: string): readonly { readonly word: string; readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)].map((found) => ({ word: foldWord(found[0]), start: found.index, end: found.index + found[0].length }));
}

/**
 * What a person typed, as terms: words that all have to be there, "in quotes" in a row, the last one perhaps begun only
 * (while it is typed, nothing stands behind it). Whatever is neither letter nor digit parts words and means nothing else.
 */
export function searchTerms(text: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const part of text.matchAll(/"([^"]*)("?)|[^"\s]+/gu)) {
    const quoted = part[1];
    const words = wordsOf(quoted ?? part[0]).map(({ word }) => word).filter((word) => word !== "");
    if (words.length === 0) continue;
    const isLast = part.index + part[0].length === text.length;
    const begun = isLast && (quoted === undefined || part[2] === "") && (words.at(-1) ?? "").length >= MIN_BEGUN;
    if (quoted === undefined) {
      // A word with a dash in it is several to the index.
      for (const [index, word] of words.entries()) terms.push({ words: [word], begun: begun && index === words.length - 1 });
    } else {
      terms.push({ words, begun });
    }
  }
  return terms.slice(0, MAX_TERMS);
}

/**
 * A term as a query of FTS5. What people write for a letter that they do not have is tried both ways: ss for ß, ae, oe
 * and ue for ä, ö and ü (which the index knows as a, o and u).
 */
export function ftsQuery({ words, begun }: SearchTerm): string {
  const phrases = spellings(words).map((spelling) => `"${spelling.join(" ")}"${begun ? "*" : ""}`);
  return phrases.join(" OR ");
}

/** Every way in which the words may have been written, at most 8; the first is as they were typed. */
export function spellings(words: readonly string[]): readonly (readonly string[])[] {
  let ways: readonly (readonly string[])[] = [[]];
  for (const word of words) {
    ways = ways.flatMap((way) => variants(word).map((variant) => [...way, variant])).slice(0, MAX_VARIANTS);
  }
  return ways;
}

function variants(word: string): readonly string[] {
  const plain = word.replaceAll("ß", "ss");
  return [...new Set([word, plain, plain.replaceAll("ss", "ß"), plain.replaceAll(/([aou])e/gu, "$1"), plain.replaceAll(/([aou])e/gu, "$1").replaceAll("ss", "ß")])];
}
