import { describe, expect, test } from "vitest";
import { networkReason, neverConnected } from "../../electron/net/network-reason.ts";

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

describe("a request whose connection never came about", () => {
  const calling = (code: string, syscall: string) => new TypeError("fetch failed", { cause: Object.assign(coded(code), { syscall }) });

  test.each([
    calling("ECONNREFUSED", "connect"),
    calling("ETIMEDOUT", "connect"),
    calling("ENOTFOUND", "getaddrinfo"),
    new TypeError("fetch failed", { cause: new AggregateError([Object.assign(coded("EHOSTUNREACH"), { syscall: "connect" })]) }),
    new TypeError("fetch failed", { cause: coded("UND_ERR_CONNECT_TIMEOUT") }),
    new TypeError("fetch failed", { cause: coded("CERT_HAS_EXPIRED") }),
    new TypeError("fetch failed", { cause: coded("DEPTH_ZERO_SELF_SIGNED_CERT") }),
    new TypeError("fetch failed", { cause: coded("ERR_TLS_CERT_ALTNAME_INVALID") }),
    new Error("x", { cause: Object.assign(new Error("Proxy response (407) !== 200 when HTTP Tunneling"), { code: "UND_ERR_ABORTED" }) }),
  ])("%# is known as such", (error) => {
    expect(neverConnected(error)).toBe(true);
  });

  test.each([
    calling("ECONNRESET", "read"),
    calling("EPIPE", "write"),
    calling("ETIMEDOUT", "read"),
    new TypeError("fetch failed", { cause: coded("UND_ERR_SOCKET") }),
    new TypeError("fetch failed", { cause: coded("UND_ERR_HEADERS_TIMEOUT") }),
    new TypeError("fetch failed"),
    "connect",
    null,
  ])("%# is not claimed to be one", (error) => {
    expect(neverConnected(error)).toBe(false);
  });
});
