/** Shorter parts are too common to be struck out of texts. */
const MIN_PASSWORD = 8;

/** The values that must never be seen, as they become known. */
export interface KnownValues {
  add(value: string): void;
  /** The longest first, so that one that holds another is struck out as a whole. The same list until something is added. */
  list(): readonly string[];
}

/** Of `user:password`, the password alone is known as well: services repeat it without the user. */
export function createKnownValues(): KnownValues {
  const values = new Set<string>();
  let sorted: readonly string[] = [];
  return {
    add(value) {
      const before = values.size;
      values.add(value);
      const password = value.slice(value.indexOf(":") + 1);
      if (password.length >= MIN_PASSWORD) values.add(password);
      if (values.size !== before) sorted = Array.from(values).toSorted((a, b) => b.length - a.length);
    },
    list: () => sorted,
  };
}
