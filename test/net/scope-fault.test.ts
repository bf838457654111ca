import { expect, it } from "vitest";
import { withScope } from "../../electron/net/scope-fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Fault } from "../../shared/fault.ts";

const refused = (status: number): Fault => ({ kind: "refused", code: "forbidden", detail: `answered ${status}`, status });

it("names the scope that a 403 is about, down to what a person reads", () => {
  const { what, cause, remedy } = describeFault(withScope(refused(403), "agentassist:read"));
  expect(`${what} ${cause} ${remedy}`).toContain("agentassist:read");
});

it("leaves every other refusal as it is", () => {
  expect(withScope(refused(401), "agentassist:read")).toEqual(refused(401));
});
