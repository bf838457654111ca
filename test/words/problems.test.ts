import { describe, expect, it } from "vitest";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import { germanWords } from "../../electron/words/de.ts";

const words = germanWords.problems;
/** Words that sentences in English are made of; those of a definition's or a suite's own keys are the same in any language. */
const ENGLISH = /\b(?:the|and|of|with|is|are|at most|at least|found|missing|allowed|did you mean|characters|letters|digits|list|map|key|keys|not|only|this|which)\b/u;
const long = "x".repeat(3_000);

/** Wrong in every field, each in another way. */
const definitions: readonly unknown[] = [
  [],
  {},
  { nmae: "x", name: "a", description: 3, status: "OFF", bot_id: "", config: [] },
  { name: long, description: long, status: true, bot_id: null, config: { url: "http://a b", method: "get", auth_type: "none", auth_header_name: "a b", headers: [], request_mapping: [], response_mapping: 3, timeout_seconds: 0.5, secret: "9" } },
  { config: { url: "ftp://user:pw@x.example/{id}#part", method: "GET", auth_header_name: "Content-Type", headers: { "a b": "x", "X-A": "ü€", "x-a": "y", Host: "h", Authorization: "z", "Content-Type": "text/plain" }, request_mapping: { body: { $input: "x", inner: { $input: 1 }, $inptu: 1, "": 1 } }, response_mapping: { extract: "", normalize: "x" } } },
  { config: { url: "https://x.example/?api_key=abc", headers: { "X-Api-Key": "x" }, request_mapping: { body: { transform: "json_merge", password: "geheim" } }, response_mapping: { extract: "a[" }, secret: "aB3dE5gH7jK9mN1pQ3sT5vW7" } },
  { __proto__x: 1, constructor: 1, number: 2 ** 60, config: { headers: 3, request_mapping: { body: 3 }, response_mapping: { extract: long } } },
];

const suites = [
  "- a",
  "name: [1]\nexpected_flows: [a, a]\ndefaults: 3\ncases: []\nother: 1",
  "cases: 3",
  "cases:\n- test_id: x\n  user_id: 3\n  platfrom: web\n  utterance: ''\n  tags: a\n  expected_outcome: [a]\n- 3\n- test_id: test_a\n- test_id: test_a\n  user_id: usr_a\n  session_context: 3\n  expected_outcome: { intent: {x: 1}, entities: [1] }\n  variations: []",
  "cases:\n- test_id: test_a\n  user_id: usr_a\n  utterance: I am {name}, {age}\n  expected_outcome: { intent: hi, entities: { who: {name} } }\n  variations:\n  - { name: '', nmae: 3, 'a b': 1, age: [1] }\n  - { name: x }\n  - 3",
  "cases:\n- { test_id: test_a, user_id: usr_a, utterance: hi, expected_outcome: { intent: hi }, variations: { utterances: [], rows: 3, x: 1 } }\n- { test_id: test_b, user_id: usr_b, utterance: hi, expected_outcome: { intent: hi, entities: { n: 12345678901234567890 } }, variations: [{ suffix: a-b }] }",
  "cases:\n- test_id: test_a\n  user_id: usr_a\n  utterance: '{name}'\n  expected_outcome: { intent: hi }\n  variations: [{ name: '' }]",
  "",
];

/** Without what was typed, which stands in quotes or in braces, and without lists of keys. */
const sentence = (message: string): string => message.replaceAll(/"(?:[^"\\]|\\.)*"|\{[^}]*\}/gu, "");

describe("what is wrong, in German", () => {
  it("with a definition has no English left in it", () => {
    const told = definitions.flatMap((draft) => checkDefinition(draft, words).problems.map(({ message }) => sentence(message)));
    expect(told.length).toBeGreaterThan(45);
    // What a JMESPath parser found is told as it was found.
    expect(told.filter((message) => ENGLISH.test(message) && !message.startsWith("kein brauchbarer JMESPath-Ausdruck"))).toEqual([]);
  });

  it("with a suite has no English left in it", () => {
    const told = [...suites.map((text) => ({ file: "suite.yaml", text })), { file: "suite.txt", text: "" }].flatMap(({ file, text }) => {
      const parsed = parseSuite({ file, text, words });
      return parsed.ok ? [] : parsed.error.map(({ message }) => sentence(message));
    });
    expect(told.length).toBeGreaterThan(25);
    expect(told.filter((message) => ENGLISH.test(message))).toEqual([]);
  });

  it("says what was found and what is allowed, with the near miss", () => {
    expect(checkDefinition({ nmae: "x", name: "ab", bot_id: "b", config: { url: "https://x.example" } }, words).problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'name: gefunden: "ab"; erlaubt: Text mit 3 bis 100 Zeichen',
      'nmae: gefunden: der unbekannte Schlüssel "nmae"; erlaubt: name, description, status, bot_id, config (meinten Sie name?)',
    ]);
  });
});
