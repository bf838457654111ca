import { expect } from "vitest";
import { describeFault } from "../../shared/fault-table.ts";
import type { FaultCode } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";

/** The outcome is bad, by this row of the error table, and a person reads the row with what was found woven in. */
export function expectBad(outcome: HealthOutcome | undefined, code: FaultCode, found: RegExp): void {
  expect(outcome).toMatchObject({ kind: "bad", fault: { code } });
  if (outcome?.kind !== "bad") return;
  expect(outcome.fault.detail).toMatch(found);
  const row = describeFault({ ...outcome.fault, detail: "" });
  const text = describeFault(outcome.fault);
  expect(text.what).toBe(row.what);
  expect(text.cause.startsWith(`${row.cause} Found: ${outcome.fault.detail}`)).toBe(true);
}
