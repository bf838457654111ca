import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { newerVersionFault, versionInHeader } from "../files/file-version.ts";
import { inTransaction, migrate, versionOf } from "../files/migrate.ts";
import { createBatchTables, type BatchTables } from "./batch-tables.ts";
import { eraseTraces, interactionOfId, interactionsOfCustomer, markForgetting, removeInteractions } from "./forget.ts";
import { interactionOf, type HistoryItem } from "./history-item.ts";
import type { ForgetOutcome, InteractionRecord } from "../../shared/history.ts";
import type { HistoryCounts, InteractionSummary } from "./history-record.ts";
import { migrations as allMigrations } from "./history-schema.ts";
import { readCounts, readRecord, readSummaries } from "./read-record.ts";
import { settleInteractions } from "./settle.ts";
import { endUnfollowed } from "./unfollowed.ts";
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

/** Whose past is to be forgotten. */
export type Forgetting = { readonly by: "id"; readonly id: string } | { readonly by: "customer"; readonly name: string };

/** What went, or would go. */
export interface Forgotten extends ForgetOutcome {
  readonly erased: boolean;
}

/** The history's file. Every method throws SQLite's error; nothing of a batch that threw is kept. Times in ms since the Unix epoch. */
export interface HistoryDatabase extends Disposable {
  write(items: readonly HistoryItem[], now: number): void;
  interaction(id: string): InteractionRecord | null;
  /** The latest first. */
  interactions(limit: number): readonly InteractionSummary[];
  counts(): HistoryCounts;
  readonly batches: BatchTables;
  /** Brings what is counted of each interaction up to date, for whoever reads it. */
  settle(): void;
  /**
   * Removes, beyond recovery, the interactions of which nothing was taken since `before`, and the batches that were kept
   * before it and are no baseline; how many interactions there were.
   */
  expire(before: number): { readonly interactions: number; readonly erased: boolean };
  /**
   * Removes an interaction, or all of a customer's, beyond recovery; `dry` only looks. What still goes on at `now` stays.
   * `erased`: no trace is left; if not, {@link erase} is to be called again.
   */
  forget(which: Forgetting, now: number, dry: boolean): Forgotten;
  erase(): boolean;
  /** Whether the whole file is sound; reads all of it. */
  isSound(): boolean;
}

/**
 * Opens the file, making it (for its owner alone) and its tables where they are missing, in steps that are each done
 * wholly or not at all. What was live when it was last closed is taken for ended ({@link endUnfollowed}). A file of a version that this program does not know is refused (`newer-file`) and left untouched.
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
  /** A late disposition, or what waited to be written, must not bring back what was forgotten. */
  const forgotten = new Set<string>();
  const unfollowed = endUnfollowed(database);
  const batches = createBatchTables(database, transaction);
  return {
    batches,
    write(items, now) {
      const kept = items.filter((item) => !forgotten.has(interactionOf(item)));
      const ids = new Set(kept.map(interactionOf));
      transaction(() => {
        unfollowed.resume(ids);
        for (const item of kept) writeItem(item, now);
      });
      unfollowed.resumed(ids);
    },
    interaction: (id) => readRecord(database, id),
    interactions: (limit) => readSummaries(database, Math.max(0, Math.min(Math.trunc(limit), MAX_LISTED))),
    counts: () => readCounts(database),
    settle() {
      transaction(() => {
        settleInteractions(database);
      });
    },
    expire(before) {
      let removed = 0;
      let removedBatches = 0;
      transaction(() => {
        removed = removeInteractions(database, "(SELECT row FROM interactions WHERE last_at < ?)", before);
        removedBatches = batches.expire(before);
      });
      return { interactions: removed, erased: removed + removedBatches === 0 || eraseTraces(database) };
    },
    forget(which, now, dry) {
      const one = which.by === "id" ? interactionOfId(database, which.id, now) : null;
      const found = which.by === "id" ? (one === null ? [] : [one]) : interactionsOfCustomer(database, which.name, now);
      const meant = found.filter(({ live }) => !live);
      const outcome = { interactions: meant.length, live: found.flatMap(({ id, startedAt, live }) => (live ? [{ id, startedAt }] : [])) };
      if (dry || meant.length === 0) return { ...outcome, erased: true };
      transaction(() => {
        for (const { row } of meant) removeInteractions(database, "(?)", row);
        markForgetting(database);
      });
      for (const { id } of meant) forgotten.add(id);
      return { ...outcome, erased: eraseTraces(database) };
    },
    erase: () => eraseTraces(database),
    isSound: () => database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"] === "ok",
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}
