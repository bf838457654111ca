import { rmSync } from "node:fs";
import { readAgentFigures } from "./agent-figures.ts";
import { readOverview } from "./overview.ts";
import type { ReaderRequest, TeamOverview } from "./reader-protocol.ts";
import { openTeamDatabase, type TeamDatabase } from "./team-database.ts";

type TeamRequest = Extract<ReaderRequest, { kind: "team-overview" }>;

/** Reads the overview of the desks whose files stand in a folder. */
export interface TeamReader {
  /** Throws SQLite's error, or the system's where the folder cannot be read. */
  read(request: TeamRequest): TeamOverview;
  close(): void;
}

/** Keeps open what was read last, so that the next question reads only what has changed in the folder. */
export function createTeamReader(): TeamReader {
  let open: { readonly folder: string; readonly team: TeamDatabase } | null = null;

  const close = (): void => {
    open?.team[Symbol.dispose]();
    open = null;
  };

  /** What is kept of another folder, or cannot be used any more, is thrown away: the folder's files are the truth. */
  const teamOf = ({ folder, cache }: TeamRequest): TeamDatabase => {
    if (open?.folder === folder) return open.team;
    close();
    let team: TeamDatabase;
    try {
      team = openTeamDatabase(cache);
    } catch {
      for (const suffix of ["", "-wal", "-shm"]) rmSync(cache + suffix, { force: true });
      team = openTeamDatabase(cache);
    }
    open = { folder, team };
    return team;
  };

  return {
    read(request) {
      const team = teamOf(request);
      const unread = team.follow(request.folder);
      const { filter, zone, now } = request;
      return { ...readOverview(team.database, filter, zone, now), agents: readAgentFigures(team.database, filter, { seen: team.seen(), now }), unread };
    },
    close,
  };
}
