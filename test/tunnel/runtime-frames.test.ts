import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProtocol, checkToken, connectFrame, readRuntimeFrame } from "../../electron/tunnel/runtime-frames.ts";
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
    ['{"status":1}', { kind: "other", type: null, words: '{"status":1}' }],
    ['{"type":null,"status":"available"}', { kind: "other", type: null }],
    ['{"type":"CHANNEL","status":"available"}', { kind: "other", type: "CHANNEL" }],
    ['{"type":"connected"}', { kind: "other", type: "connected" }],
    ['{"type":["CONNECTED"]}', { kind: "other", type: null }],
  ])("%j is %o", (text, frame) => {
    expect(readRuntimeFrame(text)).toMatchObject(frame);
  });

  test("words are cut short, whatever their length", () => {
    const frame = readRuntimeFrame(JSON.stringify({ type: "X", message: "no ".repeat(10_000) }));
    expect(frame.kind === "other" ? frame.words.length : 0).toBeLessThanOrEqual(201);
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readRuntimeFrame(text).kind).toMatch(/^(connected|token-refreshed|status|other|malformed)$/);
      }),
    );
  });
});
