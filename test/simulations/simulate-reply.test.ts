import { describe, expect, test } from "vitest";
import { cutText, platformWords, pollReplySchema } from "../../electron/simulations/simulate-reply.ts";
import { turnSchema } from "../../shared/simulation.ts";

function turnsOf(turns: unknown) {
  const reply = pollReplySchema.parse({ status: "completed", turns });
  return reply.kind === "over" ? reply.simulation.turns : undefined;
}

const blank = { turnIndex: 0, flowId: null, intent: null, entities: null, output: null, errorCode: null, errorMessage: null };

describe("a result", () => {
  test("is read as it was reported", () => {
    const turn = { turnIndex: 3, flowId: "flow_a", intent: "a", entities: { city: ["Leeds", { zip: 7 }], ok: true, none: null }, output: "", errorCode: "E1", errorMessage: "broken" };
    expect(turnsOf([{ ...turn, extra: 1 }])).toEqual([turn]);
  });

  test("has its turns in the order of their index, however they were listed", () => {
    expect(turnsOf([{ turnIndex: 2, intent: "c" }, { turnIndex: 0 }, { turnIndex: 1, intent: "b" }])?.map(({ turnIndex, intent }) => [turnIndex, intent])).toEqual([[0, null], [1, "b"], [2, "c"]]);
  });

  test("keeps the order of the list where a turn has no index, or two have the same", () => {
    expect(turnsOf([{ turnIndex: 5, intent: "a" }, { intent: "b" }])?.map(({ intent }) => intent)).toEqual(["a", "b"]);
    expect(turnsOf([{ turnIndex: 0, intent: "a" }, { turnIndex: 0, intent: "b" }])?.map(({ intent }) => intent)).toEqual(["a", "b"]);
  });

  test.each([
    ["turnIndex", [1.5, "1", null]],
    ["flowId", [7, "", null, {}]],
    ["intent", [7, "", null, ["a"]]],
    ["entities", ["a", ["a"], null, 3]],
    ["output", [7, null, ["a"]]],
    ["errorMessage", [7, "", null]],
  ])("an odd %s is as if it had not been reported, and costs nothing else", (field, values) => {
    const sound = { turnIndex: 0, flowId: "f", intent: "i", entities: {}, output: "o", errorCode: "e", errorMessage: "m" };
    for (const value of values) {
      expect(turnsOf([{ ...sound, [field]: value }])).toEqual([{ ...sound, [field]: field === "turnIndex" ? 0 : null }]);
    }
  });

  test.each([[undefined], [null], [""], [0], [false]])("an error code %j is none", (errorCode) => {
    expect(turnsOf([{ errorCode }])).toEqual([blank]);
  });

  test.each([[500, "500"], [true, "true"], [{ code: "E" }, '{"code":"E"}'], [["E"], '["E"]']])("an error code in an odd form, %j, is still an error", (errorCode, expected) => {
    expect(turnsOf([{ errorCode }])).toEqual([{ ...blank, errorCode: expected }]);
  });

  test.each([[null], ["turn"], [7], [[]]])("what is no turn, %j, reports nothing and keeps its place", (odd) => {
    expect(turnsOf([{ turnIndex: 0 }, odd])).toEqual([blank, { ...blank, turnIndex: 1 }]);
  });

  test.each([[undefined], [null], ["none"], [{}], [7]])("turns that are %j are none", (turns) => {
    expect(turnsOf(turns)).toBeNull();
  });

  test("more turns than a dialogue can have are refused, not cut: an error might be in the rest", () => {
    expect(pollReplySchema.safeParse({ status: "completed", turns: Array.from({ length: 1_001 }, () => ({})) }).success).toBe(false);
  });

  test("entities as deep as a hostile platform may nest them do not take the stack, and can be written again", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    const [turn] = turnsOf([{ entities: { deep, huge: JSON.parse("1e999") } }]) ?? [];
    expect(turnSchema.parse(JSON.parse(JSON.stringify(turn)))).toEqual(turn);
    expect(turn?.entities?.["huge"]).toBe("Infinity");
  });

  test("an entity named like a part of the language is one like others", () => {
    const [turn] = turnsOf(JSON.parse('[{"entities":{"constructor":"a","toString":1}}]')) ?? [];
    expect(Object.entries(turn?.entities ?? {})).toEqual([["constructor", "a"], ["toString", 1]]);
  });
});

describe("the platform's words", () => {
  test.each([
    [{ errorMessage: "a", message: "b" }, "a"],
    [{ message: "b", error: "c" }, "b"],
    [{ error: { message: "c" } }, "c"],
    [{ message: 7, reason: "d\u0007\n e" }, "d e"],
    [{ errorCode: "E7" }, "E7"],
    [{}, undefined],
    ["text", undefined],
    [null, undefined],
  ])("of %j are %j", (body, words) => {
    expect(platformWords(body)).toBe(words);
  });

  test("are cut short, and never inside a letter", () => {
    expect(platformWords({ message: "x".repeat(600) })).toBe(`${"x".repeat(500)}…`);
    expect(cutText("ab😀c", 3)).toBe("ab…");
    expect(cutText("ab😀c", 4)).toBe("ab😀…");
    expect(cutText("abc", 3)).toBe("abc");
  });
});
