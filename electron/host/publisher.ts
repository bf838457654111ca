import type { Clock } from "../../shared/clock.ts";
import { applyUpdates, emptyPanelState, type PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { Snapshot, UpdatesPush } from "../../shared/panel.ts";
import type { Settings } from "../../shared/settings.ts";
import { groupUpdates } from "./group-updates.ts";
import { createUpdateQueue } from "./update-queue.ts";

/** More than this in one push is a burst that a snapshot tells faster. */
const MAX_QUEUED = 2_000;

/** Main's truth about the panel, and the one way to change it. */
export interface Publisher extends AsyncDisposable {
  /** Takes a change. Cheap: it is applied and told later, with others. */
  publish(update: PanelUpdate): void;
  /** The state with every published change in it. */
  state(): PanelState;
  /** What a panel starts from: its state, and the number that the next push follows on. */
  snapshot(): Snapshot;
  /** Hears the numbered pushes, at most one per `coalesceMs`, in order; returns what stops it. */
  subscribe(listener: (push: UpdatesPush) => void): () => void;
}

export interface PublisherOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  /** Least time between two pushes, in milliseconds (design 4: 16). */
  readonly coalesceMs?: number;
}

/**
 * Holds the panel's state and tells its changes in numbered pushes (design 4).
 * Updates are numbered when they are told, so numbers have no holes however many updates were merged; only a burst
 * beyond MAX_QUEUED leaves one on purpose, upon which panels ask for a snapshot. Nothing is timed while nobody watches.
 */
export function createPublisher({ settings, clock, coalesceMs = 16 }: PublisherOptions): Publisher {
  const listeners = new Set<(push: UpdatesPush) => void>();
  const queue = createUpdateQueue();
  let told: Snapshot = { number: 0, state: emptyPanelState(settings) };
  /** `told.state` with the first `applied` updates of the queue. */
  let current = told.state;
  let applied = 0;
  /** Updates of the present burst that were applied and will not be told. */
  let skipped = 0;
  let lastPushAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | null = null;
  let disposed = false;

  const apply = (): void => {
    if (applied === queue.size()) return;
    current = applyUpdates(current, groupUpdates(queue.read(applied)));
    applied = queue.size();
  };

  const takeQueue = (): readonly PanelUpdate[] => {
    apply();
    applied = 0;
    return queue.take();
  };

  const flush = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const updates = groupUpdates(takeQueue());
    if (updates.length === 0 && skipped === 0) return;
    const from = told.number + skipped + 1;
    skipped = 0;
    told = { number: from + updates.length - 1, state: current };
    if (listeners.size === 0) return;
    lastPushAt = clock.monotonic();
    const push: UpdatesPush = { kind: "updates", from, updates };
    for (const listener of listeners) listener(push);
  };

  return {
    publish(update) {
      if (disposed) return;
      queue.add(update);
      if (queue.size() >= MAX_QUEUED) {
        if (listeners.size === 0) flush();
        else skipped += takeQueue().length;
      }
      if (listeners.size > 0 && cancelTimer === null) {
        cancelTimer = clock.after(Math.max(0, lastPushAt + coalesceMs - clock.monotonic()), flush);
      }
    },
    state() {
      apply();
      return current;
    },
    snapshot() {
      // While panels watch, the state of the last push is the one whose number is known to all; what is newer follows
      // on it within `coalesceMs`.
      if (listeners.size === 0) flush();
      return told;
    },
    subscribe(listener) {
      if (listeners.size === 0) flush();
      // A listener of its own, so that one function subscribed twice is told twice and stopped once.
      const own = (push: UpdatesPush): void => {
        listener(push);
      };
      listeners.add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0) flush();
      };
    },
    async [Symbol.asyncDispose]() {
      flush();
      disposed = true;
      listeners.clear();
    },
  };
}
