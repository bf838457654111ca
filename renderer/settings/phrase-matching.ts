/** What the list of phrases shows for what is typed. */
export interface PhraseMatches {
  readonly shown: readonly string[];
  readonly more: number;
  /** Whether exactly this phrase is in the list already. */
  readonly known: boolean;
}

/** More chips than this at once are no list to look through; the rest is found by typing. */
export const PHRASES_SHOWN = 60;

/** Finds the phrases that contain what is typed, upper or lower case; everything for an empty text. */
export function matchPhrases(phrases: readonly string[], typed: string): PhraseMatches {
  const wanted = typed.trim().toLocaleLowerCase();
  const found = wanted === "" ? phrases : phrases.filter((phrase) => phrase.toLocaleLowerCase().includes(wanted));
  return {
    shown: found.slice(0, PHRASES_SHOWN),
    more: Math.max(0, found.length - PHRASES_SHOWN),
    known: wanted !== "" && phrases.some((phrase) => phrase.toLocaleLowerCase() === wanted),
  };
}
