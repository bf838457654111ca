import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, HTTP_BACKOFF, SOCKET_BACKOFF } from "../../electron/net/backoff.ts";

describe("backoff", () => {
  test("doubles its ceiling with every attempt until the cap", () => {
    const ceilings = [0, 1, 2, 3, 4, 5, 6, 5_000].map((attempt) => backoffMs(attempt, SOCKET_BACKOFF, 1));
    expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect([0, 1, 4, 5].map((attempt) => backoffMs(attempt, HTTP_BACKOFF, 1))).toEqual([500, 1_000, 8_000, 10_000]);
  });

  test("is uniform from zero: it grows in proportion to the random number and stays within the ceiling", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
        const wait = backoffMs(attempt, SOCKET_BACKOFF, chance);
        expect(wait).toBeCloseTo(chance * backoffMs(attempt, SOCKET_BACKOFF, 1), 6);
        expect(wait).toBeLessThanOrEqual(60_000);
      }),
    );
    expect(backoffMs(3, SOCKET_BACKOFF, 0)).toBe(0);
  });
});
