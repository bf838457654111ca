import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createHttp, type JsonRequest } from "../../electron/net/http.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const ask = (url: string): JsonRequest<unknown> => ({
  method: "POST",
  url,
  body: { kind: "text", text: "{}" },
  schema: z.undefined(),
  statusOnly: true,
  timeoutMs: 5_000,
  maxBytes: 1_000,
  signal: new AbortController().signal,
});

describe("a request of which only the status counts", () => {
  test.each(["{}", "not JSON", "", "x".repeat(100_000)])("takes any 2xx, and gives the schema nothing (%#)", async (text) => {
    await using server = await serveHttp((_request, response) => response.writeHead(202).end(text));
    const clock = createWatchedClock();
    const send = createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch });
    await expect(send(ask(server.url))).resolves.toMatchObject({ ok: true, value: { value: undefined, status: 202, attempts: 1 } });
    expect(clock.pending()).toBe(0);
  });

  test("is refused, repeated and timed like any other where there is no 2xx", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) response.writeHead(503).end("x".repeat(100));
      else if (number === 2) response.writeHead(404).end();
    });
    const clock = createWatchedClock();
    const send = createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch });
    const outcome = send(ask(server.url));
    await clock.pass(250);
    await until(() => server.requests.length === 2);
    await clock.pass(5_000);
    await clock.pass(500);
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "not-found", status: 404 } });
    expect(clock.pending()).toBe(0);
  });
});
