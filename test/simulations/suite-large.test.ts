import { describe, expect, test } from "vitest";
import { parseSuite } from "../../electron/simulations/suite-file.ts";

const COUNT = 10_000;

const item = (index: number, user = `usr_${index}`) => ({
  test_id: `test_order_${index}`,
  user_id: user,
  utterance: `I need to check my order number ${index}, it's late: please help`,
  session_context: { language: "en", authenticated: true },
  expected_outcome: { intent: "check_order", entities: { order_id: `ORD_${index}` }, next_flow: "flow_order" },
  tags: ["orders"],
});

const yamlItem = (one: ReturnType<typeof item>): string =>
  [
    `  - test_id: ${one.test_id}`,
    `    user_id: ${one.user_id}`,
    `    utterance: ${JSON.stringify(one.utterance)}`,
    "    session_context: { language: en, authenticated: true }",
    "    expected_outcome:",
    "      intent: check_order",
    "      entities:",
    `        order_id: ${one.expected_outcome.entities.order_id}`,
    "      next_flow: flow_order",
    "    tags:",
    "      - orders",
    "",
  ].join("\n");

const csvItem = (one: ReturnType<typeof item>): string =>
  `${one.test_id},${one.user_id},"${one.utterance}",check_order,order_id=${one.expected_outcome.entities.order_id},flow_order,language=en;authenticated=true,orders\n`;

const write: Readonly<Record<string, (items: readonly ReturnType<typeof item>[]) => string>> = {
  "a.yaml": (items) => `cases:\n${items.map(yamlItem).join("")}`,
  "a.json": (items) => JSON.stringify({ cases: items }, null, 2),
  "a.csv": (items) => `test_id,user_id,utterance,intent,entities,next_flow,session_context,tags\n${items.map(csvItem).join("")}`,
};

describe.each(Object.entries(write))("ten thousand cases in %s", (file, text) => {
  test("are read", () => {
    const result = parseSuite({ file, text: text(Array.from({ length: COUNT }, (_, index) => item(index))) });
    expect(result.ok && result.value.cases.length).toBe(COUNT);
    expect(result.ok && result.value.cases.at(-1)).toEqual({ ...item(COUNT - 1), platform: "web" });
  });

  test("with a thousand bad ones are told of all of them, in order", () => {
    const result = parseSuite({ file, text: text(Array.from({ length: COUNT }, (_, index) => item(index, index % 10 === 3 ? "nobody" : undefined))) });
    const lines = result.ok ? [] : result.error.map((problem) => problem.line ?? 0);
    expect(lines.length).toBe(COUNT / 10);
    const step = (lines[1] ?? 0) - (lines[0] ?? 0);
    expect(lines).toEqual(lines.map((_, index) => (lines[0] ?? 0) + index * step));
    expect(!result.ok && result.error.at(-1)?.message).toBe('found "nobody"; allowed: usr_ and then letters or digits');
  });
});

test("a thousand broken items of YAML are told one by one", () => {
  const broken = (index: number): string => yamlItem(item(index)).replace("intent: check_order", 'intent: "check" order');
  const text = `cases:\n${Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? broken(index) : yamlItem(item(index)))).join("")}`;
  const result = parseSuite({ file: "a.yaml", text });
  expect(!result.ok && result.error.length).toBe(1_000);
  expect(!result.ok && result.error[1]).toEqual({ file: "a.yaml", line: 29, column: 23, field: "", message: "not well-formed YAML: Unexpected scalar at node end" });
});

test("a file so large that only plain YAML can be read in time says what is in the way", () => {
  const items = Array.from({ length: 30_000 }, (_, index) => yamlItem(item(index))).join("");
  const plain = parseSuite({ file: "a.yaml", text: `name: plain\ncases:\n${items}` });
  expect(plain.ok && plain.value.cases.length).toBe(30_000);
  expect(parseSuite({ file: "a.yaml", text: `name: &name linked\ncases:\n${items}` })).toEqual({
    ok: false,
    error: [
      {
        file: "a.yaml",
        line: null,
        column: null,
        field: "",
        message: "found anchors, aliases, tags, several documents or uneven indentation in so large a file; allowed: up to 8 MB with these, and more only in maps, lists and texts",
      },
    ],
  });
});
