import type { DatabaseSync } from "node:sqlite";

/**
 * Brings what is counted of each interaction up to what was written since: how much was said, and the customer's mean
 * score in the first and the last fifth of the own lines, in order of speech. For a transaction of the caller's.
 */
export function settleInteractions(database: DatabaseSync): void {
  const stale = database.prepare("SELECT row FROM interactions WHERE stale = 1").all();
  if (stale.length === 0) return;
  const settle = database.prepare(
    `WITH lines AS (
       SELECT score, row_number() OVER (ORDER BY at, row) AS place, count(*) OVER () AS count
       FROM utterances WHERE interaction = :row AND speaker = 'customer')
     UPDATE interactions SET stale = 0,
       said = (SELECT count(*) FROM utterances WHERE interaction = :row),
       sentiment_start = (SELECT avg(score) FROM lines WHERE place <= (count + 4) / 5),
       sentiment_end = (SELECT avg(score) FROM lines WHERE place > count - (count + 4) / 5)
     WHERE row = :row`,
  );
  for (const { row } of stale) if (typeof row === "number") settle.run({ row });
}
