import { describe, expect, test } from "vitest";
import { type Fault, faultCodes } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";

const fault = (code: Fault["code"], more: Partial<Fault> = {}): Fault => ({ kind: "transport", code, detail: "", ...more });

describe("fault table", () => {
  test.each(faultCodes)("says of %s what happened, why and what to do, in short whole sentences", (code) => {
    const text = describeFault(fault(code));
    for (const part of [text.what, text.cause, text.remedy]) {
      expect(part).toMatch(/^[A-Z].*\.$/);
      expect(part.length).toBeLessThanOrEqual(180);
    }
    expect(text.what.length).toBeLessThanOrEqual(70);
  });

  test.each(faultCodes)("says of a service's %s nothing of the platform, its client or its scopes", (code) => {
    const text = describeFault(fault(code, { from: "service", retryAfterMs: 1_000 }));
    for (const part of [text.what, text.cause]) expect(part.length).toBeLessThanOrEqual(180);
    if (!["network", "timeout", "bad-request", "credentials", "forbidden", "not-found", "rate-limited", "server-error", "unexpected-status", "malformed-reply", "reply-too-large", "aborted", "circuit-open", "address-refused"].includes(code)) return;
    expect(`${text.what} ${text.cause} ${text.remedy}`).not.toMatch(/platform|client id|scope|tenant|supervisor/i);
  });

  test("no two codes say the same", () => {
    expect(new Set(faultCodes.map((code) => describeFault(fault(code)).what)).size).toBe(faultCodes.length);
  });

  test("weaves in what was found, as a sentence", () => {
    expect(describeFault(fault("missing-scope", { detail: "x.test granted no bot:read" })).cause).toMatch(/Found: x\.test granted no bot:read\.$/);
    expect(describeFault(fault("disk", { detail: "audit is full." })).cause).toMatch(/ audit is full\.$/);
    expect(describeFault(fault("disk", { detail: "  " })).cause).not.toContain("Found");
  });

  test("tells the length of a pause that was asked for", () => {
    expect(describeFault(fault("rate-limited", { retryAfterMs: 1_000 })).remedy).toContain("asked for 1 second.");
    expect(describeFault(fault("rate-limited", { retryAfterMs: 29_400 })).remedy).toContain("asked for 30 seconds.");
    expect(describeFault(fault("rate-limited", { retryAfterMs: 600_000 })).remedy).toContain("asked for 10 minutes.");
    expect(describeFault(fault("rate-limited")).remedy).not.toContain("asked for");
  });

  test("explains the close codes, and an unknown one no further than it knows", () => {
    expect(describeFault(fault("closed-by-peer", { closeCode: 1008 })).cause).toMatch(/^Code 1008: .*policy.*token/);
    expect(describeFault(fault("closed-by-peer", { closeCode: 1012 })).cause).toMatch(/^Code 1012: .*restarting/);
    expect(describeFault(fault("closed-by-peer", { closeCode: 4999 })).cause).toBe(describeFault(fault("closed-by-peer")).cause);
  });

  test("takes up the advice for what goes wrong most", () => {
    expect(describeFault(fault("no-credentials")).cause).toMatch(/nothing was asked/);
    expect(describeFault(fault("credentials"))).toMatchObject({ cause: expect.stringMatching(/client id or secret.*expired/) });
    expect(describeFault(fault("forbidden")).cause).toMatch(/scope.*role.*workspace/);
    expect(describeFault(fault("rate-limited")).cause).toMatch(/quota/);
    expect(describeFault(fault("socket-abnormal")).cause).toMatch(/idle timeout.*proxy.*443.*protocol version/);
    expect(describeFault(fault("bad-request")).remedy).toMatch(/field/);
  });
});
