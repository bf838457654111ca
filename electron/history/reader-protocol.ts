import type { Fault } from "../../shared/fault.ts";
import type { HistoryFacets, HistoryFilter, HistoryPage, HistorySearch } from "../../shared/history.ts";
import type { Overview } from "../../shared/overview.ts";
import type { TeamLine } from "../../shared/team.ts";
import type { DeskOverview } from "./overview.ts";

/** The overview of several desks. */
export type TeamOverview = Omit<Overview, "query" | "tookMs">;

/** Where the team's figures stand; `cache`: the file in which what was read of the folder is kept. */
export interface TeamPlace {
  readonly folder: string;
  readonly cache: string;
}

/** A supervisor who is shown a desk's figures. */
export interface DeskViewer {
  /** The agents that the viewer is: the platforms may know one person by several ids. */
  readonly own: readonly string[];
  /** Where agents tell that they have seen their figures; null: nowhere. */
  readonly team: TeamPlace | null;
}

/** What is read beside the work of the writing thread. Times in ms since the Unix epoch. */
export type ReaderRequest =
  /** Again after the file was set aside: from then on the new one is read. */
  | { readonly kind: "open"; readonly file: string }
  | { readonly kind: "facets" }
  | { readonly kind: "search"; readonly search: HistorySearch }
  /** `viewer`: who is shown it, where that is not the agent of the desk. */
  | { readonly kind: "overview"; readonly filter: HistoryFilter; readonly zone: string; readonly now: number; readonly viewer: DeskViewer | null }
  /** What this desk tells the team of a period. */
  | { readonly kind: "team-lines"; readonly start: number; readonly end: number; readonly desk: string }
  /** Which forgetting was the last. */
  | { readonly kind: "forgetting-mark" }
  | { readonly kind: "team-overview"; readonly place: TeamPlace; readonly filter: HistoryFilter; readonly zone: string; readonly now: number }
  | { readonly kind: "close" };

/** The answer to one request. */
export type ReaderReply =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "facets"; readonly facets: HistoryFacets }
  | { readonly kind: "page"; readonly page: Omit<HistoryPage, "tookMs"> }
  | { readonly kind: "overview"; readonly overview: DeskOverview }
  | { readonly kind: "team-lines"; readonly lines: readonly TeamLine[] }
  | { readonly kind: "forgetting-mark"; readonly mark: string }
  | { readonly kind: "team-overview"; readonly overview: TeamOverview };
