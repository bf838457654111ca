import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { interactionSchema } from "../../shared/interaction.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { newerVersionFault, versionInHeader } from "../files/file-version.ts";
import { inTransaction, migrate, versionOf } from "../files/migrate.ts";
import { createBatchTables, type BatchTables } from "./batch-tables.ts";
import type { HistoryItem } from "./history-item.ts";
import type { HistoryCounts, InteractionRecord, InteractionSummary } from "./history-record.ts";
import { dispositionCountSchema, dispositionRowSchema, present, setRowSchema, suggestionRowSchema, summaryRowSchema, utteranceRowSchema } from "./history-rows.ts";
import { migrations as allMigrations } from "./history-schema.ts";
import { createItemWriter } from "./write-item.ts";

/** What the file holds, for messages. */
const CONTENT = "the history";
const LOCK_WAIT_MS = 2_000;
const MAX_LISTED = 1_000;

export interface DatabaseOptions {
  readonly file: string;
  /** Whether card numbers and the like are masked on their way in. */
  readonly mask: boolean;
  readonly migrations?: readonly string[];
  readonly connect?: (file: string) => DatabaseSync;
}

/** The history's file. Every method throws SQLite's error; nothing of a batch that threw is kept. Times in ms since the Unix epoch. */
export interface HistoryDatabase extends Disposable {
  write(items: readonly HistoryItem[], now: number): void;
  interaction(id: string): InteractionRecord | null;
  /** The latest first. */
  interactions(limit: number): readonly InteractionSummary[];
  counts(): HistoryCounts;
  readonly batches: BatchTables;
  /**
   * Removes, beyond recovery, the interactions of which nothing was taken since `before`, and the batches that were kept
   * before it and are no baseline; how many interactions there were.
   */
  expire(before: number): number;
  /** Whether the whole file is sound; reads all of it. */
  isSound(): boolean;
}

/**
 * Opens the file, making it (for its owner alone) and its tables where they are missing, in steps that are each done
 * wholly or not at all. A file of a version that this program does not know is refused (`not-allowed`) and left untouched.
 * Throws SQLite's error where the file cannot be opened or is damaged.
 */
export function openDatabase(options: DatabaseOptions): Result<HistoryDatabase, Fault> {
  const { file, mask, migrations = allMigrations, connect = connectTo } = options;
  const known = migrations.length;
  const newer = newerVersionFault(CONTENT, file, versionInHeader(file), known);
  if (newer !== null) return err(newer);
  makePrivate(file);
  const database = connect(file);
  try {
    const version = versionOf(database);
    const refused = newerVersionFault(CONTENT, file, version, known);
    if (refused !== null) {
      database.close();
      return err(refused);
    }
    if (version === 0) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    // What is deleted is overwritten: people's words do not stay in free pages.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
    migrate(database, migrations);
    return ok(createDatabase(database, mask));
  } catch (error) {
    database.close();
    throw error;
  }
}

function connectTo(file: string): DatabaseSync {
  return new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
}

/** Made here and not by SQLite, so that it is for its owner alone; SQLite gives the files beside it the same rights. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
}

function createDatabase(database: DatabaseSync, mask: boolean): HistoryDatabase {
  const writeItem = createItemWriter(database, mask);
  const transaction = (work: () => void): void => {
    database.exec("BEGIN IMMEDIATE");
    inTransaction(database, work);
  };
  const batches = createBatchTables(database, transaction);
  return {
    batches,
    write(items, now) {
      transaction(() => {
        for (const item of items) writeItem(item, now);
      });
    },
    interaction: (id) => readInteraction(database, id),
    interactions(limit) {
      const rows = database
        .prepare(
          `SELECT ${INTERACTION_COLUMNS}, last_at AS lastAt,
             (SELECT count(*) FROM utterances WHERE interaction_id = interactions.id) AS utterances,
             (SELECT count(*) FROM sets WHERE interaction_id = interactions.id) AS sets
           FROM interactions ORDER BY last_at DESC, rowid DESC LIMIT ?`,
        )
        .all(Math.max(0, Math.min(Math.trunc(limit), MAX_LISTED)));
      return rows.map((row) => summaryRowSchema.parse(present(row)));
    },
    counts: () => readCounts(database),
    expire(before) {
      let removed = 0;
      let removedBatches = 0;
      transaction(() => {
        const old = "(SELECT id FROM interactions WHERE last_at < ?)";
        database.prepare(`DELETE FROM suggestions WHERE set_row IN (SELECT row FROM sets WHERE interaction_id IN ${old})`).run(before);
        for (const table of ["sets", "utterances", "dispositions"]) database.prepare(`DELETE FROM ${table} WHERE interaction_id IN ${old}`).run(before);
        removed = Number(database.prepare("DELETE FROM interactions WHERE last_at < ?").run(before).changes);
        removedBatches = batches.expire(before);
      });
      // The log of changes still holds the old pages until it is folded into the file.
      if (removed + removedBatches > 0) database.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
      return removed;
    },
    isSound: () => database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"] === "ok",
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}

const INTERACTION_COLUMNS =
  "id, status, started_at AS startedAt, ended_at AS endedAt, agent_id AS agentId, customer_name AS customerName, channel, queue";

function readInteraction(database: DatabaseSync, interactionId: string): InteractionRecord | null {
  const found = database.prepare(`SELECT ${INTERACTION_COLUMNS} FROM interactions WHERE id = ?`).get(interactionId);
  if (found === undefined) return null;
  const utterances = database
    .prepare("SELECT id, speaker, text, at, score, sequence, marks FROM utterances WHERE interaction_id = ? ORDER BY at, rowid")
    .all(interactionId)
    .map((row) => utteranceRowSchema.parse({ ...present(row), final: true }));
  const suggestions = database
    .prepare(
      `SELECT set_row AS setRow, suggestions.id, text, confidence, source FROM suggestions JOIN sets ON sets.row = set_row
       WHERE interaction_id = ? ORDER BY set_row, suggestions.position`,
    )
    .all(interactionId)
    .map((row) => suggestionRowSchema.parse(row));
  const sets = database
    .prepare(
      `SELECT row, set_id AS id, interaction_id AS interactionId, utterance_id AS utteranceId, utterance_at AS utteranceAt,
         position AS "order", trigger, origin, replaces, rejudged, fault, withheld, outcome, policy_version AS policyVersion,
         latency_ms AS latencyMs, upstream_ms AS upstreamMs, at
       FROM sets WHERE interaction_id = ? ORDER BY row`,
    )
    .all(interactionId)
    .map((row) => setRowSchema.parse(present(row)));
  const dispositions = database
    .prepare("SELECT suggestion_id AS suggestionId, disposition, undone, at FROM dispositions WHERE interaction_id = ? ORDER BY row")
    .all(interactionId)
    .map((row) => dispositionRowSchema.parse(row));
  return {
    interaction: interactionSchema.parse(present(found)),
    // The platform's numbers are the surer order, where it gives them to all.
    utterances: utterances.every((one) => one.sequence !== undefined)
      ? utterances.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
      : utterances,
    sets: sets.map(({ row, ...set }) => ({
      ...set,
      suggestions: suggestions.filter((one) => one.setRow === row).map(({ id, text, confidence, source }) => ({ id, text, confidence, source })),
    })),
    dispositions,
  };
}

function readCounts(database: DatabaseSync): HistoryCounts {
  const count = (table: string): number => numberOf(database, `SELECT count(*) FROM ${table}`);
  const dispositions = { displayed: 0, clicked: 0, copied: 0, sent: 0, dismissed: 0, helpful: 0, "not helpful": 0 };
  const rows = database
    .prepare(
      `SELECT disposition, count(*) AS count FROM dispositions AS one
       WHERE undone = 0 AND row = (SELECT max(row) FROM dispositions WHERE interaction_id = one.interaction_id
         AND suggestion_id = one.suggestion_id AND disposition = one.disposition)
       GROUP BY disposition`,
    )
    .all();
  for (const row of rows) {
    const counted = dispositionCountSchema.parse(row);
    dispositions[counted.disposition] = counted.count;
  }
  return { interactions: count("interactions"), utterances: count("utterances"), sets: count("sets"), suggestions: count("suggestions"), dispositions };
}

function numberOf(database: DatabaseSync, query: string): number {
  return z.number().parse(Object.values(database.prepare(query).get() ?? {})[0]);
}
