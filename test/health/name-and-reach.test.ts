import { describe, expect, test } from "vitest";
import { checkName, type Resolve } from "../../electron/health/resolve.ts";
import { checkReach } from "../../electron/health/route.ts";
import type { HostPlace } from "../../electron/health/host-place.ts";
import { closedPort, connectProxy, silentServer } from "../support/health-servers.ts";
import { expectBad } from "../support/health-words.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const forever = new AbortController().signal;
const here: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];

function failing(code: string): Resolve {
  return () => Promise.reject(Object.assign(new Error(`getaddrinfo ${code}`), { code }));
}

function place(port: number, host = "platform.test"): HostPlace {
  return { host, port, secure: true, loopback: false };
}

function reach(at: HostPlace, more: { readonly proxy?: string; readonly resolve?: Resolve; readonly signal?: AbortSignal } = {}) {
  const { proxy = null, resolve = here, signal = forever } = more;
  return checkReach(at, { resolve, proxy, secureContext: undefined, clock: createWatchedClock() }, signal);
}

describe("a name", () => {
  test("is found, and the number of its addresses told", async () => {
    const both: Resolve = async () => [...(await here("")), { address: "::1", family: 6 }];
    await expect(checkName("platform.test", { resolve: both, clock: createWatchedClock() })).resolves.toEqual({ kind: "good", found: "2 addresses", tookMs: 0 });
  });

  test.each([
    ["ENOTFOUND", /^something\.invalid: the host name is unknown \(ENOTFOUND\)$/],
    ["EAI_AGAIN", /^something\.invalid: the host name could not be looked up/],
  ])("that cannot be found (%s) is told in the table's words", async (code, found) => {
    expectBad(await checkName("something.invalid", { resolve: failing(code), clock: createWatchedClock() }), "unknown-host", found);
  });

  test("without an address is as good as none", async () => {
    expectBad(await checkName("empty.test", { resolve: async () => [], clock: createWatchedClock() }), "unknown-host", /has no address/);
  });

  test("that is an address is not looked up", async () => {
    await expect(checkName("::1", { resolve: failing("ENOTFOUND"), clock: createWatchedClock() })).resolves.toMatchObject({ kind: "good", tookMs: null });
  });
});

describe("a port", () => {
  test("answers, by the name's address, and the connection is closed again", async () => {
    const server = await silentServer();
    await expect(reach(place(server.port))).resolves.toMatchObject({ kind: "good", found: "the port answers" });
    expect(server.taken()).toBe(1);
  });

  test("on which nothing listens is told with host and port", async () => {
    const port = await closedPort();
    expectBad(await reach(place(port)), "network", new RegExp(`^platform\\.test:${port}: nothing listens there`));
  });

  test("is reached through the proxy, which is asked by name and not by address", async () => {
    const server = await silentServer();
    const proxy = await connectProxy();
    await expect(reach(place(server.port), { proxy: proxy.url, resolve: failing("ENOTFOUND") })).resolves.toMatchObject({ kind: "good", found: "the proxy passes it on" });
    expect(proxy.asked.map(({ url }) => url)).toEqual([`platform.test:${server.port}`]);
    expect(server.taken()).toBe(1);
  });

  test.each([
    [403, /^platform\.test:443: the proxy 127\.0\.0\.1:\d+ answered 403$/],
    [407, /answered 407 \(it wants a user name and a password\)$/],
    [502, /answered 502$/],
  ])("that the proxy refuses with %i is the proxy's doing", async (status, found) => {
    const proxy = await connectProxy(status);
    expectBad(await reach(place(443), { proxy: proxy.url }), "network", found);
  });

  test("behind a proxy that is not there is told of the proxy", async () => {
    const port = await closedPort();
    expectBad(await reach(place(443), { proxy: `http://127.0.0.1:${port}` }), "network", new RegExp(`the proxy 127\\.0\\.0\\.1:${port}: nothing listens there`));
  });

  test("is asked for with the proxy's credentials, which are told to nobody else", async () => {
    const proxy = await connectProxy(407);
    const outcome = await reach(place(443), { proxy: proxy.url.replace("//", "//ann:pr0xy-s3cret@") });
    expect(proxy.asked[0]?.headers["proxy-authorization"]).toBe(`Basic ${Buffer.from("ann:pr0xy-s3cret").toString("base64")}`);
    expect(JSON.stringify(outcome)).not.toMatch(/ann|pr0xy/);
  });

  test("is let go when the check is stopped while the proxy is silent", async () => {
    const silent = await silentServer();
    const stop = new AbortController();
    const going = reach(place(443), { proxy: `http://127.0.0.1:${silent.port}`, signal: stop.signal });
    await until(() => silent.taken() === 1);
    stop.abort();
    await expect(going).resolves.toMatchObject({ kind: "bad" });
  });
});
