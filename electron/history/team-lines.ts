import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { TeamInteraction, TeamLine, TeamSet } from "../../shared/team.ts";
import { present } from "./history-rows.ts";
import { json } from "../files/json-column.ts";

/**
 * What one desk tells the team of a period: the interactions that began in it or of which something came up in it, and
 * the sets that came up. No names and no words; ids are hashed with the desk's own, so that they lead back to nothing.
 * `settle` is to be called before. Reads only; throws SQLite's error.
 */
export function readTeamLines(database: DatabaseSync, { start, end }: { readonly start: number; readonly end: number }, desk: string): readonly TeamLine[] {
  const hashed = (kind: string, id: string): string => createHash("sha256").update(`${desk}\n${kind}\n${id}`).digest("hex").slice(0, 24);
  const interactions = database
    .prepare(
      `SELECT id, status, started_at AS startedAt, ended_at AS endedAt, agent_id AS agentId, channel, queue, said,
         sentiment_start AS sentimentStart, sentiment_end AS sentimentEnd FROM interactions
       WHERE (started_at >= :start AND started_at < :end) OR row IN (SELECT interaction FROM sets WHERE at >= :start AND at < :end) ORDER BY row`,
    )
    .all({ start, end })
    .map((row): TeamInteraction => {
      const { id, ...rest } = interactionRow.parse({ sentimentStart: null, sentimentEnd: null, ...present(row) });
      return { kind: "interaction", id: hashed("interaction", id), ...rest };
    });
  const sets = database
    .prepare(
      `SELECT i.id AS interaction, s.set_id AS id, s.at AS at, s.origin AS origin, s.rejudged AS rejudged, s.current AS current, s.outcome AS outcome,
         s.latency_ms AS latencyMs, s.displayed AS displayed, s.copied AS copied, s.sent AS sent, s.used AS used, s.dismissed AS dismissed,
         s.helpful AS helpful, s.not_helpful AS notHelpful,
         (SELECT json_group_array(json_object('kind', kind, 'words', words)) FROM set_triggers WHERE set_row = s.row) AS triggers,
         (SELECT json_group_array(json_object('rule', rule, 'words', words, 'count', count)) FROM set_withheld WHERE set_row = s.row) AS withheld
       FROM sets s JOIN interactions i ON i.row = s.interaction WHERE s.at >= :start AND s.at < :end ORDER BY s.row`,
    )
    .all({ start, end })
    .map((row): TeamSet => {
      const { id, interaction, ...rest } = setRow.parse(row);
      return { kind: "set", interaction: hashed("interaction", interaction), id: hashed("set", `${interaction}\n${id}`), ...rest };
    });
  return [...interactions, ...sets];
}

const flag = z.number().transform((value) => value !== 0);
const interactionRow = z.object({
  id: z.string(),
  status: z.enum(["live", "ended"]),
  startedAt: z.number(),
  endedAt: z.number().exactOptional(),
  agentId: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  queue: z.string().exactOptional(),
  said: z.number(),
  sentimentStart: z.number().nullable(),
  sentimentEnd: z.number().nullable(),
});
const setRow = z.object({
  interaction: z.string(),
  id: z.string(),
  at: z.number(),
  origin: z.enum(["live", "cached", "fallback"]),
  rejudged: flag,
  current: flag,
  outcome: z.enum(["filled", "empty", "emptied"]),
  latencyMs: z.number(),
  displayed: z.number(),
  copied: z.number(),
  sent: z.number(),
  used: z.number(),
  dismissed: z.number(),
  helpful: z.number(),
  notHelpful: z.number(),
  triggers: json(z.array(z.strictObject({ kind: z.enum(["keyword", "sentiment"]), words: z.string() }))),
  withheld: json(z.array(z.strictObject({ rule: z.enum(["phrase", "confidence", "malformed"]), words: z.string(), count: z.number() }))),
});
