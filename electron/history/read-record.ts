import type { DatabaseSync } from "node:sqlite";
import { interactionSchema } from "../../shared/interaction.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import type { HistoryCounts, InteractionSummary } from "./history-record.ts";
import { countRowSchema, dispositionRowSchema, outcomeSumsSchema, present, rowSchema, setRowSchema, suggestionRowSchema, summaryRowSchema, utteranceRowSchema } from "./history-rows.ts";

/** The columns of an interaction, by the names of its type. */
export const INTERACTION_COLUMNS =
  "id, status, started_at AS startedAt, ended_at AS endedAt, agent_id AS agentId, customer_name AS customerName, channel, queue";

/** Everything that is kept of one interaction; null where there is none of this id. Throws SQLite's error. */
export function readRecord(database: DatabaseSync, interactionId: string): InteractionRecord | null {
  const found = database.prepare(`SELECT ${INTERACTION_COLUMNS} FROM interactions WHERE id = ?`).get(interactionId);
  if (found === undefined) return null;
  const { row } = rowSchema.parse(database.prepare("SELECT row FROM interactions WHERE id = ?").get(interactionId));
  const utterances = database
    .prepare("SELECT id, speaker, text, at, score, sequence, marks FROM utterances WHERE interaction = ? ORDER BY at, row")
    .all(row)
    .map((one) => utteranceRowSchema.parse({ ...present(one), final: true }));
  const suggestions = database
    .prepare(
      `SELECT set_row AS setRow, suggestions.id, text, confidence, source FROM suggestions JOIN sets ON sets.row = set_row
       WHERE interaction = ? ORDER BY set_row, suggestions.position`,
    )
    .all(row)
    .map((one) => suggestionRowSchema.parse(one));
  const sets = database
    .prepare(
      `SELECT row, set_id AS id, :id AS interactionId, utterance_id AS utteranceId, utterance_at AS utteranceAt,
         position AS "order", trigger, origin, replaces, rejudged, fault, withheld, outcome, policy_version AS policyVersion,
         latency_ms AS latencyMs, upstream_ms AS upstreamMs, at
       FROM sets WHERE interaction = :row ORDER BY row`,
    )
    .all({ row, id: interactionId })
    .map((one) => setRowSchema.parse(present(one)));
  const dispositions = database
    .prepare("SELECT suggestion_id AS suggestionId, disposition, undone, at FROM dispositions WHERE interaction = ? ORDER BY row")
    .all(row)
    .map((one) => dispositionRowSchema.parse(one));
  return {
    interaction: interactionSchema.parse(present(found)),
    // The platform's numbers are the surer order, where it gives them to all.
    utterances: utterances.every((one) => one.sequence !== undefined)
      ? utterances.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
      : utterances,
    sets: sets.map(({ row: setRow, ...set }) => ({
      ...set,
      suggestions: suggestions.filter((one) => one.setRow === setRow).map(({ id, text, confidence, source }) => ({ id, text, confidence, source })),
    })),
    dispositions,
  };
}

/** The latest interactions first. Throws SQLite's error. */
export function readSummaries(database: DatabaseSync, limit: number): readonly InteractionSummary[] {
  return database
    .prepare(
      `SELECT ${INTERACTION_COLUMNS}, last_at AS lastAt,
         (SELECT count(*) FROM utterances WHERE interaction = interactions.row) AS utterances,
         (SELECT count(*) FROM sets WHERE interaction = interactions.row) AS sets
       FROM interactions ORDER BY last_at DESC, row DESC LIMIT ?`,
    )
    .all(limit)
    .map((one) => summaryRowSchema.parse(present(one)));
}

/** How much is kept. Throws SQLite's error. */
export function readCounts(database: DatabaseSync): HistoryCounts {
  const count = (table: string): number => countRowSchema.parse(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).count;
  const sums = outcomeSumsSchema.parse(
    database
      .prepare(
        `SELECT total(displayed) AS displayed, total(clicked) AS clicked, total(copied) AS copied, total(sent) AS sent,
           total(dismissed) AS dismissed, total(helpful) AS helpful, total(not_helpful) AS "not helpful" FROM outcomes`,
      )
      .get(),
  );
  return { interactions: count("interactions"), utterances: count("utterances"), sets: count("sets"), suggestions: count("suggestions"), dispositions: sums };
}
