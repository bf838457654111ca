import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Overview, OverviewQuery } from "../../shared/overview.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import type { History } from "../history/history.ts";
import type { TeamPlace } from "../history/reader-protocol.ts";
import type { Notices } from "./notices.ts";
import type { TeamTelling } from "./team-collector.ts";
import { daysToExport, teamDay, teamFileName, teamFileText, type TeamDay } from "./team-export.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The first export waits until the program has settled down. */
const FIRST_MS = 20_000;
/** What came up late in a day may still be used after midnight. */
const SETTLED_MS = 6 * 3_600_000;
const NOTICE = "team-export";
const DESK_FILE_NAME = "desk.json";
const CACHE_FILE_NAME = "team.sqlite";

/** What a desk keeps of itself: a name that nobody else has and that means nothing, and what its agent has seen. */
const deskSchema = z.strictObject({
  desk: z.string().regex(/^[\da-f-]{8,64}$/u),
  seen: z.strictObject({ agentId: z.string(), until: z.number() }).nullable(),
  /** Days before this moment have been told to the collector; null: none has. */
  toldUntil: z.number().nullable(),
  /** The files in this folder tell nothing of what was forgotten up to the one of this mark. */
  cleared: z.strictObject({ folder: z.string(), mark: z.string() }).nullable().default(null),
});
type Desk = z.infer<typeof deskSchema>;

export interface TeamDeskOptions {
  readonly past: () => Pick<History, "teamLines" | "forgettingMark" | "teamOverview"> | null;
  readonly clock: Clock;
  readonly files: FilePort;
  readonly dataFolder: string;
  readonly notices: Notices;
  /** A name that nobody else has, of hexadecimal digits and dashes. */
  readonly newId: () => string;
  /** Sends a day to the collector. */
  readonly tell: (telling: TeamTelling) => Promise<Result<null, Fault>>;
  readonly onBug: (bug: unknown) => void;
}

/** This desk as one of a team: writes its figures into the team's folder, and puts the desks there together. */
export interface TeamDesk extends AsyncDisposable {
  apply(config: Pick<Config, "history" | "network">): void;
  /** The agent of this desk is looking at the own figures. */
  agentLooked(agentId: string): Promise<void>;
  /** Settles once an export that is under way is over. */
  idle(): Promise<void>;
  /** Where the team's figures are read; null where no folder of a team is configured. */
  place(): TeamPlace | null;
  overview(query: OverviewQuery): Promise<Result<Overview, Fault>>;
}

/** See {@link TeamDesk}. A folder that cannot be had is told once and tried again; disposing ends an export between two files. */
export function createTeamDesk({ past, clock, files, dataFolder, notices, newId, tell, onBug }: TeamDeskOptions): TeamDesk {
  let section: Config["history"];
  let desk: Desk | null = null;
  let cancel = (): void => {};
  let working: Promise<void> = Promise.resolve();
  let network: Config["network"] = { caFile: undefined, proxy: undefined, noProxy: undefined };
  const closing = new AbortController();

  const teamPlace = (): TeamPlace | null => (section?.teamFolder === undefined ? null : { folder: section.teamFolder, cache: join(dataFolder, CACHE_FILE_NAME) });

  const readDesk = async (): Promise<Desk> => {
    if (desk !== null) return desk;
    const text = await files.readText(join(dataFolder, DESK_FILE_NAME));
    const read = deskSchema.safeParse(parseJson(text));
    desk = read.success ? read.data : await keepDesk({ desk: newId(), seen: null, toldUntil: null, cleared: null });
    return desk;
  };
  const keepDesk = async (next: Desk): Promise<Desk> => {
    await files.makeDirectory(dataFolder);
    await files.replace(join(dataFolder, DESK_FILE_NAME), `${JSON.stringify(next)}\n`);
    return next;
  };

  const exportAll = async (folder: string): Promise<Fault | null> => {
    const history = past();
    if (history === null) return null;
    const { desk: name, seen, cleared } = await readDesk();
    // Asked before any line is read: what is forgotten meanwhile bears another mark, and clears the files the next time.
    const mark = await history.forgettingMark();
    if (!mark.ok) return mark.error;
    const all = mark.value !== "" && (cleared?.mark !== mark.value || cleared.folder !== folder);
    await files.makeDirectory(folder);
    const there = new Set(await files.list(folder));
    const now = clock.now();
    const days = daysToExport({ now, since: now - (section?.retentionDays ?? 0) * DAY_MS, isMissing: (day) => !there.has(teamFileName(name, day)), all });
    const write = async (day: TeamDay): Promise<Fault | null> => {
      const lines = await history.teamLines(day, name);
      if (!lines.ok) return lines.error;
      const file = teamFileName(name, day);
      // A day without anything needs no file, but one that is there may tell of what was forgotten.
      if (lines.value.length === 0 && !there.has(file)) return null;
      await files.replace(join(folder, file), teamFileText({ desk: name, day, now, seen, lines: lines.value }), "shared");
      return null;
    };
    for (const day of days) {
      if (closing.signal.aborted) return null;
      const fault = await write(day);
      if (fault !== null) return fault;
    }
    if (all) desk = await keepDesk({ ...(await readDesk()), cleared: { folder, mark: mark.value } });
    return null;
  };

  /** Each day is told once it is over for long enough that nothing more is done with what came up in it. */
  const tellAll = async (otlpUrl: string): Promise<Fault | null> => {
    const history = past();
    if (history === null) return null;
    const now = clock.now();
    const since = now - (section?.retentionDays ?? 0) * DAY_MS;
    for (let kept = await readDesk(); !closing.signal.aborted; kept = await readDesk()) {
      const day = teamDay(kept.toldUntil ?? since);
      if (day.end + SETTLED_MS > now) return null;
      const lines = await history.teamLines(day, kept.desk);
      if (!lines.ok) return lines.error;
      const told = await tell({ otlpUrl, network, desk: kept.desk, day, lines: lines.value, signal: closing.signal });
      if (!told.ok) return told.error;
      desk = await keepDesk({ ...kept, toldUntil: day.end });
    }
    return null;
  };

  const attempt = async ({ folder, otlpUrl }: NonNullable<NonNullable<Config["history"]>["export"]>): Promise<void> => {
    let fault: Fault | null = null;
    try {
      if (folder !== undefined) fault = await exportAll(folder);
      if (otlpUrl !== undefined) fault = (await tellAll(otlpUrl)) ?? fault;
    } catch (error) {
      fault = diskFault(error, `writing into ${folder ?? dataFolder}`);
    }
    if (closing.signal.aborted) return;
    if (fault === null) {
      notices.clear(NOTICE);
      return;
    }
    const { detail } = fault;
    notices.raise({ id: NOTICE, level: "warning", say: ({ kept }) => kept.teamNotWritten(detail) });
  };

  const schedule = (afterMs: number): void => {
    cancel();
    const wanted = section?.export;
    if (wanted === undefined || closing.signal.aborted) return;
    cancel = clock.after(afterMs, () => {
      working = attempt(wanted).catch(onBug).then(() => {
        schedule(wanted.everyMinutes * MINUTE_MS);
        return undefined;
      });
    });
  };

  return {
    apply({ history, network: wanted }) {
      section = history;
      network = wanted;
      if (history?.export === undefined) notices.clear(NOTICE);
      schedule(FIRST_MS);
    },
    async agentLooked(agentId) {
      try {
        desk = await keepDesk({ ...(await readDesk()), seen: { agentId, until: clock.now() } });
      } catch {
        // The figures are hidden from others for longer, which is the harmless side.
      }
    },
    idle: () => working,
    place: teamPlace,
    async overview(query) {
      const place = teamPlace();
      const history = past();
      if (place === null || history === null) return err(notHere("no folder of a team is configured (history.teamFolder)"));
      const begun = clock.monotonic();
      const read = await history.teamOverview(place, query.filter, query.zone);
      return read.ok ? ok({ ...read.value, query, tookMs: clock.monotonic() - begun }) : read;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      cancel();
      await working;
    },
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

function notHere(detail: string): Fault {
  return { kind: "policy", code: "not-found-here", detail };
}
