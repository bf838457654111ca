/** What waits for a person, by id: counted exactly, listed up to a bound. */
export interface OpenMatters<T> {
  /** It is open; what was known of it before is replaced. */
  add(id: string, matter: T): void;
  /** It is open, and nothing more is known of it: counted, not listed. */
  addUnknown(id: string): void;
  remove(id: string): void;
  count(): number;
  /** The newest first, at most `limit`. */
  newest(limit: number): readonly T[];
}

/** How many are kept whole: those that are listed, and as many again that move up when these are dealt with, a few times over. */
const KEPT = 1_000;

/** Gathers open matters; `at` is their time in ms, by which they are told in order however they come. Of the older ones only the id is kept. */
export function createOpenMatters<T>(at: (matter: T) => number): OpenMatters<T> {
  const kept = new Map<string, T>();
  const others = new Set<string>();
  let sorted: readonly (readonly [string, T])[] | null = null;

  const inOrder = (): readonly (readonly [string, T])[] => (sorted ??= [...kept].toReversed().toSorted(([, a], [, b]) => at(b) - at(a)));

  return {
    add(id, matter) {
      others.delete(id);
      kept.set(id, matter);
      sorted = null;
      // With as much room again, the sorting is paid by many.
      if (kept.size <= 2 * KEPT) return;
      for (const [old] of inOrder().slice(KEPT)) {
        kept.delete(old);
        others.add(old);
      }
      sorted = null;
    },
    addUnknown(id) {
      if (!kept.has(id)) others.add(id);
    },
    remove(id) {
      others.delete(id);
      if (kept.delete(id)) sorted = null;
    },
    count: () => kept.size + others.size,
    newest: (limit) =>
      inOrder()
        .slice(0, limit)
        .map(([, matter]) => matter),
  };
}
