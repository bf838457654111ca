import { describe, expect, test } from "vitest";
import { decideRetry, HTTP_RETRY, TOKEN_RETRY } from "../../electron/net/retry-policy.ts";
import { statusFault } from "../../electron/net/status-fault.ts";
import type { Fault } from "../../shared/fault.ts";

const failure = { attempt: 1, leftMs: Infinity, chance: 0.5 };
const timeout: Fault = { kind: "transport", code: "timeout", detail: "" };

describe("retry policy", () => {
  test.each([429, 502, 503, 504])("repeats after %d", (status) => {
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: statusFault(status, "") })).toEqual({ kind: "again", waitMs: 250 });
  });

  test.each([300, 400, 401, 403, 404, 408, 409, 422, 500, 501, 505])("gives up after %d", (status) => {
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: statusFault(status, "") }).kind).toBe("give-up");
  });

  test("repeats after a timeout and a connection error, not after a reply that breaks the contract or was given up", () => {
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: timeout }).kind).toBe("again");
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: { ...timeout, code: "network" } }).kind).toBe("again");
    for (const code of ["malformed-reply", "reply-too-large", "aborted", "invalid-input", "missing-scope"] as const) {
      expect(decideRetry(HTTP_RETRY, { ...failure, fault: { ...timeout, code } }).kind).toBe("give-up");
    }
  });

  test("makes three attempts and no fourth, each with a longer ceiling", () => {
    const waits = [1, 2, 3].map((attempt) => decideRetry(HTTP_RETRY, { ...failure, fault: timeout, attempt }));
    expect(waits).toEqual([{ kind: "again", waitMs: 250 }, { kind: "again", waitMs: 500 }, { kind: "give-up" }]);
  });

  test("never waits less than Retry-After, and backs off beyond it when that keeps failing", () => {
    const asked = statusFault(429, "", 2_000);
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: asked })).toEqual({ kind: "again", waitMs: 2_000 });
    expect(decideRetry({ ...HTTP_RETRY, attempts: 9 }, { ...failure, fault: asked, attempt: 5 })).toEqual({
      kind: "again",
      waitMs: 4_000,
    });
  });

  test("gives up at once where the wait would use up what is left of the budget", () => {
    const asked = statusFault(429, "", 2_000);
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: asked, leftMs: 2_000 }).kind).toBe("give-up");
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: asked, leftMs: 2_001 }).kind).toBe("again");
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: timeout, leftMs: 250 }).kind).toBe("give-up");
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: timeout, leftMs: 0, chance: 0 }).kind).toBe("give-up");
  });

  test("does not sit through a pause of more than a minute", () => {
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: statusFault(429, "", 60_001) }).kind).toBe("give-up");
    expect(decideRetry(HTTP_RETRY, { ...failure, fault: statusFault(429, "", 60_000) }).kind).toBe("again");
  });

  test("tokens are asked for again on every 5xx", () => {
    for (const status of [500, 501, 503, 599]) {
      expect(decideRetry(TOKEN_RETRY, { ...failure, fault: statusFault(status, "") }).kind).toBe("again");
    }
    for (const status of [400, 401, 403]) {
      expect(decideRetry(TOKEN_RETRY, { ...failure, fault: statusFault(status, "") }).kind).toBe("give-up");
    }
  });
});
