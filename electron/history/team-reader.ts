import { rmSync } from "node:fs";
import { readAgentFigures } from "./agent-figures.ts";
import { readLeftOut } from "./left-out.ts";
import { readOverview } from "./overview.ts";
import type { ReaderRequest, TeamOverview, TeamPlace } from "./reader-protocol.ts";
import { openTeamDatabase, type TeamDatabase } from "./team-database.ts";

type TeamRequest = Extract<ReaderRequest, { kind: "team-overview" }>;

/** Reads the overview of the desks whose files stand in a folder. */
export interface TeamReader {
  /** Throws SQLite's error, or the system's where the folder cannot be read. */
  read(request: TeamRequest): TeamOverview;
  /** Until when each agent has seen the own figures; nobody has where the folder cannot be read, so that they stay hidden for longer. */
  seen(place: TeamPlace): ReadonlyMap<string, number>;
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
  const teamOf = ({ folder, cache }: TeamPlace): TeamDatabase => {
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
    read({ place, filter, zone, now }) {
      const team = teamOf(place);
      const unread = team.follow(place.folder);
      const leftOut = readLeftOut(team.database, { seen: team.seen(), own: [] }, now);
      return { ...readOverview(team.database, filter, zone, now, leftOut), agents: readAgentFigures(team.database, filter, leftOut, now), unread };
    },
    seen(place) {
      try {
        const team = teamOf(place);
        team.follow(place.folder);
        return team.seen();
      } catch {
        return new Map();
      }
    },
    close,
  };
}
