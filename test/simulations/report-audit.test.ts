import { describe, expect, it } from "vitest";
import { batchAuditRecord } from "../../electron/simulations/report-audit.ts";
import { batchOf, sampleBatch, sampleCase, sampleResult } from "../support/sample-batch.ts";

describe("the audit record of a batch", () => {
  it("is the one of the contract, and nothing more", () => {
    expect(batchAuditRecord(sampleBatch().batch)).toEqual({
      audit_timestamp: "2026-01-05T09:00:38.200Z",
      event_type: "simulation_batch_complete",
      data: { batch_id: "batch-42", success_rate: 0.85, coverage_score: 0.9, total_tests: 60, governance_status: "REVIEW_REQUIRED" },
    });
  });

  it("does not round a rate up to the one that is asked for", () => {
    const suite = { name: "s", expected_flows: [], cases: [sampleCase("test_a")] };
    const results = Array.from({ length: 10_000 }, (_, index) => sampleResult(`test_${index}`, { verdict: index < 9_499 ? "passed" : "failed" }));
    expect(batchAuditRecord(batchOf(suite, results)).data).toMatchObject({ success_rate: 0.9499, coverage_score: null, governance_status: "REVIEW_REQUIRED" });
  });
});
