import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { batchSummarySchema, caseResultSchema, simulationCaseSchema, type BatchSummary } from "../../shared/simulation.ts";
import { json } from "../files/json-column.ts";
import type { KeptCase } from "./history-record.ts";

const MAX_LISTED = 1_000;

/** The batches of simulations in the history's file. Every method throws SQLite's error. */
export interface BatchTables {
  /** Begins to keep a batch; it is not seen before {@link finish}. One of the same id is replaced. */
  begin(summary: BatchSummary, now: number): void;
  /** Adds cases of a batch that was begun, the first of them at `position` of its suite. All or none. */
  add(batchId: string, position: number, cases: readonly KeptCase[]): void;
  /** All of it is there; throws for a batch that was not begun. */
  finish(batchId: string): void;
  summary(batchId: string): BatchSummary | null;
  /** Up to `count` cases in the suite's order, from `position` on. */
  cases(batchId: string, position: number, count: number): readonly KeptCase[];
  /** The latest of a suite first. */
  latest(suite: string, limit: number): readonly BatchSummary[];
  /** Makes a batch the baseline of its suite; null takes the baseline away. Nothing happens for a batch that is not kept. */
  pin(suite: string, batchId: string | null): void;
  /** The id of a suite's baseline. */
  baseline(suite: string): string | null;
  /** Removes the batches that were kept before `before`, but no baseline; how many there were. For a transaction of the caller's. */
  expire(before: number): number;
}

const summaryRow = z.object({ summary: json(batchSummarySchema) });
const caseRow = z.object({ test_case: json(simulationCaseSchema), result: json(caseResultSchema) });
const baselineRow = z.object({ batch_id: z.string() });

/** Binds the tables. `transaction` runs its argument wholly or not at all. */
export function createBatchTables(database: DatabaseSync, transaction: (work: () => void) => void): BatchTables {
  return {
    begin(summary, now) {
      transaction(() => {
        database.prepare("DELETE FROM batch_cases WHERE batch_id = ?").run(summary.batchId);
        database
          .prepare("INSERT OR REPLACE INTO batches (id, suite, started_at, summary, complete, kept_at) VALUES (?, ?, ?, ?, 0, ?)")
          .run(summary.batchId, summary.suite, summary.startedAt, JSON.stringify(summary), now);
      });
    },
    add(batchId, position, cases) {
      transaction(() => {
        const insert = database.prepare("INSERT INTO batch_cases (batch_id, position, test_case, result) VALUES (?, ?, ?, ?)");
        for (const [index, one] of cases.entries()) insert.run(batchId, position + index, JSON.stringify(one.case), JSON.stringify(one.result));
      });
    },
    finish(batchId) {
      const { changes } = database.prepare("UPDATE batches SET complete = 1 WHERE id = ?").run(batchId);
      // A damaged file may have been set aside meanwhile, and the parts before with it.
      if (Number(changes) === 0) throw new Error(`the batch ${batchId} was begun in another file`);
    },
    summary(batchId) {
      const row = database.prepare("SELECT summary FROM batches WHERE id = ? AND complete = 1").get(batchId);
      return row === undefined ? null : summaryRow.parse(row).summary;
    },
    cases: (batchId, position, count) =>
      database
        .prepare("SELECT test_case, result FROM batch_cases WHERE batch_id = ? AND position >= ? ORDER BY position LIMIT ?")
        .all(batchId, position, Math.max(0, Math.trunc(count)))
        .map((row) => caseRow.parse(row))
        .map((row) => ({ case: row.test_case, result: row.result })),
    latest: (suite, limit) =>
      database
        .prepare("SELECT summary FROM batches WHERE suite = ? AND complete = 1 ORDER BY started_at DESC, rowid DESC LIMIT ?")
        .all(suite, Math.max(0, Math.min(Math.trunc(limit), MAX_LISTED)))
        .map((row) => summaryRow.parse(row).summary),
    pin(suite, batchId) {
      if (batchId === null) {
        database.prepare("DELETE FROM baselines WHERE suite = ?").run(suite);
        return;
      }
      database
        .prepare("INSERT OR REPLACE INTO baselines (suite, batch_id) SELECT ?, id FROM batches WHERE id = ? AND complete = 1")
        .run(suite, batchId);
    },
    baseline(suite) {
      const row = database
        .prepare("SELECT batch_id FROM baselines JOIN batches ON batches.id = batch_id WHERE baselines.suite = ? AND complete = 1")
        .get(suite);
      return row === undefined ? null : baselineRow.parse(row).batch_id;
    },
    expire(before) {
      const old = "(SELECT id FROM batches WHERE kept_at < ? AND id NOT IN (SELECT batch_id FROM baselines))";
      database.prepare(`DELETE FROM batch_cases WHERE batch_id IN ${old}`).run(before);
      return Number(database.prepare(`DELETE FROM batches WHERE id IN ${old}`).run(before).changes);
    },
  };
}
