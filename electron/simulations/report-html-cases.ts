import type { Batch, CaseResult, Check, Comparison, SimulationCase, Turn } from "../../shared/simulation.ts";
import { html, type Markup, when } from "./report-markup.ts";
import { checkSubject, cutText, duration, faultLine, foundOf, passedRuns, turnError, turnFacts, type ReportWords } from "./report-words.ts";

/** What the turns of all cases that did not pass may take in the page; a browser still opens it then. */
const MAX_TURNS_CHARS = 12_000_000;
const MAX_CASE_CHARS = 40_000;
const MAX_TEXT = 4_000;
const MAX_SHOWN = 600;
const MAX_CHECKS = 100;

/** What a case is shown with. */
export interface CaseContext {
  readonly words: ReportWords;
  readonly cases: ReadonlyMap<string, SimulationCase>;
  readonly baseline: ReadonlyMap<string, CaseResult>;
  readonly broken: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
  /** How much of its turns each case may show, in UTF-16 code units. */
  readonly turnsChars: number;
}

/** What all cases of a batch are shown with. */
export function caseContext(words: ReportWords, cases: readonly SimulationCase[], shown: number, comparison: Comparison | null, baselineResults: readonly CaseResult[]): CaseContext {
  return {
    words,
    cases: new Map(cases.map((one) => [one.test_id, one])),
    baseline: new Map(baselineResults.map((result) => [result.testId, result])),
    broken: new Set(comparison?.broken),
    added: new Set(comparison?.added),
    turnsChars: Math.min(MAX_CASE_CHARS, Math.floor(MAX_TURNS_CHARS / Math.max(1, shown))),
  };
}

/** A case that did not pass: expected and found side by side, and its turns. */
export function troubledCase(result: CaseResult, context: CaseContext): Markup {
  const { testId, verdict, checks } = result;
  const { words } = context;
  const one = context.cases.get(testId);
  const wrong = checks.filter((check) => check.outcome !== "passed");
  const marks = [verdict, ...(context.broken.has(testId) ? ["broken"] : []), ...(context.added.has(testId) ? ["added"] : [])].join(" ");
  return html`<li class="case ${marks}" id="case-${testId}">
<div class="verdict"><span class="tag ${verdict}">${words.verdicts[verdict]}</span>${when(context.broken.has(testId), () => html`<small class="bad">${words.cases.brokenMark}</small>`)}${when(context.added.has(testId), () => html`<small>${words.cases.addedMark}</small>`)}</div>
<div><h3><code>${testId}</code></h3>${one === undefined ? null : html`<p class="said" dir="auto">${cutText(one.utterance, MAX_SHOWN)}</p>`}</div>
<div>${when(result.verdict === "flaky", () => html`<p class="warn">${passedRuns(result, words)}</p>`)}${when(result.verdict === "error", () => html`<p class="why">${cutText(faultLine(result, words), MAX_SHOWN)}</p>`)}${when(wrong.length > 0, () => checksTable(wrong, words))}${when(wrong.length === 0 && result.verdict !== "error", () => html`<p class="small">${words.cases.unexplained}</p>`)}</div>
<div class="time">${duration(result.durationMs, words)}</div>
${deeper(result, context)}</li>
`;
}

/** The cases that passed, folded away: one line each. */
export function passedCases(results: readonly CaseResult[], context: CaseContext): Markup {
  const { words } = context;
  const rows = results.map((result) => {
    const utterance = context.cases.get(result.testId)?.utterance ?? "";
    return html`<tr><td><code>${result.testId}</code></td><td><span class="said">${cutText(utterance, 160)}</span></td><td>${duration(result.durationMs, words)}</td></tr>
`;
  });
  return html`<details class="group panel"><summary>${words.cases.passed(results.length)}<small>${words.cases.passedHint}</small></summary>
<table class="rows"><thead><tr><th scope="col">${words.cases.case}</th><th scope="col">${words.cases.utterance}</th><th scope="col">${words.cases.time}</th></tr></thead><tbody>
${rows}</tbody></table></details>`;
}

/** Cases of the suite that the batch did not come to. */
export function notRunCases(cases: readonly SimulationCase[], { cases: words }: ReportWords): Markup {
  return html`<details class="group panel"><summary>${words.waiting(cases.length)}<small>${words.waitingHint}</small></summary>
<table class="rows"><thead><tr><th scope="col">${words.case}</th><th scope="col">${words.utterance}</th></tr></thead><tbody>
${cases.map((one) => html`<tr><td><code>${one.test_id}</code></td><td><span class="said">${cutText(one.utterance, 160)}</span></td></tr>
`)}</tbody></table></details>`;
}

function checksTable(checks: readonly Check[], words: ReportWords): Markup {
  const rows = checks.slice(0, MAX_CHECKS).map(
    (check) => html`<tr class="${check.outcome}"><th scope="row"><bdi>${cutText(label(check, words), 200)}</bdi></th><td dir="auto">${cutText(check.expected, MAX_SHOWN)}</td><td dir="auto">${cutText(foundOf(check, words), MAX_SHOWN)}</td></tr>`,
  );
  return html`<table class="checks"><thead><tr><th scope="col"><span class="hidden">${words.cases.expectation}</span></th><th scope="col">${words.cases.expected}</th><th scope="col">${words.cases.found}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function deeper(result: CaseResult, context: CaseContext): Markup {
  const { words } = context;
  const met = result.checks.filter((check) => check.outcome === "passed");
  const before = context.baseline.get(result.testId);
  const facts = [
    ...(result.runs.length > 1 ? [words.cases.runs(result.runs.map((run) => words.verdicts[run].toLowerCase()).join(", "))] : []),
    ...(before === undefined ? [] : [words.cases.before(words.verdicts[before.verdict].toLowerCase())]),
    ...(result.simulationId === null ? [words.cases.notTaken] : [words.cases.simulation(cutText(result.simulationId, 200))]),
  ];
  const fault = result.fault === undefined ? null : words.fault(result.fault);
  return html`<details><summary>${result.turns.length === 0 ? words.cases.details : words.turn.turns(result.turns.length)}${when(met.length > 0, () => html`, ${words.cases.met(met.length)}`)}</summary><div class="deeper">
${fault === null ? null : html`<p class="small">${cutText(fault.cause, MAX_TEXT)} ${fault.remedy}</p>`}
${when(result.turns.length > 0, () => turnList(result.turns, context))}
${when(met.length > 0, () => html`<ul class="met small" aria-label="${words.cases.metLabel}">${met.slice(0, MAX_CHECKS).map((check) => html`<li><span class="ok">✓</span> <bdi>${cutText(label(check, words), 200)}</bdi> <code dir="auto">${cutText(check.expected, 200)}</code></li>`)}</ul>`)}
<p class="small">${facts.join(" · ")}</p></div></details>`;
}

function turnList(turns: readonly Turn[], { turnsChars, words }: CaseContext): Markup {
  let left = turnsChars;
  const shown = turns.flatMap((turn) => {
    if (left <= 0) return [];
    const facts = cutText(turnFacts(turn, words).join(" · "), MAX_TEXT);
    const output = turn.output === null ? null : cutText(turn.output, Math.min(MAX_TEXT, left));
    const error = turnError(turn);
    const trouble = error === null ? null : cutText(error, MAX_TEXT);
    left -= facts.length + (output?.length ?? 0) + (trouble?.length ?? 0);
    return [
      html`<li><p class="facts"><b>${words.turn.title(turn.turnIndex)}</b> · ${facts}</p>${output === null ? null : html`<p class="output" dir="auto">${output}</p>`}${trouble === null ? null : html`<p class="trouble">${trouble}</p>`}</li>`,
    ];
  });
  return html`<ol class="turns">${shown}</ol>${when(shown.length < turns.length, () => html`<p class="small">${words.turn.more(turns.length - shown.length)}</p>`)}`;
}

/** Names of fields in words, so that they can be broken across lines; an entity's own name as it is. */
function label(check: Check, { subjects }: ReportWords): string {
  return check.kind === "entity" && check.name !== null ? checkSubject(check) : subjects[check.kind];
}

/** All that the batch came to know, but for the cases that passed. */
export function troubledResults(batch: Batch): readonly CaseResult[] {
  const rank = { failed: 0, error: 1, flaky: 2, inconclusive: 3, passed: 4 } as const;
  return batch.results.filter(({ verdict }) => verdict !== "passed").toSorted((one, other) => rank[one.verdict] - rank[other.verdict]);
}
