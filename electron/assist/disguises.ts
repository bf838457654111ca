import { foldLooks } from "./fold-text.ts";

const MARKUP = /<\/?[a-z!][^<>]{0,500}>/giu;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));?/giu;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["ensp", " "],
  ["emsp", " "],
  ["thinsp", " "],
  ["shy", ""],
  ["zwj", ""],
  ["zwnj", ""],
  ["ndash", "-"],
  ["mdash", "-"],
  ["hyphen", "-"],
  ["period", "."],
  ["comma", ","],
]);
const LAST_CODE_POINT = 0x10_ff_ff;

const WORD = /[\p{L}\p{M}]+/gu;
const SMALL_LETTER = /\p{Ll}/u;
const BAR_IN_WORD = /[!|](?=[\p{L}\p{N}])/gu;
/** A few at a time: a long row of symbols is no word, and must not cost the square of its length. */
const SYMBOL_IN_WORD = /(?<=[\p{L}\p{N}])[@$€]{1,4}|[@$€]{1,4}(?=[\p{L}\p{N}])/gu;
const DIGIT_OF: Readonly<Record<string, string>> = { "@": "4", $: "5", "€": "3" };

/** A text as it reads once somebody shows it as HTML: tags turned into punctuation, character references resolved. */
export function stripMarkup(text: string): string {
  if (!text.includes("&") && !text.includes("<")) return text;
  // Tags first: a bracket that is written as a reference is shown as a bracket.
  return text
    .replaceAll(MARKUP, "-")
    .replaceAll(ENTITY, (entity: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
      return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : entity;
    });
}

/**
 * The folded text (`foldLooks`) with the symbols within its words turned into the digits that stand for the same
 * letter (`@` as `4`, `$` as `5`, `!` as `1`), or null where there are none: what a digit can be read as is decided in
 * one place, and a symbol that is just punctuation must not be read at all.
 */
export function readSymbolsAsLetters(text: string): string | null {
  const plain = foldLooks(text);
  const disguised = foldLooks(text.replaceAll(WORD, unposeCapitals))
    .replaceAll(BAR_IN_WORD, "1")
    .replaceAll(SYMBOL_IN_WORD, (symbols) => Array.from(symbols, (symbol) => DIGIT_OF[symbol] ?? symbol).join(""));
  return disguised === plain ? null : disguised;
}

/** A small L drawn as a capital I gives itself away by small letters in the same word. */
function unposeCapitals(word: string): string {
  return word.includes("I") && SMALL_LETTER.test(word) ? word.replaceAll("I", "1") : word;
}
