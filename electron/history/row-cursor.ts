import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** Rows that are passed over one by one before the index is asked anew from where it is to go on. */
const MAX_STEPS = 300;

/** The rows in which a full-text index finds something, from the highest down. What is asked for only goes down. */
export interface RowCursor {
  /** The highest row below `end`; null: none. It stays until it is passed. */
  before(end: number): number | null;
  /** Up to `count` rows from `first` (inclusive) to `end`, the highest first, beginning with where the cursor stands; they are not passed. */
  take(first: number, end: number, count: number): readonly number[];
  close(): void;
}

const rowSchema = z.tuple([z.number()]);

/**
 * Opens a cursor. An FTS5 query costs far more than a row of it, so one is read on for as long as the next wanted row is
 * near, and asked anew where it is far: a common word then costs its page, and a rare one beside it no walk through all.
 */
export function openRowCursor(database: DatabaseSync, table: "said" | "advised" | "known", query: string): RowCursor {
  const statement = database.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid < ? ORDER BY rowid DESC`);
  statement.setReturnArrays(true);
  let rows: Iterator<unknown> | null = null;
  /** Read and not passed, the highest first. */
  let ahead: number[] = [];
  let isOver = false;

  const close = (): void => {
    rows?.return?.();
    rows = null;
  };

  const read = (): number | null => {
    if (isOver || rows === null) return null;
    const step = rows.next();
    if (step.done === true) {
      isOver = true;
      return null;
    }
    return rowSchema.parse(step.value)[0];
  };

  const begin = (end: number): void => {
    close();
    rows = statement.iterate(query, end);
  };

  return {
    before(end) {
      while (ahead.length > 0 && (ahead[0] ?? 0) >= end) ahead.shift();
      if (ahead.length > 0) return ahead[0] ?? null;
      if (rows === null && !isOver) begin(end);
      for (let steps = 0; ; steps += 1) {
        if (steps === MAX_STEPS) begin(end);
        const row = read();
        if (row === null) return null;
        if (row < end) {
          ahead = [row];
          return row;
        }
      }
    },
    take(first, end, count) {
      const taken = ahead.filter((row) => row >= first && row < end);
      let lowest = ahead.at(-1) ?? end;
      while (lowest >= first && taken.length < count) {
        const row = read();
        if (row === null) break;
        ahead.push(row);
        lowest = row;
        if (row >= first && row < end) taken.push(row);
      }
      return taken.slice(0, count);
    },
    close,
  };
}
