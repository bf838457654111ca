import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_FRAME_BYTES, messageSchema, parseGenesysFrame, readMessage, subscribeFrame } from "../../electron/bridge/genesys-frames.ts";

const DATA = { id: "m1", conversationId: "c1", body: "Where is my card?" };
const parse = (data: string) => parseGenesysFrame(data, Buffer.byteLength(data));
const event = (eventData: unknown, more: object = {}) => parse(JSON.stringify({ eventType: "message", sequenceId: 7, eventData, ...more }));
const messageOf = (eventData: unknown) => {
  const frame = event(eventData);
  if (frame.kind !== "message") throw new Error(JSON.stringify(frame));
  return frame.message;
};

describe("a message event", () => {
  test("needs an id, a conversation and a body, and says nothing of the rest", () => {
    expect(event(DATA)).toEqual({
      kind: "message",
      sequenceId: 7,
      message: { id: "m1", conversationId: "c1", communicationId: null, agentId: null, customerName: null, text: "Where is my card?", direction: "unsaid", eventTime: null },
    });
  });

  test("carries what else it says", () => {
    expect(
      messageOf({ ...DATA, communicationId: "k1", agentId: "a1", customerName: "Ms\u0000 Brown ", direction: "inbound", eventTime: "2026-01-05T09:00:00.250Z", more: { ofThe: "platform's" } }),
    ).toEqual({
      id: "m1",
      conversationId: "c1",
      communicationId: "k1",
      agentId: "a1",
      customerName: "Ms Brown",
      text: "Where is my card?",
      direction: "inbound",
      eventTime: Date.UTC(2026, 0, 5, 9, 0, 0, 250),
    });
  });

  test("may have numbers for ids", () => {
    expect(messageOf({ ...DATA, id: 17, conversationId: -4.5, communicationId: 3, agentId: 0 })).toMatchObject({
      id: "17",
      conversationId: "-4.5",
      communicationId: "3",
      agentId: "0",
    });
  });

  test("keeps ids apart that are larger than numbers are exact, in spite of a body full of digits", () => {
    const frame = (id: string) => parse(`{"eventType":"message","sequenceId":8,"eventData":{"id":${id},"conversationId" : ${id}1,"agentId":9007199254740991,"body":"card: 4111111111111111111"}}`);
    expect(frame("12345678901234567890")).toMatchObject({
      kind: "message",
      message: { id: "12345678901234567890", conversationId: "123456789012345678901", agentId: "9007199254740991", text: "card: 4111111111111111111" },
    });
    expect(frame("12345678901234567891")).toMatchObject({ message: { id: "12345678901234567891" } });
    expect(parse('{"eventType":"message","eventData":{"id":1e999,"conversationId":1,"body":"x"}}')).toMatchObject({ kind: "malformed", reason: "id is not text" });
  });

  test.each([
    ["outbound", "outbound"],
    ["OUTBOUND", "outbound"],
    ["Inbound", "inbound"],
    ["both", "unsaid"],
    [1, "unsaid"],
    [null, "unsaid"],
  ])("with the direction %j is %s", (direction, read) => {
    expect(messageOf({ ...DATA, direction }).direction).toBe(read);
  });

  test.each([
    ["2026-01-05T10:00:00+01:00", Date.UTC(2026, 0, 5, 9)],
    [1_767_603_600_000, 1_767_603_600_000],
    ["yesterday", null],
    ["1767603600000", null],
    [-1, null],
    [null, null],
    [{}, null],
  ])("that was written at %j was written at %j", (eventTime, read) => {
    expect(messageOf({ ...DATA, eventTime }).eventTime).toBe(read);
  });

  test.each([
    ["communicationId", "", null],
    ["communicationId", "x".repeat(201), null],
    ["communicationId", ["k"], null],
    ["agentId", "", ""],
    ["agentId", true, ""],
    ["agentId", "x".repeat(201), ""],
    ["agentId", null, null],
    ["customerName", "", null],
    ["customerName", "\u0007 ", null],
    ["customerName", "x".repeat(201), null],
    ["customerName", 7, null],
  ] as const)("loses an optional %s of %j alone", (field, value, read) => {
    const message = messageOf({ ...DATA, [field]: value });
    expect(message).toMatchObject({ id: "m1", text: "Where is my card?", [field]: read });
  });

  test("has its HTML still and its control characters no more", () => {
    expect(messageOf({ ...DATA, body: "<b>Hi</b>\u0000\r\n\u0085you\ud800" }).text).toBe("<b>Hi</b>\nyou");
  });

  test("may have a body of 1 MB, whole", () => {
    const body = "ä".repeat(524_288);
    expect(messageOf({ ...DATA, body }).text).toBe(body);
  });
});

describe("what breaks the contract is told by name, and its number still counts", () => {
  test.each([
    [{ ...DATA, id: undefined }, "no id"],
    [{ ...DATA, id: null }, "no id"],
    [{ ...DATA, id: "" }, "no id"],
    [{ ...DATA, id: true }, "id is not text"],
    [{ ...DATA, id: { value: "m1" } }, "id is not text"],
    [{ ...DATA, id: "\ud800" }, "id is not text"],
    [{ ...DATA, id: "x".repeat(201) }, "id is too long"],
    [{ ...DATA, conversationId: undefined }, "no conversationId"],
    [{ ...DATA, conversationId: [] }, "conversationId is not text"],
    [{ ...DATA, conversationId: "x".repeat(201) }, "conversationId is too long"],
    [{ ...DATA, body: undefined }, "no body"],
    [{ ...DATA, body: null }, "no body"],
    [{ ...DATA, body: "" }, "no body"],
    [{ ...DATA, body: " \u0000\n" }, "no body"],
    [{ ...DATA, body: 7 }, "body is not text"],
    [{ ...DATA, body: { text: "x" } }, "body is not text"],
    [[], "eventData is not an object"],
    ["x", "eventData is not an object"],
    [null, "no eventData"],
    [undefined, "no eventData"],
  ])("%#: %j", (eventData, reason) => {
    expect(event(eventData)).toEqual({ kind: "malformed", reason, sequenceId: 7 });
  });

  test.each([
    ["", "not JSON", null],
    ["not json at all", "not JSON", null],
    ['{"eventType":"message","eventData":{"id"', "not JSON", null],
    ["[]", "not an object", null],
    ["null", "not an object", null],
    ['"message"', "not an object", null],
    ["{}", "no eventType", null],
    ['{"eventData":{"id":"m1"},"sequenceId":9}', "no eventType", 9],
    ['{"sequenceId":"many"}', "no eventType", null],
    ['{"eventType":7,"sequenceId":9}', "eventType is not text", 9],
    ['{"eventType":"error","sequenceId":9,"eventData":{"message":"unknown filter"}}', "an error event", 9],
  ])("%s", (data, reason, sequenceId) => {
    expect(parse(data)).toEqual({ kind: "malformed", reason, sequenceId });
  });

  test("a frame above 2 MB is not read", () => {
    expect(parseGenesysFrame("", MAX_FRAME_BYTES + 1)).toEqual({ kind: "malformed", reason: "too large", sequenceId: null });
    const body = "x".repeat(MAX_FRAME_BYTES - 200);
    expect(messageOf({ ...DATA, body }).text).toHaveLength(body.length);
  });

  test("a frame of a hundred thousand brackets is one malformed frame, with long numbers in it or without", () => {
    const depth = "[".repeat(100_000);
    expect(parse(`{"eventType":"message","eventData":${depth}`)).toMatchObject({ kind: "malformed", reason: "not JSON" });
    const whole = `{"n":1234567890123456789,"eventType":"message","eventData":${depth}${"]".repeat(100_000)}}`;
    expect(parse(whole).kind).toBe("malformed");
  });
});

describe("other frames", () => {
  test("a number and no type is the reply to a subscription", () => {
    expect(parse('{"sequenceId":41}')).toEqual({ kind: "subscribed", sequenceId: 41 });
    expect(parse('{"sequenceId":"41","status":"ok","eventType":null}')).toEqual({ kind: "subscribed", sequenceId: 41 });
  });

  test("another type of event is tolerated, and its number counts", () => {
    expect(parse('{"eventType":"conversation","sequenceId":9,"eventData":[]}')).toEqual({ kind: "other", sequenceId: 9 });
    expect(parse('{"eventType":"heartbeat"}')).toEqual({ kind: "other", sequenceId: null });
  });

  test.each([
    [0, 0],
    ["0012", 12],
    [-3, -3],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    [9_007_199_254_740_992, null],
    ["9007199254740993", null],
    [1.5, null],
    ["1.5", null],
    ["-1", null],
    ["", null],
    [null, null],
    [true, null],
    [[1], null],
  ])("the number %j is %j", (sequenceId, read) => {
    expect(event(DATA, { sequenceId })).toMatchObject({ kind: "message", sequenceId: read });
  });

  test("a number of minus nothing is nothing", () => {
    expect(parse('{"eventType":"x","sequenceId":-0}').sequenceId).toBe(0);
  });
});

test("the subscription is what the contract says, with the resume point where one is known", () => {
  expect(subscribeFrame(null)).toBe('{"events":["message"],"filter":{"type":"chat","status":["ACTIVE"]}}');
  expect(subscribeFrame(0)).toBe('{"events":["message"],"filter":{"type":"chat","status":["ACTIVE"]},"sequenceId":0}');
});

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("inbound", "OUTBOUND", "2026-01-05T09:00:00Z", "\ud800", "x".repeat(200), "x".repeat(201), "", " ", "\u0000", 17, -0, 1.5, 1e300, null, undefined),
);
const members = ["id", "conversationId", "communicationId", "agentId", "customerName", "body", "direction", "eventTime", "other"] as const;
const eventData = fc.oneof(
  anything,
  fc
    .record(Object.fromEntries(members.map((name) => [name, anything])), { requiredKeys: [] })
    .map((odd): unknown => odd),
  fc
    .record(Object.fromEntries(members.slice(2).map((name) => [name, anything])), { requiredKeys: [] })
    .map((odd): unknown => ({ id: "m1", conversationId: 5, body: "hi", ...odd })),
);

test("the reader takes what the schema takes, and makes the same of it", () => {
  let taken = 0;
  fc.assert(
    fc.property(eventData, (data) => {
      const read = readMessage(data);
      const defined = messageSchema.safeParse(data);
      expect(typeof read === "string").toBe(!defined.success);
      if (defined.success) {
        taken += 1;
        expect(read).toEqual(defined.data);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(300);
});

test("no text makes the reader throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.json().map((data) => `{"eventType":"message","sequenceId":1,"eventData":${data}}`)), (data) => {
      expect(["message", "malformed", "other", "subscribed"]).toContain(parse(data).kind);
    }),
  );
});
