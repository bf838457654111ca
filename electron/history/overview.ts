import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFacets, HistoryFilter } from "../../shared/history.ts";
import type { Overview, OverviewFigures } from "../../shared/overview.ts";
import { daysOf, type CalendarDay } from "./calendar.ts";
import { leavingOut, leftOutOf, type LeftOut } from "./left-out.ts";
import { percentile } from "./percentile.ts";
import { filterSql } from "./search.ts";

/** What the overview of one desk's history holds; who asked and how long it took is added by whoever answers. */
export type DeskOverview = Omit<Overview, "query" | "agents" | "unread" | "tookMs">;

const MAX_TRIGGERS = 200;
const MAX_RULES = 200;
/** A customer who ends within this of where the talk began sounds the same. */
const SAME_SENTIMENT = 0.1;

/**
 * Reads the overview. What happened to suggestions counts on the day on which they came up, interactions on the day on
 * which they began; `now` ends a period that is open. A suggestion counts once however often it was told, a fallback
 * that was replaced counts as a fallback and its set once. Reads only; throws SQLite's error, and a RangeError for a
 * zone that is none. `settle` is to be called before. Interactions that are `leftOut` are in no figure, only told how many.
 */
export function readOverview(database: DatabaseSync, filter: HistoryFilter, zone: string, now: number, leftOut: readonly LeftOut[] = []): DeskOverview {
  const facets = readFacets(database, leftOut);
  const from = filter.from ?? facets.since ?? now;
  const to = Math.max(from, filter.to ?? now + 1);
  const days = daysOf(from, to, zone);
  const { sql, values } = leavingOut(filterSql(filter, "i.", false), leftOut);
  const missing = leftOutOf(database, leftOut, filter, { start: from, end: to });
  const period: Period = { days, sql, parameters: { start: from, end: to, ...values } };
  const perDay = figuresPerDay(database, period);
  const { interactions, ...total } = sumOf(perDay);
  return {
    total,
    interactions,
    utterances: readUtterances(database, period),
    days: perDay.map(({ latencies, ...figures }, index) => ({ day: days[index]?.day ?? "", ...figures, ...percentilesOf(latencies) })),
    triggers: readTriggers(database, period),
    withheldBy: readRules(database, period),
    sentiment: readSentiment(database, period),
    leftOut: { agents: new Set(missing.map(({ agentId }) => agentId)).size, interactions: missing.length },
    facets,
  };
}

/** What the history can be filtered by; not by agents of whom everything is `leftOut`. Reads only; throws SQLite's error. */
export function readFacets(database: DatabaseSync, leftOut: readonly LeftOut[] = []): HistoryFacets {
  const values = (column: string): readonly string[] =>
    database
      .prepare(`SELECT DISTINCT ${column} AS value FROM interactions WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT 500`)
      .all()
      .map((row) => valueSchema.parse(row).value);
  const ofAgents = database.prepare("SELECT agent_id AS agentId, count(*) AS count FROM interactions WHERE agent_id IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 500").all();
  const hidden = Map.groupBy(leftOut, ({ agentId }) => agentId);
  const agents = ofAgents
    .map((row) => ofAgentSchema.parse(row))
    .filter((one) => one.count > (hidden.get(one.agentId)?.length ?? 0))
    .map(({ agentId }) => agentId);
  const { interactions, since } = facetSchema.parse(database.prepare("SELECT count(*) AS interactions, min(started_at) AS since FROM interactions").get());
  return { channels: values("channel"), queues: values("queue"), agents, interactions, since };
}

/** The days that are asked about, and what an interaction `i` has to be. */
interface Period {
  readonly days: readonly CalendarDay[];
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

type DayFigures = z.infer<typeof daySchema> & { readonly interactions: number; readonly latencies: readonly number[] };

/** Only where something is asked of the interaction does it have to be looked at. */
function ofInteraction(sql: string): string {
  return sql === "" ? "" : `JOIN interactions i ON i.row = s.interaction ${sql}`;
}

function figuresPerDay(database: DatabaseSync, { days, sql, parameters }: Period): readonly DayFigures[] {
  const { start: _start, end: _end, ...values } = parameters;
  const asked = { ...values, days: JSON.stringify(days.map(({ start, end }) => [start, end])) };
  const inDays = "WITH days AS (SELECT key AS day, value ->> 0 AS start, value ->> 1 AS end FROM json_each(:days))";
  const sets = database
    .prepare(
      `${inDays} SELECT d.day AS day, total(s.current) AS sets, count(*) FILTER (WHERE s.origin = 'fallback' AND s.rejudged = 0) AS fallbacks,
         total(s.current * s.dropped) AS withheld, total(s.displayed) AS displayed, total(s.copied) AS copied, total(s.sent) AS sent, total(s.used) AS used,
         total(s.dismissed) AS dismissed, total(s.helpful) AS helpful, total(s.not_helpful) AS notHelpful
       FROM days d CROSS JOIN sets s ON s.at >= d.start AND s.at < d.end ${ofInteraction(sql)} GROUP BY d.day`,
    )
    .all(asked)
    .map((row) => daySchema.extend({ day: z.number() }).parse(row));
  const begun = database
    .prepare(`${inDays} SELECT d.day AS day, count(*) AS count FROM days d CROSS JOIN interactions i ON i.started_at >= d.start AND i.started_at < d.end ${sql} GROUP BY d.day`)
    .all(asked)
    .map((row) => countSchema.extend({ day: z.number() }).parse(row));
  const answered = database.prepare(
    `${inDays} SELECT d.day, s.latency_ms FROM days d CROSS JOIN sets s ON s.at >= d.start AND s.at < d.end ${ofInteraction(sql)} WHERE s.origin = 'live' AND s.rejudged = 0`,
  );
  answered.setReturnArrays(true);
  const latencies = days.map((): number[] => []);
  for (const row of answered.all(asked)) {
    const [day, ms] = latencySchema.parse(row);
    latencies[day]?.push(ms);
  }
  return days.map((_, index) => {
    const { day: _day, ...figures } = sets.find((one) => one.day === index) ?? { day: index, ...nothing };
    return { ...figures, interactions: begun.find((one) => one.day === index)?.count ?? 0, latencies: latencies[index]?.toSorted((a, b) => a - b) ?? [] };
  });
}

function sumOf(days: readonly DayFigures[]): OverviewFigures & { readonly interactions: number } {
  const sum = { ...nothing, interactions: 0 };
  for (const day of days) for (const key of sumKeys) sum[key] += day[key];
  return { ...sum, ...percentilesOf(days.flatMap((day) => day.latencies).toSorted((a, b) => a - b)) };
}

function percentilesOf(sorted: readonly number[]): Pick<OverviewFigures, "latencyP50" | "latencyP95"> {
  return { latencyP50: percentile(sorted, 0.5), latencyP95: percentile(sorted, 0.95) };
}

function readUtterances(database: DatabaseSync, { sql, parameters }: Period): number {
  return countSchema.parse(database.prepare(`SELECT total(said) AS count FROM interactions i WHERE i.started_at >= :start AND i.started_at < :end ${sql}`).get(parameters)).count;
}

/** As the totals are counted: a set once, by how it reads last, and what was done with a suggestion also where it was replaced since. */
function readTriggers(database: DatabaseSync, { sql, parameters }: Period): DeskOverview["triggers"] {
  return database
    .prepare(
      `SELECT t.kind AS kind, t.words AS words, total(s.current) AS sets, count(*) FILTER (WHERE s.current = 1 AND s.outcome <> 'filled') AS empty,
         total(s.current * s.dropped) AS withheld,
         total(s.displayed) AS displayed, total(s.used) AS used, total(s.dismissed) AS dismissed, total(s.not_helpful) AS notHelpful
       FROM sets s ${ofInteraction(sql)} CROSS JOIN set_triggers t ON t.set_row = s.row
       WHERE s.at >= :start AND s.at < :end
       GROUP BY t.kind, t.words ORDER BY used DESC, dismissed + notHelpful DESC, sets DESC, t.words LIMIT ${MAX_TRIGGERS}`,
    )
    .all(parameters)
    .map((row) => triggerSchema.parse(row));
}

function readRules(database: DatabaseSync, { sql, parameters }: Period): DeskOverview["withheldBy"] {
  return database
    .prepare(
      `SELECT w.rule AS rule, w.words AS words, sum(w.count) AS count FROM sets s ${ofInteraction(sql)} CROSS JOIN set_withheld w ON w.set_row = s.row
       WHERE s.current = 1 AND s.at >= :start AND s.at < :end GROUP BY w.rule, w.words ORDER BY count DESC, w.words LIMIT ${MAX_RULES}`,
    )
    .all(parameters)
    .map((row) => ruleSchema.parse(row));
}

function readSentiment(database: DatabaseSync, { sql, parameters }: Period): DeskOverview["sentiment"] {
  const found = sentimentSchema.parse(
    database
      .prepare(
        `SELECT count(*) AS interactions, avg(i.sentiment_start) AS start, avg(i.sentiment_end) AS "end",
           count(*) FILTER (WHERE i.sentiment_end - i.sentiment_start > ${SAME_SENTIMENT}) AS better,
           count(*) FILTER (WHERE i.sentiment_start - i.sentiment_end > ${SAME_SENTIMENT}) AS worse
         FROM interactions i WHERE i.started_at >= :start AND i.started_at < :end ${sql} AND i.sentiment_start IS NOT NULL`,
      )
      .get(parameters),
  );
  return { ...found, same: found.interactions - found.better - found.worse };
}

const count = z.number();
const valueSchema = z.object({ value: z.string() });
const ofAgentSchema = z.object({ agentId: z.string(), count });
const facetSchema = z.object({ interactions: count, since: z.number().nullable() });
const daySchema = z.object({ sets: count, fallbacks: count, withheld: count, displayed: count, copied: count, sent: count, used: count, dismissed: count, helpful: count, notHelpful: count });
/** A day on which nothing came up. */
const nothing: z.infer<typeof daySchema> = { sets: 0, fallbacks: 0, withheld: 0, displayed: 0, copied: 0, sent: 0, used: 0, dismissed: 0, helpful: 0, notHelpful: 0 };
const sumKeys = ["sets", "fallbacks", "withheld", "displayed", "copied", "sent", "used", "dismissed", "helpful", "notHelpful", "interactions"] as const;
const countSchema = z.object({ count });
const latencySchema = z.tuple([z.number(), z.number()]);
const triggerSchema = z.object({
  kind: z.enum(["keyword", "sentiment"]),
  words: z.string(),
  sets: count,
  empty: count,
  withheld: count,
  displayed: count,
  used: count,
  dismissed: count,
  notHelpful: count,
});
const ruleSchema = z.object({ rule: z.enum(["phrase", "confidence", "malformed"]), words: z.string(), count });
const sentimentSchema = z.object({ interactions: count, start: z.number().nullable(), end: z.number().nullable(), better: count, worse: count });
