import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_BASELINE_BYTES, readBaseline } from "../../electron/simulations/report-baseline.ts";
import { jsonReport } from "../../electron/simulations/report-json.ts";
import { batchSchema, verdictSchema } from "../../shared/simulation.ts";
import { batchOf, largeBatch, sampleBatch, sampleCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

const { batch } = sampleBatch();
const json = jsonReport(batch);
const errorOf = (text: string): string => {
  const outcome = readBaseline(text);
  return outcome.ok ? "it was taken" : outcome.error;
};
/** The report with something else in place of a part of it. */
const altered = (from: string | RegExp, to: string): string => {
  const text = json.replace(from, to);
  expect(text).not.toBe(json);
  return text;
};

describe("the JSON report", () => {
  it("reads back as the batch that it was made of", () => {
    expect(readBaseline(json)).toEqual({ ok: true, value: batch });
  });

  it("reads back whatever was said", () => {
    const text = fc.string({ unit: "binary", maxLength: 30 });
    // A key `__proto__` is let go of when a report is read, at whatever depth it stands.
    const entities = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }).filter((found) => !JSON.stringify(found).includes('"__proto__":'));
    fc.assert(
      fc.property(text, entities, fc.constantFrom(...verdictSchema.options), (output, found, verdict) => {
        const suite = { name: "s", expected_flows: [], cases: [sampleCase("test_a")] };
        const turn = { ...sampleTurn({ output, flowId: output }), entities: JSON.parse(JSON.stringify(found)) as Record<string, string> };
        const one = batchOf(suite, [sampleResult("test_a", { verdict, turns: [turn] })], { suite: `s${output}` });
        expect(readBaseline(jsonReport(one))).toEqual({ ok: true, value: one });
      }),
      { numRuns: 200 },
    );
  });

  it("has one line per case", () => {
    expect(json.split("\n").filter((line) => line.startsWith('    {"testId"'))).toHaveLength(60);
  });

  it("writes a batch without results", () => {
    const suite = { name: "s", expected_flows: [], cases: [sampleCase("test_a")] };
    const empty = batchOf(suite, [], { end: { kind: "cancelled" } });
    expect(readBaseline(jsonReport(empty))).toEqual({ ok: true, value: empty });
  });

  it("stays readable as a baseline when 10,000 cases say as much as they may", () => {
    const { batch: large } = largeBatch(10_000);
    const turns = Array.from({ length: 8 }, (_, turnIndex) => sampleTurn({ turnIndex, output: "\u0001é".repeat(500) }));
    const text = jsonReport({ ...large, results: large.results.map((result) => ({ ...result, turns })) });
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_BASELINE_BYTES);
    const read = readBaseline(text);
    expect(read.ok && read.value.results.map(({ verdict, checks }) => ({ verdict, checks }))).toEqual(large.results.map(({ verdict, checks }) => ({ verdict, checks })));
  });

  it("cuts nothing off a batch of ordinary size", () => {
    const turns = Array.from({ length: 50 }, (_, turnIndex) => sampleTurn({ turnIndex, output: "long ".repeat(800) }));
    const long = { ...batch, results: batch.results.map((result) => ({ ...result, turns })) };
    expect(readBaseline(jsonReport(long))).toEqual({ ok: true, value: long });
  });
});

describe("a baseline", () => {
  it("may carry fields of a later version, wherever they stand", () => {
    const later = altered('"batchId"', '"written_by": {"version": 9},\n  "batchId"')
      .replaceAll('"turnIndex":0', '"turnIndex":0,"mood":"calm"')
      .replace('"kind": "finished"', '"kind": "finished", "why": "done"')
      .replace('{"testId"', '{"owner":null,"testId"');
    expect(readBaseline(later)).toEqual({ ok: true, value: batch });
  });

  it("is refused with all the first problems, each with its place, what was found and what is allowed", () => {
    const wrong = altered('"verdict":"failed"', '"verdict":"green"').replace('"successRate": 0.85', '"successRate": 85').replace('"startedAt": ', '"startedAt": "today", "x": ');
    expect(errorOf(wrong).split("\n")).toEqual([
      "startedAt: found \"today\"; allowed: a number",
      "successRate: found 85; allowed: at most 1",
      'results[0].verdict: found "green"; allowed: "passed" or "failed" or "flaky" or "inconclusive" or "error"',
    ]);
  });

  it("is refused where a field is missing", () => {
    expect(errorOf(altered(/"governance": "REVIEW_REQUIRED",?/, '"x": 1,'))).toBe('governance: found nothing; allowed: "COMPLIANT" or "REVIEW_REQUIRED"');
  });

  it("tells of a few problems and counts the rest", () => {
    expect(errorOf(json.replaceAll('"simulationId"', '"simulation"')).split("\n")).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `results[${index}].simulationId: found nothing; allowed: text`),
      "and 55 more",
    ]);
  });

  it("is refused where a case stands in it twice", () => {
    expect(errorOf(altered('"testId":"test_refund_order_number"', '"testId":"test_order_in_other_words"'))).toBe("results: found test_order_in_other_words twice; allowed: each test id once");
  });

  it.each([
    ["", "the file is empty; a baseline is a JSON report of an earlier batch"],
    [" \n", "the file is empty; a baseline is a JSON report of an earlier batch"],
    ["<testsuites/>", "it is not JSON; a baseline is a JSON report of an earlier batch"],
    ["{\n  \"batchId\": \"b\",,\n}", "it is not JSON at line 2, column 18; a baseline is a JSON report of an earlier batch"],
    ["[{}, {}]", "this is a list of 2 entries; a baseline is a JSON report of an earlier batch"],
    ["null", "this is null, not an object; a baseline is a JSON report of an earlier batch"],
    ['{"name": "s", "cases": []}', "this is a suite; a baseline is a JSON report of an earlier batch"],
  ])("says what is wrong with %j", (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it("says that a file ends too early", () => {
    expect(errorOf('{"batchId": "b"')).toMatch(/not JSON|ends too early/);
    expect(errorOf(json.slice(0, 500))).toMatch(/not JSON|ends too early/);
  });

  it("does not quote a file that is no JSON", () => {
    expect(errorOf("client_secret: hunter2")).not.toContain("hunter2");
  });

  it("may begin with a byte order mark", () => {
    expect(readBaseline(`\uFEFF${json}`).ok).toBe(true);
  });

  it("is refused with the limit where it is too large", () => {
    expect(errorOf(`${json}${" ".repeat(MAX_BASELINE_BYTES)}`)).toMatch(/^the baseline has 100\.1 MB; allowed: at most 100 MB$/);
  });

  it("cannot reach for what every object has", () => {
    const outcome = readBaseline(altered('"batchId"', '"__proto__": {"polluted": true},\n  "constructor": 1,\n  "batchId"'));
    expect(outcome).toEqual({ ok: true, value: batch });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("keeps the schema's word for a batch", () => {
    expect(batchSchema.parse(JSON.parse(json))).toEqual(batch);
  });
});
