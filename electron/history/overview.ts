import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { HistoryFacets, HistoryFilter } from "../../shared/history.ts";
import type { Overview, OverviewFigures } from "../../shared/overview.ts";
import { daysOf, type CalendarDay } from "./calendar.ts";
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
 * zone that is none. `settle` is to be called before.
 */
export function readOverview(database: DatabaseSync, filter: HistoryFilter, zone: string, now: number): DeskOverview {
  const from = filter.from ?? readFacets(database).since ?? now;
  const to = Math.max(from, filter.to ?? now + 1);
  const days = daysOf(from, to, zone);
  const within = createReader(database, filter);
  const perDay = days.map((day) => ({ day: day.day, ...within.figures(day) }));
  const whole = { day: "", start: from, end: to };
  const { interactions, ...total } = within.figures(whole);
  return {
    total,
    interactions,
    utterances: within.utterances(whole),
    days: perDay,
    triggers: within.triggers(whole),
    withheldBy: within.withheldBy(whole),
    sentiment: within.sentiment(whole),
  };
}

/** What the history can be filtered by. Reads only; throws SQLite's error. */
export function readFacets(database: DatabaseSync): HistoryFacets {
  const values = (column: string): readonly string[] =>
    database
      .prepare(`SELECT DISTINCT ${column} AS value FROM interactions WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT 500`)
      .all()
      .map((row) => valueSchema.parse(row).value);
  const { interactions, since } = facetSchema.parse(database.prepare("SELECT count(*) AS interactions, min(started_at) AS since FROM interactions").get());
  return { channels: values("channel"), queues: values("queue"), agents: values("agent_id"), interactions, since };
}

function createReader(database: DatabaseSync, filter: HistoryFilter) {
  const { sql, values } = filterSql(filter, "i.", false);
  /** Only where something is asked of the interaction does it have to be looked at. */
  const joined = (table: string): string => (sql === "" ? "" : `JOIN interactions i ON i.row = ${table}.interaction ${sql}`);
  const over = ({ start, end }: CalendarDay) => ({ start, end, ...values });

  const setFigures = database.prepare(
    `SELECT count(*) FILTER (WHERE s.current = 1) AS sets, count(*) FILTER (WHERE s.origin = 'fallback' AND s.rejudged = 0) AS fallbacks
     FROM sets s ${joined("s")} WHERE s.at >= :start AND s.at < :end`,
  );
  const withheld = database.prepare(
    `SELECT total(w.count) AS withheld FROM sets s ${joined("s")} JOIN set_withheld w ON w.set_row = s.row
     WHERE s.current = 1 AND w.rule <> 'malformed' AND s.at >= :start AND s.at < :end`,
  );
  const outcomes = database.prepare(
    `SELECT total(displayed) AS displayed, total(copied) AS copied, total(sent) AS sent, total(dismissed) AS dismissed, total(helpful) AS helpful,
       total(not_helpful) AS notHelpful, total(max(clicked, copied, sent)) AS used
     FROM outcomes o ${joined("o")} WHERE o.at >= :start AND o.at < :end`,
  );
  const latencies = database.prepare(
    `SELECT s.latency_ms AS ms FROM sets s ${joined("s")} WHERE s.origin = 'live' AND s.rejudged = 0 AND s.at >= :start AND s.at < :end ORDER BY 1`,
  );
  latencies.setReturnArrays(true);
  const begun = `FROM interactions i WHERE i.started_at >= :start AND i.started_at < :end ${sql}`;
  const interactions = database.prepare(`SELECT count(*) AS count ${begun}`);
  const said = database.prepare(`SELECT total(said) AS count ${begun}`);
  const triggers = database.prepare(
    `SELECT t.kind AS kind, t.words AS words, count(*) AS sets, count(*) FILTER (WHERE s.outcome <> 'filled') AS empty,
       total((SELECT total(w.count) FROM set_withheld w WHERE w.set_row = s.row AND w.rule <> 'malformed')) AS withheld,
       total(d.displayed) AS displayed, total(d.used) AS used, total(d.dismissed) AS dismissed, total(d.not_helpful) AS notHelpful
     FROM sets s ${joined("s")} JOIN set_triggers t ON t.set_row = s.row
       LEFT JOIN (SELECT set_row, sum(displayed) AS displayed, sum(max(clicked, copied, sent)) AS used, sum(dismissed) AS dismissed, sum(not_helpful) AS not_helpful
         FROM outcomes WHERE set_row IS NOT NULL GROUP BY set_row) d ON d.set_row = s.row
     WHERE s.current = 1 AND s.at >= :start AND s.at < :end
     GROUP BY t.kind, t.words ORDER BY used DESC, dismissed + notHelpful DESC, sets DESC, t.words LIMIT ${MAX_TRIGGERS}`,
  );
  const rules = database.prepare(
    `SELECT w.rule AS rule, w.words AS words, sum(w.count) AS count FROM sets s ${joined("s")} JOIN set_withheld w ON w.set_row = s.row
     WHERE s.current = 1 AND s.at >= :start AND s.at < :end GROUP BY w.rule, w.words ORDER BY count DESC, w.words LIMIT ${MAX_RULES}`,
  );
  const sentiment = database.prepare(
    `SELECT count(*) AS interactions, avg(i.sentiment_start) AS start, avg(i.sentiment_end) AS "end",
       count(*) FILTER (WHERE i.sentiment_end - i.sentiment_start > ${SAME_SENTIMENT}) AS better,
       count(*) FILTER (WHERE i.sentiment_start - i.sentiment_end > ${SAME_SENTIMENT}) AS worse
     ${begun} AND i.sentiment_start IS NOT NULL`,
  );

  return {
    figures(day: CalendarDay): OverviewFigures & { readonly interactions: number } {
      const parameters = over(day);
      const times = latencies.all(parameters).map((row) => timeSchema.parse(row)[0]);
      return {
        ...setsSchema.parse(setFigures.get(parameters)),
        ...withheldSchema.parse(withheld.get(parameters)),
        ...outcomesSchema.parse(outcomes.get(parameters)),
        latencyP50: percentile(times, 0.5),
        latencyP95: percentile(times, 0.95),
        interactions: countSchema.parse(interactions.get(parameters)).count,
      };
    },
    utterances: (period: CalendarDay): number => countSchema.parse(said.get(over(period))).count,
    triggers: (period: CalendarDay): DeskOverview["triggers"] => triggers.all(over(period)).map((row) => triggerSchema.parse(row)),
    withheldBy: (period: CalendarDay): DeskOverview["withheldBy"] => rules.all(over(period)).map((row) => ruleSchema.parse(row)),
    sentiment(period: CalendarDay): DeskOverview["sentiment"] {
      const found = sentimentSchema.parse(sentiment.get(over(period)));
      return { ...found, same: found.interactions - found.better - found.worse };
    },
  };
}

const count = z.number();
const valueSchema = z.object({ value: z.string() });
const facetSchema = z.object({ interactions: count, since: z.number().nullable() });
const setsSchema = z.object({ sets: count, fallbacks: count });
const withheldSchema = z.object({ withheld: count });
const outcomesSchema = z.object({ displayed: count, copied: count, sent: count, used: count, dismissed: count, helpful: count, notHelpful: count });
const countSchema = z.object({ count });
const timeSchema = z.tuple([z.number()]);
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
