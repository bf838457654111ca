import type { Span } from "../../shared/interaction.ts";

/** Signs at the ends of the words that were found, which are no part of what is marked. */
const BEFORE = /^[^\p{L}\p{N}]+/u;
const BEHIND = /[^\p{L}\p{N}]+$/u;

/**
 * Where in a text the words stand for which `holds` says yes: the first that are enough on their own, whole words, in
 * UTF-16 code units; null where it says no to the whole text, or no words are enough on their own. Asks about
 * ever smaller stretches, so that what decides is also what places: `holds` is to stay true for a longer stretch.
 */
export function placeOfPhrase(text: string, holds: (stretch: string) => boolean): Span | null {
  const words = [...text.matchAll(/\S+/gu)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const stretch = (first: number, last: number): string => text.slice(words[first]?.start, words[last]?.end);
  if (words.length === 0 || !holds(stretch(0, words.length - 1))) return null;
  const last = lowest(0, words.length - 1, (end) => holds(stretch(0, end)));
  // The latest beginning that is enough is the one before the first that is not.
  const first = lowest(0, last, (start) => start === last || !holds(stretch(start + 1, last)));
  const from = words[first]?.start ?? 0;
  const to = words[last]?.end ?? text.length;
  if (!holds(text.slice(from, to))) return null;
  const found = text.slice(from, to);
  const before = BEFORE.exec(found)?.[0].length ?? 0;
  const behind = BEHIND.exec(found)?.[0].length ?? 0;
  return before + behind < found.length ? { start: from + before, end: to - behind } : { start: from, end: to };
}

/** The lowest number from `low` to `high` for which `isEnough` is true; it is for `high`, and stays true upwards. */
function lowest(low: number, high: number, isEnough: (number: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isEnough(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
