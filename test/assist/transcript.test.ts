import { describe, expect, test } from "vitest";
import { readPayload, type UpdatePayload } from "../../electron/assist/parse-frame.ts";
import { createTranscript, MAX_REMEMBERED } from "../../electron/assist/transcript.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

const payload = (fields: Readonly<Record<string, unknown>>): UpdatePayload => {
  const read = readPayload({ interactionId: "call", ...fields });
  if (typeof read === "string") throw new Error(read);
  return read;
};
const start = () => {
  const transcript = createTranscript("call", "");
  return (fields: Readonly<Record<string, unknown>>, now = NOW) => transcript.take(payload(fields), now);
};

describe("what is said", () => {
  test("becomes an utterance with an id, a place and the time it came", () => {
    const take = start();
    expect(take({ transcript: "Hello", speaker: "agent", sentimentScore: 0.3 })).toEqual({
      kind: "utterance",
      utterance: { id: "call:1", speaker: "agent", text: "Hello", at: NOW, score: 0.3, final: true, marks: [] },
      order: 1,
      replaces: false,
    });
    expect(take({ transcript: "Hello", speaker: "agent" })).toMatchObject({ utterance: { id: "call:2" }, order: 2 });
  });

  test("keeps the platform's id, number and time", () => {
    const step = start()({ transcript: "Hi", utteranceId: "u9", sequence: 40, timestamp: NOW - 500 });
    expect(step).toMatchObject({ utterance: { id: "u9", sequence: 40, at: NOW - 500 }, order: 40 });
  });

  test("that comes late keeps its place, and what has no number goes on from the highest", () => {
    const take = start();
    take({ transcript: "two", sequence: 2 });
    expect(take({ transcript: "one", sequence: 1 })).toMatchObject({ kind: "utterance", order: 1 });
    expect(take({ transcript: "three" })).toMatchObject({ order: 3 });
  });

  test.for([
    ["utteranceId", { utteranceId: "u1", transcript: "cancel it" }],
    ["sequence", { sequence: 7, transcript: "cancel it" }],
    ["time, speaker and text", { timestamp: NOW, speaker: "caller", transcript: "cancel it" }],
  ] as const)("again by %s is a duplicate", ([, fields]) => {
    const take = start();
    expect(take(fields).kind).toBe("utterance");
    expect(take(fields).kind).toBe("duplicate");
    expect(take({ ...fields, final: false }).kind).toBe("duplicate");
  });

  test("at the same moment by somebody else, or in other words, is no duplicate", () => {
    const take = start();
    take({ timestamp: NOW, speaker: "caller", transcript: "yes" });
    expect(take({ timestamp: NOW, speaker: "agent", transcript: "yes" }).kind).toBe("utterance");
    expect(take({ timestamp: NOW, speaker: "caller", transcript: "no" }).kind).toBe("utterance");
  });

  test("twice without anything to tell it by was said twice", () => {
    const take = start();
    expect(take({ transcript: "yes" }).kind).toBe("utterance");
    expect(take({ transcript: "yes" }).kind).toBe("utterance");
  });

  test("a platform's ids that look like ours collide with nothing", () => {
    const take = start();
    take({ transcript: "theirs", utteranceId: "call:1" });
    expect(take({ transcript: "ours" })).toMatchObject({ utterance: { id: "call:2" } });
    expect(take({ transcript: "marked", utteranceId: "\u0000#3" }).kind).toBe("utterance");
  });

  test("an id of ours is that of the same words after a restart, and never that of others", () => {
    const runs = ["a-", "b-"].map((run) => createTranscript("call", run));
    const idsOf = (more: Partial<UpdatePayload>): readonly unknown[] =>
      runs.map((transcript) => {
        const step = transcript.take(payload({ transcript: "words", ...more }), NOW);
        return step.kind === "utterance" ? step.utterance.id : step.kind;
      });
    expect(idsOf({ sequence: 7 })).toEqual(["call:#7", "call:#7"]);
    const [first, again] = idsOf({ timestamp: NOW - 5 });
    expect(again).toBe(first);
    expect(idsOf({})).toEqual(["call:a-1", "call:b-1"]);
    expect(idsOf({ utteranceId: "call:#8" })).toEqual(["call:#8", "call:#8"]);
    expect(idsOf({ sequence: 8 })).toEqual(["call:a-2", "call:b-2"]);
  });

  test("ids stay within their bound for the longest interaction id", () => {
    const step = createTranscript("i".repeat(200), `${"r".repeat(36)}-`).take(payload({ transcript: "x" }), NOW);
    if (step.kind !== "utterance") throw new Error(step.kind);
    expect(step.utterance.id.length).toBeLessThanOrEqual(200);
  });
});

describe("an interim form", () => {
  test("is replaced by the next form with its id, in its place", () => {
    const take = start();
    expect(take({ transcript: "I want", utteranceId: "u1", final: false })).toMatchObject({ utterance: { id: "u1", final: false }, order: 1, replaces: false });
    take({ transcript: "Mhm", utteranceId: "u2" });
    expect(take({ transcript: "I want to", utteranceId: "u1", final: false })).toMatchObject({ order: 1, replaces: true });
    expect(take({ transcript: "I want to cancel", utteranceId: "u1" })).toMatchObject({ utterance: { id: "u1", final: true }, order: 1, replaces: true });
    expect(take({ transcript: "I want to cancel", utteranceId: "u1" }).kind).toBe("duplicate");
  });

  test("without an id is replaced by the next words of the same speaker without one", () => {
    const take = start();
    const first = take({ transcript: "I", speaker: "caller", final: false });
    expect(first).toMatchObject({ utterance: { id: "call:1" } });
    expect(take({ transcript: "Yes?", speaker: "agent" })).toMatchObject({ utterance: { id: "call:2" }, replaces: false });
    expect(take({ transcript: "other", speaker: "caller", utteranceId: "u5" })).toMatchObject({ replaces: false });
    expect(take({ transcript: "I want", speaker: "caller", final: false })).toMatchObject({ utterance: { id: "call:1" }, replaces: true, order: 1 });
    expect(take({ transcript: "I want it", speaker: "caller" })).toMatchObject({ utterance: { id: "call:1" }, replaces: true, order: 1 });
    expect(take({ transcript: "More", speaker: "caller" })).toMatchObject({ utterance: { id: "call:3" }, replaces: false });
  });

  test("is not replaced by words that the platform numbered before it", () => {
    const take = start();
    take({ transcript: "new wor", speaker: "caller", sequence: 5, final: false });
    expect(take({ transcript: "old words", speaker: "caller", sequence: 4 })).toMatchObject({ replaces: false, order: 4 });
    expect(take({ transcript: "new words", speaker: "caller", sequence: 5 })).toMatchObject({ replaces: true, order: 5, utterance: { id: "call:#5" } });
  });

  test("that comes after its final form is a duplicate", () => {
    const take = start();
    take({ transcript: "done", utteranceId: "u1" });
    expect(take({ transcript: "do", utteranceId: "u1", final: false }).kind).toBe("duplicate");
  });
});

describe("a payload without words", () => {
  test.for([{}, { customerName: "Ms Brown" }, { transcript: "  \n" }])("is evaluated with a score of 0: %j", (payload) => {
    expect(start()(payload)).toMatchObject({ kind: "score", utterance: { score: 0 } });
  });

  test.for([{ status: "active" }, { status: "ended" }, { sentimentScore: -0.9, status: "ended" }, { sentimentScore: -0.9, final: false }])(
    "is silence: %j",
    (fields) => {
      expect(start()(fields)).toEqual({ kind: "silence" });
    },
  );

  test("but with a score is to be evaluated, once", () => {
    const take = start();
    expect(take({ sentimentScore: -0.9, utteranceId: "u1" })).toMatchObject({ kind: "score", utterance: { text: "", score: -0.9 }, order: 1 });
    expect(take({ sentimentScore: -0.9, utteranceId: "u1" }).kind).toBe("duplicate");
    expect(take({ sentimentScore: -0.9 }).kind).toBe("score");
  });

  test("does not take the place of the words that belong to its id, nor follow them", () => {
    const take = start();
    take({ sentimentScore: -0.9, utteranceId: "u1" });
    expect(take({ transcript: "hello", utteranceId: "u1" }).kind).toBe("utterance");
    expect(take({ sentimentScore: -0.5, utteranceId: "u1" }).kind).toBe("duplicate");
  });

  test("leaves an interim form waiting", () => {
    const take = start();
    take({ transcript: "I wa", speaker: "caller", final: false });
    take({ sentimentScore: -0.9, speaker: "caller" });
    expect(take({ transcript: "I want", speaker: "caller" })).toMatchObject({ utterance: { id: "call:1" }, replaces: true });
  });
});

describe("memory", () => {
  test("knows the last two thousand utterances at least, and no more than twice as many", () => {
    const take = start();
    for (let number = 0; number <= 2 * MAX_REMEMBERED; number += 1) take({ transcript: "x", utteranceId: `u${number}` });
    expect(take({ transcript: "x", utteranceId: `u${MAX_REMEMBERED + 1}` }).kind).toBe("duplicate");
    expect(take({ transcript: "x", utteranceId: `u${2 * MAX_REMEMBERED}` }).kind).toBe("duplicate");
    expect(take({ transcript: "x", utteranceId: "u0" }).kind).toBe("utterance");
  });

  test("interim forms that never end are let go, the oldest first", () => {
    const take = start();
    for (let number = 0; number < 150; number += 1) take({ transcript: "x", utteranceId: `u${number}`, final: false });
    expect(take({ transcript: "x", utteranceId: "u149" })).toMatchObject({ replaces: true });
    expect(take({ transcript: "x", utteranceId: "u0" })).toMatchObject({ replaces: false });
  });
});
