/** Finds, among many names, those that a text begins with. */
export interface PrefixIndex {
  /** The numbers of the names that `text` begins with at `from`, longest first. */
  prefixesOf(text: string, from?: number): readonly number[];
  /** Length of the longest name. */
  readonly longest: number;
}

const NONE: readonly number[] = [];

/**
 * An index over `names` (each non-empty and distinct; a name's number is its place in the list). A look-up is one
 * binary search, whatever the number of names: sorted, all names that a text begins with are prefixes of the last name
 * that is not above the text, so each name only has to know the longest other name that it begins with.
 */
export function createPrefixIndex(names: readonly string[]): PrefixIndex {
  const order = names.map((name, number) => ({ name, number })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parents: number[] = [];
  const open: number[] = [];
  let longest = 0;
  const nameAt = (place: number): string => order[place]?.name ?? "";
  for (let place = 0; place < order.length; place += 1) {
    const name = nameAt(place);
    longest = Math.max(longest, name.length);
    while (open.length > 0 && !name.startsWith(nameAt(open.at(-1) ?? -1))) open.pop();
    parents.push(open.at(-1) ?? -1);
    open.push(place);
  }

  return {
    longest,
    prefixesOf(text, from = 0) {
      const part = text.slice(from, from + longest);
      let low = 0;
      let high = order.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (nameAt(middle) <= part) low = middle + 1;
        else high = middle;
      }
      let found: number[] | undefined;
      for (let place = low - 1; place >= 0; place = parents[place] ?? -1) {
        const one = order[place];
        if (one !== undefined && part.startsWith(one.name)) (found ??= []).push(one.number);
      }
      return found ?? NONE;
    },
  };
}
