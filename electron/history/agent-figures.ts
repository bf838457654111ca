import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter } from "../../shared/history.ts";
import type { Overview } from "../../shared/overview.ts";
import { leavingOut, leftOutOf, type LeftOut } from "./left-out.ts";
import { percentile } from "./percentile.ts";
import { filterSql } from "./search.ts";

/**
 * The figures of each agent in a period, in the agents' order, without what is left out; an agent of whom nothing else is
 * there is hidden. Reads only; throws SQLite's error.
 */
export function readAgentFigures(database: DatabaseSync, filter: HistoryFilter, leftOut: readonly LeftOut[], now: number): Overview["agents"] {
  const period = { start: filter.from ?? 0, end: filter.to ?? now + 1 };
  const { sql, values } = leavingOut(filterSql(filter, "i.", false), leftOut);
  const asked = { ...values, ...period };
  const from = `FROM sets s JOIN interactions i ON i.row = s.interaction ${sql} WHERE i.agent_id IS NOT NULL AND s.at >= :start AND s.at < :end`;
  const answered = database.prepare(`SELECT i.agent_id AS agentId, s.latency_ms AS ms ${from} AND s.origin = 'live' AND s.rejudged = 0`);
  const latencies = Map.groupBy(answered.all(asked).map((row) => latencyRow.parse(row)), (one) => one.agentId);
  const waiting = Map.groupBy(leftOutOf(database, leftOut, filter, period), (one) => one.agentId);
  const untilOf = (agentId: string): number | null => waiting.get(agentId)?.reduce((latest, { until }) => Math.max(latest, until), 0) ?? null;
  const shown = database
    .prepare(
      `SELECT i.agent_id AS agentId, total(s.current) AS sets, count(*) FILTER (WHERE s.origin = 'fallback' AND s.rejudged = 0) AS fallbacks,
         total(s.current * s.dropped) AS withheld, total(s.displayed) AS displayed, total(s.copied) AS copied, total(s.sent) AS sent, total(s.used) AS used,
         total(s.dismissed) AS dismissed, total(s.helpful) AS helpful, total(s.not_helpful) AS notHelpful ${from} GROUP BY i.agent_id`,
    )
    .all(asked)
    .map((row) => {
      const { agentId, ...figures } = agentRow.parse(row);
      const times = (latencies.get(agentId) ?? []).map((one) => one.ms).toSorted((a, b) => a - b);
      return { kind: "shown", agentId, figures: { ...figures, latencyP50: percentile(times, 0.5), latencyP95: percentile(times, 0.95) }, until: untilOf(agentId) } as const;
    });
  const isShown = new Set(shown.map(({ agentId }) => agentId));
  const hidden = [...waiting.keys()].filter((agentId) => !isShown.has(agentId)).map((agentId) => ({ kind: "hidden", agentId, until: untilOf(agentId) ?? now }) as const);
  return [...shown, ...hidden].toSorted((a, b) => (a.agentId < b.agentId ? -1 : 1));
}

const count = z.number();
const latencyRow = z.object({ agentId: z.string(), ms: z.number() });
const agentRow = z.object({
  agentId: z.string(),
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
