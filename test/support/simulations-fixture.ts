import type { Publisher } from "../../electron/host/publisher.ts";
import type { SimulationCommands } from "../../electron/host/simulation-commands.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { CaseDetails, CaseRow, ExportFormat, SimulationsView } from "../../shared/simulation-view.ts";
import type { BatchSummary, Check, Counts, Coverage, Progress, SuiteProblem } from "../../shared/simulation.ts";

const MINUTE = 60_000;

/** The view and its table at one moment. */
export interface SimulationMoment {
  readonly view: SimulationsView;
  readonly rows: readonly CaseRow[];
}

const nothing: SimulationsView = {
  suite: null,
  problems: null,
  work: { kind: "idle" },
  fault: null,
  batch: null,
  baseline: null,
  comparison: null,
  trend: [],
  resumable: null,
};

const suite = { name: "Billing bot, release 42", file: "billing-bot.yaml", cases: 60, expectedFlows: 12 };
const flows = ["greeting", "order_status", "refund", "escalation", "hours", "address_change", "late_fee", "plan_change", "cancellation", "payment", "thanks", "invoice"];

interface Sample {
  readonly id: string;
  readonly utterance: string;
  readonly state: CaseRow["state"];
  readonly reasons: readonly string[];
  readonly durationMs: number;
}

/** What did not pass, among fifty that did. */
const trouble: readonly Sample[] = [
  { id: "test_order_check", utterance: "I need to check my recent order", state: "failed", reasons: ["intent: check_order → small_talk", "next_flow: flow_order_status → flow_greeting"], durationMs: 1_240 },
  { id: "test_refund_entity", utterance: "refund for ORD_99 please", state: "failed", reasons: ["entity order_id: ORD_99 → ORD_9"], durationMs: 910 },
  { id: "test_invoice_pdf", utterance: "send me the invoice", state: "failed", reasons: ["turn 0: FLOW_NOT_DEPLOYED flow_invoice", "intent: get_invoice → not reported", "next_flow: flow_invoice → none", "answer contains: your invoice → not found"], durationMs: 740 },
  { id: "test_plan_long", utterance: "Since I moved to the other side of the river last autumn the plan that I have does not cover the place any more, so what would you suggest that I do about it?", state: "failed", reasons: ["intent: change_plan → change_address"], durationMs: 1_902 },
  { id: "test_thanks", utterance: "ok thanks a lot", state: "flaky", reasons: ["passed 2 of 3 runs"], durationMs: 2_830 },
  { id: "test_escalate", utterance: "Transfer me to a human agent", state: "inconclusive", reasons: ["intent: escalate → not reported"], durationMs: 1_010 },
  { id: "test_escalate_angry", utterance: "this is ridiculous, get me a person", state: "inconclusive", reasons: ["intent: escalate → not reported"], durationMs: 980 },
  { id: "test_opening_hours_of_the_branch_office_in_the_old_town", utterance: "when do you open tomorrow", state: "error", reasons: ["The platform took too long to answer."], durationMs: 60_020 },
];

const passing = ["when do you open tomorrow", "where is my parcel", "I want my money back", "change my address", "why was I charged twice", "cancel my contract", "can I pay by card", "hello there"];

function sample(index: number): Sample {
  const special = index % 7 === 3 ? trouble[Math.floor(index / 7)] : undefined;
  if (special !== undefined) return special;
  return { id: `test_case_${String(index + 1).padStart(2, "0")}`, utterance: passing[index % passing.length] ?? "", state: "passed", reasons: [], durationMs: 400 + ((index * 137) % 900) };
}

const samples = Array.from({ length: suite.cases }, (_, index) => sample(index));

function rowOf({ id, utterance, state, reasons, durationMs }: Sample, index: number): CaseRow {
  return { testId: id, utterance, tags: index % 3 === 0 ? ["smoke"] : [], state, reasons, durationMs };
}

function waiting(row: CaseRow): CaseRow {
  return { ...row, state: "waiting", reasons: [], durationMs: null };
}

const finishedRows = samples.map(rowOf);

/** The counts that rows come to. */
export function countsOf(rows: readonly CaseRow[]): Counts {
  const of = (state: CaseRow["state"]): number => rows.filter((row) => row.state === state).length;
  return { total: rows.length, passed: of("passed"), failed: of("failed"), flaky: of("flaky"), inconclusive: of("inconclusive"), errors: of("error") };
}

const idsFrom = (from: number, count: number): string[] => samples.slice(from, from + count).map(({ id }) => id);

const coverage: Coverage = {
  share: 11 / 12,
  flows: flows.map((name, index) => {
    const hits = name === "invoice" ? 0 : Math.max(2, 21 - index * 2);
    return { name: `flow_${name}`, hits, cases: idsFrom(index, hits) };
  }),
  missing: ["flow_invoice"],
  unexpected: [{ name: "flow_small_talk", hits: 2, cases: ["test_order_check", "test_case_01"] }],
  intents: [
    { name: "check_order", hits: 14, cases: idsFrom(0, 14) },
    { name: "get_refund", hits: 10, cases: idsFrom(10, 10) },
  ],
  entities: [{ name: "order_id", hits: 9, cases: idsFrom(4, 9) }],
  untested: ["flow_warranty"],
};

function batchOf(now: number, change: Partial<BatchSummary> = {}): BatchSummary {
  const counts = countsOf(finishedRows);
  return {
    batchId: "batch-42",
    suite: suite.name,
    startedAt: now - 4 * MINUTE,
    finishedAt: now - 4 * MINUTE + 38_000,
    end: { kind: "finished" },
    counts,
    coverage,
    successRate: counts.passed / counts.total,
    governance: "REVIEW_REQUIRED",
    ...change,
  };
}

function trendOf(now: number): SimulationsView["trend"] {
  const rates = [0.85, 0.87, 0.83, 0.92, 0.93, 0.92, 0.95, 0.97, 0.95, 52 / 60];
  return rates.map((successRate, index) => ({
    batchId: `batch-${33 + index}`,
    startedAt: now - (10 - index) * 24 * 60 * MINUTE,
    successRate,
    coverage: index === 3 ? null : Math.min(1, 0.8 + index * 0.02),
    total: 60,
    passed: Math.round(successRate * 60),
  }));
}

function progressOf(rows: readonly CaseRow[]): Progress {
  const counts = countsOf(rows);
  const running = rows.filter(({ state }) => state === "running").map(({ testId }) => testId);
  const done = counts.passed + counts.failed + counts.flaky + counts.inconclusive + counts.errors;
  return { done, total: rows.length, counts, running, perSecond: 1.6, leftMs: ((rows.length - done) / 1.6) * 1_000 };
}

/** A table of which `done` are over and the next five are under way. */
export function rowsUnderWay(rows: readonly CaseRow[], done: number): readonly CaseRow[] {
  return rows.map((row, index) => (index < done ? row : { ...waiting(row), state: index < done + 5 ? "running" : "waiting" }));
}

const unreachable: Fault = { kind: "transport", code: "network", detail: "connect ECONNREFUSED 127.0.0.1:9" };

/** As many problems as are asked for, of the kinds that happen. */
export function problemsOf(count: number): readonly SuiteProblem[] {
  const kinds = [
    ["expected_outcome.intent", "is missing; a text is needed"],
    ["utterance", "is empty; what the customer says is needed"],
    ["test_id", "found “order check”; allowed is test_ and then letters, digits and _, such as test_order_check"],
    ["utterence", "is not known here; did you mean utterance?"],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [field, message] = kinds[index % kinds.length] ?? kinds[0];
    return { file: "billing-bot.yaml", line: 12 + index * 9, column: 5, field: `cases[${index}].${field}`, message };
  });
}

/** The moments of the view that look different; `now` in ms since the Unix epoch. */
export const simulationMoments = {
  noSuite: () => ({ view: nothing, rows: [] }),
  problems: () => ({ view: { ...nothing, problems: { file: "billing-bot.yaml", count: 1_204, list: problemsOf(1_000) } }, rows: [] }),
  preflight: (now) => ({
    view: {
      ...nothing,
      suite,
      trend: trendOf(now),
      problems: {
        file: "billing-bot.yaml",
        count: 1,
        list: [{ file: "billing-bot.yaml", line: null, column: null, field: "", message: "expects the entity “parcel_id”, which the bot does not have; it has order_id, date and amount" }],
      },
    },
    rows: finishedRows.map(waiting),
  }),
  ready: () => ({ view: { ...nothing, suite }, rows: finishedRows.map(waiting) }),
  preparing: (now) => ({ view: { ...nothing, suite, work: { kind: "preparing", since: now - 800 } }, rows: finishedRows.map(waiting) }),
  running: (now) => {
    const rows = rowsUnderWay(finishedRows, 23);
    return { view: { ...nothing, suite, trend: trendOf(now), work: { kind: "running", batchId: "batch-43", since: now - 14_000, progress: progressOf(rows) } }, rows };
  },
  cancelling: (now) => {
    const rows = rowsUnderWay(finishedRows, 31);
    return { view: { ...nothing, suite, trend: trendOf(now), work: { kind: "cancelling", batchId: "batch-43", since: now - 19_000, progress: progressOf(rows) } }, rows };
  },
  finished: (now) => ({ view: { ...nothing, suite, batch: batchOf(now), trend: trendOf(now) }, rows: finishedRows }),
  compared: (now) => ({
    view: {
      ...nothing,
      suite,
      batch: batchOf(now),
      trend: trendOf(now),
      baseline: { batchId: "batch-41", startedAt: now - 26 * 60 * MINUTE },
      comparison: {
        baselineId: "batch-41",
        broken: ["test_order_check", "test_thanks"],
        mended: ["test_case_02"],
        added: ["test_plan_long", "test_case_60", "test_case_59"],
        removed: ["test_fax_number", "test_telegram"],
      },
    },
    rows: finishedRows,
  }),
  stopped: (now) => ({
    view: { ...nothing, suite, batch: batchOf(now, { end: { kind: "stopped", fault: unreachable }, counts: countsOf(rowsUnderWay(finishedRows, 23)) }), trend: trendOf(now), resumable: { done: 23, total: 60 } },
    rows: rowsUnderWay(finishedRows, 23).map((row) => (row.state === "running" ? waiting(row) : row)),
  }),
  couldNotBegin: () => ({
    view: { ...nothing, suite, fault: { kind: "refused", code: "forbidden", detail: "token lacks bot:read", status: 403 } },
    rows: finishedRows.map(waiting),
  }),
} as const satisfies Readonly<Record<string, (now: number) => SimulationMoment>>;

export type SimulationMomentName = keyof typeof simulationMoments;

/** A suite of as many cases as are asked for, all waiting. */
export function manyCases(count: number): readonly CaseRow[] {
  return Array.from({ length: count }, (_, index) => ({
    testId: `test_many_${String(index).padStart(5, "0")}`,
    utterance: `${passing[index % passing.length] ?? ""}, number ${index}`,
    tags: [],
    state: "waiting",
    reasons: [],
    durationMs: null,
  }));
}

/** The view of a batch of these rows that is under way. */
export function viewUnderWay(now: number, rows: readonly CaseRow[]): SimulationsView {
  return { ...nothing, suite: { ...suite, cases: rows.length }, work: { kind: "running", batchId: "batch-many", since: now, progress: progressOf(rows) } };
}

/** All about a case of these moments. */
export function detailsOf(testId: string, row: CaseRow | undefined): CaseDetails {
  const failed = row?.state === "failed";
  const checks: readonly Check[] = [
    { kind: "intent", outcome: failed ? "failed" : row?.state === "inconclusive" ? "inconclusive" : "passed", expected: "check_order", actual: failed ? "small_talk" : row?.state === "inconclusive" ? null : "check_order" },
    { kind: "entity", name: "order_id", outcome: "passed", expected: "ORD_99", actual: "ORD_99" },
    { kind: "next_flow", outcome: failed ? "failed" : "passed", expected: "flow_order_status", actual: failed ? "flow_greeting" : "flow_order_status" },
    { kind: "response_contains", outcome: "passed", expected: "your order", actual: "Here is your order ORD_99." },
  ];
  const verdict = row === undefined || row.state === "waiting" || row.state === "running" ? null : row.state;
  const result: CaseDetails["result"] =
    verdict === null
      ? null
      : {
          testId,
          verdict,
          checks,
          turns: [
            { turnIndex: 0, flowId: "flow_greeting", intent: failed ? "small_talk" : "check_order", entities: { order_id: "ORD_99" }, output: "Hello! What can I do for you?", errorCode: null, errorMessage: null },
            { turnIndex: 1, flowId: "flow_order_status", intent: null, entities: null, output: null, errorCode: failed ? "FLOW_NOT_DEPLOYED" : null, errorMessage: failed ? "flow_order_status is not deployed" : null },
          ],
          simulationId: "sim-8841",
          ...(verdict === "error" ? { fault: { kind: "transport", code: "timeout", detail: "no result after 30 polls" } } : {}),
          startedAt: 0,
          durationMs: row?.durationMs ?? 0,
          runs: verdict === "flaky" ? ["failed", "passed", "passed"] : [verdict],
        };
  return {
    case: {
      test_id: testId,
      user_id: "usr_1001",
      platform: "web",
      utterance: row?.utterance ?? "",
      session_context: { tier: "gold", open_orders: 2 },
      expected_outcome: { intent: "check_order", entities: { order_id: "ORD_99" }, next_flow: "flow_order_status", response_contains: "your order" },
      tags: row?.tags ?? [],
    },
    result,
    baseline: result === null ? null : { ...result, verdict: "passed", runs: ["passed"] },
  };
}

/** What the view asked for. */
export type SimulationCall = readonly [name: keyof SimulationCommands, ...input: readonly unknown[]];

/** Main's side of simulations, played from memory: commands are kept, and lead to the next moment where one follows. */
export interface PlayedSimulations {
  readonly commands: SimulationCommands;
  readonly calls: readonly SimulationCall[];
  /** The text of each suite that came whole. */
  readonly suites: readonly string[];
  show(moment: SimulationMoment): void;
  /** Answers the next command of this name with a fault. */
  refuse(name: keyof SimulationCommands, fault: Fault): void;
}

/** Plays simulations on a publisher. `now`: wall clock in ms since the Unix epoch. */
export function playSimulations(publisher: Publisher, now: () => number): PlayedSimulations {
  const calls: SimulationCall[] = [];
  const suites: string[] = [];
  const refusals = new Map<keyof SimulationCommands, Fault>();
  let text = "";
  const show = ({ view, rows }: SimulationMoment): void => {
    publisher.publish({ kind: "simulations", view });
    publisher.publish({ kind: "simulation-rows", rows });
  };
  const answer = (call: SimulationCall, then: () => void = () => {}): Result<null, Fault> => {
    calls.push(call);
    const refusal = refusals.get(call[0]);
    refusals.delete(call[0]);
    if (refusal !== undefined) return err(refusal);
    then();
    return ok(null);
  };
  return {
    calls,
    suites,
    show,
    refuse: (name, fault) => void refusals.set(name, fault),
    commands: {
      load: async ({ name, part, parts, text: piece }) =>
        answer(["load", name, part, parts], () => {
          text = part === 0 ? piece : text + piece;
          if (part + 1 < parts) return;
          suites.push(text);
          show(text.includes("broken") ? simulationMoments.problems() : simulationMoments.ready());
        }),
      example: async () => answer(["example"], () => show(simulationMoments.ready())),
      run: async (which, repeat) => answer(["run", which, repeat], () => show(simulationMoments.running(now()))),
      cancel: async () => answer(["cancel"], () => show(simulationMoments.cancelling(now()))),
      details: async (testId) => {
        const refused = answer(["details", testId]);
        return refused.ok ? ok(detailsOf(testId, publisher.state().simulationRows.find((row) => row.testId === testId))) : refused;
      },
      pin: async (pinned) => answer(["pin", pinned]),
      export: async (format: ExportFormat) => {
        const refused = answer(["export", format]);
        return refused.ok ? ok({ file: `/home/sam/Documents/Callside/batch-42.${format === "junit" ? "xml" : format}` }) : refused;
      },
    },
  };
}
