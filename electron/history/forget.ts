import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** A customer's name as names are compared: in one Unicode form, without regard to case and to how it was spaced. */
export function foldName(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s+/gu, " ").trim().toLowerCase();
}

/** A platform need not say that a conversation ended: one in which nothing was said for this long is over for whoever wants it forgotten. */
const QUIET_MS = 30 * 60_000;

const COLUMNS = "row, id, status, started_at AS startedAt, last_at AS lastAt";
const found = z.object({ row: z.number(), id: z.string(), status: z.string(), startedAt: z.number(), lastAt: z.number() });

/** An interaction that is to be forgotten; `live`: it still goes on, and cannot be yet. */
export interface Forgettable extends Pick<z.infer<typeof found>, "row" | "id" | "startedAt"> {
  readonly live: boolean;
}

/** The interactions of the customers of this name, as they are at `now`. Throws SQLite's error. */
export function interactionsOfCustomer(database: DatabaseSync, name: string, now: number): readonly Forgettable[] {
  const wanted = foldName(name);
  return database
    .prepare(`SELECT ${COLUMNS}, customer_name AS name FROM interactions WHERE customer_name IS NOT NULL`)
    .all()
    .filter((one) => typeof one["name"] === "string" && foldName(one["name"]) === wanted)
    .map((one) => forgettable(one, now));
}

/** The interaction of this id as it is at `now`, or null. Throws SQLite's error. */
export function interactionOfId(database: DatabaseSync, id: string, now: number): Forgettable | null {
  const one = database.prepare(`SELECT ${COLUMNS} FROM interactions WHERE id = ?`).get(id);
  return one === undefined ? null : forgettable(one, now);
}

function forgettable(one: unknown, now: number): Forgettable {
  const { row, id, status, startedAt, lastAt } = found.parse(one);
  return { row, id, startedAt, live: status === "live" && lastAt > now - QUIET_MS };
}

/** Removes interactions with all that hangs on them, from the index too. For a transaction of the caller's. `rows` selects their numbers. */
export function removeInteractions(database: DatabaseSync, rows: string, ...values: readonly number[]): number {
  const sets = `(SELECT row FROM sets WHERE interaction IN ${rows})`;
  for (const table of ["suggestions", "set_triggers", "set_withheld"]) database.prepare(`DELETE FROM ${table} WHERE set_row IN ${sets}`).run(...values);
  for (const table of ["sets", "utterances", "dispositions", "outcomes"]) database.prepare(`DELETE FROM ${table} WHERE interaction IN ${rows}`).run(...values);
  return Number(database.prepare(`DELETE FROM interactions WHERE row IN ${rows}`).run(...values).changes);
}

/** Says in the file that something was forgotten. For the transaction that forgets. */
export function markForgetting(database: DatabaseSync): void {
  database.exec("UPDATE forgettings SET mark = hex(randomblob(16))");
}

const marked = z.object({ mark: z.string() });

/** The mark of the last forgetting, which no other ever bears; empty before the first. Throws SQLite's error. */
export function readForgettingMark(database: DatabaseSync): string {
  return marked.parse(database.prepare("SELECT mark FROM forgettings").get()).mark;
}

const checkpointed = z.object({ busy: z.number() });

/**
 * Leaves no trace of what was removed: the file is written anew, because SQLite leaves copies of a row where it moved it
 * to, and then the log of changes is folded into it and cut to nothing. False where somebody still reads an older state:
 * the log holds it for them until it is tried again. Throws SQLite's error, as on a full disk.
 */
export function eraseTraces(database: DatabaseSync): boolean {
  database.exec("VACUUM");
  return checkpointed.parse(database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).busy === 0;
}
