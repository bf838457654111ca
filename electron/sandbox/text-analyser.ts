import type { WordList } from "./language/word-list.ts";

/** Turns text of one language into ideas: stems or the names of synonym rows, stop words left out, in order. */
export interface TextAnalyser {
  readonly language: WordList["language"];
  /** Sentence ends part the ideas: no idea of several words reaches across one. */
  ideas(text: string): readonly string[];
  /** How many words of `text` are everyday words of this language. */
  everydayWords(text: string): number;
  readonly upset: string;
}

const MAX_PHRASE_WORDS = 6;

/** Builds the analyser of one language from its word list. */
export function createTextAnalyser(words: WordList): TextAnalyser {
  const stopWords = new Set(words.stopWords.split(/\s+/).filter((word) => word !== ""));
  const stem = memoised((word: string) => foldAccents(words.stem(restoreAccent(words.language, word))));
  const ideaOf = new Map<string, string>();
  for (const row of words.synonyms) {
    const name = row[0];
    if (name === undefined) continue;
    for (const entry of row) {
      const key = splitWords(entry).map(stem).join(" ");
      if (!ideaOf.has(key)) ideaOf.set(key, name.replaceAll(" ", "-"));
    }
  }

  const phraseAt = (stems: readonly string[], at: number): { readonly idea: string; readonly length: number } | null => {
    for (let length = Math.min(MAX_PHRASE_WORDS, stems.length - at); length > 0; length -= 1) {
      const idea = ideaOf.get(stems.slice(at, at + length).join(" "));
      if (idea !== undefined) return { idea, length };
    }
    return null;
  };

  const sentenceIdeas = (sentence: string): readonly string[] => {
    const spoken = splitWords(sentence);
    const stems = spoken.map(stem);
    const found: string[] = [];
    for (let at = 0; at < spoken.length; ) {
      const phrase = phraseAt(stems, at);
      const word = spoken[at] ?? "";
      const own = stems[at] ?? "";
      if (phrase !== null) found.push(phrase.idea);
      else if (word.length > 1 && !stopWords.has(word) && !/^\d+$/.test(word)) found.push(own);
      at += phrase?.length ?? 1;
    }
    return found;
  };

  return {
    language: words.language,
    upset: words.upset,
    ideas: (text) => text.split(/[.,;:!?¿¡\n]+/).flatMap(sentenceIdeas),
    everydayWords: (text) => splitWords(text).filter((word) => stopWords.has(word)).length,
  };
}

/** Lower-case words without apostrophes: "I'd" is "i", "don't" is "dont". */
function splitWords(text: string): readonly string[] {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[’']/g, "'")
    .replaceAll(/n't\b/g, "nt")
    .replaceAll(/'(?:s|d|ll|re|ve|m)\b/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A recogniser may leave the accent out, on which the Spanish stemmer leans. */
function restoreAccent(language: WordList["language"], word: string): string {
  return language === "es" ? word.replace(/cion$/, "ción") : word;
}

function foldAccents(stem: string): string {
  return stem.normalize("NFD").replaceAll(/\p{M}/gu, "");
}

function memoised(make: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  const limit = 20_000;
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = make(word);
    if (known.size < limit) known.set(word, made);
    return made;
  };
}
