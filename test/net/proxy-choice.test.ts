import { describe, expect, test } from "vitest";
import { chooseProxy, createBypass, proxySecrets } from "../../electron/net/proxy-choice.ts";

describe("which proxy holds", () => {
  test.each([
    [{ proxy: "http://own:1" }, { HTTPS_PROXY: "http://env:2" }, "http://own:1", "network.proxy"],
    [{}, { HTTPS_PROXY: "http://env:2" }, "http://env:2", "HTTPS_PROXY"],
    [{}, { HTTPS_PROXY: "http://env:2", https_proxy: "http://small:3" }, "http://small:3", "HTTPS_PROXY"],
    [{}, { HTTPS_PROXY: "http://env:2", https_proxy: " " }, "http://env:2", "HTTPS_PROXY"],
    [{}, { HTTPS_PROXY: "user:pass@env:2" }, "http://user:pass@env:2", "HTTPS_PROXY"],
    [{}, {}, null, "HTTPS_PROXY"],
  ])("%o with %o: %s", (wish, env, proxy, named) => {
    expect(chooseProxy(wish, env)).toMatchObject({ proxy, named });
  });

  test("what goes past it is the configuration's, or else the environment's", () => {
    const env = { NO_PROXY: "a.example, b.example" };
    expect(chooseProxy({}, env).passes("https://b.example/x")).toBe(true);
    expect(chooseProxy({ noProxy: ["c.example"] }, env).passes("https://b.example/x")).toBe(false);
    expect(chooseProxy({ noProxy: ["c.example"] }, env).passes("https://c.example/x")).toBe(true);
  });

  test("the environment's credentials are known as secrets, as they stand and as they are meant", () => {
    expect(proxySecrets({ HTTPS_PROXY: "http://user:p%40ss-word@proxy:8080" })).toStrictEqual(["p%40ss-word", "p@ss-word"]);
    expect(proxySecrets({ HTTPS_PROXY: "http://user:p%zz-word@proxy:8080" })).toStrictEqual(["p%zz-word"]);
    expect(proxySecrets({ HTTPS_PROXY: "http://proxy:8080" })).toStrictEqual([]);
  });
});

describe("what goes past a proxy", () => {
  test.each([
    ["example.com", "https://example.com/x"],
    ["example.com", "wss://api.example.com"],
    [".example.com", "https://api.example.com"],
    ["*.example.com", "https://api.EXAMPLE.com"],
    ["EXAMPLE.com", "https://example.com"],
    ["example.com:443", "wss://example.com"],
    ["example.com:8443", "https://example.com:8443"],
    ["10.0.0.0/8", "https://10.200.3.4"],
    ["192.168.7.1", "https://192.168.7.1:9"],
    ["fd00::/8", "https://[fd12::1]"],
    ["[fd12::1]:443", "https://[fd12::1]"],
    ["fd12::1", "https://[fd12::1]"],
    ["*", "https://anything.example"],
    ["", "http://127.0.0.1:1"],
    ["", "ws://localhost:1"],
  ])("%s: %s does", (entry, url) => {
    expect(createBypass([entry])(url)).toBe(true);
  });

  test.each([
    ["example.com", "https://notexample.com"],
    ["example.com", "https://example.com.evil.example"],
    ["example.com:8443", "https://example.com"],
    ["10.0.0.0/8", "https://11.0.0.1"],
    ["10.0.0.0/8", "https://10.example"],
    ["10.0.0.0/99", "https://10.0.0.1"],
    ["999.0.0.0/8", "https://10.0.0.1"],
    ["", "https://example.com"],
  ])("%s: %s does not", (entry, url) => {
    expect(createBypass([entry])(url)).toBe(false);
  });
});
