import type { Clock } from "../../shared/clock.ts";

/** What became of an item's turn: it is done, or it is tried again after `ms` (or when the lane is woken). */
export type Turn = { readonly kind: "done" } | { readonly kind: "wait"; readonly ms: number };

/** Queues that keep their own order and are worked side by side; see {@link createLanes}. */
export interface Lanes<T> extends AsyncDisposable {
  push(lane: string, item: T): void;
  /** Ends the wait of a lane's first item. */
  wake(lane: string): void;
  wakeAll(): void;
  /** How many items have their turn now. */
  working(): number;
  /** Begins no turn any more but in these lanes; resolves when nothing has its turn, and these are empty. */
  drain(lanes: ReadonlySet<string>): Promise<void>;
}

interface Lane<T> {
  readonly id: string;
  readonly items: T[];
  /** `woken`: while it had its turn. `cancel`: ends the timer of its wait. */
  state: { readonly kind: "ready" } | { readonly kind: "running"; woken: boolean } | { readonly kind: "waiting"; readonly cancel: () => void };
}

/**
 * One lane per conversation: its items are worked one after another, at most `concurrency` lanes at a time. The lane that
 * has been ready longest goes first, and goes to the end after each item; one that waits gives its place away.
 * Disposing aborts what has its turn and waits for it; what is queued is dropped.
 */
export function createLanes<T>(options: {
  readonly concurrency: number;
  readonly clock: Clock;
  /** Never rejects but for a bug. An aborted turn ends with a wait. */
  readonly work: (item: T, signal: AbortSignal) => Promise<Turn>;
}): Lanes<T> {
  const { concurrency, clock, work } = options;
  const lanes = new Map<string, Lane<T>>();
  const ready = new Set<Lane<T>>();
  const closing = new AbortController();
  const runs = new Set<Promise<void>>();
  let busy = 0;
  let draining: { readonly lanes: ReadonlySet<string>; readonly done: PromiseWithResolvers<void> } | null = null;

  const makeReady = (lane: Lane<T>): void => {
    lane.state = { kind: "ready" };
    ready.add(lane);
  };

  const pump = (): void => {
    if (closing.signal.aborted) return;
    for (const lane of ready) {
      if (busy >= concurrency) return;
      if (draining !== null && !draining.lanes.has(lane.id)) continue;
      begin(lane);
    }
    if (draining !== null && busy === 0 && !someLeft(draining.lanes)) draining.done.resolve();
  };

  const someLeft = (ids: ReadonlySet<string>): boolean => {
    for (const id of ids) if (lanes.has(id)) return true;
    return false;
  };

  const begin = (lane: Lane<T>): void => {
    ready.delete(lane);
    busy += 1;
    const running = { kind: "running" as const, woken: false };
    lane.state = running;
    const run = takeTurn(lane, running);
    runs.add(run);
    void run.finally(() => {
      runs.delete(run);
      busy -= 1;
      pump();
    });
  };

  const takeTurn = async (lane: Lane<T>, running: { readonly woken: boolean }): Promise<void> => {
    const [item] = lane.items;
    const turn: Turn = item === undefined ? { kind: "done" } : await work(item, closing.signal);
    if (turn.kind === "done") {
      lane.items.shift();
      if (lane.items.length === 0) lanes.delete(lane.id);
      else makeReady(lane);
    } else if (closing.signal.aborted || running.woken || turn.ms <= 0) makeReady(lane);
    else lane.state = { kind: "waiting", cancel: clock.after(turn.ms, () => wakeLane(lane)) };
  };

  const wakeLane = (lane: Lane<T>): void => {
    if (lane.state.kind === "running") lane.state.woken = true;
    if (lane.state.kind !== "waiting") return;
    lane.state.cancel();
    makeReady(lane);
    pump();
  };

  return {
    push(id, item) {
      const known = lanes.get(id);
      if (known !== undefined) {
        known.items.push(item);
        return;
      }
      const lane: Lane<T> = { id, items: [item], state: { kind: "ready" } };
      lanes.set(id, lane);
      ready.add(lane);
      pump();
    },
    wake(id) {
      const lane = lanes.get(id);
      if (lane !== undefined) wakeLane(lane);
    },
    wakeAll() {
      for (const lane of lanes.values()) wakeLane(lane);
    },
    working: () => busy,
    drain(ids) {
      draining = { lanes: ids, done: Promise.withResolvers() };
      const { done } = draining;
      pump();
      return done.promise;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      draining?.done.resolve();
      for (const lane of lanes.values()) if (lane.state.kind === "waiting") lane.state.cancel();
      await Promise.all(runs);
      lanes.clear();
      ready.clear();
    },
  };
}
