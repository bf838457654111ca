import { DatabaseSync } from "node:sqlite";
import { assertNever } from "../../shared/assert-never.ts";
import { LongPeriodError } from "./long-period-error.ts";
import { sqliteFault } from "../files/sqlite-fault.ts";
import { isTimeZone } from "./calendar.ts";
import { readForgettingMark } from "./forget.ts";
import { readLeftOut, type LeftOut } from "./left-out.ts";
import { readFacets, readOverview } from "./overview.ts";
import type { DeskViewer, ReaderReply, ReaderRequest } from "./reader-protocol.ts";
import { createSearch } from "./search.ts";
import { readTeamLines } from "./team-lines.ts";
import { createTeamReader } from "./team-reader.ts";

const LOCK_WAIT_MS = 2_000;

/** Answers questions about a history's file from a connection of its own that writes nothing; runs in the reading thread. */
export function createReaderService(): (request: ReaderRequest) => ReaderReply {
  let file = "";
  let database: DatabaseSync | null = null;
  let search: ReturnType<typeof createSearch> | null = null;

  const team = createTeamReader();

  const close = (): void => {
    search = null;
    database?.close();
    database = null;
  };

  const leftOutFor = (of: DatabaseSync, viewer: DeskViewer | null, now: number): readonly LeftOut[] =>
    viewer === null ? [] : readLeftOut(of, { own: viewer.own, seen: viewer.team === null ? new Map() : team.seen(viewer.team) }, now);

  const work = (request: ReaderRequest): ReaderReply => {
    switch (request.kind) {
      case "open":
        close();
        file = request.file;
        database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, readOnly: true });
        return { kind: "done" };
      case "close":
        close();
        team.close();
        return { kind: "done" };
      case "facets":
        return { kind: "facets", facets: readFacets(opened(database)) };
      case "search":
        search ??= createSearch(opened(database));
        return { kind: "page", page: search(request.search) };
      case "overview":
        if (!isTimeZone(request.zone)) return noZone;
        return { kind: "overview", overview: readOverview(opened(database), request.filter, request.zone, request.now, leftOutFor(opened(database), request.viewer, request.now)) };
      case "team-lines":
        return { kind: "team-lines", lines: readTeamLines(opened(database), request, request.desk) };
      case "forgetting-mark":
        return { kind: "forgetting-mark", mark: readForgettingMark(opened(database)) };
      case "team-overview":
        if (!isTimeZone(request.zone)) return noZone;
        return { kind: "team-overview", overview: team.read(request) };
      default:
        return assertNever(request);
    }
  };

  return (request) => {
    try {
      return work(request);
    } catch (error) {
      if (error instanceof LongPeriodError) return invalid(error.message);
      return { kind: "failed", fault: sqliteFault(error, `the history ${file}`) };
    }
  };
}

function invalid(detail: string): ReaderReply {
  return { kind: "failed", fault: { kind: "contract", code: "invalid-input", detail } };
}

const noZone = invalid("zone: found no time zone; allowed is an IANA name such as Europe/Berlin");

function opened(database: DatabaseSync | null): DatabaseSync {
  if (database === null) throw new Error("the history is not open");
  return database;
}
