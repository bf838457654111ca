import { describe, expect, test } from "vitest";
import { cleanReason } from "../../electron/net/close-reason.ts";
import { jwtOf } from "../support/scripted-runtime.ts";

describe("the other side's words on closing", () => {
  test("hold no control characters and are as long as the protocol allows", () => {
    expect(cleanReason("\u001b[2Jbye\u0007\nnow\u202e ", [])).toBe("[2Jbye now");
    expect(cleanReason("x".repeat(500), [])).toHaveLength(123);
  });

  test("hold no secret of the connection", () => {
    expect(cleanReason("no opaque-secret-1 here", ["opaque-secret-1"])).toBe("no [token] here");
  });

  test.each([400, 123, 60, 30, 12])("hold no token that was cut after %i characters, nor one that the connection did not begin with", (length) => {
    const token = `${jwtOf(7)}${"x".repeat(400)}`.slice(0, length);
    expect(cleanReason(`expired: ${token}`, [jwtOf(1)])).toBe("expired: [token]");
  });
});
