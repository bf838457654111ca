/** What a UTF-16 unit is to the words of a text. */
const UNKNOWN = 0;
const GAP = 1;
const WORD = 2;
/** A letter of a script that writes no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
const UNSPACED = 3;
const APOSTROPHE = 4;
/** Half of a character: judged by the whole. */
const SURROGATE = 5;
/** Marks and invisible characters: they belong to what stands before them. */
const MARK = 6;

const WORD_CHARACTER = /[\p{L}\p{N}]/u;
const MARK_CHARACTER = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;
const UNSPACED_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC\uFF70\uFF9E\uFF9F]/u;
/** What English hangs on to a word; anything longer after an apostrophe is a word of its own (French l'annulation). */
const CLITIC = /^(?:s|t|d|m|ll|re|ve)$/iu;
const MAX_CLITIC = 2;

/** Told of each stretch of a text in order: `end` is exclusive, `unspaced` a run that has still to be cut into words. */
export type VisitWord = (start: number, end: number, unspaced: boolean) => void;

/**
 * Cuts texts into words by walking over their UTF-16 units; the offsets are those of the text as it came. A word is
 * letters and digits with their marks and the invisible characters between; an apostrophe belongs to it where an English ending follows
 * (`don't`, `customer's`). One run of a script without spaces is told as a whole.
 */
export function createWordSplitter(): (text: string, visit: VisitWord) => void {
  // Filled as characters turn up: to classify all of them beforehand would cost more than most runs ever need.
  const classes = new Uint8Array(65_536);

  const classify = (text: string, index: number): number => {
    const code = text.charCodeAt(index);
    const known = classes[code] ?? UNKNOWN;
    if (known !== UNKNOWN && known !== SURROGATE) return known;
    if (code >= 0xd8_00 && code <= 0xdf_ff) {
      classes[code] = SURROGATE;
      return classOfCharacter(wholeCharacter(text, index));
    }
    const found = classOfCharacter(String.fromCharCode(code));
    classes[code] = found;
    return found;
  };

  const endOfClitic = (text: string, apostrophe: number): number => {
    let end = apostrophe + 1;
    while (end < text.length && end <= apostrophe + MAX_CLITIC + 1 && classify(text, end) === WORD) end += 1;
    return CLITIC.test(text.slice(apostrophe + 1, end)) ? end : apostrophe;
  };

  return (text, visit) => {
    const { length } = text;
    let start = 0;
    let inside = GAP;
    for (let index = 0; index < length; index += 1) {
      let kind = classes[text.charCodeAt(index)] ?? UNKNOWN;
      if (kind === UNKNOWN || kind === SURROGATE) kind = classify(text, index);
      if (kind === inside || kind === MARK) continue;
      if (kind === APOSTROPHE) {
        const end = inside === WORD ? endOfClitic(text, index) : index;
        if (end > index) {
          index = end - 1;
          continue;
        }
        kind = GAP;
        if (inside === GAP) continue;
      }
      if (inside !== GAP) visit(start, index, inside === UNSPACED);
      inside = kind;
      start = index;
    }
    if (inside !== GAP) visit(start, length, inside === UNSPACED);
  };
}

function classOfCharacter(character: string): number {
  if (character === "'" || character === "\u2019" || character === "\uFF07") return APOSTROPHE;
  if (MARK_CHARACTER.test(character) && !UNSPACED_CHARACTER.test(character)) return MARK;
  if (UNSPACED_CHARACTER.test(character)) return UNSPACED;
  return WORD_CHARACTER.test(character) ? WORD : GAP;
}

/** The character that the surrogate at `index` is a half of; a half without its other half stands for itself. */
function wholeCharacter(text: string, index: number): string {
  const code = text.charCodeAt(index);
  const start = code >= 0xdc_00 && index > 0 ? index - 1 : index;
  const point = text.codePointAt(start) ?? code;
  return point > 0xff_ff ? String.fromCodePoint(point) : String.fromCharCode(code);
}
