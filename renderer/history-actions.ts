import type { Fault } from "../shared/fault.ts";
import type { HistoryFacets, HistoryFilter, HistoryPage, InteractionRecord } from "../shared/history.ts";
import type { Overview, OverviewQuery } from "../shared/overview.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What can be asked of the past. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface HistoryActions {
  readonly facets: () => Promise<Result<HistoryFacets, Fault>>;
  /** `after`: the `next` of the page before, or null for the first one. */
  readonly search: (text: string, filter: HistoryFilter, after: string | null) => Promise<Result<HistoryPage, Fault>>;
  readonly open: (interactionId: string) => Promise<Result<InteractionRecord, Fault>>;
  /** Removes an interaction beyond recovery. */
  readonly forget: (interactionId: string) => Promise<Result<null, Fault>>;
  /** How many interactions there are of customers of this name. */
  readonly countCustomer: (name: string) => Promise<Result<number, Fault>>;
  /** Removes all of them beyond recovery; gives how many. */
  readonly forgetCustomer: (name: string) => Promise<Result<number, Fault>>;
  readonly overview: (query: OverviewQuery) => Promise<Result<Overview, Fault>>;
  /** Gives the whole path of the CSV file. */
  readonly exportOverview: (query: OverviewQuery) => Promise<Result<string, Fault>>;
}

/** Binds the actions to main. In a file of its own that only the views of the past ask for. */
export function createHistoryActions(give: Bridge["call"]): HistoryActions {
  const customer = async (name: string, dry: boolean): Promise<Result<number, Fault>> => {
    const answer = await give("history.forget-customer", { name, dry });
    return answer.ok ? { ok: true, value: answer.value.interactions } : answer;
  };
  return {
    facets: () => give("history.facets", {}),
    search: (text, filter, after) => give("history.search", { text, filter, after }),
    open: (interactionId) => give("history.open", { interactionId }),
    forget: (interactionId) => give("history.forget", { interactionId }),
    countCustomer: (name) => customer(name, true),
    forgetCustomer: (name) => customer(name, false),
    overview: (query) => give("overview.read", query),
    async exportOverview(query) {
      const answer = await give("overview.export", query);
      return answer.ok ? { ok: true, value: answer.value.file } : answer;
    },
  };
}
