import { DatabaseSync } from "node:sqlite";
import { assertNever } from "../../shared/assert-never.ts";
import { sqliteFault } from "../files/sqlite-fault.ts";
import { isTimeZone } from "./calendar.ts";
import { readFacets, readOverview } from "./overview.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";
import { createSearch } from "./search.ts";

const LOCK_WAIT_MS = 2_000;

/** Answers questions about a history's file from a connection of its own that writes nothing; runs in the reading thread. */
export function createReaderService(): (request: ReaderRequest) => ReaderReply {
  let file = "";
  let database: DatabaseSync | null = null;
  let search: ReturnType<typeof createSearch> | null = null;

  const close = (): void => {
    search = null;
    database?.close();
    database = null;
  };

  const work = (request: ReaderRequest): ReaderReply => {
    switch (request.kind) {
      case "open":
        close();
        file = request.file;
        database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, readOnly: true });
        return { kind: "done" };
      case "close":
        close();
        return { kind: "done" };
      case "facets":
        return { kind: "facets", facets: readFacets(opened(database)) };
      case "search":
        search ??= createSearch(opened(database));
        return { kind: "page", page: search(request.search) };
      case "overview":
        if (!isTimeZone(request.zone)) return { kind: "failed", fault: { kind: "contract", code: "invalid-input", detail: "zone: found no time zone; allowed is an IANA name such as Europe/Berlin" } };
        return { kind: "overview", overview: readOverview(opened(database), request.filter, request.zone, request.now) };
      default:
        return assertNever(request);
    }
  };

  return (request) => {
    try {
      return work(request);
    } catch (error) {
      return { kind: "failed", fault: sqliteFault(error, `the history ${file}`) };
    }
  };
}

function opened(database: DatabaseSync | null): DatabaseSync {
  if (database === null) throw new Error("the history is not open");
  return database;
}
