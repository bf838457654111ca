import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { UpdatesPush } from "../../shared/panel.ts";
import type { Publisher } from "./publisher.ts";

/** One publisher for the hosts, behind which another can take the place of the one that is shown. */
export interface SwitchingPublisher extends Publisher {
  /** Shows what `next` holds from now on. The one before is left to whoever made it. */
  show(next: Publisher): void;
}

/**
 * Shows `first` until another is shown. Numbers go on across a change with one left out: panels notice the gap and ask for
 * a snapshot, as they do after any push that was lost, so that nothing of what was shown before stays. What the host
 * itself has told of (its window) is carried over. Disposing leaves the shown one to its maker.
 */
export function createSwitchingPublisher(first: Publisher): SwitchingPublisher {
  const listeners = new Set<(push: UpdatesPush) => void>();
  let shown = first;
  /** What is added to the numbers of the one that is shown. */
  let ahead = 0;
  let unsubscribe: (() => void) | null = null;

  const tell = (push: UpdatesPush): void => {
    for (const listener of listeners) listener(push);
  };
  const follow = (): void => {
    unsubscribe ??= shown.subscribe((push) => {
      tell({ ...push, from: push.from + ahead });
    });
  };
  const leave = (): void => {
    unsubscribe?.();
    unsubscribe = null;
  };

  return {
    publish: (update) => {
      shown.publish(update);
    },
    state: () => shown.state(),
    snapshot() {
      const { number, state } = shown.snapshot();
      return { number: number + ahead, state };
    },
    subscribe(listener) {
      const own = (push: UpdatesPush): void => {
        listener(push);
      };
      listeners.add(own);
      follow();
      return () => {
        if (listeners.delete(own) && listeners.size === 0) leave();
      };
    },
    show(next) {
      if (next === shown) return;
      leave();
      const last = shown.snapshot().number + ahead;
      for (const update of carried(shown)) next.publish(update);
      shown = next;
      // Its own count may have begun already; numbers only ever rise.
      ahead = last + 1;
      if (listeners.size === 0) return;
      follow();
      tell({ kind: "updates", from: shown.snapshot().number + ahead + 1, updates: [] });
    },
    async [Symbol.asyncDispose]() {
      leave();
      listeners.clear();
    },
  };
}

/** What belongs to the window and not to what works behind it. */
function carried(publisher: Publisher): readonly PanelUpdate[] {
  const { desktop, setup } = publisher.state();
  return [
    { kind: "desktop", view: desktop },
    { kind: "setup", view: setup },
  ];
}
