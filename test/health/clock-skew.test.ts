import { describe, expect, test } from "vitest";
import { judgeClock, watchSkew } from "../../electron/health/clock-skew.ts";
import { expectBad } from "../support/health-words.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { serveHttp } from "../support/loopback-http.ts";

const MIN_MS = 60_000;

describe("this computer's clock", () => {
  test.each([0, 1_900, -1_900])("agrees within a moment (%i ms)", (ahead) => {
    expect(judgeClock([ahead])).toMatchObject({ kind: "good", found: "agrees with the platform's" });
  });

  test.each([
    [30_000, "good", "30 s behind the platform"],
    [-30_000, "good", "30 s ahead of the platform"],
    [30_001, "doubtful", "30 s behind the platform"],
    [-5 * MIN_MS, "doubtful", "5 min ahead of the platform"],
  ] as const)("is judged at its bounds (%i ms: %s)", (ahead, kind, found) => {
    expect(judgeClock([ahead])).toMatchObject({ kind, found });
  });

  test("is wrong beyond five minutes, in the table's words", () => {
    expectBad(judgeClock([5 * MIN_MS + 1]), "clock-wrong", /^5 min behind the platform$/);
    expectBad(judgeClock([-3_600_000 * 24 * 40]), "clock-wrong", /^40 days ahead of the platform$/);
  });

  test("is not accused by one server whose own clock is wrong", () => {
    expect(judgeClock([-3_600_000, 1_000])).toMatchObject({ kind: "good" });
  });

  test("cannot be judged where nobody answered", () => {
    expect(judgeClock([])).toMatchObject({ kind: "skipped" });
  });

  test("is compared with the date of a real reply, whatever its status", async () => {
    const clock = createFakeClock();
    const theirs = new Date(clock.now() + 10 * MIN_MS).toUTCString();
    await using server = await serveHttp((_request, response) => response.writeHead(500, { date: theirs }).end());
    const watch = watchSkew(globalThis.fetch, clock);
    await watch.fetch(server.url);
    expect(watch.seen()).toEqual([10 * MIN_MS + 500]);
  });

  test.each([
    ["a redirect, as of a portal in between", 302, { location: "http://portal.test/" }],
    ["what a cache kept", 200, { age: "600" }],
  ] as const)("is not compared with the date of %s", async (_what, status, headers) => {
    const clock = createFakeClock();
    await using server = await serveHttp((_request, response) => response.writeHead(status, { date: new Date(clock.now() + 10 * MIN_MS).toUTCString(), ...headers }).end());
    const watch = watchSkew(globalThis.fetch, clock);
    await watch.fetch(server.url, { redirect: "manual" });
    expect(server.requests).toHaveLength(1);
    expect(watch.seen()).toEqual([]);
  });

  test("is not compared with the date of another host that a redirect led to", async () => {
    const clock = createFakeClock();
    await using server = await serveHttp((request, response) =>
      response.writeHead(request.path === "/" ? 307 : 200, { date: new Date(clock.now() + 10 * MIN_MS).toUTCString(), location: "/portal" }).end(),
    );
    const watch = watchSkew(globalThis.fetch, clock);
    await watch.fetch(server.url);
    expect(server.requests.map(({ path }) => path)).toEqual(["/", "/portal"]);
    expect(watch.seen()).toEqual([]);
  });

  test.each([
    ["http://platform.test/token", false],
    ["https://platform.test/token", true],
    ["http://127.0.0.1:8080/token", true],
  ])("is compared with what comes from %s: %s", async (address, isCompared) => {
    const clock = createFakeClock();
    const watch = watchSkew(async () => new Response("", { headers: { date: new Date(clock.now() + 10 * MIN_MS).toUTCString() } }), clock);
    for (const input of [address, new URL(address), new Request(address)]) await watch.fetch(input);
    expect(watch.seen()).toHaveLength(isCompared ? 3 : 0);
  });

  test("is not compared with a date that is none", async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, { date: "yesterday" }).end());
    const watch = watchSkew(globalThis.fetch, createFakeClock());
    await watch.fetch(server.url);
    expect(watch.seen()).toEqual([]);
  });
});
