import { createStore, type StoreApi } from "zustand/vanilla";
import type { Clock } from "../shared/clock.ts";

const TICK_MS = 1_000;

/** The panel's one second hand: wall time in ms since the Unix epoch, moved on once a second. */
export type Ticker = StoreApi<{ readonly now: number }>;

/** Starts a ticker; the returned function stops it. */
export function startTicker(clock: Clock): { readonly ticker: Ticker; readonly stop: () => void } {
  const ticker: Ticker = createStore(() => ({ now: clock.now() }));
  let cancel = (): void => {};
  const tick = (): void => {
    ticker.setState({ now: clock.now() });
    cancel = clock.after(TICK_MS, tick);
  };
  cancel = clock.after(TICK_MS, tick);
  return { ticker, stop: () => cancel() };
}
