import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameValue } from "../../electron/simulations/same-value.ts";
import type { JsonValue } from "../../shared/simulation.ts";

const json = fc.jsonValue({ noUnicodeString: false }).map((value): JsonValue => JSON.parse(JSON.stringify(value)));

describe("two values", () => {
  test.each<[JsonValue, JsonValue]>([
    ["ORD-1", "ORD-1"],
    [12.5, 12.5],
    [12.5, "12.50"],
    [12.5, "1.25e1"],
    ["42", 42],
    [-0, 0],
    [null, null],
    [{ a: 1, b: [2] }, { b: ["2"], a: "1" }],
    [[], []],
  ])("%j and %j are the same", (one, other) => {
    expect(sameValue(one, other)).toBe(true);
    expect(sameValue(other, one)).toBe(true);
  });

  test.each<[JsonValue, JsonValue]>([
    ["ord-1", "ORD-1"],
    ["a", "a "],
    [7, "007"],
    [7, " 7"],
    [7, "7."],
    [7, "0x7"],
    [0, ""],
    [1, true],
    ["true", true],
    ["null", null],
    [0, null],
    [{}, []],
    [{}, null],
    [[1, 2], [2, 1]],
    [[1], [1, 1]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ toString: 1 }, {}],
    [{ a: 1 }, { toString: 1 }],
    ["a", ["a"]],
  ])("%j and %j differ", (one, other) => {
    expect(sameValue(one, other)).toBe(false);
    expect(sameValue(other, one)).toBe(false);
  });

  test("any value is the same as itself with its keys the other way round", () => {
    const turned = (value: JsonValue): JsonValue => {
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(turned);
      return Object.fromEntries(Object.entries(value).toReversed().map(([key, item]) => [key, turned(item)]));
    };
    fc.assert(fc.property(json, (value) => sameValue(value, turned(value))));
  });

  test("the order in which they are given does not matter", () => {
    fc.assert(fc.property(json, json, (one, other) => sameValue(one, other) === sameValue(other, one)));
  });
});
