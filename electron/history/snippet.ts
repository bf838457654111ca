import type { Span } from "../../shared/interaction.ts";
import { spellings, wordsOf, type SearchTerm } from "./search-terms.ts";

/** How long a piece of a found text is, in UTF-16 code units. */
const SNIPPET_LENGTH = 160;
/** What stands before the first word that was found. */
const LEAD_LENGTH = 40;

/** A piece of text with the places of the words that were found in it. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly Span[];
}

/** The piece of a text around the first word that was found; null where none of the terms is in it. */
export function snippetOf(text: string, terms: readonly SearchTerm[]): Snippet | null {
  const places = foundPlaces(text, terms);
  const [first] = places;
  if (first === undefined) return null;
  if (text.length <= SNIPPET_LENGTH) return { text, marks: places };
  const from = startOfWord(text, Math.max(0, Math.min(first.start - LEAD_LENGTH, text.length - SNIPPET_LENGTH)));
  const to = Math.min(text.length, from + SNIPPET_LENGTH);
  const before = from > 0 ? "…" : "";
  const marks = places
    .filter((place) => place.start >= from && place.end <= to)
    .map(({ start, end }) => ({ start: start - from + before.length, end: end - from + before.length }));
  return { text: `${before}${text.slice(from, to)}${to < text.length ? "…" : ""}`, marks };
}

/** Not in the middle of a word, nor of a character. */
function startOfWord(text: string, at: number): number {
  if (at === 0) return 0;
  const gap = text.slice(0, at + 1).search(/\s\S*$/u);
  return gap < 0 || at - gap > LEAD_LENGTH ? at : gap + 1;
}

function foundPlaces(text: string, terms: readonly SearchTerm[]): readonly Span[] {
  const words = wordsOf(text);
  const places: Span[] = [];
  for (const { begun, words: wanted } of terms) {
    const ways = spellings(wanted);
    for (let index = 0; index + wanted.length <= words.length; index += 1) {
      const first = words[index];
      const last = words[index + wanted.length - 1];
      if (first === undefined || last === undefined) continue;
      const fits = ways.some((way) =>
        way.every((word, offset) => {
          const found = words[index + offset]?.word ?? "";
          return found === word || (begun && offset === way.length - 1 && found.startsWith(word));
        }),
      );
      if (fits) places.push({ start: first.start, end: last.end });
    }
  }
  return places.toSorted((a, b) => a.start - b.start).filter((place, index, all) => index === 0 || place.start >= (all[index - 1]?.end ?? 0));
}
