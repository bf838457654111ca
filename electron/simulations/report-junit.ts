import { describeFault } from "../../shared/fault-table.ts";
import { assertNever } from "../../shared/assert-never.ts";
import type { Batch, BatchEnd, CaseResult, SimulationCase, Suite } from "../../shared/simulation.ts";
import { checkSubject, counted, cutText, endWords, faultLine, foundOf, isoTime, oneLine, passedRuns, percent, reasonsOf, turnError, turnFacts } from "./report-words.ts";
import { englishWords } from "../words/en.ts";
import { xmlAttribute, xmlText } from "./report-xml.ts";

/** GitLab refuses a report of 30 MB; what is said of the cases that did not pass stays below this. */
const MAX_TEXTS_BYTES = 18_000_000;
const MAX_TEXT_BYTES = 16_000;
const MIN_TEXT_BYTES = 200;
const MAX_COLUMN = 40;
const MAX_CELL = 500;
const MAX_NAME_BYTES = 1_000;
const MAX_LISTED = 500;
const MAX_TURNS = 20;
const MAX_OUTPUT = 1_000;

export interface JunitOptions {
  /** A flaky case does not count as a failure; it is named in the suite's output instead. */
  readonly allowFlaky?: boolean;
}

/** How a case stands in the report. `type` must not be the name of a data type: GitLab's reader would convert the text to it. */
type Entry =
  | { readonly kind: "passed" }
  | { readonly kind: "failure" | "error"; readonly type: string; readonly message: string; readonly text: string }
  | { readonly kind: "skipped"; readonly message: string; readonly text: string };

interface Line {
  readonly name: string;
  readonly seconds: string;
  readonly entry: Entry;
}

/**
 * A batch as JUnit XML, in the form that is valid by the schema of Ant and by that of Jenkins alike, and that GitLab
 * reads (contract 5.5). Every case of the suite is in it: failed and flaky are failures, the message of the latter
 * beginning with "flaky"; error is an error; inconclusive is skipped. A case that did not come to run is skipped, or an
 * error where the platform stopped the batch: a dead platform must not look like a green build.
 * Class and name of a case follow from suite and test id alone, so that its history stays together. Pure.
 */
export function junitReport(batch: Batch, suite: Suite, options: JunitOptions = {}): string {
  const cases = new Map(suite.cases.map((one) => [one.test_id, one]));
  const results = new Map(batch.results.map((result) => [result.testId, result]));
  const lines = [
    ...suite.cases.map((one) => lineOf(one.test_id, one, results.get(one.test_id), batch.end, options)),
    ...batch.results.filter(({ testId }) => !cases.has(testId)).map((result) => lineOf(result.testId, undefined, result, batch.end, options)),
  ];
  const count = (kind: Entry["kind"]): number => lines.filter(({ entry }) => entry.kind === kind).length;
  const textBytes = Math.max(MIN_TEXT_BYTES, Math.min(MAX_TEXT_BYTES, Math.floor(MAX_TEXTS_BYTES / Math.max(1, lines.length - count("passed")))));
  const name = suiteName(batch.suite);
  const suiteTag = [
    xmlAttribute("name", name, MAX_NAME_BYTES),
    xmlAttribute("package", "simulations"),
    xmlAttribute("id", 0),
    // Ant's schema wants a host and a time without zone and fraction; the exact times are among the properties.
    xmlAttribute("hostname", "localhost"),
    xmlAttribute("timestamp", isoTime(batch.startedAt).slice(0, 19)),
    xmlAttribute("tests", lines.length),
    xmlAttribute("failures", count("failure")),
    xmlAttribute("errors", count("error")),
    xmlAttribute("skipped", count("skipped")),
    xmlAttribute("time", seconds(batch.finishedAt - batch.startedAt)),
  ].join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite${suiteTag}>`,
    "    <properties>",
    ...properties(batch).map(([key, value]) => `      <property${xmlAttribute("name", key)}${xmlAttribute("value", value, MAX_TEXT_BYTES)}/>`),
    "    </properties>",
    ...lines.map((line) => testcase(line, className(name), textBytes)),
    `    <system-out>${xmlText(summary(batch, options), MAX_TEXTS_BYTES / 10)}</system-out>`,
    `    <system-err>${xmlText(stopWords(batch.end), MAX_TEXT_BYTES)}</system-err>`,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function lineOf(name: string, one: SimulationCase | undefined, result: CaseResult | undefined, end: BatchEnd, options: JunitOptions): Line {
  if (result === undefined) return { name, seconds: seconds(0), entry: notRun(end) };
  return { name, seconds: seconds(result.durationMs), entry: entryOf(result, one, options) };
}

function entryOf(result: CaseResult, one: SimulationCase | undefined, options: JunitOptions): Entry {
  const message = reasonsOf(result).join("; ");
  switch (result.verdict) {
    case "passed":
      return { kind: "passed" };
    case "flaky":
      if (options.allowFlaky === true) return { kind: "passed" };
      return { kind: "failure", type: "flaky", message: `flaky: ${message}`, text: `flaky: ${message}\n\n${evidence(result, one)}` };
    case "failed":
      return { kind: "failure", type: "failed", message, text: `${message}\n\n${evidence(result, one)}` };
    case "error":
      return { kind: "error", type: result.fault?.code ?? "error", message, text: `${faultText(result)}\n\n${evidence(result, one)}` };
    case "inconclusive":
      return { kind: "skipped", message: `inconclusive: ${message}`, text: `inconclusive: ${message}\n\n${evidence(result, one)}` };
    default:
      return assertNever(result.verdict);
  }
}

function notRun(end: BatchEnd): Entry {
  const message = `not run: ${end.kind === "finished" ? "not part of this batch" : `the batch was ${endWords(end)}`}`;
  return end.kind === "stopped" ? { kind: "error", type: end.fault.code, message, text: stopWords(end) } : { kind: "skipped", message, text: message };
}

function testcase({ name, seconds, entry }: Line, className: string, textBytes: number): string {
  const tag = `    <testcase${xmlAttribute("name", name, MAX_NAME_BYTES)}${xmlAttribute("classname", className, MAX_NAME_BYTES)}${xmlAttribute("time", seconds)}`;
  if (entry.kind === "passed") return `${tag}/>`;
  const message = xmlAttribute("message", entry.message, Math.min(2_000, Math.floor(textBytes / 3)));
  const type = entry.kind === "skipped" ? "" : xmlAttribute("type", entry.type);
  return `${tag}>\n      <${entry.kind}${message}${type}>${xmlText(entry.text, textBytes)}</${entry.kind}>\n    </testcase>`;
}

/** What a person needs to see what went wrong: expected and actual side by side, then what was said in each turn. */
function evidence(result: CaseResult, one: SimulationCase | undefined): string {
  return [
    ...sideBySide(result),
    ...(result.runs.length > 1 ? [`${passedRuns(result)}: ${result.runs.join(", ")}`] : []),
    ...(one === undefined ? [] : [`utterance: ${one.utterance}`]),
    ...result.turns.slice(0, MAX_TURNS).flatMap((turn) => {
      const error = turnError(turn);
      return [
        `turn ${turn.turnIndex}: ${turnFacts(turn).join("; ")}`,
        ...(turn.output === null ? [] : [`  says: ${cutText(turn.output, MAX_OUTPUT)}`]),
        ...(error === null ? [] : [`  error: ${cutText(error, MAX_OUTPUT)}`]),
      ];
    }),
    ...(result.turns.length > MAX_TURNS ? [counted(result.turns.length - MAX_TURNS, "more turn")] : []),
    ...(result.simulationId === null ? [] : [`simulation: ${result.simulationId}`]),
  ].join("\n");
}

function sideBySide({ checks }: CaseResult): readonly string[] {
  if (checks.length === 0) return [];
  const rows = [
    ["", "check", "expected", "actual"],
    ...checks.map((check) => [check.outcome, checkSubject(check), check.expected, foundOf(check)].map((cell) => oneLine(cell, MAX_CELL))),
  ];
  const widths = [0, 1, 2].map((column) => Math.min(MAX_COLUMN, Math.max(...rows.map((row) => row[column]?.length ?? 0))));
  return [...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()), ""];
}

function faultText(result: CaseResult): string {
  if (result.fault === undefined) return faultLine(result);
  const { what, cause, remedy } = describeFault(result.fault);
  return `${what}\n${cause}\n${remedy}`;
}

function stopWords(end: BatchEnd): string {
  if (end.kind === "finished") return "";
  if (end.kind === "cancelled") return "The batch was cancelled; what ran before is reported.";
  const { what, cause, remedy } = describeFault(end.fault);
  return `The batch was stopped; what ran before is reported.\n${what}\n${cause}\n${remedy}`;
}

function properties(batch: Batch): readonly (readonly [name: string, value: string])[] {
  const { coverage } = batch;
  return [
    ["batch_id", batch.batchId],
    ["started_at", isoTime(batch.startedAt)],
    ["finished_at", isoTime(batch.finishedAt)],
    ["end", batch.end.kind],
    ["governance_status", batch.governance],
    ["success_rate", String(batch.successRate)],
    ["coverage_score", coverage.share === null ? "not measured" : String(coverage.share)],
    ["missing_flows", coverage.missing.join(", ")],
  ];
}

function summary(batch: Batch, { allowFlaky }: JunitOptions): string {
  const { counts, coverage } = batch;
  const flaky = batch.results.filter(({ verdict }) => verdict === "flaky");
  return [
    `Batch ${batch.batchId} ${endWords(batch.end)}: ${counts.passed} of ${counted(counts.total, "case")} passed (${percent(batch.successRate)}), ${batch.governance}.`,
    ...(coverage.share === null
      ? ["Flow coverage was not measured: no flows are expected."]
      : [
          `Flow coverage ${percent(coverage.share)}.`,
          ...coverage.flows.slice(0, MAX_LISTED).map(({ name, hits }) => `  ${name}: ${hits === 0 ? "missing" : counted(hits, "case")}`),
        ]),
    ...(allowFlaky === true && flaky.length > 0
      ? [`${englishWords.report.verdicts.flaky}, allowed:`, ...flaky.slice(0, MAX_LISTED).map((result) => `  ${result.testId}: ${reasonsOf(result).join("; ")}`)]
      : []),
  ].join("\n");
}

/** Never empty: the schema asks for a character that is no space. */
function suiteName(name: string): string {
  return /[^\s\p{C}]/u.test(name) ? name : "suite";
}

/** Jenkins takes what stands before the last dot for a package; a dot of the suite's name must not split it. */
function className(name: string): string {
  return `simulations.${name.replaceAll(".", "_")}`;
}

function seconds(ms: number): string {
  return (Math.max(0, Number.isFinite(ms) ? ms : 0) / 1_000).toFixed(3);
}
