import type { Batch, Hits } from "../../shared/simulation.ts";
import type { TrendPoint } from "../../shared/simulation-view.ts";
import { html, join, type Markup, when } from "./report-markup.ts";
import { cutText, percent, utcTime, type ReportWords } from "./report-words.ts";

/** How many names of cases stand behind a number; the JSON report has them all. */
const MAX_NAMES = 30;
/** How many bars are drawn before the rest is folded away. */
const MAX_BARS = 30;
const MAX_NAME = 200;
const WIDTH = 264;
const HEIGHT = 116;
const TOP = 10;
const BOTTOM = 28;
const LEFT = 38;
const RIGHT = 6;

/** The verdicts of a batch as one bar, in the order and colours of the figures above it. */
export function verdictBar({ counts }: Batch): Markup {
  const parts = [["passed", counts.passed], ["failed", counts.failed], ["error", counts.errors], ["flaky", counts.flaky], ["inconclusive", counts.inconclusive]] as const;
  const total = Math.max(1, parts.reduce((sum, [, count]) => sum + count, 0));
  let before = 0;
  const bars = parts.flatMap(([name, count]) => {
    const bar = html`<rect class="f-${name}" x="${share(before, total)}%" y="0" width="${share(count, total)}%" height="8"/>`;
    before += count;
    return count === 0 ? [] : [bar];
  });
  return html`<svg class="split" aria-hidden="true">${bars}</svg>`;
}

/** Coverage per expected flow: a bar per flow with the cases behind it, the missing ones first and by name. */
export function flowChart({ coverage }: Batch, inPage: ReadonlySet<string>, words: ReportWords): Markup {
  if (coverage.share === null) return html`<p>${words.aside.notMeasured}</p>`;
  const most = Math.max(1, ...coverage.flows.slice(0, 10_000).map(({ hits }) => hits));
  const missing = coverage.flows.filter(({ hits }) => hits === 0);
  const visited = coverage.flows.filter(({ hits }) => hits > 0);
  const bars = [...missing, ...visited].map((flow) => flowBar(flow, most, inPage, words.aside));
  return html`${bars.slice(0, MAX_BARS)}${rest(bars, words.aside.moreBars.flow)}`;
}

/** Names and how many cases stand behind each, such as intents, or flows that nobody expected. */
export function hitList(list: readonly Hits[], noun: keyof ReportWords["aside"]["moreBars"], inPage: ReadonlySet<string>, { aside }: ReportWords): Markup {
  const most = Math.max(1, ...list.slice(0, 10_000).map(({ hits }) => hits));
  const bars = list.map((one) => flowBar(one, most, inPage, aside));
  return html`${bars.slice(0, MAX_BARS)}${rest(bars, aside.moreBars[noun])}`;
}

/** Test ids in a row, as links where the page has their case. */
export function caseNames(testIds: readonly string[], inPage: ReadonlySet<string>, words: ReportWords["aside"]): Markup {
  const names = testIds.slice(0, MAX_NAMES).map((testId) => (inPage.has(testId) ? html`<code><a href="#case-${testId}">${testId}</a></code>` : html`<code>${testId}</code>`));
  return html`${names}${when(testIds.length > MAX_NAMES, () => html`<span>${words.moreNames(testIds.length - MAX_NAMES)}</span>`)}`;
}

/** Success and coverage over the last batches, oldest first, as a chart and as the table that it was drawn from. */
export function trendChart(trend: readonly TrendPoint[], words: ReportWords): Markup {
  if (trend.length < 2) return html`<p>${words.trend.first}</p>`;
  const values = trend.flatMap(({ successRate, coverage }) => (coverage === null ? [successRate] : [successRate, coverage]));
  // The scale begins at a full tenth below the lowest point; a flat line keeps room around it.
  const floor = Math.max(0, Math.min(0.9, Math.floor(Math.min(...values) * 10 - 0.5) / 10));
  const x = (index: number): number => round(LEFT + (index * (WIDTH - LEFT - RIGHT)) / (trend.length - 1));
  const y = (value: number): number => round(TOP + ((1 - value) / (1 - floor)) * (HEIGHT - TOP - BOTTOM));
  const first = trend[0];
  const last = trend.at(-1);
  const label = words.trend.label(trend.length, percent(first?.successRate ?? 0, words), percent(last?.successRate ?? 0, words));
  const line = (name: string, points: readonly { readonly x: number; readonly y: number; readonly title: string }[]): Markup =>
    html`<polyline class="${name}" points="${points.map((point) => `${point.x},${point.y}`).join(" ")}"/>${points.map((point) => html`<circle class="${name}-dot" cx="${point.x}" cy="${point.y}" r="3"><title>${point.title}</title></circle>`)}`;
  const rates = trend.map(({ successRate, startedAt, passed, total }, index) => ({ x: x(index), y: y(successRate), title: words.trend.passed(utcTime(startedAt), passed, total) }));
  const coverages = trend.flatMap(({ coverage, startedAt }, index) => (coverage === null ? [] : [{ x: x(index), y: y(coverage), title: words.trend.coverage(utcTime(startedAt), percent(coverage, words)) }]));
  return html`
<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(1)}" y2="${y(1)}"/><text x="0" y="${y(1) + 4}">${percent(1, words)}</text>
<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(floor)}" y2="${y(floor)}"/><text x="0" y="${y(floor) + 4}">${percent(floor, words)}</text>
<text x="${LEFT}" y="${HEIGHT - 6}">${utcTime(first?.startedAt ?? 0).slice(0, 10)}</text><text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${utcTime(last?.startedAt ?? 0).slice(0, 10)}</text>
${line("coverage", coverages)}${line("rate", rates)}
</svg>
<p class="legend"><span><svg viewBox="0 0 20 8" class="trend" aria-hidden="true"><line class="rate" x1="0" x2="20" y1="4" y2="4"/></svg>${words.verdicts.passed}</span>${when(coverages.length > 0, () => html`<span><svg viewBox="0 0 20 8" class="trend" aria-hidden="true"><line class="coverage" x1="0" x2="20" y1="4" y2="4"/></svg>${words.figures.coverage}</span>`)}</p>
<details class="more"><summary>${words.trend.figures}</summary><table class="rows"><thead><tr><th scope="col">${words.trend.batch}</th><th scope="col">${words.verdicts.passed}</th><th scope="col">${words.trend.share}</th></tr></thead><tbody>${trend.map((point) => html`<tr><td>${utcTime(point.startedAt).slice(0, 16)}</td><td>${words.trend.part(point.passed, point.total)}</td><td>${point.coverage === null ? "–" : percent(point.coverage, words)}</td></tr>`)}</tbody></table></details>`;
}

function flowBar({ name, hits, cases }: Hits, most: number, inPage: ReadonlySet<string>, words: ReportWords["aside"]): Markup {
  const shown = html`<span class="name"><bdi>${cutText(name, MAX_NAME)}</bdi></span>`;
  const bar = html`<svg class="hits" aria-hidden="true"><rect width="${share(hits, most)}%" height="6"/></svg>`;
  if (hits === 0) return html`<div class="flow bare missing">${shown}<span class="count">${words.missing}</span>${bar}</div>`;
  return html`<details class="flow"><summary>${shown}<span class="count">${words.hits(hits)}</span>${bar}</summary><div class="changes">${caseNames(cases, inPage, words)}</div></details>`;
}

function rest(bars: readonly Markup[], more: (count: number) => string): Markup | null {
  return when(bars.length > MAX_BARS, () => html`<details class="more"><summary>${more(bars.length - MAX_BARS)}</summary>${join(bars.slice(MAX_BARS))}</details>`);
}

function share(part: number, whole: number): number {
  return round((100 * part) / whole);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
