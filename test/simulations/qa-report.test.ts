import { describe, expect, it } from "vitest";
import { qaReport } from "../../electron/simulations/qa-report.ts";
import { batchOf, sampleBatch, sampleCase, sampleResult, sampleTurn } from "../support/sample-batch.ts";

const NOW = Date.UTC(2026, 0, 5, 9, 1, 2, 3);
const { batch, suite } = sampleBatch();
const report = qaReport(batch, { projectId: "proj-7", now: NOW });
const ofCase = (testId: string): unknown => report.detailed_results.find((one) => one.testId === testId);

describe("the report to the QA platform", () => {
  it("has the fields of the contract and no others", () => {
    expect(Object.keys(report)).toEqual(["project_id", "timestamp", "batch_summary", "detailed_results"]);
    for (const one of report.detailed_results) {
      expect(Object.keys(one)).toEqual(["simulationId", "testId", "verdict", "is_pass", "triggered_flows", "missing_flows", "coverage_score", "errors"]);
    }
  });

  it("sums the batch up, with everything that did not pass as failed", () => {
    expect(report).toMatchObject({ project_id: "proj-7", timestamp: "2026-01-05T09:01:02.003Z", batch_summary: { total_tests: 60, passed: 51, failed: 9, coverage: 0.9 } });
    expect(report.detailed_results).toHaveLength(60);
    expect(report.detailed_results.filter((one) => one.is_pass)).toHaveLength(51);
  });

  it("tells each case's flows and the platform's errors", () => {
    expect(ofCase("test_invoice_as_pdf")).toEqual({
      simulationId: "sim-test_invoice_as_pdf",
      testId: "test_invoice_as_pdf",
      verdict: "failed",
      is_pass: false,
      triggered_flows: [],
      missing_flows: suite.expected_flows,
      coverage_score: 0,
      errors: [{ turn_index: 0, error_code: "FLOW_NOT_DEPLOYED", message: "flow_invoice_copy is not deployed" }],
    });
    expect(ofCase("test_greeting_1")).toMatchObject({ is_pass: true, triggered_flows: ["flow_greeting"], coverage_score: 0.1, errors: [] });
  });

  it("counts a flow once and leaves flows out that nobody expects", () => {
    const small = { name: "s", expected_flows: ["a", "b"], cases: [sampleCase("test_a")] };
    const turns = ["a", "x", "a", null].map((flowId, turnIndex) => sampleTurn({ flowId, turnIndex }));
    const [one] = qaReport(batchOf(small, [sampleResult("test_a", { turns })]), { projectId: "p", now: NOW }).detailed_results;
    expect(one).toMatchObject({ triggered_flows: ["a", "x"], missing_flows: ["b"], coverage_score: 0.5 });
  });

  it("tells of a case that could not be run", () => {
    expect(ofCase("test_card_change")).toMatchObject({
      simulationId: null,
      verdict: "error",
      is_pass: false,
      errors: [{ turn_index: null, error_code: "server-error", message: "The platform has a problem: POST 127.0.0.1/api/bot/simulate answered 503" }],
    });
  });

  it("does not call flaky and inconclusive a pass", () => {
    expect(ofCase("test_thanks")).toMatchObject({ verdict: "flaky", is_pass: false });
    expect(ofCase("test_human_agent")).toMatchObject({ verdict: "inconclusive", is_pass: false });
  });

  it("does not measure coverage where no flows are expected", () => {
    const small = { name: "s", expected_flows: [], cases: [sampleCase("test_a")] };
    const { batch_summary, detailed_results } = qaReport(batchOf(small, [sampleResult("test_a")]), { projectId: "p", now: NOW });
    expect(batch_summary.coverage).toBeNull();
    expect(detailed_results[0]).toMatchObject({ missing_flows: [], coverage_score: null });
  });

  it("holds nothing that a customer or the bot said", () => {
    const text = JSON.stringify(report);
    for (const { utterance } of suite.cases) expect(text).not.toContain(utterance.length > 8 ? utterance : `"${utterance}"`);
    for (const { output } of batch.results.flatMap(({ turns }) => turns)) if (output !== null) expect(text).not.toContain(output);
  });
});
