import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** Whether main has what is written here. `failed`: it is kept on this page and tried again. */
export type SaveState = { readonly kind: "saved" } | { readonly kind: "waiting" } | { readonly kind: "saving" } | { readonly kind: "failed"; readonly fault: Fault };

export interface DraftSaver<D> {
  /** Saves this draft once nobody has typed for a moment. */
  readonly changed: (draft: D) => void;
  /** Saves at once what is not saved; true when main has it all. */
  readonly flush: () => Promise<boolean>;
  /** Saves nothing any more. */
  readonly stop: () => void;
}

const SAVE_AFTER_MS = 400;

interface DraftSaverPorts<D> {
  readonly clock: Clock;
  /** How long nobody has typed before it is saved, ms; 400 unless given. */
  readonly delayMs?: number;
  readonly save: (draft: D) => Promise<Result<unknown, Fault>>;
  readonly told: (state: SaveState) => void;
}

/** Saves a draft by itself, one save at a time, so that an older one never comes after a newer one. */
export function createDraftSaver<D>({ clock, delayMs = SAVE_AFTER_MS, save, told }: DraftSaverPorts<D>): DraftSaver<D> {
  let unsaved: D | null = null;
  let underWay: Promise<boolean> | null = null;
  let cancel = (): void => {};
  let stopped = false;

  const work = async (): Promise<boolean> => {
    while (unsaved !== null) {
      const draft = unsaved;
      told({ kind: "saving" });
      const answer = await save(draft);
      if (stopped) return false;
      if (!answer.ok) {
        told({ kind: "failed", fault: answer.error });
        return false;
      }
      if (unsaved === draft) unsaved = null;
    }
    if (!stopped) told({ kind: "saved" });
    return true;
  };

  const flush = async (): Promise<boolean> => {
    cancel();
    if (underWay !== null) return underWay;
    if (unsaved === null) return true;
    underWay = work();
    const all = await underWay;
    underWay = null;
    return all;
  };

  return {
    flush,
    changed(draft) {
      if (stopped) return;
      unsaved = draft;
      if (underWay !== null) return;
      cancel();
      told({ kind: "waiting" });
      cancel = clock.after(delayMs, () => void flush());
    },
    stop() {
      stopped = true;
      unsaved = null;
      cancel();
    },
  };
}
