import { unmaskCapitals, unmaskLetters } from "./confusables.ts";

// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant, its control characters included
const ASCII = /^[\u0000-\u007F]*$/;
/** Zero-width characters, soft hyphens, variation selectors, bidirectional controls, fillers: seen by nobody. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}+/gu;
/** Marks on letters that can be read without them. In other scripts (Devanagari, Thai, kana) marks are vowels or consonants. */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** Vowel points of Hebrew and Arabic, the hamza and the tatweel: written or left out at will. */
const POINTS = /[[\p{Script_Extensions=Hebrew}\p{Script_Extensions=Arabic}]&&[\p{Mn}\u0640]]+/gv;
/** Marks that are put on any letter to disfigure it, and those that turn a Cyrillic letter into another one. */
const DISFIGURING =
  /(?:[\u0300-\u036F]|[\u0483-\u0489]|[\u1AB0-\u1AFF]|[\u1DC0-\u1DFF]|[\u20D0-\u20FF]|[\uFE20-\uFE2F])+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * The same word in another width, case or composition: compatibility forms (NFKC), full case folding (ß is ss, final
 * sigma is sigma, the dotted İ and the dotless ı are i), one apostrophe, invisible characters gone. Accents stay. Idempotent.
 */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return settle(text, (form) =>
    foldLetters(form.normalize("NFKC").replaceAll(IGNORABLE, "")).normalize("NFKC").replaceAll("\u2019", "'"),
  );
}

/**
 * A case-folded text without the marks that people leave out when they type in a hurry: accents of Latin and Greek
 * letters, Hebrew and Arabic points, the two dots of Cyrillic ё. Scripts in which a mark is a sound keep theirs.
 */
export function stripAccents(folded: string): string {
  if (ASCII.test(folded)) return folded;
  return folded
    .normalize("NFD")
    .replaceAll(ACCENTS, "$1")
    .replaceAll(POINTS, "")
    .replaceAll("\u0435\u0308", "\u0435")
    .normalize("NFC");
}

/**
 * What a text looks like, letter by letter: `foldCase` without any accent, and with letters that look like Latin ones
 * turned into those (policy, contract 2.5: what reads the same is the same). Punctuation and white space stay.
 */
export function foldLooks(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return settle(text, (form) => {
    const bare = unmaskCapitals(form.normalize("NFKD").replaceAll(IGNORABLE, "").replaceAll(DISFIGURING, ""));
    const folded = foldLetters(bare).normalize("NFKD").replaceAll(DISFIGURING, "").replaceAll(POINTS, "");
    return unmaskLetters(folded).normalize("NFC");
  });
}

/**
 * The words of a text as they look (`foldLooks`), one space between them, none around: two texts that differ in case,
 * width, accents, punctuation or white space only are equal. Idempotent.
 */
export function foldText(text: string): string {
  return settle(text, (form) => foldLooks(form).replaceAll(BETWEEN_WORDS, " ").trim());
}

/** By way of the capital, so that letters which have several small forms (ſ, ς, ı, ß) come down to one. */
function foldLetters(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll("ς", "σ").replaceAll("i\u0307", "i");
}

/**
 * Repeats a fold until it changes nothing. A removed character can bring two others together that then compose or
 * fold; each round shortens or settles such a chain, and nearly every text is done after the first.
 */
function settle(text: string, fold: (form: string) => string): string {
  let form = fold(text);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = fold(form);
    if (next === form) return form;
    form = next;
  }
  return form;
}

const MAX_ROUNDS = 8;
