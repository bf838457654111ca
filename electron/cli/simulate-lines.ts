import { describeFault } from "../../shared/fault-table.ts";
import type { Batch, CaseResult, Comparison, Progress, SuiteProblem } from "../../shared/simulation.ts";
import { counted, duration, oneLine, percent, reasonsOf } from "../simulations/report-words.ts";
import { englishWords } from "../words/en.ts";
import type { Line } from "./line.ts";
import type { ReportPaths } from "./simulate-options.ts";

/** What a person reads at once; the reports have the rest. */
const MAX_CASES = 100;
const MAX_NAMES = 20;
const MAX_PROBLEMS = 100;
const MAX_UTTERANCE = 100;
const VERDICT_WIDTH = "Inconclusive  ".length;

/** All that is told at the end of a batch. */
export interface BatchEndMatter {
  readonly batch: Batch;
  /** What was said, by test id. */
  readonly utterances: ReadonlyMap<string, string>;
  readonly comparison: Comparison | null;
  readonly reports: ReportPaths;
}

/** `case {testId, verdict, reasons[], durationMs, runs[]}`; a person reads them at the end, together. */
export function caseLine(result: CaseResult): Line {
  const { testId, verdict, durationMs, runs } = result;
  return { event: "case", fields: { testId, verdict, reasons: reasonsOf(result), durationMs, runs }, human: null };
}

/** `progress {done, total, ...}`. */
export function progressLine({ done, total, counts, perSecond, leftMs }: Progress): Line {
  return { event: "progress", fields: { done, total, passed: counts.passed, failed: counts.failed, perSecond, leftMs }, human: null };
}

/** The same for the line that is written anew. */
export function progressText({ done, total, counts, perSecond, leftMs }: Progress): string {
  const share = total === 0 ? "" : ` ${percent(done / total)}`;
  const notPassed = counts.total - counts.passed;
  return [
    `${done} of ${total}${share}`,
    `${counts.passed} passed${notPassed === 0 ? "" : `, ${notPassed} not`}`,
    ...(perSecond === null ? [] : [`${perSecond.toFixed(1)}/s`]),
    ...(leftMs === null || done === total ? [] : [`${duration(leftMs)} left`]),
  ].join("  ·  ");
}

/** `invalid {errors[{file, line, column, field, message}]}`: everything that is wrong with a suite. */
export function invalidLine(file: string, problems: readonly SuiteProblem[]): Line {
  const listed = problems.slice(0, MAX_PROBLEMS).map((problem) => `  ${problemText(problem)}`);
  const more = problems.length > listed.length ? [`  and ${problems.length - listed.length} more`] : [];
  return { event: "invalid", fields: { errors: problems }, human: [`${file} has ${counted(problems.length, "mistake")}:`, ...listed, ...more].join("\n") };
}

function problemText({ file, line, column, field, message }: SuiteProblem): string {
  const place = [file, line, column].filter((part) => part !== null).join(":");
  return [place, field, message].filter((part) => part !== "").join(": ");
}

/** `batch {...}` (design 6): the figures, and for a person all that did not pass, with why. */
export function batchLine(matter: BatchEndMatter): Line {
  const { batchId, suite, end, counts, coverage, successRate, governance, rerun } = matter.batch;
  const { total, passed, failed, flaky, inconclusive, errors } = counts;
  const fields = {
    batchId,
    suite,
    end: end.kind,
    total,
    passed,
    failed,
    flaky,
    inconclusive,
    errors,
    coverage: coverage.share,
    flows: Object.fromEntries(coverage.flows.map(({ name, hits }) => [name, hits])),
    missing: coverage.missing,
    unexpected: Object.fromEntries(coverage.unexpected.map(({ name, hits }) => [name, hits])),
    successRate,
    governance,
    ...(rerun === undefined ? {} : { rerun }),
    ...(matter.comparison === null ? {} : { comparison: matter.comparison }),
    reports: matter.reports,
  };
  return { event: "batch", fields, human: summaryText(matter) };
}

function summaryText({ batch, utterances, comparison, reports }: BatchEndMatter): string {
  return [
    ...caseTexts(batch, utterances),
    headText(batch),
    countsText(batch),
    ...coverageTexts(batch),
    ...(comparison === null ? [] : [comparisonText(comparison)]),
    ...Object.values(reports).map((path) => `Written: ${path}`),
  ].join("\n");
}

function caseTexts({ results }: Batch, utterances: ReadonlyMap<string, string>): readonly string[] {
  const notPassed = results.filter(({ verdict }) => verdict !== "passed");
  if (notPassed.length === 0) return [];
  const listed = notPassed.slice(0, MAX_CASES).flatMap((result) => {
    const said = oneLine(utterances.get(result.testId) ?? "", MAX_UTTERANCE);
    const head = `${englishWords.report.verdicts[result.verdict].padEnd(VERDICT_WIDTH)}${result.testId}  "${said}"`;
    return [head, ...reasonsOf(result).map((reason) => `${"".padEnd(VERDICT_WIDTH)}${reason}`)];
  });
  const more = notPassed.length > MAX_CASES ? [`and ${notPassed.length - MAX_CASES} more that did not pass`] : [];
  return [...listed, ...more, ""];
}

function headText({ suite, counts, successRate, governance, end }: Batch): string {
  const rate = counts.total === 0 ? "" : ` (${percent(successRate)})`;
  const verdict = governance === "COMPLIANT" ? "compliant" : "review required";
  const head = `${suite}: ${counts.passed} of ${counted(counts.total, "case")} passed${rate}, ${verdict}`;
  if (end.kind === "cancelled") return `${head}. Cancelled: the rest did not run.`;
  return end.kind === "stopped" ? `${head}. Stopped: ${describeFault(end.fault).what} ${end.fault.detail}` : head;
}

function countsText({ counts, startedAt, finishedAt }: Batch): string {
  const { failed, flaky, inconclusive, errors } = counts;
  return `${failed} failed, ${flaky} flaky, ${inconclusive} inconclusive, ${counted(errors, "error")}, in ${duration(finishedAt - startedAt)}`;
}

function coverageTexts({ coverage }: Batch): readonly string[] {
  const { share, flows, missing, unexpected } = coverage;
  const extra = unexpected.length === 0 ? [] : [`Flows visited and not expected: ${names(unexpected.map(({ name }) => name))}`];
  if (share === null) return ["Coverage is not measured: no flows are expected", ...extra];
  const head = `Coverage ${percent(share)}: ${flows.length - missing.length} of ${counted(flows.length, "expected flow")}`;
  return [missing.length === 0 ? head : `${head}; missing: ${names(missing)}`, ...extra];
}

function comparisonText({ baselineId, broken, mended, added, removed }: Comparison): string {
  const parts = [
    ...(broken.length === 0 ? [] : [`${broken.length} broken (${names(broken)})`]),
    ...(mended.length === 0 ? [] : [`${mended.length} mended (${names(mended)})`]),
    ...(added.length === 0 ? [] : [`${added.length} new`]),
    ...(removed.length === 0 ? [] : [`${removed.length} gone`]),
  ];
  return `Compared with batch ${baselineId}: ${parts.length === 0 ? "nothing changed" : parts.join(", ")}`;
}

function names(all: readonly string[]): string {
  const listed = all.slice(0, MAX_NAMES).join(", ");
  return all.length > MAX_NAMES ? `${listed} and ${all.length - MAX_NAMES} more` : listed;
}
