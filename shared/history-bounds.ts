// Apart from the schemas, so that the panel does not carry their library for this.

/** How long what is searched for may be, in UTF-16 code units. */
export const MAX_SEARCH_LENGTH = 500;

const SEARCHABLE = /[\p{L}\p{N}\p{Co}]/u;

/** Whether there is anything in a text that a search can look for: a letter or a digit. */
export function isSearchable(text: string): boolean {
  return SEARCHABLE.test(text);
}
