/** What is left to do when everything behind the panel is closed and before the process ends: to install an update. */
export interface UpdateHandover {
  /** Gives what is to be done; the last that is given counts. */
  set(install: () => Promise<void>): void;
  /** Does it, once; at once where there is nothing. Never rejects. */
  run(): Promise<void>;
}

/** A handover with nothing in it. `onBug` hears what the install throws. */
export function createUpdateHandover(onBug: (bug: unknown) => void): UpdateHandover {
  let next: (() => Promise<void>) | null = null;
  return {
    set(install) {
      next = install;
    },
    async run() {
      const install = next;
      next = null;
      try {
        await install?.();
      } catch (bug) {
        onBug(bug);
      }
    },
  };
}
