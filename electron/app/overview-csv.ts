import type { Overview, OverviewFigures } from "../../shared/overview.ts";
import { englishWords, type Words } from "../words/en.ts";

/** What a spreadsheet would take for a formula at the beginning of a cell. */
const FORMULA_START = /^[=+\-@\t\r]/u;

type Cell = string | number | null;

/** In the order of the columns. */
const figureKeys = ["sets", "displayed", "copied", "sent", "used", "dismissed", "helpful", "notHelpful", "withheld", "fallbacks", "latencyP50", "latencyP95"] as const satisfies readonly (keyof OverviewFigures)[];

/**
 * An overview as CSV (RFC 4180: CRLF, quotes doubled), in tables one below the other, each row beginning with the table's
 * name, so that it can be filtered by it. With a byte order mark, without which spreadsheets take UTF-8 for something
 * else; a text that would be a formula there gets an apostrophe in front. In English unless words are given: they also
 * say by what cells are parted and numbers are broken, because the spreadsheets of a language expect its own signs.
 */
export function overviewCsv(overview: Overview, words: Words["overviewFile"] = englishWords.overviewFile): string {
  const rows: (readonly Cell[])[] = [
    [words.table, words.name, words.interactions, ...figureKeys.map((key) => words.figures[key]), words.empty],
    ...factRows(overview, words),
    figureRow(words.total, "", overview.interactions, overview.total),
    ...(overview.leftOut.interactions > 0 ? [figureRow(words.leftOut, String(overview.leftOut.agents), overview.leftOut.interactions, {})] : []),
    ...overview.days.map(({ day, interactions, ...figures }) => figureRow(words.day, day, interactions, figures)),
    ...overview.triggers.map((one) => figureRow(words.trigger, one.kind === "sentiment" ? words.sentiment : one.words, null, one, one.empty)),
    ...overview.agents.flatMap((one) => (one.kind === "shown" ? [figureRow(words.agent, one.agentId, null, one.figures)] : [])),
    ...overview.withheldBy.map(({ rule, words: found, count }) => figureRow(words.withheldBy, found === "" ? rule : `${rule}: ${found}`, null, { withheld: count })),
  ];
  return `\uFEFF${rows.map((row) => row.map((one) => cell(one, words)).join(words.separator)).join("\r\n")}\r\n`;
}

/** What the figures are of, and what has no column: its name where a table's stands, and beside it what it is. */
function factRows({ query, days, utterances, sentiment }: Overview, { facts, sources, all }: Words["overviewFile"]): readonly (readonly Cell[])[] {
  const { channel, queue, agentId } = query.filter;
  const fact = (name: string, value: Cell): readonly Cell[] => [name, value, null, ...figureKeys.map(() => null), null];
  return [
    fact(facts.source, sources[query.source]),
    fact(facts.from, days[0]?.day ?? null),
    fact(facts.to, days.at(-1)?.day ?? null),
    fact(facts.zone, query.zone),
    fact(facts.channel, channel ?? all),
    fact(facts.queue, queue ?? all),
    fact(facts.agent, agentId ?? all),
    fact(facts.utterances, utterances),
    fact(facts.scored, sentiment.interactions),
    fact(facts.start, sentiment.start),
    fact(facts.end, sentiment.end),
    fact(facts.better, sentiment.better),
    fact(facts.same, sentiment.same),
    fact(facts.worse, sentiment.worse),
  ];
}

function figureRow(table: string, name: string, interactions: number | null, figures: Partial<OverviewFigures>, empty: number | null = null): readonly Cell[] {
  return [table, name, interactions, ...figureKeys.map((key) => figures[key] ?? null), empty];
}

function cell(value: Cell, { separator, decimal }: Words["overviewFile"]): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Math.round(value * 100) / 100).replace(".", decimal);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /["\r\n]/u.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
