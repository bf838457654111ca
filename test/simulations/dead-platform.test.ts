import { describe, expect, test } from "vitest";
import { watchPlatform } from "../../electron/simulations/dead-platform.ts";
import type { Fault } from "../../shared/fault.ts";

const network: Fault = { kind: "transport", code: "network", detail: "nothing listens there" };
const lost: Fault = { kind: "refused", code: "simulation-lost", detail: "", status: 404 };

/** How many cases in a row it takes to stop; null where a hundred do not. */
function casesUntilStop(concurrency: number, fault: Fault): number | null {
  const watch = watchPlatform(concurrency);
  for (let count = 1; count <= 100; count += 1) if (watch.ended(fault) !== null) return count;
  return null;
}

describe("a dead platform", () => {
  test.each([[1, 5], [5, 5], [6, 6], [50, 50]])("with %i side by side is one that %i cases in a row did not find", (concurrency, cases) => {
    expect(casesUntilStop(concurrency, network)).toBe(cases);
  });

  test.each<[string, Fault]>([
    ["no answer in time", { ...network, code: "timeout" }],
    ["server errors", { ...network, code: "server-error", status: 500 }],
    ["a quota that is not freed", { kind: "refused", code: "rate-limited", detail: "", status: 429 }],
  ])("is also one with %s", (_name, fault) => {
    expect(casesUntilStop(5, fault)).toBe(5);
  });

  test.each<[string, Fault]>([
    ["lost simulations", lost],
    ["simulations that never end", { ...network, code: "simulation-timeout" }],
    ["cases that are refused", { kind: "refused", code: "bad-request", detail: "", status: 400 }],
    ["answers that cannot be read", { kind: "contract", code: "malformed-reply", detail: "" }],
  ])("is not one with %s", (_name, fault) => {
    expect(casesUntilStop(5, fault)).toBeNull();
  });

  test.each(["credentials", "missing-scope", "forbidden"] as const)("a refusal for %s stops at once", (code) => {
    expect(casesUntilStop(50, { kind: "refused", code, detail: "" })).toBe(1);
  });

  test("any case that found the platform begins the count anew", () => {
    const watch = watchPlatform(5);
    for (const fault of [network, network, network, network, lost, network, network, network, network, null, network, network, network, network]) expect(watch.ended(fault)).toBeNull();
    expect(watch.ended(network)).toBe(network);
  });

  test("at the end of a batch is one that gave no case an answer, be they few", () => {
    const verdictAfter = (...faults: readonly (Fault | null)[]): Fault | null => {
      const watch = watchPlatform(5);
      for (const fault of faults) watch.ended(fault);
      return watch.verdict();
    };
    expect(verdictAfter()).toBeNull();
    expect(verdictAfter(network, network)).toBe(network);
    expect(verdictAfter(network, null)).toBeNull();
    expect(verdictAfter(lost, network)).toBeNull();
    expect(verdictAfter({ ...network, code: "server-error", status: 503 })).toBeNull();
  });
});
