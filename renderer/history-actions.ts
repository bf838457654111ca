import type { Fault } from "../shared/fault.ts";
import type { ForgetOutcome, HistoryFacets, HistoryFilter, HistoryPage, InteractionRecord } from "../shared/history.ts";
import type { Overview, OverviewQuery } from "../shared/overview.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What can be asked of the past. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface HistoryActions {
  readonly facets: () => Promise<Result<HistoryFacets, Fault>>;
  /** `after`: the `next` of the page before, or null for the first one. */
  readonly search: (text: string, filter: HistoryFilter, after: string | null) => Promise<Result<HistoryPage, Fault>>;
  readonly open: (interactionId: string) => Promise<Result<InteractionRecord, Fault>>;
  /** Removes an interaction beyond recovery; fault `not-allowed` while it still goes on. */
  readonly forget: (interactionId: string) => Promise<Result<null, Fault>>;
  /** How many interactions of customers of this name would go, and which stay because they still go on. */
  readonly countCustomer: (name: string) => Promise<Result<ForgetOutcome, Fault>>;
  /** Removes them beyond recovery. */
  readonly forgetCustomer: (name: string) => Promise<Result<ForgetOutcome, Fault>>;
  readonly overview: (query: OverviewQuery) => Promise<Result<Overview, Fault>>;
  /** Gives the whole path of the CSV file. */
  readonly exportOverview: (query: OverviewQuery) => Promise<Result<string, Fault>>;
}

/** Binds the actions to main. In a file of its own that only the views of the past ask for. */
export function createHistoryActions(give: Bridge["call"]): HistoryActions {
  return {
    facets: () => give("history.facets", {}),
    search: (text, filter, after) => give("history.search", { text, filter, after }),
    open: (interactionId) => give("history.open", { interactionId }),
    forget: (interactionId) => give("history.forget", { interactionId }),
    countCustomer: (name) => give("history.forget-customer", { name, dry: true }),
    forgetCustomer: (name) => give("history.forget-customer", { name, dry: false }),
    overview: (query) => give("overview.read", query),
    async exportOverview(query) {
      const answer = await give("overview.export", query);
      return answer.ok ? { ok: true, value: answer.value.file } : answer;
    },
  };
}
