/** Those who want to hear of something, in the order in which they came. */
export interface Listeners<A extends readonly unknown[]> {
  /** Returns what takes it off again. */
  add(listener: (...told: A) => void): () => void;
  tell(...told: A): void;
}

/** What listens never disturbs what works: one that throws is a bug, told to `onBug`, and the others hear all the same. */
export function createListeners<A extends readonly unknown[]>(onBug: (bug: unknown) => void): Listeners<A> {
  let listeners: readonly ((...told: A) => void)[] = [];
  return {
    add(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((one) => one !== listener);
      };
    },
    tell(...told) {
      for (const listener of listeners) {
        try {
          listener(...told);
        } catch (bug) {
          onBug(bug);
        }
      }
    },
  };
}
