import { describe, expect, test } from "vitest";
import { failureTable } from "./failures.ts";
import { modelTunnel, type TunnelModel } from "./tunnel-model.ts";

/** A tunnel that is dialling. */
function dialling(): TunnelModel {
  const model = modelTunnel();
  model.happens({ kind: "socket", event: "start" });
  return model;
}

describe("what follows a failure (contract 1)", () => {
  test.each(failureTable)("$name: $follows", ({ failure, follows }) => {
    const model = dialling();
    model.happens({ kind: "fails", failure });
    const renews = follows.startsWith("renew");
    if (renews) {
      // At once, and once.
      expect(model.state().kind).toBe("validating");
      model.happens({ kind: "fails", failure });
    }
    const state = model.state();
    if (follows.endsWith("rejected")) {
      expect(state.kind).toBe("rejected");
      return;
    }
    expect(state.kind).toBe("reconnecting");
    const waitMs = state.kind === "reconnecting" ? state.retryAt - model.now() : 0;
    // Half of the first step of the backoff (2 s), or exactly the minute of contract 1.1.
    expect(waitMs).toBe(follows === "wait a minute" ? 60_000 : 1_000);
  });

  test("a bot that is not ready is looked at every minute, however often it was not", () => {
    const model = dialling();
    const refused = { kind: "authorization", fault: { kind: "refused", code: "session-limit", detail: "full" } } as const;
    for (let minute = 1; minute <= 20; minute += 1) {
      model.happens({ kind: "fails", failure: refused });
      expect(model.state()).toMatchObject({ kind: "reconnecting", retryAt: minute * 60_000, fault: { code: "session-limit" } });
      model.happens({ kind: "pass", ms: 60_000 });
      expect(model.state().kind).toBe("validating");
    }
  });
});
