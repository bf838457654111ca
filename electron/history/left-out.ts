import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFilter } from "../../shared/history.ts";
import { filterSql, type FilterSql } from "./search.ts";

/** After so long others see an agent's figures whether the agent has looked at them or not. */
const AGENT_FIRST_MS = 7 * 86_400_000;

/** Who is shown figures, as far as that decides what is in them. */
export interface FiguresViewer {
  /** Until when each agent has seen the own figures, in ms since the Unix epoch. */
  readonly seen: ReadonlyMap<string, number>;
  /** The agents that the viewer is. */
  readonly own: readonly string[];
}

/** An interaction that is still its agent's alone. */
export interface LeftOut {
  readonly row: number;
  readonly agentId: string;
  /** From when on it is in everybody's figures, unless the agent looks at it before; in ms since the Unix epoch. */
  readonly until: number;
}

/**
 * The interactions that no figure may hold which somebody other than their agent is shown: whoever is measured knows it
 * first. Each is left out as a whole, with all that came up in it, until its agent has seen the own figures after the
 * last thing in it, or that is seven days ago. What is in a sum is then what a single agent's own row may show too, so that no
 * difference of two sums tells anything of what is hidden. One that still goes on changes after every look: it waits the
 * seven days. Reads only; throws SQLite's error.
 */
export function readLeftOut(database: DatabaseSync, { seen, own }: FiguresViewer, now: number): readonly LeftOut[] {
  const fresh = now - AGENT_FIRST_MS;
  return database
    .prepare(
      `SELECT i.row AS row, i.agent_id AS agentId, i.status AS status,
         max(i.started_at, coalesce(i.ended_at, i.started_at), coalesce((SELECT max(at) FROM sets WHERE interaction = i.row), i.started_at)) AS lastAt
       FROM interactions i WHERE i.agent_id IS NOT NULL
         AND i.row IN (SELECT row FROM interactions WHERE started_at > :fresh OR ended_at > :fresh UNION ALL SELECT interaction FROM sets WHERE at > :fresh)`,
    )
    .all({ fresh })
    .map((row) => leftOutRow.parse(row))
    .filter(({ agentId, status, lastAt }) => !own.includes(agentId) && (status === "live" || (seen.get(agentId) ?? 0) < lastAt))
    .map(({ row, agentId, lastAt }) => ({ row, agentId, until: Math.min(lastAt, now) + AGENT_FIRST_MS }));
}

/** Those of `leftOut` that a question would count otherwise: they pass its filter, and began in its period or something came up in them then. */
export function leftOutOf(database: DatabaseSync, leftOut: readonly LeftOut[], filter: HistoryFilter, { start, end }: { readonly start: number; readonly end: number }): readonly LeftOut[] {
  if (leftOut.length === 0) return leftOut;
  const { sql, values } = filterSql(filter, "i.", false);
  const rows = database
    .prepare(
      `SELECT i.row AS row FROM interactions i WHERE i.row IN (SELECT value FROM json_each(:leftOut)) ${sql}
         AND ((i.started_at >= :start AND i.started_at < :end) OR EXISTS (SELECT 1 FROM sets WHERE interaction = i.row AND at >= :start AND at < :end))`,
    )
    .all({ ...values, start, end, leftOut: rowsOf(leftOut) })
    .map((row) => numberRow.parse(row).row);
  const counted = new Set(rows);
  return leftOut.filter(({ row }) => counted.has(row));
}

/** A filter on interactions `i` that none of `leftOut` passes. */
export function leavingOut({ sql, values }: FilterSql, leftOut: readonly LeftOut[]): FilterSql {
  if (leftOut.length === 0) return { sql, values };
  return { sql: `${sql} AND i.row NOT IN (SELECT value FROM json_each(:leftOut))`, values: { ...values, leftOut: rowsOf(leftOut) } };
}

function rowsOf(leftOut: readonly LeftOut[]): string {
  return JSON.stringify(leftOut.map(({ row }) => row));
}

const leftOutRow = z.object({ row: z.number(), agentId: z.string(), status: z.string(), lastAt: z.number() });
const numberRow = z.object({ row: z.number() });
