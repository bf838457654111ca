import type { Overview, OverviewFigures } from "../../shared/overview.ts";

/** What a spreadsheet would take for a formula at the beginning of a cell. */
const FORMULA_START = /^[=+\-@\t\r]/u;

type Cell = string | number | null;

const FIGURE_NAMES = {
  sets: "sets",
  displayed: "displayed",
  copied: "copied",
  sent: "sent",
  used: "used",
  dismissed: "dismissed",
  helpful: "helpful",
  notHelpful: "not helpful",
  withheld: "withheld",
  fallbacks: "fallbacks",
  latencyP50: "latency p50 ms",
  latencyP95: "latency p95 ms",
} as const satisfies Record<keyof OverviewFigures, string>;

const figureKeys = Object.keys(FIGURE_NAMES).filter((key): key is keyof OverviewFigures => Object.hasOwn(FIGURE_NAMES, key));

/**
 * An overview as CSV (RFC 4180: CRLF, quotes doubled), in tables one below the other, each row beginning with the table's
 * name, so that it can be filtered by it. With a byte order mark, without which spreadsheets take UTF-8 for something
 * else; a text that would be a formula there gets an apostrophe in front.
 */
export function overviewCsv(overview: Overview): string {
  const rows: (readonly Cell[])[] = [
    ["table", "name", "interactions", ...figureKeys.map((key) => FIGURE_NAMES[key]), "empty"],
    figureRow("total", "", overview.interactions, overview.total),
    ...overview.days.map(({ day, interactions, ...figures }) => figureRow("day", day, interactions, figures)),
    ...overview.triggers.map((one) => figureRow("trigger", one.kind === "sentiment" ? "sentiment" : one.words, null, one, one.empty)),
    ...overview.agents.flatMap((one) => (one.kind === "shown" ? [figureRow("agent", one.agentId, null, one.figures)] : [])),
    ...overview.withheldBy.map(({ rule, words, count }) => figureRow("withheld", words === "" ? rule : `${rule}: ${words}`, null, { withheld: count })),
  ];
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function figureRow(table: string, name: string, interactions: number | null, figures: Partial<OverviewFigures>, empty: number | null = null): readonly Cell[] {
  return [table, name, interactions, ...figureKeys.map((key) => figures[key] ?? null), empty];
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
