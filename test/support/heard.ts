/** Keeps what a callback is told, and lets a test wait for the next thing that fits. */
export interface Heard<T> {
  readonly all: readonly T[];
  readonly hear: (told: T) => void;
  /** Resolves with the first that fits, told already or still to come. */
  first(fits: (told: T) => boolean): Promise<T>;
}

export function createHeard<T>(): Heard<T> {
  const all: T[] = [];
  let waiters: { readonly fits: (told: T) => boolean; readonly found: (told: T) => void }[] = [];
  return {
    all,
    hear(told) {
      all.push(told);
      const fitting = waiters.filter((one) => one.fits(told));
      waiters = waiters.filter((one) => !fitting.includes(one));
      for (const one of fitting) one.found(told);
    },
    first(fits) {
      const known = all.find(fits);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((found) => {
        waiters.push({ fits, found });
      });
    },
  };
}
