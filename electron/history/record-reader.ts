import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter, InteractionRecord } from "../../shared/history.ts";
import { readRecord } from "./read-record.ts";
import { filterSql } from "./search.ts";

/** Reads many interactions whole, again and again: those that have ended and did not change since are remembered. */
export interface RecordReader {
  /**
   * The newest interactions that pass the filter, at most `limit`, each read when it is asked for; null: forgotten since.
   * What is not among them is no longer remembered. Throws SQLite's error.
   */
  newest(database: DatabaseSync, filter: HistoryFilter, limit: number): readonly (() => InteractionRecord | null)[];
}

interface Remembered {
  readonly row: number;
  readonly lastAt: number;
  readonly record: InteractionRecord;
}

const rowSchema = z.object({ id: z.string(), row: z.number(), lastAt: z.number() });

/** See {@link RecordReader}. */
export function createRecordReader(): RecordReader {
  let remembered = new Map<string, Remembered>();
  return {
    newest(database, filter, limit) {
      const { sql, values } = filterSql(filter, "");
      const found = database
        .prepare(`SELECT id, row, last_at AS lastAt FROM interactions WHERE true ${sql} ORDER BY row DESC LIMIT :limit`)
        .all({ ...values, limit })
        .map((row) => rowSchema.parse(row));
      remembered = new Map(
        found.flatMap(({ id, row, lastAt }) => {
          const known = remembered.get(id);
          return known?.row === row && known.lastAt === lastAt ? [[id, known] as const] : [];
        }),
      );
      const held = remembered;
      return found.map(({ id, row, lastAt }) => () => {
        const known = held.get(id);
        if (known !== undefined) return known.record;
        const record = readRecord(database, id);
        // While it goes on, two writes may come within one millisecond.
        if (record?.interaction.status === "ended") held.set(id, { row, lastAt, record });
        return record;
      });
    },
  };
}
