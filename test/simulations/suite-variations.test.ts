import { describe, expect, test } from "vitest";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import type { SimulationCase } from "../../shared/simulation.ts";

const head = "defaults: {user_id: usr_1}\ncases:\n";

function cases(text: string): readonly SimulationCase[] {
  const result = parseSuite({ file: "a.yaml", text: head + text });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.cases;
}

/** The problems of a text, and the places that are marked in it with ¦, in order. */
function told(marked: string): { readonly messages: readonly string[]; readonly places: readonly string[]; readonly marks: readonly string[] } {
  const result = parseSuite({ file: "a.yaml", text: head + marked.replaceAll("¦", "") });
  const problems = result.ok ? [] : result.error;
  const marks = (head + marked).split("\n").flatMap((line, index) =>
    line.split("¦").slice(0, -1).map((_, number, parts) => `${index + 1}:${parts.slice(0, number + 1).join("").length + 1}`),
  );
  return { messages: problems.map(({ field, message }) => `${field}: ${message}`), places: problems.map(({ line, column }) => `${line}:${column}`), marks };
}

function expectTold(marked: string, messages: readonly string[]): void {
  const found = told(marked);
  expect(found.messages).toEqual(messages);
  expect(found.places).toEqual(found.marks);
}

const ids = (text: string): readonly string[] => cases(text).map((one) => one.test_id);

const price = `  - test_id: test_price
    utterance: "what does {product} cost"
    session_context: { seen: ["{product}"] }
    expected_outcome: {intent: ask_price, entities: {product: "{product}", amount: "{amount}"}, response_contains: "{amount} euros"}
`;

describe("other wordings", () => {
  test("are cases of their own beside the case's own utterance, with the same expectations", () => {
    const found = cases("  - {test_id: test_x, utterance: cancel it, expected_outcome: {intent: cancel}, variations: {utterances: [' stop it ', '{forget} it']}}\n");
    expect(found.map((one) => [one.test_id, one.utterance, one.expected_outcome.intent])).toEqual([
      ["test_x", "cancel it", "cancel"],
      ["test_x_1", "stop it", "cancel"],
      ["test_x_2", "{forget} it", "cancel"],
    ]);
  });

  test("may stand alone", () => {
    expect(ids("  - {test_id: test_x, expected_outcome: {intent: cancel}, variations: {utterances: [stop it]}}\n")).toEqual(["test_x_1"]);
  });

  test("are none of an empty list", () => {
    expectTold("  - {test_id: test_x, utterance: a, expected_outcome: {intent: cancel}, variations: {utterances: ¦[]}}\n", [
      "cases[0].variations.utterances: found a list of 0 entries; allowed: at least 1 text",
    ]);
  });
});

describe("rows", () => {
  test("fill the placeholders of a case; what is nothing but a placeholder keeps its kind", () => {
    expect(cases(`${price}    variations:\n      - {suffix: shoes, product: running shoes, amount: 12.5}\n      - {product: "{amount}", amount: 3}\n`)).toEqual([
      expect.objectContaining({
        test_id: "test_price_shoes",
        utterance: "what does running shoes cost",
        session_context: { seen: ["running shoes"] },
        expected_outcome: { intent: "ask_price", entities: { product: "running shoes", amount: 12.5 }, response_contains: "12.5 euros" },
      }),
      // What was filled in is not filled again.
      expect.objectContaining({ test_id: "test_price_2", utterance: "what does {amount} cost", expected_outcome: expect.objectContaining({ entities: { product: "{amount}", amount: 3 } }) }),
    ]);
  });

  test("say what is different: like a line of a CSV file", () => {
    expect(cases(`  - test_id: test_x
    utterance: hi
    tags: [a]
    session_context: {tier: none, since: 1}
    expected_outcome: {intent: hello, entities: {city: Rome}}
    variations:
      - {suffix: b, utterance: " bye ", user_id: usr_9, platform: phone, intent: bye, entities: {day: 1}, next_flow: f, response_contains: r, session_context: {tier: gold}, tags: [b]}
`)).toEqual([
      {
        test_id: "test_x_b",
        user_id: "usr_9",
        platform: "phone",
        utterance: "bye",
        session_context: { tier: "gold", since: 1 },
        expected_outcome: { intent: "bye", entities: { city: "Rome", day: 1 }, next_flow: "f", response_contains: "r" },
        tags: ["a", "b"],
      },
    ]);
  });

  test("run in each wording, unless they have one of their own", () => {
    const found = cases("  - {test_id: test_x, utterance: 'a {n}', expected_outcome: {intent: i}, variations: {utterances: ['b {n}'], rows: [{n: 1}, {suffix: own, n: 2, utterance: 'c {n}'}]}}\n");
    expect(found.map((one) => [one.test_id, one.utterance])).toEqual([["test_x_1", "a 1"], ["test_x_1_1", "b 1"], ["test_x_own", "c 2"]]);
  });

  test("leave braces alone that are no placeholder", () => {
    expect(cases(`  - {test_id: test_x, utterance: 'say { a } {1} {} {n}', expected_outcome: {intent: i}, variations: [{n: 7}]}\n`)[0]?.utterance).toBe("say { a } {1} {} 7");
  });

  test.each([
    ["a value that is not there", `${price}    variations:\n      - ¦{product: shoes, ¦amont: 3}\n`, [
      "cases[0].variations[0]: missing a value for {amount}, which the case has; allowed: amount as a key of this row (did you mean amont?)",
      'cases[0].variations[0].amont: found "amont", but no text of the case has {amont}; allowed: suffix, utterance, intent, entities, next_flow, response_contains, user_id, platform, session_context, tags, and names that the case has in braces',
    ]],
    ["a value that is no text, number or truth", `${price}    variations:\n      - {product: ¦[shoes], amount: 3}\n`, [
      "cases[0].variations[0].product: found a list of 1 entry; allowed: text, a number, true or false",
    ]],
    ["a placeholder without quotes", `  - test_id: test_x
    utterance: "buy {n}"
    expected_outcome: {intent: i, entities: {n: {n}}}
    variations: [¦{n: shoes}]
`, ['cases[0].variations[0]: found {n} without quotes, which YAML reads as a map; allowed: "{n}"']],
    ["an utterance that comes out empty", `  - {test_id: test_x, utterance: '{n}', expected_outcome: {intent: i}, variations: [¦{n: ' '}]}\n`, ["cases[0].variations[0].utterance: found nothing once this row is filled in; allowed: text that is not empty"]],
    ["an intent that comes out empty", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: '{n}'}, variations: [¦{n: ''}]}\n`, ["cases[0].variations[0].intent: found nothing once this row is filled in; allowed: text that is not empty"]],
    ["a bad suffix", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: [{suffix: ¦de-DE}]}\n`, ['cases[0].variations[0].suffix: found "de-DE"; allowed: letters, digits or _']],
    ["a bad user", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: {rows: [{user_id: ¦me}]}}\n`, ['cases[0].variations.rows[0].user_id: found "me"; allowed: usr_ and then letters or digits']],
    ["a name that no placeholder can have", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: [{¦"next flow": f}]}\n`, [
      'cases[0].variations[0].next flow: found the unknown key "next flow"; allowed: suffix, utterance, intent, entities, next_flow, response_contains, user_id, platform, session_context, tags, or a placeholder\'s name of letters, digits and _ (did you mean next_flow?)',
    ]],
    ["no rows", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: ¦[]}\n`, ["cases[0].variations: found a list of 0 entries; allowed: at least 1 row"]],
    ["a row that is no map", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: [¦shoes]}\n`, ['cases[0].variations[0]: found "shoes"; allowed: a map: what is different in this variation, and values for {placeholders}']],
    ["neither rows nor wordings", `  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: ¦3}\n`, ["cases[0].variations: found the number 3; allowed: a list of rows, or a map with the keys utterances, rows"]],
    ["no utterance anywhere", `  - {test_id: test_x, expected_outcome: {intent: i}, variations: [¦{suffix: a}]}\n`, ["cases[0].variations[0].utterance: missing; allowed: text that is not empty, here or in variations"]],
    ["an id that is taken", `  - {test_id: test_x_1, utterance: a, expected_outcome: {intent: i}}\n  - {test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: [¦{tags: [a]}]}\n`, [
      "cases[1].variations[0]: found test_x_1 a second time; it is already on line 3, column 15; allowed: each test_id once, variations included",
    ]],
  ])("with %s are told where", (_what, text, expected) => {
    expectTold(text, expected);
  });

  test("may not make an id too long, nor more cases than a suite may have", () => {
    const long = `test_${"x".repeat(190)}`;
    expectTold(`  - {test_id: ${long}, utterance: a, expected_outcome: {intent: i}, variations: [¦{suffix: abcdefgh}]}\n`, [
      "cases[0].variations[0]: found a test_id of 204 characters, with what its variation adds; allowed: at most 200",
    ]);
    const words = (count: number): string => `[${"w,".repeat(count)}]`;
    const rows = `[${"{tags: [a]},".repeat(400)}]`;
    expectTold(`  - ¦{test_id: test_x, utterance: a, expected_outcome: {intent: i}, variations: {utterances: ${words(300)}, rows: ${rows}}}\n`, [
      "cases[0]: found more cases than a suite may have, variations counted; allowed: at most 100,000",
    ]);
  });
});
