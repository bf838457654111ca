import { describe, expect, test } from "vitest";
import { z } from "zod";
import { suiteJsonSchema } from "../../electron/simulations/suite-json-schema.ts";

const valid = {
  $schema: "./suite.schema.json",
  name: "demo",
  expected_flows: ["f"],
  defaults: { user_id: "usr_1", expected_outcome: { intent: "hello" } },
  cases: [{ test_id: "test_a", utterance: "hi {n}", session_context: { deep: [{ a: null }] }, variations: [{ suffix: "x", n: 3 }] }],
};

/** The schema as editors use it: read back from its JSON. */
const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(suiteJsonSchema()))));

describe("the JSON Schema of suites", () => {
  test("takes a suite, with defaults and variations", () => {
    expect(schema.safeParse(valid).success).toBe(true);
    expect(schema.safeParse({ cases: [{ ...valid.cases[0], variations: { utterances: ["a"], rows: [{}] } }] }).success).toBe(true);
  });

  test.each([
    ["no cases", { ...valid, cases: [] }],
    ["an unknown key", { ...valid, case: [] }],
    ["a bad test_id", { cases: [{ test_id: "a", utterance: "hi" }] }],
    ["an unknown key of a case", { cases: [{ test_id: "test_a", utterence: "hi" }] }],
    ["a row with a list for a value", { cases: [{ test_id: "test_a", variations: [{ n: [] }] }] }],
    ["an unknown key of the outcome", { cases: [{ test_id: "test_a", expected_outcome: { flow: "x" } }] }],
  ])("refuses %s", (_what, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  test("describes every field of a case", () => {
    const text = JSON.stringify(suiteJsonSchema());
    expect(text.match(/"description"/g)?.length).toBeGreaterThan(30);
    expect(text).toContain("https://json-schema.org/draft/2020-12/schema");
  });
});
