import type { Fault } from "../../shared/fault.ts";
import type { ForgetOutcome, HistoryFacets, HistoryPage, HistorySearch, InteractionRecord } from "../../shared/history.ts";
import type { Overview, OverviewQuery } from "../../shared/overview.ts";
import type { Result } from "../../shared/result.ts";
import type { Rehearsal, Rehearsed } from "../../shared/workshop.ts";

/** What the panel can ask of the history. Faults: `disk`, `newer-file`, `not-found-here` (no such interaction). */
export interface HistoryCommands {
  facets(): Promise<Result<HistoryFacets, Fault>>;
  search(search: HistorySearch): Promise<Result<HistoryPage, Fault>>;
  open(interactionId: string): Promise<Result<InteractionRecord, Fault>>;
  /** Fault `not-allowed` while it still goes on. */
  forget(interactionId: string): Promise<Result<null, Fault>>;
  /** All of the customers of this name but what still goes on; `dry` only counts. */
  forgetCustomer(name: string, dry: boolean): Promise<Result<ForgetOutcome, Fault>>;
  overview(query: OverviewQuery): Promise<Result<Overview, Fault>>;
  /** Gives the whole path of the CSV file. */
  exportOverview(query: OverviewQuery): Promise<Result<string, Fault>>;
  rehearse(rehearsal: Rehearsal): Promise<Result<Rehearsed, Fault>>;
}
