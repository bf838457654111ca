import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coverageOf } from "../../electron/simulations/coverage.ts";
import { coverageSchema } from "../../shared/simulation.ts";
import { resultOf, suiteOf, turnOf } from "../support/simulation-parts.ts";

function flows(testId: string, ...names: readonly (string | null)[]) {
  return resultOf({ testId, turns: names.map((flowId) => turnOf({ flowId, intent: null })) });
}

describe("flow coverage", () => {
  test("counts cases, not turns, and names the cases behind each number", () => {
    const suite = suiteOf(1, { expected_flows: ["flow_b", "flow_a", "flow_c", "flow_b"] });
    const coverage = coverageOf(suite, [flows("test_1", "flow_a", "flow_a", "flow_x"), flows("test_2", "flow_a", null), flows("test_3", "flow_y", "flow_x")]);
    expect(coverage).toMatchObject({
      share: 1 / 3,
      flows: [
        { name: "flow_b", hits: 0, cases: [] },
        { name: "flow_a", hits: 2, cases: ["test_1", "test_2"] },
        { name: "flow_c", hits: 0, cases: [] },
      ],
      missing: ["flow_b", "flow_c"],
      unexpected: [
        { name: "flow_x", hits: 2, cases: ["test_1", "test_3"] },
        { name: "flow_y", hits: 1, cases: ["test_3"] },
      ],
      untested: null,
    });
  });

  test("with no expected flows is not measured", () => {
    expect(coverageOf(suiteOf(1, { expected_flows: [] }), [flows("test_1", "flow_a")])).toMatchObject({ share: null, flows: [], missing: [], unexpected: [{ name: "flow_a" }] });
  });

  test("counts a flow however its case ended", () => {
    expect(coverageOf(suiteOf(1), [resultOf({ verdict: "failed" })]).share).toBe(1);
  });

  test("is never above 1 and fits its schema, whatever was visited", () => {
    const names = fc.array(fc.constantFrom("a", "b", "c", "__proto__", "constructor"), { maxLength: 6 });
    fc.assert(
      fc.property(names, fc.array(names, { maxLength: 8 }), (expected, visits) => {
        const coverage = coverageSchema.parse(coverageOf(suiteOf(1, { expected_flows: expected }), visits.map((visited, index) => flows(`test_${index}`, ...visited))));
        const unique = new Set(expected);
        const visited = [...unique].filter((flow) => visits.some((one) => one.includes(flow)));
        expect(coverage.share).toBe(unique.size === 0 ? null : visited.length / unique.size);
        expect(coverage.missing).toEqual([...unique].filter((flow) => !visited.includes(flow)));
      }),
    );
  });

  test("lists what live interactions touched and no case did", () => {
    expect(coverageOf(suiteOf(1), [flows("test_1", "flow_a")], ["flow_b", "flow_a", "flow_b"]).untested).toEqual(["flow_b"]);
    expect(coverageOf(suiteOf(1), [], []).untested).toEqual([]);
  });
});

describe("intents and entities", () => {
  test("are those that the bot found, most cases first, an entity in any spelling once", () => {
    const coverage = coverageOf(suiteOf(1), [
      resultOf({ testId: "test_1", turns: [turnOf({ intent: "b", entities: { City: "x" } }), turnOf({ intent: "c", entities: { city: "y", zip: 1 } })] }),
      resultOf({ testId: "test_2", turns: [turnOf({ intent: "c", entities: null })] }),
    ]);
    expect(coverage.intents).toEqual([
      { name: "c", hits: 2, cases: ["test_1", "test_2"] },
      { name: "b", hits: 1, cases: ["test_1"] },
    ]);
    expect(coverage.entities).toEqual([
      { name: "City", hits: 1, cases: ["test_1"] },
      { name: "zip", hits: 1, cases: ["test_1"] },
    ]);
  });
});
