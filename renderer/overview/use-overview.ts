import { useEffect, useEffectEvent, useState } from "react";
import { useStore } from "zustand";
import type { OverviewQuery } from "../../shared/overview.ts";
import type { HistoryActions } from "../history-actions.ts";
import { historyFilter, type PastFilter } from "../history/past-filter.ts";
import { usePanel, useServices } from "../panel-context.tsx";
import { createOverviewReader, type Figures } from "./overview-reader.ts";
import type { PeriodProblem } from "../history/period.ts";

/** So often the figures are read again while one looks at them. */
const AGAIN_MS = 60_000;

interface ShownOverview {
  readonly figures: Figures;
  readonly asking: boolean;
  /** Why the period cannot be asked about. */
  readonly problem: PeriodProblem | null;
  readonly again: () => void;
  /** What would be asked now; null while the period cannot be asked about. */
  readonly query: () => OverviewQuery | null;
}

/** The figures of a filter: read when it changes, when main is back, and every minute while one looks. */
export function useOverview(actions: HistoryActions, source: OverviewQuery["source"], filter: PastFilter): ShownOverview {
  const { clock } = useServices();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [reader] = useState(() => createOverviewReader(actions, clock));
  const { figures, asking } = useStore(reader.store);
  const asked = historyFilter(filter, clock.now());
  // Anew each time, because "today" may have become another day.
  const query = (): OverviewQuery | null => queryOf(source, filter, clock.now());
  const again = (): void => {
    const wanted = query();
    if (wanted === null) reader.forget();
    else reader.read(wanted);
  };
  useEffect(() => {
    if (!reachable) return;
    const wanted = queryOf(source, filter, clock.now());
    if (wanted === null) reader.forget();
    else reader.read(wanted);
  }, [reader, clock, reachable, source, filter]);
  const onMinute = useEffectEvent(again);
  useEffect(() => {
    let cancel = (): void => {};
    const next = (): void => {
      cancel = clock.after(AGAIN_MS, () => {
        onMinute();
        next();
      });
    };
    if (reachable) next();
    return () => cancel();
  }, [clock, reachable]);
  return { figures, asking, problem: asked.ok ? null : asked.error, again, query };
}

function queryOf(source: OverviewQuery["source"], filter: PastFilter, now: number): OverviewQuery | null {
  const asked = historyFilter(filter, now);
  return asked.ok ? { source, filter: asked.value, zone: Intl.DateTimeFormat().resolvedOptions().timeZone } : null;
}
