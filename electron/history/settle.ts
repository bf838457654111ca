import type { DatabaseSync } from "node:sqlite";

/**
 * Brings what is counted of each interaction up to what was written since: how much was said, the customer's mean score in
 * the first and the last fifth of the own lines (in order of speech), and what was done with each set's suggestions.
 * For a transaction of the caller's.
 */
export function settleInteractions(database: DatabaseSync): void {
  const stale = database.prepare("SELECT row FROM interactions WHERE stale = 1").all();
  if (stale.length === 0) return;
  const settleTalk = database.prepare(
    `WITH lines AS (
       SELECT score, row_number() OVER (ORDER BY at, row) AS place, count(*) OVER () AS count
       FROM utterances WHERE interaction = :row AND speaker = 'customer')
     UPDATE interactions SET stale = 0,
       said = (SELECT count(*) FROM utterances WHERE interaction = :row),
       sentiment_start = (SELECT avg(score) FROM lines WHERE place <= (count + 4) / 5),
       sentiment_end = (SELECT avg(score) FROM lines WHERE place > count - (count + 4) / 5)
     WHERE row = :row`,
  );
  const settleSets = database.prepare(
    `UPDATE sets SET displayed = done.displayed, copied = done.copied, sent = done.sent, used = done.used, dismissed = done.dismissed,
       helpful = done.helpful, not_helpful = done.not_helpful, dropped = done.dropped
     FROM (SELECT s.row AS row, coalesce(sum(o.displayed), 0) AS displayed, coalesce(sum(o.copied), 0) AS copied, coalesce(sum(o.sent), 0) AS sent,
         coalesce(sum(max(o.clicked, o.copied, o.sent)), 0) AS used, coalesce(sum(o.dismissed), 0) AS dismissed, coalesce(sum(o.helpful), 0) AS helpful,
         coalesce(sum(o.not_helpful), 0) AS not_helpful,
         coalesce((SELECT sum(count) FROM set_withheld WHERE set_row = s.row AND rule <> 'malformed'), 0) AS dropped
       FROM sets s LEFT JOIN outcomes o ON o.set_row = s.row WHERE s.interaction = :row GROUP BY s.row) AS done
     WHERE sets.row = done.row`,
  );
  for (const { row } of stale) {
    if (typeof row !== "number") continue;
    settleTalk.run({ row });
    settleSets.run({ row });
  }
}
