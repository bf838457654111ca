import { describe, expect, test } from "vitest";
import { caseAllowance, keptTurns } from "../../electron/simulations/kept-turns.ts";
import { turnOf } from "../support/simulation-parts.ts";

const long = "x".repeat(10_000);

describe("what is kept of a case", () => {
  test("is all of it where it is small", () => {
    const turns = [turnOf({ entities: { city: { name: "Leeds" } } }), turnOf({ turnIndex: 1, output: "y".repeat(4_000) })];
    expect(keptTurns(turns, caseAllowance(60))).toEqual(turns);
  });

  test("long texts are cut with a mark", () => {
    const [turn] = keptTurns([turnOf({ output: long, errorMessage: long, errorCode: long, flowId: long })], caseAllowance(60));
    expect(turn).toMatchObject({ output: `${"x".repeat(4_000)}…`, errorMessage: `${"x".repeat(4_000)}…`, errorCode: `${"x".repeat(200)}…`, flowId: `${"x".repeat(200)}…` });
  });

  test("entities that are too large are cut one by one", () => {
    const [turn] = keptTurns([turnOf({ entities: { a: 1, b: long, c: { deep: long }, d: 2 } })], caseAllowance(60));
    expect(turn?.entities).toEqual({ a: 1, b: `${"x".repeat(4_000 - 2)}…` });
    expect(keptTurns([turnOf({ entities: { c: { deep: long } } })], caseAllowance(60))[0]?.entities?.["c"]).toMatch(/^\{"deep":"x{3900,}…$/u);
  });

  test("of many turns those are kept that tell something: flows, intents and errors wherever they are", () => {
    const turns = Array.from({ length: 400 }, (_, turnIndex) => turnOf({ turnIndex }));
    turns[200] = turnOf({ turnIndex: 200, flowId: "flow_late" });
    turns[300] = turnOf({ turnIndex: 300, intent: "late" });
    turns[399] = turnOf({ turnIndex: 399, errorCode: "E" });
    const kept = keptTurns(turns, caseAllowance(1)).map(({ turnIndex }) => turnIndex);
    expect(kept).toEqual([...Array.from({ length: 47 }, (_, index) => index), 200, 300, 399]);
  });

  test("a batch of any size keeps its texts within bounds, and every case something", () => {
    for (const cases of [1, 100, 10_000, 100_000]) {
      const kept = keptTurns(Array.from({ length: 90 }, () => turnOf({ output: long, entities: { a: long } })), caseAllowance(cases));
      expect(JSON.stringify(kept).length * cases).toBeLessThan(Math.max(64_000_000 * 4, cases * 50 * 800));
      expect(kept[0]?.output?.length).toBeGreaterThan(200);
    }
    expect(keptTurns([turnOf({ output: long })], caseAllowance(10_000))[0]?.output?.length).toBe(4_001);
  });
});
