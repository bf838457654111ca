import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const idRow = z.object({ id: z.string() });

/** What was taken for ended because the program followed it no more. */
export interface Unfollowed {
  /** Makes those of these interactions live again that were taken for ended: something is heard of them. For a transaction. */
  resume(ids: ReadonlySet<string>): void;
  /** That transaction was kept: from then on they end when they are told to have ended. */
  resumed(ids: ReadonlySet<string>): void;
}

/**
 * Takes for ended, at a time that nobody knows, what was live when the file was last closed: nobody follows it any more.
 * Throws SQLite's error.
 */
export function endUnfollowed(database: DatabaseSync): Unfollowed {
  const ended = database.prepare("UPDATE interactions SET status = 'ended' WHERE status = 'live' RETURNING id").all();
  const unfollowed = new Set(ended.map((row) => idRow.parse(row).id));
  const resume = database.prepare("UPDATE interactions SET status = 'live' WHERE id = ?");
  return {
    resume(ids) {
      for (const id of ids) if (unfollowed.has(id)) resume.run(id);
    },
    resumed(ids) {
      for (const id of ids) unfollowed.delete(id);
    },
  };
}
