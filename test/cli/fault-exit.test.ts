import { describe, expect, test } from "vitest";
import { exitCodeOf } from "../../electron/cli/fault-exit.ts";
import { faultCodes, type FaultCode } from "../../shared/fault.ts";

/** Written out apart from the program's own table: a code that is moved there, or is new, has to be decided here too. */
const refusals: readonly FaultCode[] = [
  "bad-request",
  "credentials",
  "forbidden",
  "missing-scope",
  "not-found",
  "bot-inactive",
  "channel-missing",
  "session-limit",
  "protocol-version",
  "token-form",
  "runtime-refused",
  "audit-broken",
  "no-answer",
  "address-refused",
];
const notTried: readonly FaultCode[] = [
  "network",
  "timeout",
  "unknown-host",
  "certificate",
  "clock-wrong",
  "aborted",
  "no-credentials",
  "rate-limited",
  "server-error",
  "unexpected-status",
  "malformed-reply",
  "reply-too-large",
  "socket-lost",
  "socket-abnormal",
  "socket-silent",
  "socket-refused",
  "closed-by-peer",
  "simulation-lost",
  "simulation-timeout",
  "disk",
  "in-use",
  "newer-file",
  "circuit-open",
  "no-secret",
  "invalid-input",
  "not-allowed",
  "not-found-here",
];

describe("the exit code of a fault", () => {
  test("every code is placed once", () => {
    expect([...refusals, ...notTried].toSorted()).toStrictEqual(faultCodes.toSorted());
  });

  test.each(refusals)("%s: the answer is no", (code) => {
    expect(exitCodeOf({ kind: "refused", code })).toBe(1);
  });

  test.each(notTried)("%s: it could not be tried", (code) => {
    expect(exitCodeOf({ kind: "transport", code })).toBe(2);
  });

  test("a close that was judged a refusal is one; a quota is none, whoever sets it", () => {
    expect(exitCodeOf({ kind: "refused", code: "closed-by-peer" })).toBe(1);
    expect(exitCodeOf({ kind: "refused", code: "rate-limited" })).toBe(2);
  });
});
