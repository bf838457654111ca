import { getEventListeners } from "node:events";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createHttp, type HttpOptions, type JsonRequest } from "../../electron/net/http.ts";
import type { BearerTokens } from "../../electron/net/oauth.ts";
import { err, ok } from "../../shared/result.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock, type WatchedClock } from "../support/watched-clock.ts";

const forever = new AbortController().signal;
const schema = z.object({ answer: z.number() });

function httpWith(clock: WatchedClock, more: Partial<HttpOptions> = {}) {
  return createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch, ...more });
}

function ask(url: string, more: Partial<JsonRequest<{ answer: number }>> = {}): JsonRequest<{ answer: number }> {
  return {
    method: "POST",
    url: `${url}/suggest?key=hidden`,
    body: { kind: "json", value: { text: "what the customer said" } },
    schema,
    timeoutMs: 5_000,
    signal: forever,
    ...more,
  };
}

/** Tokens numbered from 1, a new one after each renewal. */
function countingTokens(): BearerTokens & { readonly renewed: readonly string[] } {
  const renewed: string[] = [];
  return {
    renewed,
    token: async () => ok(`secret-token-${renewed.length + 1}`),
    renew: (rejected) => {
      renewed.push(rejected);
    },
  };
}

describe("a request", () => {
  test("gives the checked value, the status, the time it took and the attempts", async () => {
    const clock = createWatchedClock();
    await using server = await serveHttp((_request, response) => {
      void clock.advance(120).then(() => sendJson(response, 201, { answer: 42, more: true }));
    });
    const outcome = await httpWith(clock)(ask(server.url));
    expect(outcome).toEqual({ ok: true, value: { value: { answer: 42 }, status: 201, ms: 120, attemptMs: 120, attempts: 1 } });
    expect(server.requests[0]).toMatchObject({ method: "POST", body: '{"text":"what the customer said"}' });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(clock.pending()).toBe(0);
  });

  test("a GET has neither body nor idempotency key", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    const { body: _body, ...rest } = ask(server.url);
    await httpWith(createWatchedClock())({ ...rest, method: "GET" });
    expect(server.requests[0]?.headers["idempotency-key"]).toBeUndefined();
    expect(server.requests[0]?.headers["content-type"]).toBeUndefined();
    expect(server.requests[0]?.body).toBe("");
  });

  test("sends text as it was given, byte for byte", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    const text = '{ "b":1,"a" : "é\u2028" }';
    await httpWith(createWatchedClock())(ask(server.url, { body: { kind: "text", text } }));
    expect(server.requests[0]?.body).toBe(text);
  });

  test("a reply without a body is given to the schema as nothing, and as text only where that is allowed", async () => {
    await using server = await serveHttp((request, response) => {
      if (request.path.startsWith("/empty")) response.writeHead(204).end();
      else response.writeHead(200).end("thanks");
    });
    const http = httpWith(createWatchedClock());
    const base = { ...ask(server.url), schema: z.union([z.undefined(), z.string()]) };
    await expect(http({ ...base, url: `${server.url}/empty` })).resolves.toMatchObject({ ok: true, value: { value: undefined, status: 204 } });
    await expect(http(base)).resolves.toMatchObject({ ok: false, error: { code: "malformed-reply" } });
    await expect(http({ ...base, allowText: true })).resolves.toMatchObject({ ok: true, value: { value: "thanks" } });
  });
});

describe("retries", () => {
  test.each([429, 502, 503, 504])("after %d the same bytes and the same key go out again", async (status) => {
    await using server = await serveHttp((_request, response, number) => {
      if (number < 2) sendJson(response, status, {});
      else sendJson(response, 200, { answer: 7 });
    });
    const clock = createWatchedClock();
    const outcome = httpWith(clock)(ask(server.url));
    await clock.pass(250);
    await clock.pass(500);
    await expect(outcome).resolves.toMatchObject({ ok: true, value: { attempts: 3, ms: 750, attemptMs: 0 } });
    const keys = new Set(server.requests.map((request) => request.headers["idempotency-key"]));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(server.requests.map((request) => request.body)).size).toBe(1);
  });

  test("two calls have two keys", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 7 }));
    const http = httpWith(createWatchedClock());
    await http(ask(server.url));
    await http(ask(server.url));
    expect(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size).toBe(2);
  });

  test.each([400, 404, 409, 500, 501])("%d is not tried again", async (status) => {
    await using server = await serveHttp((_request, response) => sendJson(response, status, {}));
    const clock = createWatchedClock();
    await expect(httpWith(clock)(ask(server.url))).resolves.toMatchObject({ ok: false, error: { status } });
    expect(server.requests).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  test("a connection that is cut, before the reply and in the middle of it, is tried again", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) response.destroy();
      else if (number === 1) {
        response.writeHead(200, { "content-length": "100" }).write('{"answer":');
        setImmediate(() => response.destroy());
      } else sendJson(response, 200, { answer: 7 });
    });
    const clock = createWatchedClock();
    const outcome = httpWith(clock)(ask(server.url));
    await clock.pass(250);
    await clock.pass(500);
    await expect(outcome).resolves.toMatchObject({ ok: true, value: { value: { answer: 7 }, attempts: 3 } });
  });

  test("a reply that stops half-way is a timeout, and tried again", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number > 0) sendJson(response, 200, { answer: 7 });
      else response.writeHead(200).write('{"answer":');
    });
    const clock = createWatchedClock();
    const outcome = httpWith(clock)(ask(server.url));
    await until(() => server.requests.length === 1);
    await clock.pass(5_000);
    await clock.pass(250);
    await expect(outcome).resolves.toMatchObject({ ok: true, value: { attempts: 2, attemptMs: 0, ms: 5_250 } });
  });

  test("the policy can be narrowed to one attempt", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 503, {}));
    await expect(httpWith(createWatchedClock())(ask(server.url, { retry: { attempts: 1 } }))).resolves.toMatchObject({
      ok: false,
      error: { code: "server-error", status: 503 },
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe("a budget", () => {
  test("Retry-After beyond what is left fails at once, saying that it was the quota", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 429, {}, { "retry-after": "5" }));
    const clock = createWatchedClock();
    await expect(httpWith(clock)(ask(server.url, { budgetMs: 5_000 }))).resolves.toMatchObject({
      ok: false,
      error: { kind: "refused", code: "rate-limited", retryAfterMs: 5_000 },
    });
    expect(server.requests).toHaveLength(1);
    expect(clock.monotonic()).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  test("Retry-After within what is left is obeyed", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) sendJson(response, 429, {}, { "retry-after": "3" });
      else sendJson(response, 200, { answer: 7 });
    });
    const clock = createWatchedClock();
    const outcome = httpWith(clock)(ask(server.url, { budgetMs: 5_000 }));
    await clock.pass(3_000);
    await expect(outcome).resolves.toMatchObject({ ok: true, value: { attempts: 2 } });
  });

  test("the last attempt gets only what is left, and then no further one is made", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) sendJson(response, 429, {}, { "retry-after": "3" });
    });
    const clock = createWatchedClock();
    const outcome = httpWith(clock)(ask(server.url, { budgetMs: 5_000 }));
    await clock.pass(3_000);
    await until(() => server.requests.length === 2);
    await clock.pass(2_000);
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(clock.monotonic()).toBe(5_000);
    expect(clock.pending()).toBe(0);
  });

  test("that is used up already sends nothing", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    const clock = createWatchedClock();
    await expect(httpWith(clock)(ask(server.url, { budgetMs: 0 }))).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    await expect(httpWith(clock)(ask(server.url))).resolves.toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  test("waiting for a token is part of it", async () => {
    const clock = createWatchedClock();
    const tokens: BearerTokens = {
      token: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(err({ kind: "transport", code: "aborted", detail: "" })));
        }),
      renew: () => {},
    };
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    const outcome = httpWith(clock, { tokens })(ask(server.url, { budgetMs: 700 }));
    await clock.pass(700);
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(server.requests).toHaveLength(0);
  });
});

describe("tokens", () => {
  test("a 401 renews the token and repeats once, with the same key, and is not counted", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, number === 0 ? 401 : 200, { answer: 7 }));
    const tokens = countingTokens();
    await expect(httpWith(createWatchedClock(), { tokens })(ask(server.url))).resolves.toMatchObject({ ok: true, value: { attempts: 1 } });
    expect(tokens.renewed).toEqual(["secret-token-1"]);
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(["Bearer secret-token-1", "Bearer secret-token-2"]);
    expect(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size).toBe(1);
  });

  test("a second 401 names the credentials, with no third try", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 401, {}));
    const tokens = countingTokens();
    await expect(httpWith(createWatchedClock(), { tokens })(ask(server.url))).resolves.toMatchObject({ ok: false, error: { code: "credentials", status: 401 } });
    expect(server.requests).toHaveLength(2);
    expect(tokens.renewed).toHaveLength(1);
  });

  test("one call renews once, also where other failures lie in between", async () => {
    const statuses = [401, 503, 401, 200];
    await using server = await serveHttp((_request, response, number) => sendJson(response, statuses[number] ?? 200, { answer: 7 }));
    const tokens = countingTokens();
    const clock = createWatchedClock();
    const outcome = httpWith(clock, { tokens })(ask(server.url));
    await clock.pass(250);
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "credentials" } });
    expect(tokens.renewed).toHaveLength(1);
  });

  test("without a token there is no request, and no attempts on top of the token manager's own", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 7 }));
    let asked = 0;
    const tokens: BearerTokens = {
      token: async () => {
        asked += 1;
        return err({ kind: "transport", code: "network", detail: "login is down" });
      },
      renew: () => {},
    };
    await expect(httpWith(createWatchedClock(), { tokens })(ask(server.url))).resolves.toMatchObject({ ok: false, error: { detail: "login is down" } });
    expect(asked).toBe(1);
    expect(server.requests).toHaveLength(0);
  });

  test("a 401 without tokens (an API key) fails at once", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 401, {}));
    const outcome = await httpWith(createWatchedClock())(ask(server.url, { headers: { authorization: "Bearer api-key" } }));
    expect(outcome).toMatchObject({ ok: false, error: { code: "credentials" } });
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(["Bearer api-key"]);
  });
});

describe("what comes back", () => {
  test("a reply of ten megabytes is cut off while it streams", async () => {
    let written = 0;
    let closed = false;
    await using server = await serveHttp((_request, response) => {
      response.on("close", () => {
        closed = true;
      });
      const block = "x".repeat(64 * 1_024);
      const pump = (): void => {
        if (closed) return;
        written += block.length;
        if (written >= 10 * 1_024 * 1_024) response.end(block);
        else if (response.write(block)) setImmediate(pump);
        else response.once("drain", pump);
      };
      pump();
    });
    const clock = createWatchedClock();
    await expect(httpWith(clock)(ask(server.url))).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "reply-too-large" } });
    await until(() => closed);
    expect(written).toBeLessThan(10 * 1_024 * 1_024);
    expect(server.requests).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  test("a small reply that unpacks to a large one is cut off as well", async () => {
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(`"${" ".repeat(5_000_000)}"`));
    });
    await expect(httpWith(createWatchedClock())(ask(server.url))).resolves.toMatchObject({ ok: false, error: { code: "reply-too-large" } });
  });

  test("the limit is exact and can be set", async () => {
    await using server = await serveHttp((_request, response) => response.end('{"answer":7}'));
    const http = httpWith(createWatchedClock());
    await expect(http(ask(server.url, { maxBytes: 12 }))).resolves.toMatchObject({ ok: true });
    await expect(http(ask(server.url, { maxBytes: 11 }))).resolves.toMatchObject({ ok: false, error: { code: "reply-too-large" } });
  });

  test.each([
    ["<html>the customer said 470011223344</html>", "not JSON"],
    ['{"answer":"470011223344"}', "answer: invalid type"],
    ["{}", "answer: invalid type"],
    ["[470011223344]", "the reply: invalid type"],
    ["[".repeat(200_000), "not JSON"],
    [`${"[".repeat(200_000)}${"]".repeat(200_000)}`, "the reply: invalid type"],
    ["", "the reply: invalid type"],
  ])("a reply that breaks the contract is told by field and never quoted (%#)", async (text, words) => {
    await using server = await serveHttp((_request, response) => response.end(text));
    const outcome = await httpWith(createWatchedClock())(ask(server.url));
    expect(outcome).toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply", detail: expect.stringContaining(words) } });
    expect(JSON.stringify(outcome)).not.toMatch(/470011223344|hidden/);
    expect(server.requests).toHaveLength(1);
  });

  test("of a refusal only what the caller vouches for is shown, cut short, and never the token", async () => {
    await using server = await serveHttp((request, response) =>
      sendJson(response, 422, { field: "context.locale", echo: request.headers.authorization, said: request.body }),
    );
    const http = httpWith(createWatchedClock(), { tokens: countingTokens() });
    const silent = await http(ask(server.url));
    expect(silent).toMatchObject({ ok: false, error: { code: "bad-request", detail: expect.stringMatching(/^POST 127\.0\.0\.1:\d+\/suggest answered 422$/) } });
    const words = z.object({ field: z.string(), echo: z.string() });
    const told = await http(
      ask(server.url, {
        explain: (_status, body) => {
          const read = words.parse(body);
          return `${read.field}, ${read.echo}, ${"y".repeat(500)}`;
        },
      }),
    );
    expect(told).toMatchObject({ ok: false, error: { detail: expect.stringContaining("context.locale") } });
    expect(JSON.stringify(told)).not.toContain("secret-token");
    expect(JSON.stringify(told).length).toBeLessThan(500);
  });

  test("a redirect is not followed and says where it points", async () => {
    await using elsewhere = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    await using server = await serveHttp((_request, response) => response.writeHead(308, { location: `${elsewhere.url}/x?y=hidden` }).end());
    const outcome = await httpWith(createWatchedClock())(ask(server.url));
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "unexpected-status", detail: expect.stringContaining(elsewhere.url.replace("http://", "")) },
    });
    expect(JSON.stringify(outcome)).not.toContain("hidden");
    expect(elsewhere.requests).toHaveLength(0);
  });

  test("what cannot be sent is told without quoting it, and not tried again", async () => {
    const clock = createWatchedClock();
    const http = httpWith(clock);
    for (const wrong of [ask("http://127.0.0.1:1", { headers: { "x-key": "secret\nvalue" } }), ask("nonsense")]) {
      const outcome = await http(wrong);
      expect(outcome).toMatchObject({ ok: false, error: { kind: "policy", code: "invalid-input" } });
      expect(JSON.stringify(outcome)).not.toContain("secret");
    }
    expect(clock.pending()).toBe(0);
  });
});

describe("giving up", () => {
  test.each(["before the answer", "in the middle of the reply"])("%s ends the request and leaves nothing behind", async (moment) => {
    let closed = false;
    await using server = await serveHttp((_request, response) => {
      response.on("close", () => {
        closed = true;
      });
      if (moment !== "before the answer") response.writeHead(200).write('{"answer":');
    });
    const clock = createWatchedClock();
    const leaving = new AbortController();
    const outcome = httpWith(clock)(ask(server.url, { signal: leaving.signal }));
    await until(() => server.requests.length === 1);
    leaving.abort();
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    await until(() => closed);
    expect(clock.pending()).toBe(0);
    expect(getEventListeners(leaving.signal, "abort")).toHaveLength(0);
  });

  test("in the wait between two attempts is heeded at once", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 503, {}));
    const clock = createWatchedClock();
    const leaving = new AbortController();
    const outcome = httpWith(clock)(ask(server.url, { signal: leaving.signal }));
    await until(() => clock.waiting().includes(250));
    leaving.abort();
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(clock.pending()).toBe(0);
  });

  test("before it began sends nothing", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    await expect(httpWith(createWatchedClock())(ask(server.url, { signal: AbortSignal.abort() }))).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(server.requests).toHaveLength(0);
  });

  test("a signal that lives as long as the program gathers no listeners", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { answer: 1 }));
    const living = new AbortController();
    const http = httpWith(createWatchedClock(), { tokens: countingTokens() });
    for (let call = 0; call < 30; call += 1) await http(ask(server.url, { signal: living.signal, budgetMs: 60_000 }));
    expect(getEventListeners(living.signal, "abort")).toHaveLength(0);
  });

  test("a fetch that heeds no signal cannot hold a caller", async () => {
    const clock = createWatchedClock();
    const outcome = httpWith(clock, { fetch: () => new Promise(() => {}) })(ask("http://127.0.0.1:1", { retry: { attempts: 1 } }));
    await clock.pass(5_000);
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
  });
});
