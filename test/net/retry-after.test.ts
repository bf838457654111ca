import { describe, expect, test } from "vitest";
import { retryAfterMs } from "../../electron/net/retry-after.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["2", 2_000],
    [" 120 ", 120_000],
    ["Mon, 05 Jan 2026 09:00:07 GMT", 7_000],
    ["Monday, 05-Jan-26 09:00:07 GMT", 7_000],
    ["Mon Jan  5 09:00:07 2026", 7_000],
    ["Mon, 05 Jan 2026 08:59:00 GMT", 0],
    ["99999999999999", 315_360_000_000],
  ])("reads %j as %d ms", (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  test.each([undefined, null, "", "soon", "-5", "1.5", "2s", "2026-01-05T09:00:07Z", "Mon, 99 Foo 2026"])(
    "takes %j for no header at all",
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeUndefined();
    },
  );
});
