import { array, assert, constantFrom, jsonValue, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../electron/config/json-text.ts";

function faultOf(text: string) {
  const read = readJson(text);
  if (read.ok) throw new Error(`was read as ${JSON.stringify(read.value.value)}`);
  return read.error;
}

describe("reading the configuration's JSON", () => {
  test("gives what JSON.parse gives, for any JSON", () => {
    assert(
      property(jsonValue({ maxDepth: 6 }), constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readJson(text);
        expect(read.ok && read.value.value).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  test("refuses exactly the texts that JSON.parse refuses", () => {
    const bits = constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"b"', "1", "-0.5e3", "01", "tru", "true", "null", " ", "\n", '"', "\\", "\u0001", "//x", "'");
    assert(
      property(array(bits, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const parses = ((): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const read = readJson(text);
        // A key that stands twice is the one thing that only we refuse.
        const repeated = !read.ok && read.error.allowed === "each key once";
        if (!repeated) expect(read.ok).toBe(parses);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["", { line: 1, column: 1 }, "the end of the text"],
    ['{\n  "a": 1,\n}', { line: 3, column: 1 }, "the character }"],
    ['{\r\n"a": [1 2]}', { line: 2, column: 9 }, "the character 2"],
    ['{ // note\n}', { line: 1, column: 3 }, "a comment, which JSON does not have"],
    ['{"a": 1', { line: 1, column: 8 }, "the end of the text"],
    ['{"a": tru}', { line: 1, column: 7 }, "the character t"],
    ['{"a": 1} x', { line: 1, column: 10 }, "the character x"],
    ['{"a" 1}', { line: 1, column: 6 }, "the character 1"],
    ["{'a': 1}", { line: 1, column: 2 }, "the character '"],
    ['{"a": "x\ny"}', { line: 1, column: 7 }, "a text that is not well formed"],
  ])("names line, column and what stands there: %j", (text, place, found) => {
    expect(faultOf(text)).toMatchObject({ place, found });
  });

  test("a key that is given twice is refused where it stands the second time", () => {
    expect(faultOf('{"a": {"b": 1,\n "b": 2}}')).toMatchObject({ path: "a.b", place: { line: 2, column: 2 }, allowed: "each key once" });
  });

  test("a byte order mark is skipped, and does not move the columns", () => {
    const read = readJson('\uFEFF{"a": 1}');
    expect(read).toMatchObject({ ok: true, value: { value: { a: 1 } } });
    expect(read.ok && read.value.places.get("a")).toStrictEqual({ line: 1, column: 2 });
    expect(faultOf("\uFEFFx").place).toStrictEqual({ line: 1, column: 1 });
  });

  test("remembers where each key stands", () => {
    const read = readJson('{"a": {\n  "b": [{"c": 1}, {"c": 2}]\n}}');
    expect(read.ok && Object.fromEntries(read.value.places)).toStrictEqual({
      a: { line: 1, column: 2 },
      "a.b": { line: 2, column: 3 },
      "a.b[0].c": { line: 2, column: 10 },
      "a.b[1].c": { line: 2, column: 20 },
    });
  });

  test("deep nesting is refused instead of exhausting the stack", () => {
    expect(faultOf("[".repeat(100_000)).found).toBe("lists or objects nested too deeply");
    expect(faultOf('{"a":'.repeat(100_000)).found).toBe("lists or objects nested too deeply");
  });

  test("a text of a million characters is read", () => {
    const value = { a: "x\\\"ü".repeat(250_000) };
    expect(readJson(JSON.stringify(value))).toMatchObject({ ok: true, value: { value } });
  });
});
