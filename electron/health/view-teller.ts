import type { Clock } from "../../shared/clock.ts";
import type { HealthView } from "../../shared/health.ts";

/** The least time between two views of one run. */
const TELL_EVERY_MS = 50;

/** Tells the page of one run: at once where that is not too soon, else a moment later with all that changed by then. */
export interface ViewTeller extends Disposable {
  /** Something changed; `view` is asked when it is told. */
  changed(view: () => HealthView): void;
  /** The last view, at once; nothing is told after it. */
  last(view: HealthView): void;
}

export function createViewTeller({ clock, tell }: { readonly clock: Clock; readonly tell: (view: HealthView) => void }): ViewTeller {
  let cancel: (() => void) | null = null;
  let toldAt = -Infinity;
  let isOver = false;
  const stop = (): void => {
    cancel?.();
    cancel = null;
  };
  return {
    changed(view) {
      if (isOver || cancel !== null) return;
      const due = toldAt + TELL_EVERY_MS - clock.monotonic();
      const now = (): void => {
        cancel = null;
        toldAt = clock.monotonic();
        tell(view());
      };
      if (due <= 0) now();
      else cancel = clock.after(due, now);
    },
    last(view) {
      if (isOver) return;
      stop();
      isOver = true;
      tell(view);
    },
    [Symbol.dispose]() {
      stop();
      isOver = true;
    },
  };
}
