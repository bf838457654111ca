import { createStore, type StoreApi } from "zustand/vanilla";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Overview, OverviewQuery } from "../../shared/overview.ts";
import type { HistoryActions } from "../history-actions.ts";
import { createNewestAnswer } from "../integrations/newest-answer.ts";

/** What is known: figures as of a moment (ms since the Unix epoch), or why there are none. */
export type Figures = { readonly kind: "none" } | { readonly kind: "read"; readonly overview: Overview; readonly at: number } | { readonly kind: "failed"; readonly query: OverviewQuery; readonly fault: Fault };

interface OverviewReading {
  /** Of the newest question that was answered. */
  readonly figures: Figures;
  /** Whether a newer one is under way. */
  readonly asking: boolean;
}

export interface OverviewReader {
  readonly store: StoreApi<OverviewReading>;
  readonly read: (query: OverviewQuery) => void;
  /** Nothing that was asked is taken any more. */
  readonly forget: () => void;
}

/** Reads overviews; the newest question wins, whenever the answers come. */
export function createOverviewReader(actions: Pick<HistoryActions, "overview">, clock: Clock): OverviewReader {
  const store = createStore<OverviewReading>(() => ({ figures: { kind: "none" }, asking: false }));
  const newest = createNewestAnswer({
    clock,
    delayMs: 0,
    ask: async (query: OverviewQuery) => ({ query, answer: await actions.overview(query) }),
    take: ({ query, answer }) => store.setState({ asking: false, figures: answer.ok ? { kind: "read", overview: answer.value, at: clock.now() } : { kind: "failed", query, fault: answer.error } }),
  });
  return {
    store,
    read(query) {
      store.setState({ asking: true });
      newest.now(query);
    },
    forget() {
      newest.forget();
      store.setState({ asking: false });
    },
  };
}
