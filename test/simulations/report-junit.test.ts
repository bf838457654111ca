import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { junitReport } from "../../electron/simulations/report-junit.ts";
import type { Batch, Suite } from "../../shared/simulation.ts";
import { batchOf, largeBatch, sampleBatch, sampleCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

let schema: string;
beforeAll(async () => {
  schema = await readFile(new URL("report-junit.xsd", import.meta.url), "utf8");
});

const problemsOf = async (xml: string): Promise<readonly string[]> => {
  const { valid, errors } = await validateXML({
    xml: { fileName: "report.xml", contents: xml },
    schema: { fileName: "junit.xsd", contents: schema },
    maxMemoryPages: 16_384,
  });
  return valid ? [] : errors.map(({ message }) => message);
};

/** The text of a case's element, from its tag to its end. */
const caseOf = (xml: string, testId: string): string => {
  const from = xml.indexOf(`<testcase name="${testId}"`);
  const line = xml.slice(from, xml.indexOf("\n", from));
  return line.endsWith("/>") ? line : xml.slice(from, xml.indexOf("</testcase>", from));
};
const suiteOf = (...testIds: readonly string[]): Suite => ({ name: "small", expected_flows: [], cases: testIds.map((testId) => sampleCase(testId)) });
const one = (more: Partial<Batch["results"][number]>): readonly [Batch, Suite] => {
  const suite = suiteOf("test_one");
  return [batchOf(suite, [sampleResult("test_one", more)]), suite];
};

describe("the JUnit report", () => {
  it("is valid by the common schema with every verdict in it", async () => {
    const { batch, suite } = sampleBatch();
    expect(await problemsOf(junitReport(batch, suite))).toEqual([]);
    expect(await problemsOf(junitReport(batch, suite, { allowFlaky: true }))).toEqual([]);
  });

  it("is checked by a schema that finds fault", async () => {
    const { batch, suite } = sampleBatch();
    const xml = junitReport(batch, suite);
    const spoilt = [
      xml.replace(' hostname="localhost"', ""),
      xml.replace('timestamp="2026-01-05T09:00:00"', 'timestamp="2026-01-05T09:00:00.000Z"'),
      xml.replace("<testsuites>", '<testsuites tests="60">').replace('time="0.620"', 'file="a.yaml" time="0.620"'),
      xml.replace("<failure ", "<flake ").replace("</failure>", "</flake>"),
      xml.replace("</properties>", ""),
    ];
    for (const broken of spoilt) {
      expect(broken).not.toBe(xml);
      expect(await problemsOf(broken)).not.toEqual([]);
    }
  });

  it("counts what stands in it", () => {
    const { batch, suite } = sampleBatch();
    const xml = junitReport(batch, suite);
    const found = (tag: string): number => xml.split(`<${tag}`).length - 1;
    expect({ cases: found("testcase "), failures: found("failure "), errors: found("error "), skipped: found("skipped ") }).toEqual({ cases: 60, failures: 5, errors: 2, skipped: 2 });
    expect(xml).toContain('tests="60" failures="5" errors="2" skipped="2" time="38.200"');
    expect(xml).toContain('timestamp="2026-01-05T09:00:00"');
  });

  it("puts expected and actual side by side in a failure, with the turns", () => {
    const { batch, suite } = sampleBatch();
    const text = caseOf(junitReport(batch, suite), "test_order_in_other_words");
    expect(text).toContain('message="intent check_order → small_talk; next_flow flow_order_status → flow_greeting"');
    expect(text).toMatch(/check +expected +actual\n/);
    expect(text).toMatch(/failed {2}intent {5}check_order +small_talk\n/);
    expect(text).toContain("utterance: I'd like to know how my parcel is doing");
    expect(text).toContain("turn 0: flow flow_greeting; intent small_talk; no entities found\n  says: I am doing fine, thank you for asking!");
    expect(text).toContain('time="1.212"');
  });

  it("begins the text of a failure with the reason, for readers that show no message", () => {
    const { batch, suite } = sampleBatch();
    expect(caseOf(junitReport(batch, suite), "test_refund_order_number")).toContain('type="failed">order_id ORD-99 → ORD-9\n');
  });

  it("says in an error what was in the way and what to do", () => {
    const { batch, suite } = sampleBatch();
    const text = caseOf(junitReport(batch, suite), "test_slow_tariff");
    expect(text).toContain('<error message="The platform took too long to answer: the simulation was not completed after 30 polls" type="timeout">');
    expect(text).toContain("It is busy, or the network is slow.");
  });

  it("skips what is inconclusive and says why", () => {
    const { batch, suite } = sampleBatch();
    expect(caseOf(junitReport(batch, suite), "test_human_agent")).toContain('<skipped message="inconclusive: intent escalate → not reported">');
  });

  it("makes a flaky case a failure that says so", () => {
    const { batch, suite } = sampleBatch();
    expect(caseOf(junitReport(batch, suite), "test_thanks")).toContain('<failure message="flaky: passed 2 of 3 runs; intent thank → greet" type="flaky">flaky: ');
  });

  it("names an allowed flaky case in the output of the suite instead", () => {
    const { batch, suite } = sampleBatch();
    const xml = junitReport(batch, suite, { allowFlaky: true });
    expect(caseOf(xml, "test_thanks")).toMatch(/\/>$/);
    expect(xml).toContain('failures="4"');
    expect(xml).toMatch(/<system-out>[^<]*Flaky, allowed:\n {2}test_thanks: passed 2 of 3 runs; intent thank → greet/);
  });

  it("carries batch, governance and coverage as properties", () => {
    const { batch, suite } = sampleBatch();
    const xml = junitReport(batch, suite);
    for (const property of ['"batch_id" value="batch-42"', '"governance_status" value="REVIEW_REQUIRED"', '"coverage_score" value="0.9"', '"missing_flows" value="flow_invoice_copy"', '"success_rate" value="0.85"', '"finished_at" value="2026-01-05T09:00:38.200Z"']) {
      expect(xml).toContain(`<property name=${property}/>`);
    }
    const [plain, suiteWithoutFlows] = one({});
    expect(junitReport(plain, suiteWithoutFlows)).toContain('"coverage_score" value="not measured"');
  });

  it("keeps the name and class of a case whatever becomes of it", () => {
    const names = (xml: string): readonly string[] => [...xml.matchAll(/<testcase( name="[^"]*" classname="[^"]*")/g)].map((match) => match[1] ?? "");
    const { batch, suite, baseline } = sampleBatch();
    const before = new Set(names(junitReport(baseline, suite)));
    expect(names(junitReport(batch, suite)).every((name) => before.has(name))).toBe(true);
  });

  it("lets a dot in the suite's name split no package", () => {
    const suite = { ...suiteOf("test_one"), name: "bot 4.2.yaml" };
    const xml = junitReport(batchOf(suite, [sampleResult("test_one")]), suite);
    expect(xml).toContain('classname="simulations.bot 4_2_yaml"');
    expect(xml).toContain('<testsuite name="bot 4.2.yaml"');
  });

  it("skips the cases that a cancelled batch did not come to", async () => {
    const suite = suiteOf("test_ran", "test_waited");
    const xml = junitReport(batchOf(suite, [sampleResult("test_ran")], { end: { kind: "cancelled" } }), suite);
    expect(caseOf(xml, "test_waited")).toContain('<skipped message="not run: the batch was cancelled">');
    expect(xml).toContain('tests="2" failures="0" errors="0" skipped="1"');
    expect(await problemsOf(xml)).toEqual([]);
  });

  it("does not let a batch that the platform stopped look green", async () => {
    const suite = suiteOf("test_ran", "test_waited");
    const fault = { kind: "refused", code: "credentials", detail: "POST api.example/token answered 401", status: 401 } as const;
    const xml = junitReport(batchOf(suite, [], { end: { kind: "stopped", fault } }), suite);
    expect(xml).toContain('tests="2" failures="0" errors="2" skipped="0"');
    expect(caseOf(xml, "test_ran")).toContain('<error message="not run: the batch was stopped: The platform does not accept the credentials." type="credentials">');
    expect(xml).toMatch(/<system-err>The batch was stopped[^<]*answered 401/);
    expect(await problemsOf(xml)).toEqual([]);
  });

  it("reports a result whose case the suite no longer has", () => {
    const suite = suiteOf("test_one");
    const xml = junitReport(batchOf(suite, [sampleResult("test_one"), sampleResult("test_gone", { verdict: "failed" })]), suite);
    expect(caseOf(xml, "test_gone")).toContain('<failure message="the platform gave no reason"');
  });

  it("escapes markup and removes what XML forbids", async () => {
    const hostile = "]]></failure><script>\"'&amp; \u0000\u0001\u001B[31m\uFFFE\uD800 tab\there\r\nline 🙂";
    const [batch, suite] = one({
      verdict: "failed",
      checks: [{ kind: "entity", name: hostile, outcome: "failed", expected: hostile, actual: hostile }],
      turns: [sampleTurn({ output: hostile, flowId: hostile, entities: { [hostile]: hostile }, errorCode: hostile })],
    });
    const xml = junitReport({ ...batch, suite: hostile, batchId: hostile }, suite);
    expect(await problemsOf(xml)).toEqual([]);
    expect(xml).not.toContain("<script>");
    expect(xml).toContain("🙂");
    expect(xml).toContain("[31m tab\there&#13;\nline");
  });

  it("is well-formed and valid whatever was said", async () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom("<", "&", "\"", "]]>", "\r", "\u0000", "\uD800", "\uFFFF", "…"), fc.string({ unit: "binary", maxLength: 3 })), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.tuple(text, text), { minLength: 60, maxLength: 60 }), async (name, said) => {
        const results = said.map(([expected, output], index) =>
          sampleResult(`test_${index}`, { verdict: "failed", checks: [{ kind: "intent", outcome: "failed", expected, actual: output }], turns: [sampleTurn({ output, intent: expected })] }),
        );
        const suite = { ...suiteOf(), name };
        expect(await problemsOf(junitReport(batchOf(suite, results, { batchId: name }), suite))).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it("stays within what GitLab takes when 10,000 cases fail at length", () => {
    const { suite, batch } = largeBatch(10_000);
    const turns = Array.from({ length: 4 }, (_, turnIndex) => sampleTurn({ turnIndex, output: "\"<&>\"".repeat(800) }));
    const xml = junitReport({ ...batch, results: batch.results.map((result) => ({ ...result, verdict: "failed", turns })) }, suite);
    expect(Buffer.byteLength(xml)).toBeLessThan(30_000_000);
    expect(xml).toContain('failures="10000"');
    expect(xml.includes("&quot…") || xml.includes("&q…") || xml.includes("&am…")).toBe(false);
  });
});
