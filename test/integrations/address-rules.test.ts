import { describe, expect, test } from "vitest";
import { isAllowedHost, judgeUrl, whyRefused } from "../../electron/integrations/address-rules.ts";

describe("addresses that no request goes to", () => {
  test.each([
    ["0.0.0.0", "unspecified"],
    ["0.1.2.3", "unspecified"],
    ["10.0.0.1", "private"],
    ["10.255.255.255", "private"],
    ["100.64.0.1", "shared by a carrier's customers"],
    ["100.127.255.255", "shared by a carrier's customers"],
    ["127.0.0.1", "this machine's own"],
    ["127.255.0.9", "this machine's own"],
    ["169.254.169.254", "link-local"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.0.0.8", "reserved"],
    ["192.0.2.1", "reserved for documentation"],
    ["192.168.1.1", "private"],
    ["198.18.0.1", "reserved for measurements"],
    ["198.19.255.255", "reserved for measurements"],
    ["203.0.113.9", "reserved for documentation"],
    ["224.0.0.1", "multicast"],
    ["239.255.255.255", "multicast"],
    ["240.0.0.1", "reserved"],
    ["255.255.255.255", "reserved"],
    ["::", "unspecified"],
    ["::1", "this machine's own"],
    ["0:0:0:0:0:0:0:1", "this machine's own"],
    ["::ffff:10.0.0.1", "private"],
    ["::ffff:a9fe:a9fe", "link-local"],
    ["::ffff:7f00:1", "this machine's own"],
    ["::127.0.0.1", "this machine's own"],
    ["::8.8.8.8", "reserved"],
    ["::ffff:0:10.0.0.1", "private"],
    ["64:ff9b::10.0.0.1", "private"],
    ["64:ff9b:1::8.8.8.8", "reserved"],
    ["2002:a00:1::", "private"],
    ["2002:a9fe:a9fe::1", "link-local"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "reserved"],
    ["2001:db8::1", "reserved"],
    ["3fff:1::1", "reserved"],
    ["2a00:1450::200:5efe:a00:1", "private"],
    ["fc00::1", "private"],
    ["fd12:3456::1", "private"],
    ["fe80::1", "link-local"],
    ["fe80::1%eth0", "link-local"],
    ["febf::1", "link-local"],
    ["fec0::1", "private"],
    ["ff02::1", "multicast"],
    ["100::1", "reserved"],
    ["5f00::1", "reserved"],
    ["no address", "no address"],
    ["", "no address"],
    ["10.0.0", "no address"],
  ])("%s: %s", (address, why) => {
    expect(whyRefused(address)).toBe(why);
  });

  test.each(["8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1", "169.253.0.1", "169.255.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "192.169.0.1", "223.255.255.255", "2a00:1450:4001::200e", "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"])(
    "%s is public",
    (address) => {
      expect(whyRefused(address)).toBeNull();
    },
  );
});

describe("addresses of services", () => {
  test.each([
    ["https://10.0.0.1/", "private"],
    ["https://2130706433/", "this machine's own"],
    ["https://0x7f.1/", "this machine's own"],
    ["https://0251.0376.0251.0376/latest", "link-local"],
    ["https://0xa9fea9fe/latest", "link-local"],
    ["https://127.1/", "this machine's own"],
    ["https://127.0.0.1./", "this machine's own"],
    ["https://１６９.254.169.254/", "link-local"],
    ["https://[::1]/", "this machine's own"],
    ["https://[::ffff:10.0.0.1]/", "private"],
    ["https://localhost/", "this machine's own"],
    ["https://LOCALHOST./", "this machine's own"],
    ["https://orders.localhost:8443/", "this machine's own"],
    ["ftp://example.com/", "found ftp:, allowed: https:"],
  ])("%s is refused: %s", (url, why) => {
    expect(judgeUrl(new URL(url), ["other.test"])).toEqual({ kind: "refused", why });
  });

  test.each(["http://example.com/", "http://127.0.0.1/", "http://localhost/"])("%s is refused, since it is not encrypted", (url) => {
    expect(judgeUrl(new URL(url), [])).toMatchObject({ kind: "refused", why: expect.stringContaining("http://") });
  });

  test("a public name is looked up, and has to lead to public addresses", () => {
    expect(judgeUrl(new URL("https://example.com/"), [])).toEqual({ kind: "go", addresses: "public" });
    expect(judgeUrl(new URL("https://localhost.example.com/"), [])).toEqual({ kind: "go", addresses: "public" });
  });

  test("a host that is allowed may be anything with https, and with http only this machine", () => {
    expect(judgeUrl(new URL("https://10.0.0.1:8443/"), ["10.0.0.1"])).toEqual({ kind: "go", addresses: "any" });
    expect(judgeUrl(new URL("http://127.0.0.1:80/"), ["127.0.0.1:80"])).toEqual({ kind: "go", addresses: "loopback" });
    expect(judgeUrl(new URL("http://10.0.0.1/"), ["10.0.0.1"])).toMatchObject({ kind: "refused" });
    expect(judgeUrl(new URL("http://intern.test/"), ["intern.test"])).toMatchObject({ kind: "refused" });
  });
});

describe("the list of allowed hosts", () => {
  test.each([
    ["https://intern.test/", "intern.test", true],
    ["https://INTERN.test./", "intern.test", true],
    ["https://intern.test:8443/", "Intern.Test", true],
    ["https://intern.test:8443/", "intern.test:8443", true],
    ["https://intern.test:9443/", "intern.test:8443", false],
    ["https://intern.test/", "intern.test:443", true],
    ["https://intern.test:8443/", "intern.test:443", false],
    ["https://sub.intern.test/", "intern.test", false],
    ["https://evil-intern.test/", "intern.test", false],
    ["https://[::1]:8443/", "[::1]", true],
    ["https://[::1]:8443/", "[::1]:8443", true],
    ["https://[::1]:8444/", "[::1]:8443", false],
    ["https://[::1]/", "[0:0:0:0:0:0:0:1]", true],
    ["https://[::1]/", "::1", true],
    ["https://2130706433/", "127.0.0.1", true],
    ["https://intern.test/", "", false],
  ])("%s by %j: %s", (url, entry, expected) => {
    expect(isAllowedHost(new URL(url), ["first.test", entry])).toBe(expected);
  });
});
