import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter } from "../../shared/history.ts";
import type { Overview } from "../../shared/overview.ts";
import { percentile } from "./percentile.ts";
import { filterSql } from "./search.ts";

/** After so long a supervisor sees an agent's figures whether the agent has looked at them or not. */
export const AGENT_FIRST_MS = 7 * 86_400_000;

/**
 * The figures of each agent in a period, in the agents' order. Each is shown once the agent has seen the own figures up
 * to the last thing in it, or seven days after that: whoever is measured knows it first. Reads only; throws SQLite's error.
 */
export function readAgentFigures(database: DatabaseSync, filter: HistoryFilter, { seen, now }: { readonly seen: ReadonlyMap<string, number>; readonly now: number }): Overview["agents"] {
  const { sql, values } = filterSql(filter, "i.", false);
  const asked = { ...values, start: filter.from ?? 0, end: filter.to ?? now + 1 };
  const from = `FROM sets s JOIN interactions i ON i.row = s.interaction ${sql} WHERE i.agent_id IS NOT NULL AND s.at >= :start AND s.at < :end`;
  const answered = database.prepare(`SELECT i.agent_id AS agentId, s.latency_ms AS ms ${from} AND s.origin = 'live' AND s.rejudged = 0`);
  const latencies = Map.groupBy(answered.all(asked).map((row) => latencyRow.parse(row)), (one) => one.agentId);
  return database
    .prepare(
      `SELECT i.agent_id AS agentId, max(s.at) AS lastAt, total(s.current) AS sets, count(*) FILTER (WHERE s.origin = 'fallback' AND s.rejudged = 0) AS fallbacks,
         total(s.current * s.dropped) AS withheld, total(s.displayed) AS displayed, total(s.copied) AS copied, total(s.sent) AS sent, total(s.used) AS used,
         total(s.dismissed) AS dismissed, total(s.helpful) AS helpful, total(s.not_helpful) AS notHelpful ${from} GROUP BY i.agent_id ORDER BY i.agent_id`,
    )
    .all(asked)
    .map((row) => {
      const { agentId, lastAt, ...figures } = agentRow.parse(row);
      const until = lastAt + AGENT_FIRST_MS;
      if (now < until && (seen.get(agentId) ?? 0) < lastAt) return { kind: "hidden", agentId, until };
      const times = (latencies.get(agentId) ?? []).map((one) => one.ms).toSorted((a, b) => a - b);
      return { kind: "shown", agentId, figures: { ...figures, latencyP50: percentile(times, 0.5), latencyP95: percentile(times, 0.95) } };
    });
}

const count = z.number();
const latencyRow = z.object({ agentId: z.string(), ms: z.number() });
const agentRow = z.object({
  agentId: z.string(),
  lastAt: z.number(),
  sets: count,
  fallbacks: count,
  withheld: count,
  displayed: count,
  copied: count,
  sent: count,
  used: count,
  dismissed: count,
  helpful: count,
  notHelpful: count,
});
