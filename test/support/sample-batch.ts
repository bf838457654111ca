import type { Batch, CaseResult, Check, Comparison, Counts, Coverage, Hits, SimulationCase, Suite, Turn, Verdict } from "../../shared/simulation.ts";
import type { TrendPoint } from "../../shared/simulation-view.ts";

/** A batch of 60 cases with every verdict, beside its baseline and the batches before it. */
export interface SampleBatch {
  readonly suite: Suite;
  readonly batch: Batch;
  /** The pinned one: two cases of `batch` broke since, one was mended, two are new and one is gone. */
  readonly baseline: Batch;
  readonly comparison: Comparison;
  /** Ten batches, oldest first; the last one is `batch`. */
  readonly trend: readonly TrendPoint[];
}

const STARTED_AT = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 24 * 3_600_000;

interface Topic {
  readonly flow: string;
  readonly intent: string;
  readonly entity?: readonly [name: string, value: string];
  readonly answer: string;
  readonly said: readonly string[];
}

const topics: readonly Topic[] = [
  {
    flow: "flow_greeting",
    intent: "greet",
    answer: "Hello! How can I help with your account today?",
    said: ["hello there", "good morning", "hi, anybody home?", "hey", "good evening to you", "hello, it's me again"],
  },
  {
    flow: "flow_order_status",
    intent: "check_order",
    entity: ["order_id", "ORD-1182"],
    answer: "Order ORD-1182 left our warehouse yesterday.",
    said: ["where is ORD-1182", "has my order ORD-1182 shipped", "track ORD-1182 please", "status of ORD-1182?", "when will ORD-1182 be here", "ORD-1182 still not delivered"],
  },
  {
    flow: "flow_refund",
    intent: "request_refund",
    entity: ["order_id", "ORD-4410"],
    answer: "I have opened a refund request for order ORD-4410.",
    said: ["refund ORD-4410", "I want my money back for ORD-4410", "please return the payment of ORD-4410", "ORD-4410 was broken, refund it", "cancel and refund ORD-4410", "how do I get a refund for ORD-4410"],
  },
  {
    flow: "flow_opening_hours",
    intent: "ask_hours",
    answer: "We are open from 8 am to 8 pm on weekdays.",
    said: ["when do you open", "are you open on sunday", "what are your hours", "how late can I call", "open tomorrow?", "opening times please"],
  },
  {
    flow: "flow_address_change",
    intent: "change_address",
    entity: ["city", "Leeds"],
    answer: "I have changed your city to Leeds.",
    said: ["I moved to Leeds", "change my address to Leeds", "new flat in Leeds", "please send everything to Leeds now", "update my city: Leeds", "we live in Leeds now"],
  },
  {
    flow: "flow_payment_method",
    intent: "change_payment",
    answer: "Which card would you like to use from now on?",
    said: ["use another card", "my card expired", "pay by direct debit instead", "change how I pay", "new bank account", "remove my old card"],
  },
  {
    flow: "flow_password_reset",
    intent: "reset_password",
    answer: "I have sent you a link to set a new password.",
    said: ["forgot my password", "cannot log in", "reset password", "locked out of my account", "password does not work", "send me a reset link"],
  },
  {
    flow: "flow_tariff",
    intent: "ask_tariff",
    answer: "The Basic tariff is 12 pounds a month.",
    said: ["what does Basic cost", "which tariff is cheapest", "compare tariffs", "price per month?", "is there a student tariff", "upgrade my tariff"],
  },
  {
    flow: "flow_escalation",
    intent: "escalate",
    answer: "I am putting you through to a colleague.",
    said: ["let me talk to a person", "agent please", "this is useless, give me a human"],
  },
];

/** Expected like the others; no case gets there. */
const MISSING_FLOW = "flow_invoice_copy";

/** A case that asks for one intent and nothing else, unless told more. */
export function sampleCase(testId: string, more: Partial<SimulationCase> = {}): SimulationCase {
  return {
    test_id: testId,
    user_id: "usr_sample",
    platform: "web",
    utterance: "hello there",
    session_context: { language: "en" },
    expected_outcome: { intent: "greet", entities: {} },
    tags: [],
    ...more,
  };
}

/** A turn in which nothing was reported, unless told more. */
export function sampleTurn(more: Partial<Turn> = {}): Turn {
  return { turnIndex: 0, flowId: null, intent: null, entities: null, output: null, errorCode: null, errorMessage: null, ...more };
}

/** What became of a case: it passed in one run of 800 ms, unless told more. */
export function sampleResult(testId: string, more: Partial<CaseResult> = {}): CaseResult {
  const verdict = more.verdict ?? "passed";
  return {
    testId,
    verdict,
    checks: [],
    turns: [],
    simulationId: `sim-${testId}`,
    startedAt: STARTED_AT,
    durationMs: 800,
    runs: [verdict],
    ...more,
  };
}

/** A batch of these results that ran to its end, with counts and coverage as they follow from them. */
export function batchOf(suite: Suite, results: readonly CaseResult[], more: Partial<Batch> = {}): Batch {
  const counts = countsOf(results);
  const successRate = counts.total === 0 ? 0 : counts.passed / counts.total;
  return {
    batchId: "batch-42",
    suite: suite.name,
    startedAt: STARTED_AT,
    finishedAt: STARTED_AT + 38_200,
    end: { kind: "finished" },
    counts,
    coverage: coverageFrom(suite, results),
    successRate,
    governance: successRate >= 0.95 ? "COMPLIANT" : "REVIEW_REQUIRED",
    results,
    ...more,
  };
}

/** See {@link SampleBatch}; the same every time. */
export function sampleBatch(): SampleBatch {
  const plain = topics.flatMap((topic) => topic.said.map((utterance, index) => passing(topic, utterance, index)));
  const all = [...troubled.slice(0, 4), ...plain.slice(0, 20), ...troubled.slice(4), ...plain.slice(20)];
  const suite: Suite = { name: "Billing bot, release 42", expected_flows: [...topics.map(({ flow }) => flow), MISSING_FLOW], cases: all.map(([one]) => one) };
  const batch = batchOf(suite, all.map(([one, result], index) => ({ ...result, testId: one.test_id, startedAt: STARTED_AT + index * 600 })));
  const gone = sampleCase("test_old_voucher", { utterance: "redeem a voucher" });
  const added = new Set(["test_tariff_5", "test_tariff_6"]);
  const mended = "test_greeting_2";
  const broken = ["test_order_in_other_words", "test_refund_order_number"];
  const then: Suite = { ...suite, cases: [...suite.cases.filter((one) => !added.has(one.test_id)), gone] };
  const before = batch.results.flatMap((result) => {
    if (added.has(result.testId)) return [];
    if (result.testId === mended) return [{ ...result, verdict: "failed" as const, runs: ["failed" as const], checks: [check("intent", "failed", "greet", "small_talk")] }];
    return broken.includes(result.testId) ? [sampleResult(result.testId)] : [result];
  });
  const baseline = batchOf(then, [...before, sampleResult(gone.test_id)], { batchId: "batch-37", startedAt: STARTED_AT - 5 * DAY_MS, finishedAt: STARTED_AT - 5 * DAY_MS + 37_000 });
  const passedBefore = [46, 47, 46, 50, 49, 51, 53, 53, 52];
  return {
    suite,
    batch,
    baseline,
    comparison: { baselineId: baseline.batchId, broken, mended: [mended], added: [...added], removed: [gone.test_id] },
    trend: [
      ...passedBefore.map((passed, index) => ({ batchId: `batch-${33 + index}`, startedAt: STARTED_AT - (9 - index) * DAY_MS, successRate: passed / 60, coverage: index < 4 ? 0.8 : 0.9, total: 60, passed })),
      { batchId: batch.batchId, startedAt: batch.startedAt, successRate: batch.successRate, coverage: batch.coverage.share, total: batch.counts.total, passed: batch.counts.passed },
    ],
  };
}

/** A batch of `count` cases of which every twentieth failed, to see what size does. */
export function largeBatch(count: number): { readonly suite: Suite; readonly batch: Batch } {
  const pairs = Array.from({ length: count }, (_, index): readonly [SimulationCase, CaseResult] => {
    const topic = topics[index % topics.length] ?? topics[0];
    if (topic === undefined) throw new Error("no topics");
    const [one, result] = passing(topic, topic.said[index % topic.said.length] ?? "hello", index);
    if (index % 20 !== 0) return [one, result];
    return [one, { ...result, verdict: "failed", runs: ["failed"], checks: [check("intent", "failed", topic.intent, "small_talk"), ...result.checks.slice(1)] }];
  });
  const suite: Suite = { name: "A large suite", expected_flows: topics.map(({ flow }) => flow), cases: pairs.map(([one]) => one) };
  return { suite, batch: batchOf(suite, pairs.map(([one, result]) => ({ ...result, testId: one.test_id }))) };
}

function check(kind: Check["kind"], outcome: Check["outcome"], expected: string, actual: string | null, name?: string): Check {
  return { kind, outcome, expected, actual, ...(name === undefined ? {} : { name }) };
}

function passing(topic: Topic, utterance: string, index: number): readonly [SimulationCase, CaseResult] {
  const { flow, intent, entity, answer } = topic;
  const testId = `test_${flow.replace("flow_", "")}_${index + 1}`;
  const entities = entity === undefined ? {} : { [entity[0]]: entity[1] };
  const one = sampleCase(testId, { utterance, expected_outcome: { intent, entities, next_flow: flow }, tags: [flow.replace("flow_", "")] });
  const checks = [
    check("intent", "passed", intent, intent),
    ...(entity === undefined ? [] : [check("entity", "passed", entity[1], entity[1], entity[0])]),
    check("next_flow", "passed", flow, flow),
    check("no_errors", "passed", "no errors", "no errors"),
  ];
  return [one, sampleResult(testId, { checks, turns: [sampleTurn({ flowId: flow, intent, entities, output: answer })], durationMs: 620 + ((index * 97) % 480) })];
}

/** One for each way of not passing. */
const troubled: readonly (readonly [SimulationCase, CaseResult])[] = [
  trouble("order_in_other_words", "failed", "I'd like to know how my parcel is doing", { intent: "check_order", entities: {}, next_flow: "flow_order_status" }, {
    checks: [check("intent", "failed", "check_order", "small_talk"), check("next_flow", "failed", "flow_order_status", "flow_greeting"), check("no_errors", "passed", "no errors", "no errors")],
    turns: [sampleTurn({ flowId: "flow_greeting", intent: "small_talk", entities: {}, output: "I am doing fine, thank you for asking!" })],
    durationMs: 1_212,
  }),
  trouble("refund_order_number", "failed", "refund for ORD-99 please", { intent: "request_refund", entities: { order_id: "ORD-99" }, next_flow: "flow_refund" }, {
    checks: [check("intent", "passed", "request_refund", "request_refund"), check("entity", "failed", "ORD-99", "ORD-9", "order_id"), check("next_flow", "passed", "flow_refund", "flow_refund")],
    turns: [
      sampleTurn({ flowId: "flow_refund", intent: "request_refund", entities: { order_id: "ORD-9", reason: null }, output: "Shall I refund order ORD-9?" }),
      sampleTurn({ turnIndex: 1, flowId: "flow_refund", output: "Please answer with yes or no." }),
    ],
    durationMs: 904,
  }),
  trouble("invoice_as_pdf", "failed", "send me the invoice", { intent: "request_invoice", entities: {}, next_flow: MISSING_FLOW }, {
    checks: [check("intent", "passed", "request_invoice", "request_invoice"), check("next_flow", "failed", MISSING_FLOW, "no flow"), check("no_errors", "failed", "no errors", "turn 0: FLOW_NOT_DEPLOYED flow_invoice_copy is not deployed")],
    turns: [sampleTurn({ intent: "request_invoice", entities: {}, errorCode: "FLOW_NOT_DEPLOYED", errorMessage: "flow_invoice_copy is not deployed" })],
    durationMs: 702,
  }),
  trouble("hours_on_holidays", "failed", "are you there on new year's day?", { intent: "ask_hours", entities: {}, response_contains: "closed on public holidays" }, {
    checks: [check("intent", "passed", "ask_hours", "ask_hours"), check("response_contains", "failed", "closed on public holidays", "We are open from 8 am to 8 pm on weekdays.")],
    turns: [sampleTurn({ flowId: "flow_opening_hours", intent: "ask_hours", entities: {}, output: "We are open from 8 am to 8 pm on weekdays." })],
  }),
  trouble("thanks", "flaky", "ok thanks a lot", { intent: "thank", entities: {} }, {
    checks: [check("intent", "failed", "thank", "greet")],
    turns: [sampleTurn({ flowId: "flow_small_talk", intent: "greet", entities: {}, output: "Hello again!" })],
    runs: ["failed", "passed", "passed"],
    durationMs: 2_800,
  }),
  trouble("human_agent", "inconclusive", "transfer me to somebody", { intent: "escalate", entities: {}, next_flow: "flow_escalation" }, {
    checks: [check("intent", "inconclusive", "escalate", null), check("next_flow", "passed", "flow_escalation", "flow_escalation")],
    turns: [sampleTurn({ flowId: "flow_escalation", output: "I am putting you through to a colleague." })],
    durationMs: 1_003,
  }),
  trouble("move_to_york", "inconclusive", "we are moving to York", { intent: "change_address", entities: { city: "York" } }, {
    checks: [check("intent", "passed", "change_address", "change_address"), check("entity", "inconclusive", "York", null, "city")],
    turns: [sampleTurn({ flowId: "flow_address_change", intent: "change_address", output: "What is your new street?" })],
  }),
  trouble("slow_tariff", "error", "tell me everything about every tariff", { intent: "ask_tariff", entities: {} }, {
    fault: { kind: "transport", code: "timeout", detail: "the simulation was not completed after 30 polls" },
    durationMs: 60_000,
  }),
  trouble("card_change", "error", "another card please", { intent: "change_payment", entities: {} }, {
    fault: { kind: "transport", code: "server-error", detail: "POST 127.0.0.1/api/bot/simulate answered 503", status: 503 },
    simulationId: null,
    durationMs: 3_100,
  }),
];

function trouble(name: string, verdict: Verdict, utterance: string, expected: SimulationCase["expected_outcome"], more: Partial<CaseResult>): readonly [SimulationCase, CaseResult] {
  const testId = `test_${name}`;
  return [sampleCase(testId, { utterance, expected_outcome: expected, tags: ["hard"] }), sampleResult(testId, { verdict, runs: [verdict], ...more })];
}

function countsOf(results: readonly CaseResult[]): Counts {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return { total: results.length, passed: count("passed"), failed: count("failed"), flaky: count("flaky"), inconclusive: count("inconclusive"), errors: count("error") };
}

function coverageFrom(suite: Suite, results: readonly CaseResult[]): Coverage {
  const flows = hitsBy(results, (turn) => (turn.flowId === null ? [] : [turn.flowId]));
  const expected = suite.expected_flows.map((name) => flows.find((one) => one.name === name) ?? { name, hits: 0, cases: [] });
  const missing = expected.filter(({ hits }) => hits === 0).map(({ name }) => name);
  return {
    share: expected.length === 0 ? null : (expected.length - missing.length) / expected.length,
    flows: expected,
    missing,
    unexpected: flows.filter(({ name }) => !suite.expected_flows.includes(name)),
    intents: hitsBy(results, (turn) => (turn.intent === null ? [] : [turn.intent])),
    entities: hitsBy(results, (turn) => Object.keys(turn.entities ?? {})),
    untested: null,
  };
}

function hitsBy(results: readonly CaseResult[], namesOf: (turn: Turn) => readonly string[]): readonly Hits[] {
  const cases = new Map<string, string[]>();
  for (const { testId, turns } of results) {
    for (const name of new Set(turns.flatMap(namesOf))) cases.set(name, [...(cases.get(name) ?? []), testId]);
  }
  return [...cases].map(([name, list]) => ({ name, hits: list.length, cases: list }));
}
