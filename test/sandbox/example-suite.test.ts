import { expect, test } from "vitest";
import type { Check, Batch } from "../../shared/simulation.ts";
import { openSimulationsPlatform } from "../../electron/app/simulations-platform.ts";
import { exampleSuite } from "../../electron/sandbox/example-suite.ts";
import { createFlowBot } from "../../electron/sandbox/flow-bot.ts";
import { shopFlows } from "../../electron/sandbox/shop/flows.ts";
import { shopIntents } from "../../electron/sandbox/shop/intents.ts";
import { coverageOf } from "../../electron/simulations/coverage.ts";
import { preflight } from "../../electron/simulations/preflight.ts";
import { runBatch } from "../../electron/simulations/runner.ts";
import { pollReplySchema } from "../../electron/simulations/simulate-reply.ts";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import { judgeCase } from "../../electron/simulations/verdict.ts";
import { until } from "../support/until.ts";
import { practice } from "./sandbox-client.ts";

/** Why each case that fails on purpose does: kind (and name) of the check, what was expected, what was found. */
const failing: Readonly<Record<string, readonly string[]>> = {
  test_failing_intent: ["intent: refund_status / return_item"],
  test_failing_entity_value: ["entity order_id: ORD-20451 / ORD-20415"],
  test_failing_entity_missing: ["entity date: tomorrow / not found, only product"],
  test_failing_flow_missing: ["next_flow: flow_returns / flow_cancel_order, flow_identify"],
  test_failing_not_deployed: ["no_errors: no errors / turn 0: FLOW_NOT_DEPLOYED: Flow flow_voucher is not deployed."],
  test_failing_not_deployed_either: ["no_errors: no errors / turn 0: FLOW_NOT_DEPLOYED: Flow flow_voucher is not deployed."],
  test_failing_broken_flow: ["no_errors: no errors / turn 1: PAYMENT_GATEWAY_UNREACHABLE: The payment gateway did not answer in node charge_card."],
  test_failing_text: ["response_contains: around the clock / Our shop in Hamburg is open from Monday to Saturday, nine to eight."],
  test_failing_in_several_ways: [
    "intent: store_hours / product_stock",
    "entity city: Zurich / Vienna",
    "next_flow: flow_stores / flow_products",
    "response_contains: sold out / The desk lamp is in stock in our shop in Vienna.",
  ],
};

function readExample() {
  const parsed = parseSuite(exampleSuite);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const reasonsOf = (checks: readonly Check[]): readonly string[] =>
  checks
    .filter((check) => check.outcome === "failed")
    .map(({ kind, name, expected, actual }) => `${kind}${name === undefined ? "" : ` ${name}`}: ${expected} / ${String(actual)}`);

function reasonsByCase(batch: Pick<Batch, "results">): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(batch.results.filter(({ verdict }) => verdict !== "passed").map(({ testId, checks }) => [testId, reasonsOf(checks)]));
}

test("the example suite is in order: sixty cases, and flows and intents that the bot has", () => {
  const suite = readExample();
  expect(suite.cases).toHaveLength(60);
  expect(new Set(suite.expected_flows)).toEqual(new Set(shopFlows.map((flow) => flow.id)));
  const intents = new Set([...shopIntents.map((intent) => intent.id), "fallback"]);
  for (const one of suite.cases) expect(intents).toContain(one.expected_outcome.intent);
});

test("no utterance of it is one of the bot's own phrases, but for a greeting", () => {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9 ]/g, "").trim();
  const phrases = new Set(shopIntents.filter((intent) => !intent.smallTalk).flatMap((intent) => intent.asked.map(plain)));
  const repeated = readExample().cases.filter((one) => phrases.has(plain(one.utterance)));
  expect(repeated.map((one) => one.test_id)).toEqual([]);
});

test("every case passes but those that fail on purpose, each for exactly its reasons", () => {
  const bot = createFlowBot();
  const results = readExample().cases.map((one) => {
    const conversation = bot.converse({ text: one.utterance, context: one.session_context, mistaken: false });
    const reply = pollReplySchema.parse({ ...conversation });
    if (reply.kind === "running") throw new Error("a conversation is over");
    const { verdict, checks } = judgeCase(one, reply.simulation);
    return { ...unrun, testId: one.test_id, verdict, checks, turns: reply.simulation.turns ?? [] };
  });
  expect(reasonsByCase({ results })).toEqual(failing);
  expect(results.filter(({ verdict }) => verdict === "passed")).toHaveLength(51);
  const coverage = coverageOf(readExample(), results);
  expect([coverage.missing, coverage.unexpected]).toEqual([["flow_warranty"], []]);
  expect(coverage.share).toBeCloseTo(17 / 18);
});

const unrun = { simulationId: null, startedAt: 0, durationMs: 0, runs: ["passed" as const] };

test("the same comes out when it is run against the sandbox", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const { simulations } = sandbox.config();
  const suite = readExample();
  const opened = await openSimulationsPlatform({
    section: simulations,
    network: { caFile: undefined, proxy: undefined },
    env: { ...sandbox.env() },
    clock,
    random: () => 0.5,
    readFile: () => Promise.reject(new Error("no file is read")),
  });
  if (!opened.ok) throw new Error(opened.error.detail);
  await using platform = opened.value;
  const { signal } = new AbortController();
  expect(await preflight({ suite, api: platform.api, file: exampleSuite.file, signal })).toEqual({ kind: "ready" });

  const over = new AbortController();
  const run = runBatch({
    suite,
    api: platform.api,
    concurrency: 5,
    pollMs: simulations.pollSeconds * 1_000,
    maxPolls: simulations.maxPolls,
    clock,
    random: () => 0.5,
    signal,
    newId: () => "batch",
  }).finally(() => {
    over.abort();
  });
  while (!over.signal.aborted) {
    expect(clock.monotonic()).toBeLessThan(600_000);
    await clock.advance(20);
    // What that set going is answered before time goes on.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  const done = await run;
  await until(() => sandbox.stats().openSimulations === 0, "every result was fetched");
  expect(done.end).toEqual({ kind: "finished" });
  expect(reasonsByCase(done)).toEqual(failing);
  expect(done.counts).toMatchObject({ total: 60, passed: 51, failed: 9, errors: 0, inconclusive: 0 });
  expect(done.coverage.missing).toEqual(["flow_warranty"]);
  expect(done.governance).toBe("REVIEW_REQUIRED");
  expect(sandbox.stats()).toMatchObject({ simulationsBegun: 60, mostOpenSimulations: 5 });
});
