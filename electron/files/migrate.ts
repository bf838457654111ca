import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/**
 * Takes an SQLite file through the steps that it has not seen: step n leads to version n + 1 (`PRAGMA user_version`), each
 * wholly or not at all. Throws SQLite's error.
 */
export function migrate(database: DatabaseSync, steps: readonly string[]): void {
  for (;;) {
    // Begun before the version is read: another process may be migrating the same file.
    database.exec("BEGIN IMMEDIATE");
    const version = versionOf(database);
    const step = steps[version];
    if (step === undefined) {
      database.exec("ROLLBACK");
      return;
    }
    inTransaction(database, () => {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
}

/** Ends the transaction that has begun: commits, or takes all back where `work` throws. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

const versionRow = z.object({ user_version: z.number() });

/** The version that an open file bears. */
export function versionOf(database: DatabaseSync): number {
  return versionRow.parse(database.prepare("PRAGMA user_version").get()).user_version;
}
