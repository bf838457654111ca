import { describe, expect, test } from "vitest";
import { parseSuite } from "../../electron/simulations/suite-file.ts";

/** `line:column field: message` of each problem. */
function told(file: string, text: string): readonly string[] {
  const result = parseSuite({ file, text });
  return result.ok ? [] : result.error.map(({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`);
}

const good = "  - {test_id: test_ok, user_id: usr_1, utterance: hi, expected_outcome: {intent: hello}}\n";

describe("broken YAML", () => {
  test.each([
    ["a quote that is not closed", `cases:\n  - test_id: test_a\n    utterance: "hi\n${good}`, `3:16 : not well-formed YAML: Missing closing "quote`],
    ["a colon in plain text", `cases:\n  - test_id: test_a\n    utterance: hi: there\n${good}`, '3:16 : not well-formed YAML: found a second ": " in one line, or lines that are indented differently; allowed: one key per line, and text that contains ": " in quotes'],
    ["a tab as indentation", `cases:\n  - test_id: test_a\n\tutterance: hi\n`, "3:1 : found a tab as indentation; allowed: spaces"],
    ["a list that is not closed", `cases:\n${good}expected_flows: [a, b\n`, "4:1 : not well-formed YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["a text that begins with @", `cases:\n${good}name: @shop\n`, "3:7 : not well-formed YAML: Plain value cannot start with reserved character @; put the text in quotes"],
    ["two documents", `cases:\n${good}---\ncases:\n${good}`, "3:1 : found a second document (---); allowed: one document in a file"],
    ["a tag", `cases:\n${good}name: !secret x\n`, "3:7 : found a tag (!…) that is not known; allowed: plain values"],
    ["an alias of nothing", `cases:\n${good}name: *shop\n`, "3:7 : found *shop; allowed: an alias of an anchor (&shop) that is complete before it"],
    ["an alias of itself", `cases:\n${good}defaults: {session_context: &shop {a: *shop}}\n`, "3:39 : found *shop; allowed: an alias of an anchor (&shop) that is complete before it"],
    ["a merge of no map", `cases:\n${good}defaults: {<<: 7}\n`, "3:16 : found a value to merge that is no map; allowed: <<: *name of a map"],
    ["a list for a key", `cases:\n${good}? [a]\n: b\n`, "3:3 : found a key that is no text; allowed: text"],
  ])("with %s is told where", (_what, text, expected) => {
    expect(told("a.yaml", text)).toEqual([expected]);
  });

  test("in one case hides nothing of what is wrong with the others", () => {
    const text = `cases:\n${good}  - test_id: test_b\n    utterance: "x" y\n    user_id: usr_1\n  - {test_id: test_c, user_id: x, utterance: hi, expected_outcome: {intent: a}}\n${good}`;
    expect(told("a.yaml", text)).toEqual([
      "4:20 : not well-formed YAML: Unexpected scalar at node end",
      '6:32 cases[2].user_id: found "x"; allowed: usr_ and then letters or digits',
      "7:15 cases[3].test_id: found test_ok a second time; it is already on line 2, column 15; allowed: each test_id once, variations included",
    ]);
  });

  test("whose aliases explode is refused at once", () => {
    const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 10 }, () => `*l${level}`).join(", ")}]`);
    const problems = told("a.yaml", `l0: &l0 [x, x]\n${levels.join("\n")}\ncases:\n${good}`);
    expect(problems.filter((problem) => problem.includes("1,000,000"))).toEqual(["7:20 : found aliases that stand for more than 1,000,000 values; allowed: at most so many in a file"]);
  });

  test.each([
    ["a.yaml", `cases: ${"[".repeat(100_000)}`],
    ["a.yaml", `cases:\n${"- ".repeat(100_000)}x\n`],
    ["a.yaml", `cases: ${"[".repeat(70)}${"]".repeat(70)}\n`],
    ["a.json", `{"cases": ${"[".repeat(100_000)}`],
    ["a.json", `{"cases": ${'{"a":'.repeat(100_000)}`],
  ])("and JSON nested too deeply (%s) is no danger", (file, text) => {
    expect(told(file, text)).toContainEqual(expect.stringMatching(/nested too deeply; allowed: at most 64 levels$|: found lists or objects nested too deeply; allowed: at most 64 levels$/));
  });
});

describe("broken JSON", () => {
  test.each([
    ['{\n  "cases": [,]\n}', "2:13 : not well-formed JSON: found the character ,; allowed: a value: text in double quotes, number, true, false, null, [ or {"],
    ['{\n  "cases": [{}\n}', "3:1 : not well-formed JSON: found the character }; allowed: a comma or ]"],
    ['{\n  // all\n  "cases": []}', "2:3 : not well-formed JSON: found a comment, which JSON does not have; allowed: a key in double quotes (no comma before })"],
    ['{"cases": [], }', "1:15 : not well-formed JSON: found the character }; allowed: a key in double quotes (no comma before })"],
    ['{"name": "a\nb"}', '1:10 : not well-formed JSON: found a text that is not well formed; allowed: a text on one line, closed by " and with valid \\ escapes'],
    ['{"name": "a}', '1:10 : not well-formed JSON: found a text that is not well formed; allowed: a text on one line, closed by " and with valid \\ escapes'],
    ['{"name" "a"}', '1:9 : not well-formed JSON: found the character "; allowed: a colon after the key'],
    ['{"cases": []} {}', "1:15 : not well-formed JSON: found the character {; allowed: nothing after the closing }"],
    ['{"cases": [01]}', "1:13 : not well-formed JSON: found the character 1; allowed: a comma or ]"],
  ])("%j is told where", (text, expected) => {
    expect(told("a.json", text)).toEqual([expected]);
  });

  test("with a key twice is told where the second one stands", () => {
    expect(told("a.json", '{"name": "a",\n "cases": [{"test_id": "test_a", "user_id": "usr_1", "utterance": "hi",\n  "utterance": "ho", "expected_outcome": {"intent": "x"}}], "name": "b"}')).toEqual([
      "3:3 cases[0].utterance: found the same key a second time; allowed: each key once",
      "3:61 name: found the same key a second time; allowed: each key once",
    ]);
  });
});

describe("broken CSV", () => {
  const header = "test_id,user_id,utterance,intent,entities,tags\n";

  test.each([
    ["an unknown column", "test_id,user_id,utterence,intent\ntest_a,usr_1,hi,hello\n", [
      "1:1 utterance: missing; allowed: a header with at least the columns test_id, user_id, utterance, intent",
      '1:17 utterence: found the unknown column "utterence"; allowed: test_id, user_id, platform, utterance, intent, entities, next_flow, response_contains, session_context, tags (did you mean utterance?)',
    ]],
    ["a column twice", "test_id,user_id,utterance,intent,utterance\ntest_a,usr_1,hi,hello,ho\n", ["1:34 utterance: found the same column a second time; allowed: each column once"]],
    ["too few cells", `${header}test_a,usr_1,hi\n`, ["2:1 : found 3 cells; allowed: 6, as many as the header has"]],
    ["too many cells", `${header}test_a,usr_1,hi, there,hello,,\n`, ["2:1 : found 7 cells; allowed: 6, as many as the header has"]],
    ["an empty utterance", `${header}test_a,usr_1, ,hello,,\n`, ['2:14 utterance: found ""; allowed: text that is not empty']],
    ["empty cells that must not be", `${header},,hi,,,a\n`, [
      '2:1 test_id: found ""; allowed: text that is not empty',
      '2:2 user_id: found ""; allowed: text that is not empty',
      '2:6 intent: found ""; allowed: text that is not empty',
    ]],
    ["a bad user behind a record of three lines", `${header}"test_a",usr_1,"a\n\nb",hello,,\r\n\r\ntest_b,user 1,hi,hello,,\n`, ['6:8 user_id: found "user 1"; allowed: usr_ and then letters or digits']],
    ["entities that are no pairs", `${header}test_a,usr_1,hi,hello,order=1;99,\n`, ['2:23 entities: found "99"; allowed: name=value pairs separated by ; or a JSON object']],
    ["entities that are broken JSON", `${header}test_a,usr_1,hi,hello,{order},\n`, ["2:23 entities: not well-formed JSON: found the character o; allowed: a key in double quotes (no comma before })"]],
    ["entities that are a list", `${header}test_a,usr_1,hi,hello,[1],\n`, ["2:23 entities: found a list of 1 entry; allowed: a map of names and values"]],
    ["an entity twice", `${header}test_a,usr_1,hi,hello,a=1;a=2,\n`, ["2:23 entities.a: found the same key a second time; allowed: each key once"]],
    ["a quote that is not closed", `${header}test_a,usr_1,"hi,hello,,\ntest_b,usr_1,hi,hello,,\n`, ['2:14 : found a quote that is not closed; allowed: a text in quotes, with each " in it written twice']],
    ["text after a quote", `${header}test_a,usr_1,"hi" there,hello,,\n`, ["2:18 : found text after the closing quote of a cell; allowed: a delimiter or the end of the line"]],
    ["a quote within a cell", `${header}test_a,usr_1,say "hi",hello,,\n`, ['2:18 : found a quote within a cell that is not in quotes; allowed: the whole cell in quotes, with each " in it written twice']],
    ["an id twice", `${header}test_a,usr_1,hi,hello,,\ntest_a,usr_1,hi,hello,,\n`, ["3:1 test_id: found test_a a second time; it is already on line 2, column 1; allowed: each test_id once, variations included"]],
  ])("with %s is told where", (_what, text, expected) => {
    expect(told("a.csv", text)).toEqual(expected);
    expect(told("a.csv", `\uFEFF${text}`)).toEqual(expected);
  });
});
