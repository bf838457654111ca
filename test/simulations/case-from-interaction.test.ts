import { describe, expect, test } from "vitest";
import { maskText } from "../../electron/redaction/mask.ts";
import { caseFromInteraction, type RecordedInteraction } from "../../electron/simulations/case-from-interaction.ts";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import type { Speaker, Utterance } from "../../shared/interaction.ts";

function said(id: string, speaker: Speaker, text: string, final = true): Utterance {
  return { id, speaker, text, final, at: 0, score: 0, marks: [] };
}

function recorded(utterances: readonly Utterance[], triggered: readonly string[], id = "call-7/a"): RecordedInteraction {
  return { interaction: { id, status: "ended", startedAt: Date.UTC(2026, 0, 2, 3, 4, 5) }, utterances, sets: triggered.map((utteranceId) => ({ utteranceId })) };
}

function converted(record: RecordedInteraction) {
  const result = caseFromInteraction(record, { mask: maskText });
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

const talk = [
  said("1", "agent", "Hello, I will cancel that for you"),
  said("2", "customer", "hello there"),
  said("3", "customer", "I want a refund"),
  said("4", "customer", "cancel it: my card is 4111 1111 1111 1111, # 1"),
];

describe("cases of a recorded interaction", () => {
  test("are the utterances of the customer that triggered, personal data masked", () => {
    const { yaml, testIds } = converted(recorded(talk, ["4", "1", "3", "3"]));
    const filled = parseSuite({ file: "a.yaml", text: `name: old\ncases:\n${yaml.replaceAll("intent: # to be filled in", "intent: cancel")}` });
    expect(filled.ok && filled.value.cases.map((one) => [one.test_id, one.user_id, one.utterance, one.tags])).toEqual([
      ["test_recorded_call_7_a_1", "usr_recorded", "I want a refund", ["recorded"]],
      ["test_recorded_call_7_a_2", "usr_recorded", "cancel it: my card is [card], # 1", ["recorded"]],
    ]);
    expect(testIds).toEqual(["test_recorded_call_7_a_1", "test_recorded_call_7_a_2"]);
    expect(yaml.match(/Personal data was masked/g)).toHaveLength(1);
  });

  test("are refused as a suite, at each intent, until those are filled in", () => {
    const { yaml, open } = converted(recorded(talk, ["3", "4"]));
    const result = parseSuite({ file: "a.yaml", text: `cases:\n${yaml}` });
    expect(!result.ok && result.error.map(({ line, field, message }) => [line, field, message])).toEqual([
      [9, "cases[0].expected_outcome.intent", "found nothing; allowed: text"],
      [19, "cases[1].expected_outcome.intent", "found nothing; allowed: text"],
    ]);
    expect(open).toEqual(["test_recorded_call_7_a_1: expected_outcome.intent", "test_recorded_call_7_a_2: expected_outcome.intent"]);
  });

  test("can be appended to a suite that has cases", () => {
    const { yaml } = converted(recorded(talk, []));
    const before = "defaults: {user_id: usr_1}\ncases:\n  - {test_id: test_a, utterance: hi, expected_outcome: {intent: hello}}\n";
    const result = parseSuite({ file: "a.yaml", text: before + yaml.replace("intent: #", "intent: greet #") });
    expect(result.ok && result.value.cases.map((one) => one.utterance)).toEqual(["hi", "hello there"]);
  });

  test("are the first utterance where none triggered, and anyone's where the speakers are not known", () => {
    expect(converted(recorded(talk, ["1"])).yaml).toContain('"hello there"');
    expect(converted(recorded([said("1", "agent", "hi"), said("2", "unknown", " "), said("3", "unknown", "help"), said("4", "unknown", "now", false)], [])).yaml).toContain('"help"');
  });

  test("hold nothing that an id or an utterance could break out with", () => {
    const id = 'x"\n  - test_id: test_b\u2028: {evil';
    const { yaml } = converted(recorded([said("1", "customer", 'a"\n: b\\ {c} # d\u0000')], [], id));
    const result = parseSuite({ file: "a.yaml", text: `cases:\n${yaml.replace("intent: #", "intent: greet #")}` });
    expect(result.ok && result.value.cases.map((one) => [one.test_id, one.utterance])).toEqual([["test_recorded_x_test_id_test_b_evil_1", 'a"\n: b\\ {c} # d\u0000']]);
    expect(converted(recorded(talk, [], "+49 171 1234567")).yaml).not.toContain("1234567");
    expect(converted(recorded(talk, [], "…")).testIds).toEqual(["test_recorded_interaction_1"]);
    expect(converted(recorded(talk, [], "y".repeat(200))).testIds[0]?.length).toBeLessThanOrEqual(200);
  });

  test("cannot be made where the customer said nothing", () => {
    const result = caseFromInteraction(recorded([said("1", "agent", "hello?")], ["1"]), { mask: maskText });
    expect(!result.ok && result.error).toEqual({ kind: "policy", code: "invalid-input", detail: "nothing that the customer said is kept of this interaction" });
  });
});
