import { createHash } from "node:crypto";
import type { Batch, CaseResult, Comparison, Suite } from "../../shared/simulation.ts";
import type { TrendPoint } from "../../shared/simulation-view.ts";
import { caseContext, notRunCases, passedCases, troubledCase, troubledResults } from "./report-html-cases.ts";
import { caseNames, flowChart, hitList, trendChart, verdictBar } from "./report-html-charts.ts";
import { reportStyle } from "./report-html-style.ts";
import { html, type Markup, when } from "./report-markup.ts";
import { cutText, duration, percent, utcTime, type ReportWords } from "./report-words.ts";
import { englishWords } from "../words/en.ts";

export interface HtmlReportOptions {
  readonly batch: Batch;
  readonly suite: Suite;
  /** Null where there is no baseline. */
  readonly comparison: Comparison | null;
  /** Batches of the same suite, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** What became of each case in the baseline. */
  readonly baselineResults?: readonly CaseResult[];
  /** English unless given. */
  readonly words?: ReportWords;
}

/**
 * A batch as one self-contained page (contract 5.5): nothing is fetched, no script runs, and its own policy forbids both,
 * so that whatever a bot said stays text. Cases that did not pass come first, with expected and found side by side and
 * their turns; those that passed are folded away. It is readable in light, in dark and on paper, and stays so with
 * 10,000 cases. Pure.
 */
export function htmlReport({ batch, suite, comparison, trend, baselineResults, words = englishWords.report }: HtmlReportOptions): string {
  const troubled = troubledResults(batch);
  const passed = batch.results.filter(({ verdict }) => verdict === "passed");
  const ran = new Set(batch.results.map(({ testId }) => testId));
  const waiting = suite.cases.filter((one) => !ran.has(one.test_id));
  const context = caseContext(words, suite.cases, troubled.length, comparison, baselineResults ?? []);
  const inPage = new Set(troubled.map(({ testId }) => testId));
  // The policy allows this one style by its hash, so it must stand between the tags to the character.
  const style: Markup = { markup: `<style>${reportStyle}</style>` };
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(reportStyle).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${cutText(batch.suite, 200)}: ${words.title(batch.counts.passed, batch.counts.total)}</title>
${style}</head><body><main>
${header(batch, words)}
${figures(batch, comparison, words)}
${verdictBar(batch)}
<div class="columns">
<section class="cases" aria-label="${words.cases.label}">
${filters(troubled, comparison, inPage, words)}
${troubled.length === 0 ? html`<p class="panel none">${batch.results.length === 0 ? words.cases.noneRun : words.cases.allPassed}</p>` : html`<ul class="list panel">${troubled.map((result) => troubledCase(result, context))}</ul>`}
${when(passed.length > 0, () => passedCases(passed, context))}
${when(waiting.length > 0, () => notRunCases(waiting, words))}
</section>
${aside(batch, comparison, trend, inPage, words)}
</div>
<footer>${words.foot.batch} <bdi>${cutText(batch.batchId, 200)}</bdi>${words.foot.rest(utcTime(batch.startedAt))}</footer>
</main></body></html>
`.markup;
}

function header({ suite, batchId, startedAt, finishedAt, end, governance, successRate }: Batch, words: ReportWords): Markup {
  const { head } = words;
  const fault = end.kind === "stopped" ? words.fault(end.fault) : null;
  return html`<header><h1><bdi>${cutText(suite, 300)}</bdi> <span class="tag ${governance === "COMPLIANT" ? "ok" : "review"}">${words.governance[governance]}</span></h1>
<p class="meta"><span>${head.passed(percent(successRate, words))}</span><span>${utcTime(startedAt)}</span><span>${head.took(duration(finishedAt - startedAt, words))}</span><span>${head.ends[end.kind]}</span><span>${head.batch} <bdi>${cutText(batchId, 200)}</bdi></span></p>
${when(end.kind === "cancelled", () => html`<p class="notice"><strong>${head.cancelled}</strong> ${head.before}</p>`)}
${fault === null ? null : html`<p class="notice stopped"><strong>${head.stopped} ${fault.what}</strong> ${cutText(fault.cause, 1_000)} ${fault.remedy} ${head.before}</p>`}</header>`;
}

function figures({ counts, coverage, startedAt, finishedAt }: Batch, comparison: Comparison | null, words: ReportWords): Markup {
  const { figures: notes, verdicts } = words;
  const visited = coverage.flows.length - coverage.missing.length;
  const broken = comparison === null ? notes.noBaseline : notes.broken(comparison.broken.length);
  const perCase = counts.total === 0 ? notes.noCases : notes.perCase(duration((finishedAt - startedAt) / counts.total, words));
  return html`<dl class="figures panel">
${figure(verdicts.passed, words.figure(counts.passed), notes.ofCases(counts.total), "")}
${figure(verdicts.failed, words.figure(counts.failed), broken, counts.failed > 0 ? "bad" : "")}
${figure(verdicts.error, words.figure(counts.errors), notes.notRun, counts.errors > 0 ? "bad" : "")}
${figure(verdicts.flaky, words.figure(counts.flaky), notes.flaky, counts.flaky > 0 ? "warn" : "")}
${figure(verdicts.inconclusive, words.figure(counts.inconclusive), notes.inconclusive, "")}
${figure(notes.coverage, coverage.share === null ? "–" : percent(coverage.share, words), coverage.share === null ? notes.noFlows : notes.ofFlows(visited, coverage.flows.length), "")}
${figure(notes.time, duration(finishedAt - startedAt, words), perCase, "")}
</dl>`;
}

function figure(name: string, value: string, note: string, tone: "" | "bad" | "warn"): Markup {
  return html`<div><dt>${name}</dt><dd class="${tone}">${value}</dd><dd class="note">${note}</dd></div>`;
}

/** Radio buttons that the style follows: a filter without a script. */
function filters(troubled: readonly CaseResult[], comparison: Comparison | null, inPage: ReadonlySet<string>, { verdicts, cases, figure: shown }: ReportWords): Markup {
  const kinds = (["failed", "error", "flaky", "inconclusive"] as const).map((name) => ({ name, label: verdicts[name], count: troubled.filter(({ verdict }) => verdict === name).length }));
  const compared = [
    { name: "broken", label: cases.broken, count: comparison?.broken.filter((testId) => inPage.has(testId)).length ?? 0 },
    { name: "added", label: cases.added, count: comparison?.added.filter((testId) => inPage.has(testId)).length ?? 0 },
  ];
  const choices = [...kinds, ...compared].filter(({ count }) => count > 0);
  if (choices.length < 2) return html`<h2 class="alone">${cases.notPassed}</h2>`;
  return html`<fieldset class="filters"><legend><h2>${cases.notPassed}</h2></legend><label><input type="radio" name="show" id="show-all" checked>${cases.all} ${shown(troubled.length)}</label>${choices.map(({ name, label, count }) => html`<label><input type="radio" name="show" id="show-${name}">${label} ${shown(count)}</label>`)}</fieldset>`;
}

function aside({ coverage, ...rest }: Batch, comparison: Comparison | null, trend: readonly TrendPoint[], inPage: ReadonlySet<string>, words: ReportWords): Markup {
  const { aside: titles } = words;
  const untested = coverage.untested ?? [];
  return html`<aside class="aside" aria-label="${titles.label}">
${section(titles.flows, coverage.share === null ? "" : percent(coverage.share, words), flowChart({ coverage, ...rest }, inPage, words))}
${when(coverage.unexpected.length > 0, () => section(titles.unexpected, String(coverage.unexpected.length), hitList(coverage.unexpected, "flow", inPage, words)))}
${when(untested.length > 0, () => section(titles.untested, String(untested.length), html`<div class="changes">${caseNames(untested, new Set(), titles)}</div>`))}
${section(titles.trend(trend.length), "", trendChart(trend, words))}
${section(titles.since, "", comparison === null ? html`<p>${titles.noBaseline}</p>` : changes(comparison, inPage, titles))}
${when(coverage.intents.length > 0, () => folded(titles.intents, hitList(coverage.intents, "intent", inPage, words), coverage.intents.length))}
${when(coverage.entities.length > 0, () => folded(titles.entities, hitList(coverage.entities, "name", inPage, words), coverage.entities.length))}
</aside>`;
}

function section(title: string, note: string, body: Markup): Markup {
  return html`<section class="panel"><h2>${title}${when(note !== "", () => html`<span>${note}</span>`)}</h2>${body}</section>`;
}

function folded(title: string, body: Markup, count: number): Markup {
  return html`<details class="panel"><summary>${title}: ${count}</summary>${body}</details>`;
}

function changes({ baselineId, broken, mended, added, removed }: Comparison, inPage: ReadonlySet<string>, words: ReportWords["aside"]): Markup {
  const groups = [
    { name: words.broken, note: words.brokenHint, tone: "bad", testIds: broken },
    { name: words.mended, note: words.mendedHint, tone: "ok", testIds: mended },
    { name: words.added, note: words.addedHint, tone: "", testIds: added },
    { name: words.removed, note: words.removedHint, tone: "", testIds: removed },
  ].filter(({ testIds }) => testIds.length > 0);
  return html`<p>${words.compared} <bdi>${cutText(baselineId, 200)}</bdi>${groups.length === 0 ? words.unchanged : ""}</p><dl class="changes">${groups.map(({ name, note, tone, testIds }) => html`<div><dt class="${tone}">${name} ${testIds.length}</dt><dd>${note}</dd><dd>${caseNames(testIds, inPage, words)}</dd></div>`)}</dl>`;
}
