/**
 * What the practice bot knows of one language. `stopWords` carry no topic (small talk included). Each row of
 * `synonyms` is one idea: its first entry names it, the others mean the same; entries of several words are matched
 * before single words, so "money back" is one idea and not two words.
 */
export interface WordList {
  readonly language: Language;
  readonly stem: (word: string) => string;
  readonly stopWords: string;
  readonly synonyms: readonly (readonly string[])[];
  /** The idea that ill temper is expressed with; negative sentiment adds it to a query. */
  readonly upset: string;
}

/** The languages that the practice bot understands. */
type Language = "en" | "de" | "es";
