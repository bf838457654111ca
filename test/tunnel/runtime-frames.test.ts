import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProtocol, checkToken, connectFrame, readRuntimeFrame, rejection } from "../../electron/tunnel/runtime-frames.ts";
import { jwtOf } from "../support/scripted-runtime.ts";

const introduction = { botId: "bot_1", channel: "webchat", protocolVersion: "2.0", protocolVersions: ["1.0", "2.0", "2.1"] };

describe("what is checked before CONNECT is sent (contract 1.2)", () => {
  test.each(["1.0", "2.0", "2.1"])("protocol %s may be asked for", (protocolVersion) => {
    expect(checkProtocol({ ...introduction, protocolVersion }).ok).toBe(true);
  });

  test.each(["3.0", "2", "", "2.0 ", "toString"])("protocol %j may not, and what may is told", (protocolVersion) => {
    expect(checkProtocol({ ...introduction, protocolVersion })).toMatchObject({ ok: false, error: { code: "protocol-version", detail: expect.stringContaining("allowed: 1.0, 2.0, 2.1") } });
  });

  test("the list is the configuration's", () => {
    expect(checkProtocol({ ...introduction, protocolVersion: "3.0", protocolVersions: ["3.0"] }).ok).toBe(true);
  });

  test("a JWT is taken", () => {
    expect(checkToken(jwtOf(7)).ok).toBe(true);
  });

  test.each([
    ["too short", "eyJ.a.b"],
    ["two segments", "eyJhbGciOiJub25lIn0.eyJudW1iZXIiOjB9"],
    ["four segments", `${jwtOf(0)}.more`],
    ["another beginning", "abJhbGciOiJub25lIn0.eyJudW1iZXIiOjB9.c2ln"],
    ["an empty segment", "eyJhbGciOiJub25lIn0..c2lnbmF0dXJl"],
    ["plain base64", "eyJhbGciOiJub25lIn0=.eyJu+W1i/ZXIiOjB9.c2ln"],
    ["a line break", `${jwtOf(0)}\n`],
    ["nothing", ""],
  ])("a token with %s is not, and nothing of it is told", (_name, token) => {
    const checked = checkToken(token);
    expect(checked).toMatchObject({ ok: false, error: { code: "token-form", detail: expect.stringMatching(/allowed: at least 20 characters in 3 base64url segments/) } });
    if (token.length > 8) expect(JSON.stringify(checked)).not.toContain(token.slice(0, 8));
  });
});

test("the first frame holds what the contract names, and nothing else", () => {
  expect(JSON.parse(connectFrame(introduction, jwtOf(1)))).toEqual({ type: "CONNECT", botId: "bot_1", channel: "webchat", protocolVersion: "2.0", authToken: jwtOf(1), metadata: {} });
});

describe("a frame of the runtime", () => {
  test.each<[string | null, object]>([
    [null, { kind: "malformed", reason: "binary" }],
    ["", { kind: "malformed", reason: "not JSON" }],
    ["{", { kind: "malformed", reason: "not JSON" }],
    ["null", { kind: "malformed", reason: "not an object" }],
    ["[]", { kind: "malformed", reason: "not an object" }],
    ['"CONNECTED"', { kind: "malformed", reason: "not an object" }],
    ['{"type":"CONNECTED","sessionId":"x"}', { kind: "connected" }],
    ['{"type":"TOKEN_REFRESHED"}', { kind: "token-refreshed" }],
    ['{"status":"available"}', { kind: "status", status: "available" }],
    ['{"status":"going\\u0007 down"}', { kind: "status", status: "going  down" }],
    ['{"status":1}', { kind: "other", type: null }],
    ['{"type":null,"status":"available"}', { kind: "other", type: null }],
    ['{"type":"CHANNEL","status":"available"}', { kind: "other", type: "CHANNEL" }],
    ['{"type":"connected"}', { kind: "other", type: "connected" }],
    ['{"type":["CONNECTED"]}', { kind: "other", type: null }],
  ])("%j is %o", (text, frame) => {
    expect(readRuntimeFrame(text)).toMatchObject(frame);
  });

  test.each<[string, (token: string) => string]>([
    ["a status", (token) => JSON.stringify({ status: token })],
    ["a type", (token) => JSON.stringify({ type: `X ${token}` })],
  ])("a token in %s is withheld, whole and cut off", (_name, frameOf) => {
    const token = `${jwtOf(1)}${"x".repeat(300)}`;
    for (const length of [token.length, 120, 40, 12]) {
      const read = JSON.stringify(readRuntimeFrame(frameOf(token.slice(0, length))));
      expect(read).toContain("[token]");
      expect(read).not.toContain("eyJ");
    }
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readRuntimeFrame(text).kind).toMatch(/^(connected|token-refreshed|status|other|malformed)$/);
      }),
    );
  });
});

describe("a refusal of the first frame", () => {
  test.each<[string, string, string]>([
    ["its message", '{"type":"ERROR","message":"bot is at capacity"}', "bot is at capacity"],
    ["the message of its error", '{"error":{"code":4,"message":"wrong channel"},"reason":"x"}', "wrong channel"],
    ["the frame", '{"type":"HELLO", "x":1}', '{"type":"HELLO","x":1}'],
  ])("tells %s", (_name, text, detail) => {
    expect(rejection(text)).toEqual({ kind: "refused", code: "runtime-refused", detail });
  });

  test("is cut short, whatever its length", () => {
    expect(rejection(JSON.stringify({ message: "no ".repeat(10_000) })).detail.length).toBeLessThanOrEqual(201);
  });

  test.each<[string, (token: string) => string]>([
    ["in words", (token) => JSON.stringify({ message: `token ${token} is unknown` })],
    ["in a frame of no words", (token) => JSON.stringify({ type: "CONNECT", channel: "webchat", authToken: token })],
    ["with an escape in it", (token) => `{"why":"${token.replaceAll(".", "\\u002e").replace("e", "\\u0065")}"}`],
  ])("withholds a token %s, however long it is and wherever the words are cut", (_name, frameOf) => {
    for (const more of [0, 20, 60, 100, 140, 180, 300, 5_000]) {
      const token = `${jwtOf(1)}${"x".repeat(more)}`;
      const { detail } = rejection(frameOf(token));
      expect(detail).toContain("[token]");
      expect(detail).not.toContain("eyJ");
    }
  });
});
