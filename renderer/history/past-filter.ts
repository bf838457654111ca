import type { HistoryFilter } from "../../shared/history.ts";
import { ok, type Result } from "../../shared/result.ts";
import { type Period, periodBounds, type PeriodProblem } from "./period.ts";

/** Which interactions are meant, as a person chooses them; null: whichever. */
export interface PastFilter {
  readonly period: Period;
  readonly channel: string | null;
  readonly queue: string | null;
  readonly agentId: string | null;
}

/** The filter as main takes it. `now` in ms since the Unix epoch. */
export function historyFilter({ period, channel, queue, agentId }: PastFilter, now: number, maxDays?: number): Result<HistoryFilter, PeriodProblem> {
  const bounds = periodBounds(period, now, maxDays);
  return bounds.ok ? ok({ ...bounds.value, channel, queue, agentId }) : bounds;
}
