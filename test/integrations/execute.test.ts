import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { ExecuteOptions } from "../../electron/integrations/execute.ts";
import { type ExecuteParts, failureOf, openExecute, replyOf } from "../support/execute-parts.ts";
import { listen, type LoopbackHttp, sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";

const cleanups: AsyncDisposable[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup[Symbol.asyncDispose]();
});

type Answer = Parameters<typeof serveHttp>[0];

/** A service on loopback, and an executor that may go there. */
async function open(answer: Answer, options: Partial<ExecuteOptions> = {}): Promise<{ readonly service: LoopbackHttp; readonly parts: ExecuteParts }> {
  const service = await serveHttp(answer);
  const parts = openExecute({ allowHosts: [new URL(service.url).host], ...options });
  cleanups.push(service, parts);
  return { service, parts };
}

describe("a request that is answered", () => {
  test("brings status, headers and JSON, with its latency from the first attempt to the last byte", async () => {
    const { service, parts } = await open((_request, response) => sendJson(response, 201, { order: "A-1" }, { "x-trace": "7" }));
    const pending = parts.send({ method: "POST", url: `${service.url}/orders?x=1`, headers: { "X-Api-Key": "k" }, body: '{"a":1}' });
    const reply = replyOf(await pending);
    expect(reply).toMatchObject({ statusCode: 201, body: { order: "A-1" }, bytes: 15, latencyMs: 0, attempts: 1 });
    expect(reply.headers).toContainEqual({ name: "x-trace", value: "7" });
    expect(service.requests).toMatchObject([{ method: "POST", path: "/orders?x=1", body: '{"a":1}', headers: { "x-api-key": "k", host: new URL(service.url).host } }]);
    expect(parts.clock.pending()).toBe(0);
  });

  test("does not show the secret that the service repeats", async () => {
    const secret = "s3cret/value";
    const echo = { [secret]: "key", list: [{ auth: `Bearer ${secret}` }, Buffer.from(secret).toString("base64")], count: 3 };
    const { service, parts } = await open((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "x-echo": secret }).end(JSON.stringify(echo).replaceAll("/", "\\/"));
    });
    const reply = replyOf(await parts.send({ url: service.url, secret }));
    expect(reply.body).toEqual({ "••••••": "key", list: [{ auth: "Bearer ••••••" }, "••••••"], count: 3 });
    expect(reply.headers).toContainEqual({ name: "x-echo", value: "••••••" });
  });
});

describe("a request that fails", () => {
  test.each([429, 500, 502, 503, 504])("is made up to three times on %d, with growing waits and the same key and body", async (status) => {
    const { service, parts } = await open((_request, response) => sendJson(response, status, { error: "later" }), { random: () => 0.5 });
    const pending = parts.send({ method: "POST", url: service.url, body: "{}" });
    await parts.clock.pass(3_000);
    await parts.clock.pass(5_000);
    expect(failureOf(await pending)).toMatchObject({ statusCode: status, body: '{"error":"later"}', attempts: 3, latencyMs: 8_000, fault: { status } });
    expect(service.requests.map(({ headers, body }) => [headers["idempotency-key"], body])).toEqual([["key-1", "{}"], ["key-1", "{}"], ["key-1", "{}"]]);
  });

  test("succeeds with a later attempt", async () => {
    const { service, parts } = await open((_request, response, number) => sendJson(response, number === 0 ? 503 : 200, { number }));
    const pending = parts.send({ url: service.url });
    await parts.clock.pass(2_000);
    expect(replyOf(await pending)).toMatchObject({ statusCode: 200, body: { number: 1 }, attempts: 2, latencyMs: 2_000 });
  });

  test("tells of each attempt as it ends: when it began, how long it took, what came of it", async () => {
    const { service, parts } = await open((_request, response, number) => {
      if (number > 0) sendJson(response, number === 1 ? 503 : 200, {});
    });
    const tried: object[] = [];
    const begun = parts.clock.now();
    const pending = parts.send({ url: service.url, timeoutMs: 1_000 }, new AbortController().signal, (attempt) => tried.push(attempt));
    await until(() => service.requests.length === 1);
    await parts.clock.pass(1_000);
    await parts.clock.pass(2_000);
    await parts.clock.pass(2_000);
    expect((await pending).ok).toBe(true);
    expect(tried).toEqual([
      { startedAt: begun, ms: 1_000, statusCode: null, fault: "timeout" },
      { startedAt: begun + 3_000, ms: 0, statusCode: 503, fault: "server-error" },
      { startedAt: begun + 5_000, ms: 0, statusCode: 200, fault: null },
    ]);
  });

  test.each([
    ["seconds", "7", 7_000],
    ["a date", new Date(Date.UTC(2026, 0, 5, 9, 0, 30)).toUTCString(), 30_000],
    ["the longest pause", "60", 60_000],
    ["less than the shortest wait", "1", 2_000],
  ])("waits as long as Retry-After says: %s", async (_what, header, waitMs) => {
    const { service, parts } = await open((_request, response, number) => sendJson(response, number === 0 ? 429 : 200, {}, { "retry-after": header }));
    const pending = parts.send({ url: service.url });
    await parts.clock.pass(waitMs);
    expect(replyOf(await pending).attempts).toBe(2);
  });

  test("ends at once where the pause is longer than a minute", async () => {
    const { service, parts } = await open((_request, response) => sendJson(response, 429, {}, { "retry-after": "61" }));
    expect(failureOf(await parts.send({ url: service.url }))).toMatchObject({ attempts: 1, fault: { code: "rate-limited", retryAfterMs: 61_000 } });
  });

  test.each([400, 401, 403, 404, 408, 409, 422, 501, 505])("is not made again on %d, and its body is told, cut and without the secret", async (status) => {
    const { service, parts } = await open((_request, response) => response.writeHead(status, { "content-type": "text/plain" }).end(`key s3cret-value is wrong ${"x".repeat(3_000)}`));
    const failure = failureOf(await parts.send({ url: service.url, secret: "s3cret-value" }));
    expect(failure).toMatchObject({ statusCode: status, attempts: 1, fault: { status, detail: `GET ${new URL(service.url).host} answered ${status}` } });
    expect(failure.body).toMatch(/^key •••••• is wrong x+…$/);
    expect(failure.body).toHaveLength(2_001);
    expect(service.requests).toHaveLength(1);
  });

  test("keeps no part of a secret that stands where the body is cut", async () => {
    const { service, parts } = await open((_request, response) => response.writeHead(400).end(`${"x".repeat(1_995)}s3cret-value`));
    expect(failureOf(await parts.send({ url: service.url, secret: "s3cret-value" })).body).toBe(`${"x".repeat(1_995)}•••••…`);
  });

  test("is made again after a timeout of its own, from lookup to last byte", async () => {
    const { service, parts } = await open((_request, response, number) => {
      if (number === 1) response.writeHead(200, { "content-type": "application/json" }).write("[1,");
      if (number === 2) sendJson(response, 200, "at last");
    });
    const pending = parts.send({ url: service.url, timeoutMs: 1_000 });
    for (const number of [1, 2]) {
      await until(() => service.requests.length === number);
      await parts.clock.pass(1_000);
      await parts.clock.pass(2_000);
    }
    expect(replyOf(await pending)).toMatchObject({ body: "at last", attempts: 3, latencyMs: 6_000 });
  });

  test("says what it waited for where every attempt timed out", async () => {
    const { service, parts } = await open(() => {});
    const pending = parts.send({ url: service.url, timeoutMs: 1_000 });
    for (const number of [1, 2, 3]) {
      await until(() => service.requests.length === number);
      await parts.clock.pass(1_000);
      if (number < 3) await parts.clock.pass(2_000);
    }
    expect(failureOf(await pending)).toMatchObject({ statusCode: null, body: null, attempts: 3, fault: { code: "timeout", detail: `no complete answer from ${new URL(service.url).host} within 1000 ms` } });
    expect(parts.clock.pending()).toBe(0);
  });

  test("is made again where the connection breaks", async () => {
    const { service, parts } = await open((_request, response, number) => {
      if (number === 0) response.destroy();
      else sendJson(response, 200, {});
    });
    const pending = parts.send({ url: service.url });
    await parts.clock.pass(2_000);
    expect(replyOf(await pending).attempts).toBe(2);
  });

  test("says that nothing listens there", async () => {
    const gone: Server = createServer();
    const port = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    const parts = openExecute({ allowHosts: ["127.0.0.1"] });
    cleanups.push(parts);
    const pending = parts.send({ url: `http://127.0.0.1:${port}` });
    await parts.clock.pass(2_000);
    await parts.clock.pass(2_000);
    expect(failureOf(await pending)).toMatchObject({ attempts: 3, fault: { code: "network", detail: `127.0.0.1:${port}: nothing listens there (ECONNREFUSED)` } });
  });

  test("is not sent where a header cannot be, and its value is not told", async () => {
    const { service, parts } = await open((_request, response) => sendJson(response, 200, {}));
    const failure = failureOf(await parts.send({ url: service.url, headers: { "X-Key": "s3cret\r\nX-Evil: 1" } }));
    expect(failure).toMatchObject({ attempts: 1, fault: { kind: "policy", code: "invalid-input" } });
    expect(failure.fault.detail).not.toContain("s3cret");
    expect(service.requests).toHaveLength(0);
  });
});

describe("a host that keeps failing", () => {
  async function failing() {
    let healthy = false;
    const opened = await open((_request, response) => sendJson(response, healthy ? 200 : 500, {}));
    const { service, parts } = opened;
    const first = parts.send({ url: service.url });
    await parts.clock.pass(2_000);
    await parts.clock.pass(2_000);
    await first;
    const second = parts.send({ url: `${service.url}/other` });
    await parts.clock.pass(2_000);
    await parts.clock.pass(2_000);
    const failure = failureOf(await second);
    return { ...opened, failure, heal: () => (healthy = true) };
  }

  test("is left alone after five failures in a row; who was under way is told the last answer", async () => {
    const { service, failure } = await failing();
    expect(service.requests).toHaveLength(5);
    expect(failure).toMatchObject({ statusCode: 500, attempts: 2, fault: { status: 500 } });
  });

  test("answers for at once while it is left alone", async () => {
    const { service, parts } = await failing();
    const outcome = await parts.send({ url: service.url });
    expect(failureOf(outcome)).toMatchObject({ statusCode: null, attempts: 0, latencyMs: 0, fault: { kind: "transport", code: "circuit-open", detail: new URL(service.url).host } });
    expect(service.requests).toHaveLength(5);
    expect(parts.clock.pending()).toBe(0);
  });

  test("is tried with a single request after 30 s, and all go again when that succeeds", async () => {
    const { service, parts, heal } = await failing();
    heal();
    await parts.clock.advance(30_000);
    const [probe, other] = await Promise.all([parts.send({ url: service.url }), parts.send({ url: service.url })]);
    expect(probe.ok).toBe(true);
    expect(failureOf(other).fault.code).toBe("circuit-open");
    expect((await parts.send({ url: service.url })).ok).toBe(true);
  });

  test("is not left alone for refusals, quotas and what we refuse ourselves", async () => {
    const { service, parts } = await open((_request, response, number) => sendJson(response, number % 2 === 0 ? 404 : 429, {}, { "retry-after": "99" }));
    for (let number = 0; number < 12; number += 1) failureOf(await parts.send({ url: service.url }));
    for (let number = 0; number < 6; number += 1) expect(failureOf(await parts.send({ url: "https://10.0.0.1/" })).fault.code).toBe("address-refused");
    expect(service.requests).toHaveLength(12);
  });
});

describe("a request that is given up", () => {
  test("ends as aborted while it is under way, and counts against nobody", async () => {
    const { service, parts } = await open(() => {});
    for (let number = 1; number <= 6; number += 1) {
      const caller = new AbortController();
      const pending = parts.send({ url: service.url }, caller.signal);
      await until(() => service.requests.length === number);
      caller.abort();
      expect(failureOf(await pending)).toMatchObject({ attempts: 1, fault: { code: "aborted" } });
    }
    expect(parts.clock.pending()).toBe(0);
  });

  test("ends while it waits to try again", async () => {
    const { service, parts } = await open((_request, response) => sendJson(response, 500, {}));
    const caller = new AbortController();
    const pending = parts.send({ url: service.url }, caller.signal);
    await until(() => parts.clock.waiting().includes(2_000));
    caller.abort();
    expect(failureOf(await pending)).toMatchObject({ attempts: 1, fault: { code: "aborted" } });
    expect(parts.clock.pending()).toBe(0);
  });

  test("is not begun where it was given up before", async () => {
    const { service, parts } = await open((_request, response) => sendJson(response, 200, {}));
    expect(failureOf(await parts.send({ url: service.url }, AbortSignal.abort()))).toMatchObject({ attempts: 0, fault: { code: "aborted" } });
    expect(service.requests).toHaveLength(0);
  });

  test("ends when the executor is disposed, and none begins after", async () => {
    const { service, parts } = await open(() => {});
    const pending = parts.send({ url: service.url });
    await until(() => service.requests.length === 1);
    await parts[Symbol.asyncDispose]();
    expect(failureOf(await pending)).toMatchObject({ attempts: 1, fault: { code: "aborted" } });
    expect(failureOf(await parts.send({ url: service.url })).fault.code).toBe("aborted");
    expect(parts.clock.pending()).toBe(0);
  });
});
