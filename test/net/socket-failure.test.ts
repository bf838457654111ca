import { describe, expect, test } from "vitest";
import { judgeFailure } from "../../electron/net/socket-failure.ts";
import type { Fault } from "../../shared/fault.ts";

const host = "stream.test";

describe("why a socket ended", () => {
  test.each([
    [1000, "retry", "closed-by-peer"],
    [1001, "retry", "closed-by-peer"],
    [1005, "retry", "closed-by-peer"],
    [1006, "retry", "socket-abnormal"],
    [1008, "renew-then-reject", "closed-by-peer"],
    [1011, "retry", "closed-by-peer"],
    [1012, "retry", "closed-by-peer"],
    [1013, "retry", "closed-by-peer"],
    [3999, "retry", "closed-by-peer"],
    [4400, "reject", "bad-request"],
    [4401, "renew-then-retry", "credentials"],
    [4403, "reject", "forbidden"],
    [4404, "reject", "not-found"],
    [4429, "retry", "rate-limited"],
    [4999, "retry", "closed-by-peer"],
  ])("close code %d: %s, told as %s", (code, verdict, faultCode) => {
    expect(judgeFailure({ kind: "close", code, reason: "the words" }, host)).toMatchObject({
      verdict,
      fault: { code: faultCode, closeCode: code, detail: "the words" },
    });
  });

  test.each([
    [301, "retry", "socket-refused"],
    [400, "retry", "socket-refused"],
    [401, "renew-then-retry", "credentials"],
    [403, "reject", "forbidden"],
    [404, "retry", "not-found"],
    [407, "retry", "socket-refused"],
    [426, "retry", "socket-refused"],
    [429, "retry", "rate-limited"],
    [503, "retry", "server-error"],
  ])("an upgrade refused with %d: %s, told as %s", (status, verdict, code) => {
    expect(judgeFailure({ kind: "upgrade", status, retryAfterMs: undefined }, host)).toMatchObject({
      verdict,
      fault: { code, status, detail: expect.stringContaining(host) },
    });
  });

  test.each([
    ["credentials", "refused", "reject"],
    ["missing-scope", "refused", "reject"],
    ["bad-request", "refused", "reject"],
    ["rate-limited", "refused", "retry"],
    ["server-error", "transport", "retry"],
    ["network", "transport", "retry"],
    ["malformed-reply", "contract", "retry"],
  ] as const)("no token because of %s: %s, so %s", (code, kind, verdict) => {
    const fault: Fault = { kind, code, detail: "" };
    expect(judgeFailure({ kind: "authorization", fault }, host)).toEqual({ verdict, fault });
  });

  test("a first frame refused for its token gets one new token, for anything else final ends it", () => {
    const fault: Fault = { kind: "refused", code: "credentials", detail: "" };
    expect(judgeFailure({ kind: "handshake", fault }, host).verdict).toBe("renew-then-reject");
    expect(judgeFailure({ kind: "handshake", fault: { ...fault, code: "bad-request" } }, host).verdict).toBe("reject");
    expect(judgeFailure({ kind: "handshake", fault: { ...fault, kind: "contract", code: "malformed-reply" } }, host).verdict).toBe("retry");
  });

  test("a frame that is too large or no frame at all ends one connection, not the connecting", () => {
    expect(judgeFailure({ kind: "oversized", limitBytes: 5 }, host)).toMatchObject({ verdict: "retry", fault: { code: "reply-too-large", closeCode: 1009 } });
    expect(judgeFailure({ kind: "protocol", reason: "x" }, host)).toMatchObject({ verdict: "retry", fault: { kind: "contract", closeCode: 1002 } });
  });
});
