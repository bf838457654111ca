/** What personal data is replaced by in what is kept (contract 0). */
const MASKS = /\[(?:card|iban|e-mail|phone)\]/gu;
/** A letter that no keyword and no phrase has. */
const NO_WORD = "\uA66E";

/** Whether a part of a kept text is masked. */
export function hasMask(text: string): boolean {
  return text.includes("[") && text.search(MASKS) >= 0;
}

/**
 * A kept text of the same length in which a mask is a word that nothing matches: what stood there was not the word
 * "phone", and the words around it did not stand side by side.
 */
export function hideMasks(text: string): string {
  return text.includes("[") ? text.replaceAll(MASKS, (mask) => `[${NO_WORD.repeat(mask.length - 2)}]`) : text;
}
