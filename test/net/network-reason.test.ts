import { describe, expect, test } from "vitest";
import { networkReason } from "../../electron/net/network-reason.ts";

const coded = (code: string, message = "secret words") => Object.assign(new Error(message), { code });

describe("why a connection failed", () => {
  test.each([
    [coded("ECONNREFUSED"), "nothing listens there (ECONNREFUSED)"],
    [new TypeError("fetch failed", { cause: coded("ENOTFOUND") }), "the host name is unknown (ENOTFOUND)"],
    [new AggregateError([coded("EHOSTUNREACH"), coded("ECONNREFUSED")]), "the host cannot be reached (EHOSTUNREACH)"],
    [coded("E_SOMETHING_NEW"), "E_SOMETHING_NEW"],
    [new Error("x", { cause: Object.assign(new Error("Proxy response (407) !== 200 when HTTP Tunneling"), { code: "UND_ERR_ABORTED" }) }), "the proxy answered 407"],
  ])("%# is told by its code", (error, words) => {
    expect(networkReason(error)).toBe(words);
  });

  test.each([new Error("Bearer secret"), coded("Bearer secret"), "secret", null, { code: "ECONNREFUSED", message: "secret" }])(
    "%# has no code that can be trusted, and its message is not quoted",
    (error) => {
      expect(networkReason(error)).toBe("the connection failed");
    },
  );

  test("a chain of causes that never ends is followed only so far", () => {
    const error = new Error("round");
    error.cause = error;
    expect(networkReason(error)).toBe("the connection failed");
  });
});
