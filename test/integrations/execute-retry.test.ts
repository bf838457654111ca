import { describe, expect, test } from "vitest";
import { mayPass, retryWaitMs } from "../../electron/integrations/execute-retry.ts";
import type { Fault } from "../../shared/fault.ts";

const broken: Fault = { kind: "transport", code: "server-error", detail: "", status: 503 };

describe("the wait before another attempt", () => {
  test("grows, within 2 s and 10 s, whatever chance says", () => {
    expect([1, 2].map((attempt) => retryWaitMs(broken, attempt, 0))).toEqual([2_000, 2_000]);
    expect(retryWaitMs(broken, 1, 0.999_999)).toBeCloseTo(4_000, 0);
    expect(retryWaitMs(broken, 2, 0.999_999)).toBeCloseTo(8_000, 0);
  });

  test("is at least the pause that was asked for, a minute at most", () => {
    expect(retryWaitMs({ ...broken, retryAfterMs: 500 }, 1, 0)).toBe(2_000);
    expect(retryWaitMs({ ...broken, retryAfterMs: 60_000 }, 1, 0.9)).toBe(60_000);
    expect(retryWaitMs({ ...broken, retryAfterMs: 60_001 }, 1, 0)).toBeNull();
  });

  test("ends with the third attempt", () => {
    expect(retryWaitMs(broken, 3, 0)).toBeNull();
  });
});

test("only what may pass by itself is tried again", () => {
  const passing = new Set([429, 500, 502, 503, 504]);
  for (let status = 300; status < 600; status += 1) expect(mayPass({ ...broken, status })).toBe(passing.has(status));
  expect((["network", "timeout", "malformed-reply", "reply-too-large", "address-refused", "aborted"] as const).map((code) => mayPass({ kind: "transport", code, detail: "" }))).toEqual([true, true, false, false, false, false]);
});
