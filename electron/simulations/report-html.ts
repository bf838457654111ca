import { createHash } from "node:crypto";
import { describeFault } from "../../shared/fault-table.ts";
import type { Batch, CaseResult, Comparison, Suite } from "../../shared/simulation.ts";
import type { TrendPoint } from "../../shared/simulation-view.ts";
import { caseContext, notRunCases, passedCases, troubledCase, troubledResults } from "./report-html-cases.ts";
import { caseNames, flowChart, hitList, trendChart, verdictBar } from "./report-html-charts.ts";
import { reportStyle } from "./report-html-style.ts";
import { html, type Markup, when } from "./report-markup.ts";
import { counted, cutText, duration, endWords, grouped, percent, utcTime, verdictWords } from "./report-words.ts";

export interface HtmlReportOptions {
  readonly batch: Batch;
  readonly suite: Suite;
  /** Null where there is no baseline. */
  readonly comparison: Comparison | null;
  /** Batches of the same suite, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** What became of each case in the baseline. */
  readonly baselineResults?: readonly CaseResult[];
}

/**
 * A batch as one self-contained page (contract 5.5): nothing is fetched, no script runs, and its own policy forbids both,
 * so that whatever a bot said stays text. Cases that did not pass come first, with expected and found side by side and
 * their turns; those that passed are folded away. It is readable in light, in dark and on paper, and stays so with
 * 10,000 cases. Pure.
 */
export function htmlReport({ batch, suite, comparison, trend, baselineResults }: HtmlReportOptions): string {
  const troubled = troubledResults(batch);
  const passed = batch.results.filter(({ verdict }) => verdict === "passed");
  const ran = new Set(batch.results.map(({ testId }) => testId));
  const waiting = suite.cases.filter((one) => !ran.has(one.test_id));
  const context = caseContext(suite.cases, troubled.length, comparison, baselineResults ?? []);
  const inPage = new Set(troubled.map(({ testId }) => testId));
  // The policy allows this one style by its hash, so it must stand between the tags to the character.
  const style: Markup = { markup: `<style>${reportStyle}</style>` };
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(reportStyle).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${cutText(batch.suite, 200)}: ${batch.counts.passed} of ${batch.counts.total} passed</title>
${style}</head><body><main>
${header(batch)}
${figures(batch, comparison)}
${verdictBar(batch)}
<div class="columns">
<section class="cases" aria-label="Cases">
${filters(troubled, comparison, inPage)}
${troubled.length === 0 ? html`<p class="panel none">${batch.results.length === 0 ? "No case was run." : "Every case that ran has passed."}</p>` : html`<ul class="list panel">${troubled.map((result) => troubledCase(result, context))}</ul>`}
${when(passed.length > 0, () => passedCases(passed, context))}
${when(waiting.length > 0, () => notRunCases(waiting))}
</section>
${aside(batch, comparison, trend, inPage)}
</div>
<footer>Batch <bdi>${cutText(batch.batchId, 200)}</bdi> of ${utcTime(batch.startedAt)}. What is not passed, inconclusive cases included, counts against the success rate.</footer>
</main></body></html>
`.markup;
}

function header({ suite, batchId, startedAt, finishedAt, end, governance, successRate }: Batch): Markup {
  const fault = end.kind === "stopped" ? describeFault(end.fault) : null;
  return html`<header><h1><bdi>${cutText(suite, 300)}</bdi> ${governance === "COMPLIANT" ? html`<span class="tag ok">Compliant</span>` : html`<span class="tag review">Review required</span>`}</h1>
<p class="meta"><span>${percent(successRate)} passed</span><span>${utcTime(startedAt)}</span><span>took ${duration(finishedAt - startedAt)}</span><span>${end.kind === "stopped" ? "stopped" : endWords(end)}</span><span>batch <bdi>${cutText(batchId, 200)}</bdi></span></p>
${when(end.kind === "cancelled", () => html`<p class="notice"><strong>This batch was cancelled.</strong> It shows what ran before.</p>`)}
${fault === null ? null : html`<p class="notice stopped"><strong>This batch was stopped. ${fault.what}</strong> ${cutText(fault.cause, 1_000)} ${fault.remedy} It shows what ran before.</p>`}</header>`;
}

function figures({ counts, coverage, startedAt, finishedAt }: Batch, comparison: Comparison | null): Markup {
  const visited = coverage.flows.length - coverage.missing.length;
  const broken = comparison === null ? "no baseline" : `${comparison.broken.length === 0 ? "none" : comparison.broken.length} newly broken`;
  const perCase = counts.total === 0 ? "no cases" : `${duration((finishedAt - startedAt) / counts.total)} a case`;
  return html`<dl class="figures panel">
${figure("Passed", grouped(counts.passed), `of ${counted(counts.total, "case")}`, "")}
${figure("Failed", grouped(counts.failed), broken, counts.failed > 0 ? "bad" : "")}
${figure("Error", grouped(counts.errors), "could not be run", counts.errors > 0 ? "bad" : "")}
${figure("Flaky", grouped(counts.flaky), "not the same twice", counts.flaky > 0 ? "warn" : "")}
${figure("Inconclusive", grouped(counts.inconclusive), "not reported", "")}
${figure("Flow coverage", coverage.share === null ? "–" : percent(coverage.share), coverage.share === null ? "no flows expected" : `${visited} of ${counted(coverage.flows.length, "flow")}`, "")}
${figure("Time", duration(finishedAt - startedAt), perCase, "")}
</dl>`;
}

function figure(name: string, value: string, note: string, tone: "" | "bad" | "warn"): Markup {
  return html`<div><dt>${name}</dt><dd class="${tone}">${value}</dd><dd class="note">${note}</dd></div>`;
}

/** Radio buttons that the style follows: a filter without a script. */
function filters(troubled: readonly CaseResult[], comparison: Comparison | null, inPage: ReadonlySet<string>): Markup {
  const kinds = (["failed", "error", "flaky", "inconclusive"] as const).map((name) => ({ name, label: verdictWords[name], count: troubled.filter(({ verdict }) => verdict === name).length }));
  const compared = [
    { name: "broken", label: "Broken since the baseline", count: comparison?.broken.filter((testId) => inPage.has(testId)).length ?? 0 },
    { name: "added", label: "New", count: comparison?.added.filter((testId) => inPage.has(testId)).length ?? 0 },
  ];
  const choices = [...kinds, ...compared].filter(({ count }) => count > 0);
  if (choices.length < 2) return html`<h2 class="alone">Not passed</h2>`;
  return html`<fieldset class="filters"><legend><h2>Not passed</h2></legend><label><input type="radio" name="show" id="show-all" checked>All ${grouped(troubled.length)}</label>${choices.map(({ name, label, count }) => html`<label><input type="radio" name="show" id="show-${name}">${label} ${grouped(count)}</label>`)}</fieldset>`;
}

function aside({ coverage, ...rest }: Batch, comparison: Comparison | null, trend: readonly TrendPoint[], inPage: ReadonlySet<string>): Markup {
  return html`<aside class="aside" aria-label="Coverage, trend and baseline">
${section("Flows", coverage.share === null ? "" : percent(coverage.share), flowChart({ coverage, ...rest }, inPage))}
${when(coverage.unexpected.length > 0, () => section("Visited, not expected", String(coverage.unexpected.length), hitList(coverage.unexpected, "flow", inPage)))}
${when((coverage.untested ?? []).length > 0, () => section("Live flows without a case", String((coverage.untested ?? []).length), html`<div class="changes">${caseNames(coverage.untested ?? [], new Set())}</div>`))}
${section(trend.length < 2 ? "Last batches" : `Last ${trend.length} batches`, "", trendChart(trend))}
${section("Since the baseline", "", comparison === null ? html`<p>No batch of this suite is pinned as its baseline.</p>` : changes(comparison, inPage))}
${when(coverage.intents.length > 0, () => folded("Intents exercised", hitList(coverage.intents, "intent", inPage), coverage.intents.length))}
${when(coverage.entities.length > 0, () => folded("Entities exercised", hitList(coverage.entities, "name", inPage), coverage.entities.length))}
</aside>`;
}

function section(title: string, note: string, body: Markup): Markup {
  return html`<section class="panel"><h2>${title}${when(note !== "", () => html`<span>${note}</span>`)}</h2>${body}</section>`;
}

function folded(title: string, body: Markup, count: number): Markup {
  return html`<details class="panel"><summary>${title}: ${count}</summary>${body}</details>`;
}

function changes({ baselineId, broken, mended, added, removed }: Comparison, inPage: ReadonlySet<string>): Markup {
  const groups = [
    { name: "Broken", note: "passed then, does not now", tone: "bad", testIds: broken },
    { name: "Mended", note: "did not pass then, does now", tone: "ok", testIds: mended },
    { name: "New", note: "not in the baseline", tone: "", testIds: added },
    { name: "Removed", note: "only in the baseline", tone: "", testIds: removed },
  ].filter(({ testIds }) => testIds.length > 0);
  return html`<p>Compared with <bdi>${cutText(baselineId, 200)}</bdi>${groups.length === 0 ? ": nothing has changed." : ""}</p><dl class="changes">${groups.map(({ name, note, tone, testIds }) => html`<div><dt class="${tone}">${name} ${testIds.length}</dt><dd>${note}</dd><dd>${caseNames(testIds, inPage)}</dd></div>`)}</dl>`;
}
