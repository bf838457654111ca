import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { inTransaction } from "../files/migrate.ts";

/** More than this is not written anew for the sake of what is erased: it holds as much that is not. */
const MAX_TEXTS = 1_000;
const MAX_BYTES = 4_000_000;

const sizeRow = z.object({ texts: z.number(), bytes: z.number() });

/**
 * Removes what is left of erased texts. SQLite overwrites what is deleted (`secure_delete`) where it stands, but not the
 * copies that stay behind in the free room of a page when rows move to another one. So the table is emptied, which
 * overwrites its pages, and what still is in it is written anew. Throws SQLite's error.
 */
export function sweepTexts(database: DatabaseSync): void {
  const { texts, bytes } = sizeRow.parse(database.prepare("SELECT count(*) AS texts, coalesce(sum(octet_length(text)), 0) AS bytes FROM texts").get());
  if (texts > MAX_TEXTS || bytes > MAX_BYTES) return;
  database.exec("BEGIN");
  inTransaction(database, () => {
    // In memory: `temp_store`.
    database.exec("CREATE TEMP TABLE swept AS SELECT * FROM main.texts; DELETE FROM main.texts");
    database.exec("INSERT INTO main.texts SELECT * FROM swept; DROP TABLE swept");
  });
}
