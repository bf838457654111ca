import { describe, expect, test } from "vitest";
import { mergePatch } from "../../electron/integrations/merge-patch.ts";
import type { JsonValue } from "../../shared/integration.ts";

describe("a merge patch", () => {
  // RFC 7396, appendix A: target, patch, result.
  test.each<[JsonValue, JsonValue, JsonValue]>([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [["a", "b"], ["c", "d"], ["c", "d"]],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("of %j by %j", (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  test("changes neither of its arguments", () => {
    const target = { a: { b: 1 }, c: 2 };
    const patch = { a: { d: 3 }, c: null };
    mergePatch(target, patch);
    expect([target, patch]).toEqual([{ a: { b: 1 }, c: 2 }, { a: { d: 3 }, c: null }]);
  });

  test("takes __proto__ and constructor for keys", () => {
    const patch = JSON.parse(`{"__proto__":{"admin":true},"a":{"constructor":{"prototype":{"admin":true}}}}`) as JsonValue;
    const merged = mergePatch({ a: {} }, patch);
    expect(JSON.stringify(merged)).toBe(`{"a":{"constructor":{"prototype":{"admin":true}}},"__proto__":{"admin":true}}`);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
  });
});
