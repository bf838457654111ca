import { describe, expect, test } from "vitest";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import type { SimulationCase, Suite, SuiteProblem } from "../../shared/simulation.ts";

const orderCase: SimulationCase = {
  test_id: "test_order",
  user_id: "usr_1",
  platform: "web",
  utterance: "Where is my order?",
  session_context: { language: "en", visits: 3 },
  expected_outcome: { intent: "check_order", entities: { order_id: "ORD_99" }, next_flow: "flow_order", response_contains: "on its way" },
  tags: ["orders", "smoke"],
};
const suite: Suite = { name: "demo", expected_flows: ["flow_order", "flow_hello"], cases: [orderCase] };

function parsed(file: string, text: string, flows?: readonly string[]): Suite {
  const result = parseSuite({ file, text, ...(flows === undefined ? {} : { flows }) });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problems(file: string, text: string): readonly SuiteProblem[] {
  const result = parseSuite({ file, text });
  if (result.ok) throw new Error("the suite was taken");
  expect(result.error.every((problem) => problem.file === file)).toBe(true);
  return result.error;
}

/** `line:column field: message`, which reads better in a table. */
function told(file: string, text: string): readonly string[] {
  return problems(file, text).map(({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`);
}

const yaml = `name: demo
expected_flows: [flow_order, flow_hello]
cases:
  - test_id: test_order
    user_id: usr_1
    utterance: "  Where is my order?  "
    session_context: { language: en, visits: 3 }
    expected_outcome:
      intent: check_order
      entities:
        order_id: ORD_99
      next_flow: flow_order
      response_contains: on its way
    tags: [orders, smoke]
`;

const csv = `test_id,user_id,platform,utterance,intent,entities,next_flow,response_contains,session_context,tags
test_order,usr_1,,Where is my order?,check_order,order_id=ORD_99,flow_order,on its way,language=en;visits=3,orders;smoke
`;

describe("a suite", () => {
  test("is read from YAML, its utterances trimmed, its platform web", () => {
    expect(parsed("demo.yaml", yaml)).toEqual(suite);
    expect(parsed("demo.yml", `\uFEFF---\n# a comment\n${yaml}`)).toEqual(suite);
    expect(parsed("DEMO.YAML", yaml.replaceAll("\n", "\r\n"))).toEqual(suite);
  });

  test("is read from JSON", () => {
    expect(parsed("x.json", `\uFEFF${JSON.stringify({ $schema: "./suite.schema.json", ...suite })}`)).toEqual(suite);
    expect(parsed("x.yaml", JSON.stringify(suite, null, 2))).toEqual(suite);
  });

  test("is read from CSV, with the flows that are given beside it", () => {
    expect(parsed("demo.csv", csv, suite.expected_flows)).toEqual(suite);
    expect(parsed("demo.csv", `\uFEFF${csv.replaceAll("\n", "\r\n")}`, [" flow_order ", "flow_hello", "", "flow_order"])).toEqual(suite);
    expect(parsed("demo.csv", csv).expected_flows).toEqual([]);
  });

  test.each([["\t"], [";"]])("in CSV may be delimited by %j", (delimiter) => {
    const text = csv.replaceAll("language=en;visits=3", '"language=en;visits=3"').replaceAll("orders;smoke", '"orders;smoke"').replaceAll(",", delimiter);
    expect(parsed("demo.csv", text, suite.expected_flows)).toEqual(suite);
  });

  test("takes expected flows that are given in place of its own", () => {
    expect(parsed("demo.yaml", yaml, ["flow_a"]).expected_flows).toEqual(["flow_a"]);
    expect(parsed("demo.yaml", yaml, []).expected_flows).toEqual([]);
  });

  test("is named after its file where it has no name", () => {
    const unnamed = yaml.replace("name: demo\n", "");
    expect(parsed("/home/qa/night run.v2.yaml", unnamed).name).toBe("night run.v2");
    expect(parsed("C:\\suites\\shop.yml", unnamed).name).toBe("shop");
    expect(parsed(".yaml", unnamed).name).toBe("suite");
  });

  test("fills in its defaults: maps key by key, tags added up, the rest replaced", () => {
    const { cases } = parsed("d.yaml", `
defaults:
  user_id: usr_7
  platform: phone
  session_context: { language: en, tier: gold }
  tags: [nightly]
  expected_outcome: { intent: hello, entities: { city: Rome }, next_flow: flow_a }
cases:
  - { test_id: test_a, utterance: hi }
  - test_id: test_b
    user_id: usr_8
    platform: web
    utterance: hi
    session_context: { tier: none }
    tags: [nightly, slow]
    expected_outcome: { intent: bye, entities: { day: 3 } }
`);
    expect(cases).toEqual([
      { test_id: "test_a", user_id: "usr_7", platform: "phone", utterance: "hi", session_context: { language: "en", tier: "gold" }, tags: ["nightly"], expected_outcome: { intent: "hello", entities: { city: "Rome" }, next_flow: "flow_a" } },
      { test_id: "test_b", user_id: "usr_8", platform: "web", utterance: "hi", session_context: { language: "en", tier: "none" }, tags: ["nightly", "slow"], expected_outcome: { intent: "bye", entities: { city: "Rome", day: 3 }, next_flow: "flow_a" } },
    ]);
  });

  test("may use anchors, aliases and merges in YAML", () => {
    const { cases } = parsed("d.yaml", `
defaults: { user_id: usr_1, expected_outcome: { intent: hello } }
cases:
  - { test_id: test_a, utterance: hi, session_context: &gold { tier: gold, since: 2020 } }
  - { test_id: test_b, utterance: hi, session_context: *gold }
  - { test_id: test_c, utterance: hi, session_context: { <<: *gold, since: 2024 } }
`);
    expect(cases.map((one) => one.session_context)).toEqual([{ tier: "gold", since: 2020 }, { tier: "gold", since: 2020 }, { tier: "gold", since: 2024 }]);
  });

  test("in CSV takes JSON, quoted values, empty lines, and a case over several lines", () => {
    const { cases } = parsed("d.csv", [
      "utterance,test_id,user_id,intent,entities,session_context,tags",
      "",
      '"two',
      'lines, ""quoted""",test_a,usr_1,hello,"{""n"": [1, null]}","a="" x;y "";b=true;c=1.5;d=;e=null;f=""7""","[""a,b""]"',
      ",,,,,,",
      'last,test_b,usr_1,hello,,,"a, b"',
    ].join("\n"));
    expect(cases).toEqual([
      {
        test_id: "test_a",
        user_id: "usr_1",
        platform: "web",
        utterance: 'two\nlines, "quoted"',
        session_context: { a: " x;y ", b: true, c: 1.5, d: "", e: null, f: "7" },
        expected_outcome: { intent: "hello", entities: { n: [1, null] } },
        tags: ["a,b"],
      },
      { test_id: "test_b", user_id: "usr_1", platform: "web", utterance: "last", session_context: {}, expected_outcome: { intent: "hello", entities: {} }, tags: ["a", "b"] },
    ]);
  });
});

describe("a file that is no suite", () => {
  test.each([
    ["a.yaml", "", "null:null : found nothing in the file; allowed: a suite with at least 1 case"],
    ["a.yaml", "# nothing\n", "null:null : found nothing in the file; allowed: a suite with at least 1 case"],
    ["a.csv", " \r\n\r\n", "null:null : found nothing in the file; allowed: a suite with at least 1 case"],
    ["a.json", "", "1:1 : not well-formed JSON: found the end of the text; allowed: a value: text in double quotes, number, true, false, null, [ or {"],
    ["a.json", "{}", "1:1 cases: missing; allowed: a list of cases"],
    ["a.yaml", "{}", "1:1 cases: missing; allowed: a list of cases"],
    ["a.yaml", "cases:\n", "1:1 cases: found nothing; allowed: a list of cases"],
    ["a.yaml", "cases: []\n", "1:8 cases: found a list of 0 entries; allowed: at least 1 case"],
    ["a.yaml", "cases: none\n", '1:8 cases: found "none"; allowed: a list of cases'],
    ["a.yaml", "- a\n- b\n", "1:1 : found a list of 2 entries; allowed: a map, with the list under the key cases"],
    ["a.json", "[]", "1:1 : found a list of 0 entries; allowed: a map, with the list under the key cases"],
    ["a.json", "null", "1:1 : found nothing; allowed: a map with the keys name, expected_flows, defaults, cases"],
    ["a.yaml", "just words\n", '1:1 : found "just words"; allowed: a map with the keys name, expected_flows, defaults, cases'],
    ["a.json", "7", "1:1 : found the number 7; allowed: a map with the keys name, expected_flows, defaults, cases"],
    ["a.yaml", "cases: [1]\n", "1:9 cases[0]: found the number 1; allowed: a map with the keys of a case"],
    ["a.txt", yaml, "null:null : found a name that ends otherwise; allowed: a file that ends in .yaml, .yml, .json or .csv"],
    ["suite", yaml, "null:null : found a name that ends otherwise; allowed: a file that ends in .yaml, .yml, .json or .csv"],
    ["a.csv", "test_id,user_id,utterance,intent\n", "1:1 cases: found a list of 0 entries; allowed: at least 1 case"],
  ])("%s %j is told so", (file, text, expected) => {
    expect(told(file, text)).toEqual([expected]);
  });

  test("is refused with the limit when it is too large", () => {
    expect(told("a.yaml", " ".repeat(20_000_001))).toEqual(["null:null : found 20.1 MB; allowed: a suite of at most 20 MB"]);
  });

  test("is refused when it has more cases than a suite may have", () => {
    const many = `{"cases":[${"1,".repeat(100_000)}1]}`;
    expect(told("a.json", many)).toEqual(["1:10 cases: found a list of 100001 entries; allowed: at most 100,000 cases"]);
  });
});

describe("a case", () => {
  const head = "cases:\n  - test_id: test_a\n    user_id: usr_1\n";
  const rest = "    utterance: hi\n    expected_outcome: {intent: hello}\n";

  test.each([
    ["an empty utterance", `${head}    utterance: "  "\n    expected_outcome: {intent: hello}\n`, '4:16 cases[0].utterance: found ""; allowed: text that is not empty'],
    ["no utterance", `${head}    expected_outcome: {intent: hello}\n`, "2:5 cases[0].utterance: missing; allowed: text that is not empty, here or in variations"],
    ["an utterance that was left out", `${head}    utterance:\n    expected_outcome: {intent: hello}\n`, "4:5 cases[0].utterance: found nothing; allowed: text"],
    ["no intent", `${head}    utterance: hi\n    expected_outcome: {}\n`, "5:23 cases[0].expected_outcome.intent: missing; allowed: the name of an intent, here or in defaults"],
    ["nothing expected", `${head}    utterance: hi\n`, "2:5 cases[0].expected_outcome.intent: missing; allowed: the name of an intent, here or in defaults"],
    ["no user", `cases:\n  - test_id: test_a\n${rest}`, "2:5 cases[0].user_id: missing; allowed: usr_ and then letters or digits, here or in defaults"],
    ["a bad user", `cases:\n  - test_id: test_a\n    user_id: user_1\n${rest}`, '3:14 cases[0].user_id: found "user_1"; allowed: usr_ and then letters or digits'],
    ["an empty id", `cases:\n  - test_id: ""\n    user_id: usr_1\n${rest}`, '2:14 cases[0].test_id: found ""; allowed: text that is not empty'],
    ["no id", `cases:\n  - user_id: usr_1\n${rest}`, "2:5 cases[0].test_id: missing; allowed: text"],
    ["a bad id", `cases:\n  - test_id: test-a\n    user_id: usr_1\n${rest}`, '2:14 cases[0].test_id: found "test-a"; allowed: test_ and then letters, digits or _'],
    ["a number for a text", `${head}    utterance: 42\n    expected_outcome: {intent: hello}\n`, "4:16 cases[0].utterance: found the number 42; allowed: text (put it in quotes)"],
    ["a map for a text", `${head}    utterance: {product}\n    expected_outcome: {intent: hello}\n`, "4:16 cases[0].utterance: found a map; allowed: text (in quotes, where it has braces, brackets or a colon)"],
    ["an unknown key", `${head}${rest}    utterence: hi\n`, '6:5 cases[0].utterence: found the unknown key "utterence"; allowed: test_id, user_id, platform, session_context, tags, utterance, expected_outcome, variations (did you mean utterance?)'],
    ["an unknown key of the outcome", `${head}    utterance: hi\n    expected_outcome:\n      intent: hello\n      nextFlow: f\n`, '7:7 cases[0].expected_outcome.nextFlow: found the unknown key "nextFlow"; allowed: intent, entities, next_flow, response_contains (did you mean next_flow?)'],
    ["a list of entities", `${head}    utterance: hi\n    expected_outcome: {intent: hello, entities: [a]}\n`, "5:49 cases[0].expected_outcome.entities: found a list of 1 entry; allowed: a map of names and values"],
    ["an empty text to be contained", `${head}    utterance: hi\n    expected_outcome: {intent: hello, response_contains: ''}\n`, '5:58 cases[0].expected_outcome.response_contains: found ""; allowed: text that is not empty'],
    ["a tag that is no text", `${head}${rest}    tags: [a, 2]\n`, "6:15 cases[0].tags[1]: found the number 2; allowed: text (put it in quotes)"],
    ["a key twice", `${head}${rest}    user_id: usr_2\n`, "6:5 cases[0].user_id: found the same key a second time; allowed: each key once"],
    ["a key twice in a context", `${head}${rest}    session_context: { a: 1, b: 2, a: 3 }\n`, "6:36 cases[0].session_context.a: found the same key a second time; allowed: each key once"],
    ["a key that objects swallow", `${head}${rest}    session_context: { __proto__: 1 }\n`, "6:24 cases[0].session_context.__proto__: found the key __proto__; allowed: every other"],
    ["a number that loses digits", `${head}${rest}    session_context: { account: 12345678901234567890 }\n`, "6:33 cases[0].session_context.account: found the number 12345678901234567000; allowed: a number of at most 15 digits (put a longer one in quotes)"],
    ["a number that is none", `${head}${rest}    session_context: { a: [.inf] }\n`, "6:28 cases[0].session_context.a[0]: found the number Infinity; allowed: a number of at most 15 digits (put a longer one in quotes)"],
    ["an expected flow twice", `expected_flows: [a, b, a]\n${head}${rest}`, "1:24 expected_flows[2]: found a a second time; allowed: each flow once"],
    ["defaults that are no map", `defaults: [a]\n${head}${rest}`, "1:11 defaults: found a list of 1 entry; allowed: a map"],
    ["an unknown key of the suite", `case: 1\n${head}${rest}`, '1:1 case: found the unknown key "case"; allowed: $schema, name, expected_flows, defaults, cases (did you mean cases?)'],
  ])("with %s is told where", (_what, text, expected) => {
    expect(told("a.yaml", text)).toEqual([expected]);
  });

  test("with the id of another names both places", () => {
    const item = (id: string): string => `  - test_id: ${id}\n    user_id: usr_1\n    utterance: hi\n    expected_outcome: {intent: hello}\n`;
    expect(told("a.yaml", `cases:\n${item("test_a")}${item("test_b")}${item("test_a")}${item("test_a")}`)).toEqual([
      "10:14 cases[2].test_id: found test_a a second time; it is already on line 2, column 14; allowed: each test_id once, variations included",
      "14:14 cases[3].test_id: found test_a a second time; it is already on line 2, column 14; allowed: each test_id once, variations included",
    ]);
  });

  test("hides nothing of what is wrong with the others, each in its place", () => {
    const cases = [
      { test_id: "test_a", user_id: "usr_1", utterance: "", expected_outcome: { intent: "x" } },
      { test_id: "test_b", utterance: "hi", expected_outcome: { intnt: "x" } },
      { test_id: "test_a", user_id: "usr_1", utterance: "hi", expected_outcome: { intent: "x" } },
    ];
    expect(problems("a.json", JSON.stringify({ name: 3, cases }, null, 2)).map(({ line, column, field }) => [line, column, field])).toEqual([
      [2, 11, "name"],
      [7, 20, "cases[0].utterance"],
      [16, 9, "cases[1].expected_outcome.intnt"],
      [20, 18, "cases[2].test_id"],
    ]);
  });
});
