import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createRuleCompiler } from "../assist/compiled-rules.ts";
import { createRehearsalTally } from "../assist/rehearsal-tally.ts";
import { sqliteFault } from "../files/sqlite-fault.ts";
import { createRecordReader } from "../history/record-reader.ts";
import type { RehearsalReply, RehearsalRequest } from "./rehearsal-protocol.ts";

/** For the writing thread to be done with a transaction. */
const LOCK_WAIT_MS = 2_000;
/** Interactions between two looks at whether something newer was asked. */
const SLICE = 8;

/**
 * Rehearses rules on a history's file, from a connection of its own that writes nothing and is closed after each answer;
 * runs in the rehearsing thread. A newer request ends the one before, which answers with the fault `aborted`.
 */
export function createRehearsalService(): (request: RehearsalRequest) => Promise<RehearsalReply> {
  const compile = createRuleCompiler();
  const records = createRecordReader();
  let newest = 0;

  const rehearse = async ({ file, tried, standing, filter, interactions }: Extract<RehearsalRequest, { kind: "rehearse" }>): Promise<RehearsalReply> => {
    newest += 1;
    const mine = newest;
    const tally = createRehearsalTally(compile(tried), compile(standing));
    if (!existsSync(file)) return { kind: "rehearsed", rehearsed: tally.result() };
    using database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS, readOnly: true });
    const wanted = records.newest(database, filter, interactions);
    for (const [index, read] of wanted.entries()) {
      if (index % SLICE === 0) await nextTurn();
      if (mine !== newest) return ABORTED;
      const record = read();
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
