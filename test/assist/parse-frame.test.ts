import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_CONTEXT_DEPTH } from "../../electron/assist/context-bounds.ts";
import { MAX_FRAME_BYTES, parseFrame, readPayload, updatePayloadSchema } from "../../electron/assist/parse-frame.ts";

const frameOf = (payload: unknown, type: unknown = "INTERACTION_UPDATE"): string => JSON.stringify({ type, payload });
const parse = (data: string) => parseFrame(data, Buffer.byteLength(data));
const payloadOf = (payload: unknown) => {
  const frame = parse(frameOf(payload));
  if (frame.kind !== "update") throw new Error(`${frame.kind}: ${JSON.stringify(frame)}`);
  return frame.payload;
};
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("an update", () => {
  test("gets its defaults: no words, score 0, final, nobody known to speak, an empty context", () => {
    expect(payloadOf({ interactionId: "i1" })).toEqual({
      interactionId: "i1",
      transcript: "",
      sentimentScore: 0,
      speaker: "unknown",
      final: true,
      context: {},
    });
  });

  test("carries every optional field that is present", () => {
    expect(
      payloadOf({
        interactionId: "i1",
        transcript: "Hello <b>you</b>",
        sentimentScore: -1,
        speaker: "caller",
        timestamp: "2026-01-05T09:00:00.250Z",
        utteranceId: 17,
        final: false,
        sequence: 0,
        status: "ended",
        customerName: "Ms Brown",
        channel: "voice",
        queue: "Billing",
        agentId: "a1",
        context: { tier: "gold", list: [1, { two: null }] },
      }),
    ).toEqual({
      interactionId: "i1",
      transcript: "Hello <b>you</b>",
      sentimentScore: -1,
      speaker: "customer",
      timestamp: Date.UTC(2026, 0, 5, 9, 0, 0, 250),
      utteranceId: "17",
      final: false,
      sequence: 0,
      status: "ended",
      customerName: "Ms Brown",
      channel: "voice",
      queue: "Billing",
      agentId: "a1",
      context: { tier: "gold", list: [1, { two: null }] },
    });
  });

  test.for([-1.01, 1.01, 7, -100, "0.5", null, true, [], {}])("loses a score of %j, not the utterance", (sentimentScore) => {
    expect(payloadOf({ interactionId: "i1", transcript: "hi", sentimentScore })).toMatchObject({ transcript: "hi", sentimentScore: 0 });
  });

  test("a score beyond all numbers is lost as well", () => {
    const frame = parse('{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i1","transcript":"hi","sentimentScore":-1e999}}');
    expect(frame).toMatchObject({ kind: "update", payload: { transcript: "hi", sentimentScore: 0 } });
  });

  test.for([
    ["speaker", "bot", "unknown"],
    ["speaker", 1, "unknown"],
    ["timestamp", "yesterday", undefined],
    ["timestamp", "2026-02-31T25:00:00Z", undefined],
    ["timestamp", -5, undefined],
    ["timestamp", {}, undefined],
    ["utteranceId", "", undefined],
    ["utteranceId", "x".repeat(201), undefined],
    ["utteranceId", ["a"], undefined],
    ["final", "false", true],
    ["final", 0, true],
    ["sequence", 1.5, undefined],
    ["sequence", "1", undefined],
    ["sequence", 2 ** 60, undefined],
    ["status", 1, undefined],
    ["customerName", "", undefined],
    ["customerName", { a: 1 }, undefined],
    ["channel", [], undefined],
    ["queue", "q".repeat(201), undefined],
    ["context", "x", {}],
    ["context", [1], {}],
    ["context", null, {}],
  ] as const)("an optional %s of %j is dropped alone", ([field, value, expected]) => {
    const payload = payloadOf({ interactionId: "i1", transcript: "hi", customerName: "Ms Brown", [field]: value });
    expect(payload).toMatchObject({ interactionId: "i1", transcript: "hi" });
    expect(payload[field]).toEqual(expected);
  });

  test.each([true, "", ["other"], { id: "other" }, "x".repeat(201)])("an agent id of %j names nobody, which is not the same as none", (agentId) => {
    expect(payloadOf({ interactionId: "i1", transcript: "hi", agentId }).agentId).toBe("");
  });

  test.each([undefined, null])("an agent id of %j is none", (agentId) => {
    expect(payloadOf({ interactionId: "i1", transcript: "hi", agentId }).agentId).toBeUndefined();
  });

  test.for([
    ["2026-01-05T09:00:00Z", Date.UTC(2026, 0, 5, 9)],
    ["2026-01-05T10:00:00.5+01:00", Date.UTC(2026, 0, 5, 9, 0, 0, 500)],
    ["2026-01-05T09:00:00", Date.UTC(2026, 0, 5, 9)],
    ["2026-01-05T09:00", Date.UTC(2026, 0, 5, 9)],
    [1_767_603_600_000, 1_767_603_600_000],
    [1_767_603_600_000.75, 1_767_603_600_000],
  ] as const)("the timestamp %s is %d", ([timestamp, expected]) => {
    expect(payloadOf({ interactionId: "i1", timestamp }).timestamp).toBe(expected);
  });

  test("members that are named like an object's own are harmless", () => {
    const frame = parse(
      '{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i1","__proto__":{"transcript":"stolen"},"context":{"__proto__":{"evil":1},"constructor":{"prototype":{"evil":2}},"in":[{"__proto__":{"evil":3}}]}}}',
    );
    if (frame.kind !== "update") throw new Error(frame.kind);
    expect(frame.payload.transcript).toBe("");
    const copied: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(frame.payload.context)) copied[key] = value;
    expect(copied["evil"]).toBeUndefined();
    expect(JSON.stringify(frame.payload.context)).not.toContain("__proto__");
    expect(({} as Record<string, unknown>)["evil"]).toBeUndefined();
  });
});

describe("other frames", () => {
  test.for(["HEARTBEAT", "interaction_update", "", "__proto__"])("of type %j are tolerated", (type) => {
    expect(parse(frameOf(null, type))).toEqual({ kind: "other" });
  });

  test.for([
    ["not JSON", ""],
    ["not JSON", "{"],
    ["not JSON", '{"type":"INTERACTION_UPDATE",}'],
    ["not JSON", "\u0000\u0001"],
    ["not an object", "null"],
    ["not an object", "17"],
    ["not an object", '"INTERACTION_UPDATE"'],
    ["not an object", "[]"],
    ["not an object", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
    ["no type", "{}"],
    ["no type", '{"type":1}'],
    ["no type", nested(100_000)],
    ["payload is not an object", '{"type":"INTERACTION_UPDATE"}'],
    ["payload is not an object", frameOf(null)],
    ["payload is not an object", frameOf([1])],
    ["no interactionId", frameOf({})],
    ["no interactionId", frameOf({ interactionId: "", transcript: "x" })],
    ["no interactionId", frameOf({ interactionId: null })],
    ["interactionId is not text", frameOf({ interactionId: 5 })],
    ["interactionId is too long", frameOf({ interactionId: "i".repeat(201) })],
    ["transcript is not text", frameOf({ interactionId: "i", transcript: 5 })],
    ["transcript is not text", frameOf({ interactionId: "i", transcript: { a: 1 } })],
    ["transcript is too long", frameOf({ interactionId: "i", transcript: "x".repeat(100_001) })],
    ["context is nested too deeply", `{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i","context":${nested(100_000)}}}`],
    ["context is nested too deeply", `{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i","context":${nested(MAX_CONTEXT_DEPTH + 1)}}}`],
    ["context is too large", frameOf({ interactionId: "i", context: { list: Array.from({ length: 10_000 }, () => 1) } })],
  ] as const)("are malformed, %s", ([reason, data]) => {
    expect(parse(data)).toEqual({ kind: "malformed", reason, bytes: Buffer.byteLength(data) });
  });

  test("a context at its greatest depth, and depth where nothing is kept, pass", () => {
    expect(parse(`{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i","context":${nested(MAX_CONTEXT_DEPTH)}}}`).kind).toBe("update");
    expect(parse(`{"type":"INTERACTION_UPDATE","payload":{"interactionId":"i","more":${nested(100_000)}}}`).kind).toBe("update");
  });

  test("what is too large is not even parsed", () => {
    expect(parseFrame("{", MAX_FRAME_BYTES + 1)).toEqual({ kind: "malformed", reason: "too large", bytes: MAX_FRAME_BYTES + 1 });
  });

  test("a reason never carries text of the frame", () => {
    const frame = parse(frameOf({ interactionId: "i", transcript: ["secret"] }));
    expect(JSON.stringify(frame)).not.toContain("secret");
  });
});

describe("the reader and the schema", () => {
  const wrong = fc.oneof(fc.constant(null), fc.boolean(), fc.double({ noNaN: true }), fc.string(), fc.array(fc.integer(), { maxLength: 2 }), fc.constant({ a: 1 }));
  const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constant("x".repeat(201)), fc.constant("x".repeat(200)));
  const field = (right: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: wrong });
  const payload = fc.record(
    {
      interactionId: field(fc.oneof({ weight: 5, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) }, text)),
      transcript: field(fc.string()),
      sentimentScore: field(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 1, -0, 1.0001))),
      speaker: field(fc.constantFrom("agent", "caller", "customer", "Agent")),
      timestamp: field(fc.oneof(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }).map((date) => date.toISOString()), fc.integer())),
      utteranceId: field(fc.oneof(text, fc.integer())),
      final: field(fc.boolean()),
      sequence: field(fc.oneof(fc.integer(), fc.constantFrom(2 ** 53, 2 ** 53 - 1, -(2 ** 53)))),
      status: field(text),
      customerName: field(text),
      channel: field(text),
      queue: field(text),
      agentId: field(fc.oneof(text, fc.integer())),
      context: field(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))),
    },
    { requiredKeys: ["interactionId"] },
  );

  test("agree on every payload: the same value, or both refuse", () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: payload }, { weight: 1, arbitrary: fc.jsonValue() }), (input) => {
        // Twice parsed, so that neither sees what the other may have taken out.
        const json = JSON.stringify(input);
        const read = readPayload(JSON.parse(json));
        const checked = updatePayloadSchema.safeParse(JSON.parse(json));
        if (typeof read === "string") expect(checked.success).toBe(false);
        else expect(read).toEqual(checked.data);
      }),
      { numRuns: 3_000 },
    );
  });

  test("agree on what goes beyond the bounds of a context", () => {
    const deep: unknown = JSON.parse(nested(MAX_CONTEXT_DEPTH + 1));
    expect(updatePayloadSchema.safeParse({ interactionId: "i", context: deep }).success).toBe(false);
    expect(typeof readPayload({ interactionId: "i", context: deep })).toBe("string");
  });
});
