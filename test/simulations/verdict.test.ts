import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCase, visitedFlows } from "../../electron/simulations/verdict.ts";
import { checkSchema, type Check, type ExpectedOutcome, type Turn } from "../../shared/simulation.ts";
import type { Simulation } from "../../electron/simulations/simulate-reply.ts";
import { caseOf, simulationOf, turnOf } from "../support/simulation-parts.ts";

const blank = turnOf({ flowId: null, intent: null, entities: null, output: null });

function judge(expected: Partial<ExpectedOutcome>, simulation: Partial<Simulation> = {}) {
  return judgeCase(caseOf({ expected_outcome: { intent: "greet", entities: {}, ...expected } }), simulationOf(simulation));
}

function check(kind: Check["kind"], expected: Partial<ExpectedOutcome>, turns: readonly Turn[] | null, more: Partial<Simulation> = {}): Check | undefined {
  return judge(expected, { turns, ...more }).checks.find((one) => one.kind === kind);
}

describe("a case", () => {
  test("is held against all that it expects, in this order", () => {
    const expected = { entities: { city: "Leeds", order_id: 7 }, next_flow: "flow_greeting", response_contains: "hello" };
    const { verdict, checks } = judge(expected, { turns: [turnOf({ entities: { City: "Leeds", ORDER_ID: "7" } })] });
    expect(verdict).toBe("passed");
    expect(checks).toEqual([
      { kind: "intent", outcome: "passed", expected: "greet", actual: "greet" },
      { kind: "entity", name: "city", outcome: "passed", expected: "Leeds", actual: "Leeds" },
      { kind: "entity", name: "order_id", outcome: "passed", expected: "7", actual: "7" },
      { kind: "next_flow", outcome: "passed", expected: "flow_greeting", actual: "flow_greeting" },
      { kind: "response_contains", outcome: "passed", expected: "hello", actual: "Hello!" },
      { kind: "no_errors", outcome: "passed", expected: "no errors", actual: "no errors" },
    ]);
  });

  test("does not ask for what it does not expect", () => {
    expect(judge({}).checks.map(({ kind }) => kind)).toEqual(["intent", "no_errors"]);
  });

  test("a failure outweighs what is not known", () => {
    expect(judge({ entities: { city: "Leeds" } }, { turns: [turnOf({ intent: "other", entities: null })] }).verdict).toBe("failed");
  });

  test("without turns nothing is known, whatever the platform calls it", () => {
    const everything = { entities: { city: "Leeds" }, next_flow: "f", response_contains: "x" };
    for (const turns of [null, []]) {
      const { verdict, checks } = judge(everything, { turns });
      expect(verdict).toBe("inconclusive");
      expect(checks.map(({ outcome, actual }) => ({ outcome, actual }))).toEqual(Array.from({ length: 5 }, () => ({ outcome: "inconclusive", actual: null })));
    }
  });

  test("a turn that reports nothing is no pass", () => {
    expect(judge({}, { turns: [blank] }).verdict).toBe("inconclusive");
  });

  test("never passes where something that it expects was not reported, and each check can be told", () => {
    const text = fc.option(fc.constantFrom("greet", "other", "flow_greeting", "Hello!"));
    const turn = fc.record({ flowId: text, intent: text, output: text, entities: fc.option(fc.dictionary(fc.constantFrom("city", "CITY", "zip"), fc.constantFrom("Leeds", 7))), errorCode: fc.option(fc.constant("E"), { freq: 5 }) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 4 }), fc.constantFrom<Simulation["status"]>("completed", "failed"), (turns, status) => {
        const whole = turns.map((one, turnIndex) => turnOf({ ...one, turnIndex }));
        const { verdict, checks } = judge({ entities: { city: "Leeds" }, next_flow: "flow_greeting", response_contains: "HELLO" }, { turns: whole, status });
        for (const one of checks) checkSchema.parse(one);
        const unknown = [whole.every(({ intent }) => intent === null), whole.every(({ entities }) => entities === null), whole.every(({ flowId }) => flowId === null), whole.every(({ output }) => output === null)];
        if (unknown.includes(true) || status === "failed" || whole.some(({ errorCode }) => errorCode !== null)) expect(verdict).not.toBe("passed");
        if (status === "failed" || whole.some(({ errorCode }) => errorCode !== null)) expect(verdict).toBe("failed");
      }),
    );
  });
});

describe("the intent", () => {
  test("is that of the first turn that has one", () => {
    expect(check("intent", {}, [blank, turnOf({ intent: "greet" }), turnOf({ intent: "other" })])?.outcome).toBe("passed");
    expect(check("intent", {}, [blank, turnOf({ intent: "other" }), turnOf({ intent: "greet" })])).toMatchObject({ outcome: "failed", actual: "other" });
  });

  test("is a name, and names are compared exactly", () => {
    expect(check("intent", {}, [turnOf({ intent: "Greet" })])?.outcome).toBe("failed");
  });

  test("that no turn reports is inconclusive", () => {
    expect(check("intent", {}, [turnOf({ intent: null })])).toMatchObject({ outcome: "inconclusive", actual: null });
  });
});

describe("an entity", () => {
  const expected = { entities: { Order_ID: "ORD-1" } };

  test("may be found in any turn, in any spelling of its name", () => {
    expect(check("entity", expected, [blank, turnOf({ entities: {} }), turnOf({ entities: { order_id: "ORD-2" } }), turnOf({ entities: { ORDER_id: "ORD-1" } })])).toEqual({
      kind: "entity",
      name: "Order_ID",
      outcome: "passed",
      expected: "ORD-1",
      actual: "ORD-1",
    });
  });

  test("of another value is failed, with what was found", () => {
    expect(check("entity", expected, [turnOf({ entities: { order_id: "ORD-2" } }), turnOf({ entities: { order_id: "ORD-2", ORDER_ID: "ORD-3" } })])).toMatchObject({ outcome: "failed", actual: "ORD-2, ORD-3" });
  });

  test("that is not among those reported is failed", () => {
    expect(check("entity", expected, [turnOf({ entities: { city: "Leeds", zip: 1 } }), turnOf({ entities: { city: "York" } })])).toMatchObject({ outcome: "failed", actual: "not found, only city, zip" });
    expect(check("entity", expected, [turnOf({ entities: {} })])).toMatchObject({ outcome: "failed", actual: "no entity was found" });
  });

  test("is inconclusive where no turn reports entities", () => {
    expect(check("entity", expected, [turnOf({ entities: null })])).toMatchObject({ outcome: "inconclusive", actual: null });
  });

  test("that only looks the same is shown so that the difference is seen", () => {
    expect(check("entity", { entities: { done: true } }, [turnOf({ entities: { done: "true" } })])).toMatchObject({ outcome: "failed", expected: "true", actual: '"true"' });
  });

  test("named like a part of the language must be reported to be found", () => {
    expect(check("entity", { entities: { constructor: "a" } }, [turnOf({ entities: {} })])?.outcome).toBe("failed");
  });
});

describe("the next flow", () => {
  test("is among those visited", () => {
    const turns = [turnOf({ flowId: "a" }), blank, turnOf({ flowId: "b" }), turnOf({ flowId: "a" })];
    expect(check("next_flow", { next_flow: "b" }, turns)).toMatchObject({ outcome: "passed", actual: "a, b" });
    expect(check("next_flow", { next_flow: "B" }, turns)).toMatchObject({ outcome: "failed", actual: "a, b" });
    expect(check("next_flow", { next_flow: "b" }, [blank])).toMatchObject({ outcome: "inconclusive", actual: null });
    expect(visitedFlows(turns)).toEqual(["a", "b"]);
  });
});

describe("the response", () => {
  test.each([
    ["STRASSE", "Die Straße."],
    ["straße", "DIE STRASSE."],
    ["οδος", "Η ΟΔΟΣ ΑΥΤΗ"],
    ["caf\u00e9", "CAFE\u0301!"],
    ["10 euro", "It costs 10\u00a0\n EURO."],
    ["привет", "ПРИВЕТ"],
  ])("with %j is contained in %j", (words, output) => {
    expect(check("response_contains", { response_contains: words }, [blank, turnOf({ output: "no" }), turnOf({ output })])?.outcome).toBe("passed");
  });

  test("is looked for in each output, not across them", () => {
    expect(check("response_contains", { response_contains: "a b" }, [turnOf({ output: "a" }), turnOf({ output: "b" })])).toMatchObject({ outcome: "failed", actual: "a\nb" });
  });

  test("that is empty is one; none at all is inconclusive", () => {
    expect(check("response_contains", { response_contains: "a" }, [turnOf({ output: "" })])).toMatchObject({ outcome: "failed", actual: "" });
    expect(check("response_contains", { response_contains: "a" }, [blank])).toMatchObject({ outcome: "inconclusive", actual: null });
  });

  test("is looked for in all of a long text, and shown cut", () => {
    const found = check("response_contains", { response_contains: "END" }, [turnOf({ output: `${"x".repeat(5_000)}end` })]);
    expect(found?.outcome).toBe("passed");
    expect(found?.actual).toBe(`${"x".repeat(1_000)}…`);
  });
});

describe("errors", () => {
  test("in any turn fail the case, with the platform's words", () => {
    const turns = [turnOf(), turnOf({ turnIndex: 1, errorCode: "FLOW_NOT_DEPLOYED", errorMessage: "The flow is a draft" }), turnOf({ turnIndex: 2, errorCode: "E2" })];
    expect(judge({}, { turns }).verdict).toBe("failed");
    expect(check("no_errors", {}, turns)).toMatchObject({ outcome: "failed", actual: "turn 1: FLOW_NOT_DEPLOYED: The flow is a draft; turn 2: E2" });
  });

  test("a message without a code is none", () => {
    expect(check("no_errors", {}, [turnOf({ errorMessage: "all is well" })])?.outcome).toBe("passed");
  });

  test("a simulation that failed fails its case, with the platform's words where it has any", () => {
    expect(check("no_errors", {}, [turnOf()], { status: "failed", words: "the flow broke" })).toMatchObject({ outcome: "failed", actual: "the flow broke" });
    expect(check("no_errors", {}, null, { status: "failed" })).toMatchObject({ outcome: "failed", actual: "the simulation failed, and no reason was given" });
    expect(check("no_errors", {}, [turnOf({ errorCode: "E" })], { status: "failed" })).toMatchObject({ outcome: "failed", actual: "turn 0: E" });
    expect(judge({}, { turns: null, status: "failed" }).verdict).toBe("failed");
  });
});
