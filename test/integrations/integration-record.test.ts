import { expect, test } from "vitest";
import { integrationRecord } from "../../electron/audit/integration-record.ts";
import { integrationLine } from "../../electron/telemetry/integration-line.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";

const record: ExecutionRecord = { integration_id: "int_1", status: "SUCCESS", latency_ms: 12.345, timestamp: "2026-01-05T09:00:00.000Z", payload_size: 31 };

test.each([["SUCCESS", 0], ["FAILURE", 1]] as const)("the audit record of a %s is that of the contract, with %i for the error rate", (status, impact) => {
  expect(integrationRecord({ ...record, status })).toEqual({
    event: "INTEGRATION_EXECUTION",
    data: {
      event: "INTEGRATION_EXECUTION",
      integration_id: "int_1",
      action: "EXECUTE_EXTERNAL_API",
      status,
      latency_ms: 12.345,
      error_rate_impact: impact,
      logged_at: "2026-01-05T09:00:00.000Z",
    },
  });
});

test("the metrics line is one line of figures", () => {
  const line = integrationLine(record);
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({
    timestamp: "2026-01-05T09:00:00.000Z",
    eventType: "INTEGRATION_EXECUTION",
    integrationId: "int_1",
    status: "SUCCESS",
    latencyMs: 12.345,
    payloadSize: 31,
  });
});
