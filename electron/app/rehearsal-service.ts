import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { createRehearsalTally } from "../assist/rehearsal-tally.ts";
import { sqliteFault } from "../files/sqlite-fault.ts";
import { readRecord } from "../history/read-record.ts";
import { filterSql } from "../history/search.ts";
import type { RehearsalReply, RehearsalRequest } from "./rehearsal-protocol.ts";

/** For the writing thread to be done with a transaction. */
const LOCK_WAIT_MS = 2_000;
/** Interactions between two looks at whether something newer was asked. */
const SLICE = 8;

const idSchema = z.object({ id: z.string() });

/**
 * Rehearses rules on a history's file, from a connection of its own that writes nothing and is closed after each answer;
 * runs in the rehearsing thread. A newer request ends the one before, which answers with the fault `aborted`.
 */
export function createRehearsalService(): (request: RehearsalRequest) => Promise<RehearsalReply> {
  let newest = 0;

  const rehearse = async ({ file, rehearsal, standing }: Extract<RehearsalRequest, { kind: "rehearse" }>): Promise<RehearsalReply> => {
    newest += 1;
    const mine = newest;
    const tally = createRehearsalTally(rehearsal, standing);
    if (!existsSync(file)) return { kind: "rehearsed", rehearsed: tally.result() };
    using database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, readOnly: true });
    const { sql, values } = filterSql(rehearsal.filter, "");
    const found = database.prepare(`SELECT id FROM interactions WHERE true ${sql} ORDER BY row DESC LIMIT :limit`).all({ ...values, limit: rehearsal.interactions });
    for (const [index, row] of found.entries()) {
      if (index % SLICE === 0) await nextTurn();
      if (mine !== newest) return ABORTED;
      // It may have been forgotten since.
      const record = readRecord(database, idSchema.parse(row).id);
      if (record !== null) tally.take(record);
    }
    return { kind: "rehearsed", rehearsed: tally.result() };
  };

  return async (request) => {
    if (request.kind === "close") {
      newest += 1;
      return { kind: "done" };
    }
    try {
      return await rehearse(request);
    } catch (error) {
      return { kind: "failed", fault: sqliteFault(error, `the history ${request.file}`) };
    }
  };
}

const ABORTED: RehearsalReply = { kind: "failed", fault: { kind: "transport", code: "aborted", detail: "newer rules are being tried" } };
