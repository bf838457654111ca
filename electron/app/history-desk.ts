import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { ForgetOutcome, HistoryFilter } from "../../shared/history.ts";
import type { Overview, OverviewQuery } from "../../shared/overview.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Rehearsal, Rehearsed } from "../../shared/workshop.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Forgetting } from "../history/database.ts";
import type { History } from "../history/history.ts";
import type { DeskViewer } from "../history/reader-protocol.ts";
import type { HistoryCommands } from "../host/history-commands.ts";
import { englishWords, type Words } from "../words/en.ts";
import { overviewCsv } from "./overview-csv.ts";
import { writeReportFile } from "./report-file.ts";

/** The part of the history that the panel asks. */
export type Past = Pick<History, "facets" | "search" | "interaction" | "overview" | "forget" | "settled">;

export interface HistoryDeskOptions {
  /** Null while the history is off or cannot be had. */
  readonly past: () => Past | null;
  /** Why it cannot be had; null where it is off. */
  readonly pastFault: () => Fault | null;
  readonly clock: Clock;
  readonly files: FilePort;
  /** The person's folder of reports. */
  readonly reportsFolder: string;
  /** Writes a line of the audit file. */
  readonly note: (event: string, data: Readonly<Record<string, unknown>>) => void;
  /** The overview of the desks whose history stands in the team's folder; a fault says what is missing. */
  readonly team: (query: OverviewQuery) => Promise<Result<Overview, Fault>>;
  /** Who looks at the figures of this desk where that is a supervisor; null: whose figures they are. */
  readonly viewer: () => DeskViewer | null;
  /** Somebody looks at the figures of this desk. */
  readonly onLooked: () => Promise<void>;
  /** In which language files are written; English unless given. */
  readonly words?: () => Words;
  /** What other rules would have changed. */
  readonly rehearse: (past: Past, rehearsal: Rehearsal) => Promise<Result<Rehearsed, Fault>>;
}

/** The commands of the history for a panel; null while it is off. One that cannot be opened answers with why. */
export function createHistoryDesk(options: HistoryDeskOptions): () => HistoryCommands | null {
  const { past, pastFault, clock } = options;
  return () => {
    const history = past();
    if (history !== null) return commandsOf(history, options, () => clock.monotonic());
    const fault = pastFault();
    return fault === null ? null : refusedBy(fault);
  };
}

function refusedBy(fault: Fault): HistoryCommands {
  const no = async (): Promise<Result<never, Fault>> => err(fault);
  return { facets: no, search: no, open: no, forget: no, forgetCustomer: no, overview: no, exportOverview: no, rehearse: no };
}

function commandsOf(history: Past, { clock, files, reportsFolder, note, team, viewer, onLooked, words = () => englishWords, rehearse }: HistoryDeskOptions, now: () => number): HistoryCommands {
  const forget = async (which: Forgetting, dry: boolean): Promise<Result<ForgetOutcome, Fault>> => {
    const gone = await history.forget(which, dry);
    // Whose it was is what is to be forgotten: the line tells only that and how much.
    if (gone.ok && !dry && gone.value.interactions > 0) note("HISTORY_FORGOTTEN", { interactions: gone.value.interactions, by: which.by });
    return gone;
  };

  const overview = async (query: OverviewQuery): Promise<Result<Overview, Fault>> => {
    if (query.source === "team") return team(query);
    const begun = now();
    const read = await history.overview(query.filter, query.zone, viewer());
    if (!read.ok) return read;
    await onLooked();
    return ok({ ...read.value, query, agents: [], unread: [], tookMs: now() - begun });
  };

  return {
    facets: () => history.facets(),
    async search(search) {
      const begun = now();
      const page = await history.search(search);
      return page.ok ? ok({ ...page.value, tookMs: now() - begun }) : page;
    },
    async open(interactionId) {
      const record = await history.interaction(interactionId);
      if (!record.ok) return record;
      return record.value === null ? notKept() : ok(record.value);
    },
    async forget(interactionId) {
      const gone = await forget({ by: "id", id: interactionId }, false);
      if (!gone.ok) return gone;
      if (gone.value.live.length > 0) return stillLive();
      return gone.value.interactions === 0 ? notKept() : ok(null);
    },
    forgetCustomer: (name, dry) => forget({ by: "customer", name }, dry),
    overview,
    async exportOverview(query) {
      const read = await overview(query);
      return read.ok ? writeReportFile(files, reportsFolder, overviewFileName(query.source, query.filter, clock.now()), overviewCsv(read.value, words().overviewFile)) : read;
    },
    rehearse: (rehearsal) => rehearse(history, rehearsal),
  };
}

/** `2026-01-05-090000-overview-team.csv`, in UTC, by when it is written. */
function overviewFileName(source: OverviewQuery["source"], { agentId }: HistoryFilter, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  return `${time}-overview-${agentId === null ? source : "agent"}.csv`;
}

function stillLive(): Result<never, Fault> {
  return err({ kind: "policy", code: "not-allowed", detail: "the conversation is still going on; forget it once it has ended, or once nothing has been said in it for 30 minutes" });
}

function notKept(): Result<never, Fault> {
  return err({ kind: "policy", code: "not-found-here", detail: "nothing is kept of this conversation: it was forgotten, or it is older than the history goes back" });
}
