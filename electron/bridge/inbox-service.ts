import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { inTransaction } from "../files/migrate.ts";
import { setAside } from "../files/set-aside.ts";
import { isDamage, isLocked, isOfFile, sqliteFault } from "../files/sqlite-fault.ts";
import { InboxDamage, openInboxDatabase } from "./inbox-database.ts";
import type { InboxAnswer, InboxCall, InboxReply, InboxRequest } from "./inbox-protocol.ts";
import { createInboxTables, type InboxTables } from "./inbox-tables.ts";

const FILE_NAME = "inbox.sqlite";
const OWNER_ONLY_DIRECTORY = 0o700;
const NOT_OPEN: Fault = { kind: "transport", code: "disk", detail: "the inbox is not open" };

/** Works for an inbox, one request after the other; runs in the worker. */
export interface InboxService {
  answer(request: InboxRequest): InboxReply;
}

interface Opened {
  readonly database: DatabaseSync;
  readonly tables: InboxTables;
  readonly file: string;
}

/** A service over one directory. `connect` opens a file; the machine's own way unless given. */
export function createInboxService(connect?: (file: string) => DatabaseSync): InboxService {
  let opened: Opened | null = null;

  const open = ({ directory, now, safeTo }: Extract<InboxRequest, { kind: "open" }>): InboxReply => {
    const file = join(directory, FILE_NAME);
    try {
      mkdirSync(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      // Where only a thread died, what is unfinished is at work: the file must not be changed under it.
      const found = safeTo === null ? openOrBeginAnew(file, now, connect) : openAgain(file, connect);
      if (!found.ok) return { kind: "failed", fault: found.error };
      const { database, path } = found.value;
      try {
        const tables = createInboxTables(database, safeTo);
        const reply: InboxReply = { kind: "opened", opening: { ...tables.opening(), setAside: path }, position: tables.position() };
        opened = { database, tables, file };
        return reply;
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      return { kind: "failed", fault: isLocked(error) ? inUse(directory) : sqliteFault(error, `the inbox ${file}`) };
    }
  };

  const together = ({ database, tables }: Opened, calls: readonly InboxCall[]): readonly InboxAnswer[] => {
    const answers: InboxAnswer[] = [];
    try {
      database.exec("BEGIN");
      inTransaction(database, () => {
        for (const call of calls) answers.push(tables.answer(call));
        tables.finish();
      });
    } catch (error) {
      tables.forgotten();
      throw error;
    }
    tables.kept();
    return answers;
  };

  const work = (on: Opened, calls: readonly InboxCall[]): readonly InboxAnswer[] => {
    try {
      return together(on, calls);
    } catch (error) {
      // What only one of them brought about must not hold up the others, again and again.
      if (calls.length > 1 && !isOfFile(error)) return calls.flatMap((call) => work(on, [call]));
      const fault = sqliteFault(error, `the inbox ${on.file}`);
      return calls.map(() => ({ kind: "failed", fault }));
    }
  };

  const fold = ({ database, tables, file }: Opened): InboxReply => {
    try {
      tables.sweep();
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return { kind: "done" };
    } catch (error) {
      return { kind: "failed", fault: sqliteFault(error, `the inbox ${file}`) };
    }
  };

  return {
    answer(request) {
      switch (request.kind) {
        case "open":
          return open(request);
        case "work":
          if (opened === null) return { kind: "failed", fault: NOT_OPEN };
          return { kind: "worked", answers: work(opened, request.calls), position: opened.tables.position() };
        case "fold":
          return opened === null ? { kind: "failed", fault: NOT_OPEN } : fold(opened);
        case "close": {
          // Its answer does not matter: what cannot be written now is swept after the next opening.
          if (opened !== null) fold(opened);
          opened?.database.close();
          opened = null;
          return { kind: "done" };
        }
        default:
          return assertNever(request);
      }
    },
  };
}

type Found = Result<{ readonly database: DatabaseSync; readonly path: string | null }, Fault>;

function openAgain(file: string, connect?: (file: string) => DatabaseSync): Found {
  const database = openInboxDatabase(file, connect);
  return database.ok ? ok({ database: database.value, path: null }) : database;
}

/** A damaged file is put aside under another name; messages were in it, so that it is never done without saying so. */
function openOrBeginAnew(file: string, now: number, connect?: (file: string) => DatabaseSync): Found {
  try {
    return openAgain(file, connect);
  } catch (error) {
    if (!isDamage(error) && !(error instanceof InboxDamage)) throw error;
    const path = setAside(file, now);
    const database = openInboxDatabase(file, connect);
    return database.ok ? ok({ database: database.value, path }) : err(database.error);
  }
}

function inUse(directory: string): Fault {
  return {
    kind: "policy",
    code: "in-use",
    detail: `another bridge works on ${directory}: stop that one, or give this one another bridge.stateDirectory`,
  };
}
