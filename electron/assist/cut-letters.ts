/** What stands before a letter: nothing, punctuation of any kind, or white space (with or without punctuation). */
export const NO_GAP = 0;
export const PUNCTUATION_GAP = 1;
export const SPACE_GAP = 2;
/** An apostrophe and nothing else. */
export const APOSTROPHE_GAP = 3;

/** The letters and digits of a text without all that stands between them. Offsets are UTF-16 units. */
export interface Letters {
  readonly exact: string;
  /** `exact` with all letters and digits that can be read as one another made alike; same length. */
  readonly skeleton: string;
  /** For each letter, what stands before it. */
  readonly gaps: readonly number[];
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;
const SPACE = /\s/u;
const APOSTROPHES = "'\u2019\u2018\u02BC\u00B4`";
const SKELETON: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  l: "i",
  "2": "z",
  "3": "e",
  "4": "a",
  "5": "s",
  "6": "g",
  "7": "t",
  "8": "b",
  "9": "g",
};

/** Takes the letters out of a folded text (`foldLooks`). */
export function cutLetters(looks: string): Letters {
  let exact = "";
  let skeleton = "";
  let gap = NO_GAP;
  const gaps: number[] = [];
  for (const character of looks) {
    if (isLetter(character)) {
      exact += character;
      skeleton += SKELETON[character] ?? character;
      gaps.push(gap);
      for (let unit = 1; unit < character.length; unit += 1) gaps.push(NO_GAP);
      gap = NO_GAP;
    } else if (SPACE.test(character)) {
      gap = SPACE_GAP;
    } else if (gap !== SPACE_GAP) {
      gap = gap === NO_GAP && APOSTROPHES.includes(character) ? APOSTROPHE_GAP : PUNCTUATION_GAP;
    }
  }
  return { exact, skeleton, gaps };
}

function isLetter(character: string): boolean {
  return (character >= "a" && character <= "z") || LETTER.test(character);
}
