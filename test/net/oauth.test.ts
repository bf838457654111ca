import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createTokens, type TokenOptions } from "../../electron/net/oauth.ts";
import { listen, sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock, type WatchedClock } from "../support/watched-clock.ts";

const SECRET = "s3cr3t-of-the-client";
const forever = new AbortController().signal;

function tokensAt(url: string, clock: WatchedClock, more: Partial<TokenOptions> = {}) {
  return createTokens({
    tokenUrl: `${url}/oauth/token`,
    clientId: "callside",
    clientSecret: SECRET,
    scopes: ["agentassist:read", "dialog:read"],
    clock,
    random: () => 0.5,
    fetch: globalThis.fetch,
    ...more,
  });
}

const grant = (number: number, more: object = {}) => ({ access_token: `token-${number}`, expires_in: 3_600, token_type: "Bearer", ...more });

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.${Buffer.from("signature").toString("base64url")}`;
}

describe("asking for a token", () => {
  test("sends the client credentials grant as a form", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number)));
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock, { audience: "https://api.example.test/org" });
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-0" });
    const request = server.requests[0];
    expect(request?.method).toBe("POST");
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "callside",
      client_secret: SECRET,
      scope: "agentassist:read dialog:read",
      audience: "https://api.example.test/org",
    });
    expect(clock.pending()).toBe(0);
  });

  test("gives whoever keeps a token for long one that is not due, and the old one where none is to be had", async () => {
    await using server = await serveHttp((_request, response, number) =>
      number < 2 ? sendJson(response, 200, grant(number, { expires_in: 600 })) : sendJson(response, 500, {}),
    );
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await expect(tokens.fresh(forever)).resolves.toEqual({ ok: true, value: "token-0" });
    await clock.advance(539_999);
    await expect(tokens.fresh(forever)).resolves.toEqual({ ok: true, value: "token-0" });
    await clock.advance(1);
    await expect(tokens.fresh(forever)).resolves.toEqual({ ok: true, value: "token-1" });
    await clock.advance(550_000);
    const third = tokens.fresh(forever);
    await clock.pass(250);
    await clock.pass(500);
    await expect(third).resolves.toEqual({ ok: true, value: "token-1" });
    await clock.advance(60_000);
    const fourth = tokens.fresh(forever);
    await clock.pass(250);
    await clock.pass(500);
    await expect(fourth).resolves.toMatchObject({ ok: false, error: { code: "server-error" } });
  });

  test("names no scope where the scopes are set on the client", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, grant(0, { scope: "anything" })));
    await using tokens = tokensAt(server.url, createWatchedClock(), { scopes: [] });
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: true });
    expect(new URLSearchParams(server.requests[0]?.body).has("scope")).toBe(false);
  });

  test("a hundred callers cause one request, and one of them giving up disturbs nobody", async () => {
    const arrived = Promise.withResolvers<() => void>();
    await using server = await serveHttp((_request, response, number) => {
      arrived.resolve(() => sendJson(response, 200, grant(number)));
    });
    await using tokens = tokensAt(server.url, createWatchedClock());
    const leaving = new AbortController();
    const first = tokens.token(leaving.signal);
    const others = Array.from({ length: 99 }, () => tokens.token(forever));
    const answer = await arrived.promise;
    leaving.abort();
    await expect(first).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    answer();
    expect(new Set((await Promise.all(others)).map((one) => (one.ok ? one.value : "failed")))).toEqual(new Set(["token-0"]));
    expect(server.requests).toHaveLength(1);
  });

  test("a request outlives the one caller who gave up, and serves the next", async () => {
    const arrived = Promise.withResolvers<() => void>();
    await using server = await serveHttp((_request, response, number) => {
      arrived.resolve(() => sendJson(response, 200, grant(number)));
    });
    await using tokens = tokensAt(server.url, createWatchedClock());
    const leaving = new AbortController();
    const first = tokens.token(leaving.signal);
    const answer = await arrived.promise;
    leaving.abort();
    await first;
    const second = tokens.token(forever);
    answer();
    await expect(second).resolves.toEqual({ ok: true, value: "token-0" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("the life of a token", () => {
  test.each([
    { seconds: 3_600, dueMs: 3_540_000 },
    { seconds: 100, dueMs: 90_000 },
    { seconds: 10, dueMs: 9_000 },
  ])("with $seconds s it is refreshed in the background from $dueMs ms on, the old one serving meanwhile", async ({ seconds, dueMs }) => {
    const held = Promise.withResolvers<() => void>();
    await using server = await serveHttp((_request, response, number) => {
      const answer = () => sendJson(response, 200, grant(number, { expires_in: seconds }));
      if (number === 0) answer();
      else held.resolve(answer);
    });
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    await clock.advance(dueMs - 1);
    expect(tokens.dueInMs()).toBe(1);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-0" });
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    const served = await Promise.all(Array.from({ length: 20 }, () => tokens.token(forever)));
    expect(served.every((one) => one.ok && one.value === "token-0")).toBe(true);
    (await held.promise)();
    await until(() => tokens.dueInMs() !== 0);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-1" });
    expect(server.requests).toHaveLength(2);
  });

  test("ends with the exp claim where that is earlier than expires_in", async () => {
    const clock = createWatchedClock();
    const exp = Math.floor(clock.now() / 1_000) + 30;
    await using server = await serveHttp((_request, response, number) =>
      sendJson(response, 200, { ...grant(number), access_token: number === 0 ? jwt({ exp }) : "second" }),
    );
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    await clock.advance(29_999);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: true, value: expect.stringMatching(/^eyJ/) });
    await until(() => server.requests.length === 2);
    await clock.advance(1);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "second" });
  });

  test("a later exp claim does not prolong it, and a payload that is no JSON is no JWT", async () => {
    const clock = createWatchedClock();
    const exp = Math.floor(clock.now() / 1_000) + 9_999;
    const issued = [jwt({ exp }), "aaa.bbb.ccc"];
    await using server = await serveHttp((_request, response, number) =>
      sendJson(response, 200, { ...grant(number, { expires_in: 50 }), access_token: issued[number] ?? "later" }),
    );
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    expect(tokens.dueInMs()).toBe(45_000);
    await clock.advance(50_000);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "aaa.bbb.ccc" });
    expect(tokens.dueInMs()).toBe(45_000);
  });

  test("where this machine's clock is ahead, the server's own date measures the claim", async () => {
    const clock = createWatchedClock();
    const serverNow = clock.now() - 7_200_000;
    await using server = await serveHttp((_request, response, number) =>
      sendJson(response, 200, { ...grant(number), access_token: jwt({ exp: serverNow / 1_000 + 600 }) }, { date: new Date(serverNow).toUTCString() }),
    );
    await using tokens = tokensAt(server.url, clock);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: true });
    expect(tokens.dueInMs()).toBe(540_000);
  });

  test("one that is over by both clocks is a broken contract, told without the token", async () => {
    const clock = createWatchedClock();
    const over = jwt({ exp: clock.now() / 1_000 - 1 });
    await using server = await serveHttp((_request, response, number) =>
      sendJson(response, 200, { ...grant(number), access_token: over }, { date: new Date(clock.now()).toUTCString() }),
    );
    await using tokens = tokensAt(server.url, clock);
    const outcome = await tokens.token(forever);
    expect(outcome).toMatchObject({ ok: false, error: { code: "malformed-reply", detail: expect.stringContaining("clock") } });
    expect(JSON.stringify(outcome)).not.toContain(over);
  });

  test("a wall clock that is set back does not keep an expired token alive", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number)));
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    await clock.advance(1_800_000);
    clock.setWall(clock.now() - 86_400_000);
    await clock.advance(1_800_000);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-1" });
  });

  test("a machine that slept, where monotonic time stood still, does not use a token of before", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number)));
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    clock.setWall(clock.now() + 3_600_000);
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-1" });
  });

  test("a refresh ahead that fails is not noticed by callers, and not repeated at every call", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) sendJson(response, 200, grant(0));
      else sendJson(response, 401, { error: "invalid_client" });
    });
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await tokens.token(forever);
    await clock.advance(3_545_000);
    await tokens.token(forever);
    await until(() => server.requests.length === 2 && clock.pending() === 0);
    for (let call = 0; call < 50; call += 1) {
      await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-0" });
    }
    expect(server.requests).toHaveLength(2);
    await clock.advance(10_000);
    await tokens.token(forever);
    await until(() => server.requests.length === 3);
    await clock.advance(45_000);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: false, error: { code: "credentials" } });
    // It has ended, which is not the same as that there never was one.
    expect(tokens.dueInMs()).toBe(0);
  });

  test("a refused token is forgotten once, however many callers were refused with it", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number)));
    await using tokens = tokensAt(server.url, createWatchedClock());
    await tokens.token(forever);
    tokens.renew("token-0");
    expect(tokens.dueInMs()).toBeNull();
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-1" });
    for (let caller = 0; caller < 20; caller += 1) tokens.renew("token-0");
    await expect(tokens.token(forever)).resolves.toEqual({ ok: true, value: "token-1" });
    expect(server.requests).toHaveLength(2);
  });
});

describe("a token endpoint that fails", () => {
  test.each([
    ["seconds", "2"],
    ["an HTTP date", "Mon, 05 Jan 2026 09:00:02 GMT"],
  ])("a 429 is obeyed to the second, given in %s", async (_form, header) => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) sendJson(response, 429, {}, { "retry-after": header });
      else sendJson(response, 200, grant(number));
    });
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    const token = tokens.token(forever);
    await until(() => clock.waiting().includes(2_000));
    await clock.advance(1_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    await expect(token).resolves.toEqual({ ok: true, value: "token-1" });
  });

  test("a pause of more than a minute is told at once, and nobody asks before it is over", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) sendJson(response, 429, {}, { "retry-after": "600" });
      else sendJson(response, 200, grant(number));
    });
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: false, error: { code: "rate-limited", retryAfterMs: 600_000 } });
    await clock.advance(599_000);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: false, error: { code: "rate-limited", retryAfterMs: 1_000 } });
    expect(server.requests).toHaveLength(1);
    await clock.advance(1_000);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: true });
  });

  test.each([500, 502, 503, 599])("%d is tried three times with growing jittered waits, and the last fault told", async (status) => {
    await using server = await serveHttp((_request, response) => sendJson(response, status, { message: `oops ${SECRET}` }));
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    const token = tokens.token(forever);
    await clock.pass(250);
    await clock.pass(500);
    const outcome = await token;
    expect(outcome).toMatchObject({ ok: false, error: { code: "server-error", status } });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    expect(server.requests).toHaveLength(3);
    expect(clock.pending()).toBe(0);
  });

  test("an endpoint that cannot be reached is tried three times", async () => {
    const closed = createServer();
    const port = await listen(closed);
    closed.close();
    await once(closed, "close");
    const clock = createWatchedClock();
    await using tokens = tokensAt(`http://127.0.0.1:${port}`, clock);
    const token = tokens.token(forever);
    await clock.pass(250);
    await clock.pass(500);
    await expect(token).resolves.toMatchObject({ ok: false, error: { kind: "transport", code: "network", detail: expect.stringContaining("ECONNREFUSED") } });
  });

  test("an endpoint that does not answer is given ten seconds, three times", async () => {
    await using server = await serveHttp(() => {});
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    const token = tokens.token(forever);
    for (const wait of [250, 500, 0]) {
      const seen = server.requests.length;
      await until(() => server.requests.length === seen + 1);
      await clock.pass(10_000);
      if (wait > 0) await clock.pass(wait);
    }
    await expect(token).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    [400, { error: "invalid_client", error_description: SECRET }, "credentials", "do not match"],
    [400, { error: "invalid_scope" }, "missing-scope", "agentassist:read dialog:read"],
    [400, { error: "unauthorized_client" }, "forbidden", "client credentials grant"],
    [400, { error: "unsupported_grant_type" }, "bad-request", "tokenUrl"],
    [400, { error: SECRET }, "bad-request", "answered 400"],
    [400, { error: "constructor" }, "bad-request", "answered 400"],
    [401, SECRET, "credentials", "answered 401"],
    [401, { error: "invalid_client", request: { client_secret: SECRET } }, "credentials", "invalid_client"],
    [403, { message: `no, ${SECRET}` }, "forbidden", "agentassist:read dialog:read"],
    [404, {}, "not-found", "answered 404"],
  ] as const)("%d %j fails at once and says what to mend", async (status, body, code, words) => {
    await using server = await serveHttp((_request, response) => sendJson(response, status, body));
    const clock = createWatchedClock();
    await using tokens = tokensAt(server.url, clock);
    const outcome = await tokens.token(forever);
    expect(outcome).toMatchObject({ ok: false, error: { kind: "refused", code, status, detail: expect.stringContaining(words) } });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    expect(server.requests).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  test("a reply that grants less than was asked for names what is missing", async () => {
    await using server = await serveHttp((_request, response, number) =>
      sendJson(response, 200, grant(number, { scope: number === 0 ? "agentassist:read other" : ["dialog:read", "agentassist:read"] })),
    );
    await using tokens = tokensAt(server.url, createWatchedClock());
    const outcome = await tokens.token(forever);
    expect(outcome).toMatchObject({ ok: false, error: { kind: "refused", code: "missing-scope", detail: expect.stringContaining("dialog:read") } });
    expect(JSON.stringify(outcome)).not.toContain("agentassist:read");
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: true });
  });

  test.each([
    "not json",
    "",
    "[]",
    '{"expires_in":3600}',
    '{"access_token":"","expires_in":3600}',
    `{"access_token":"${SECRET}\\nx: y","expires_in":3600}`,
    `{"access_token":"${SECRET}"}`,
    `{"access_token":"${SECRET}","expires_in":0}`,
    `{"access_token":"${SECRET}","expires_in":-5}`,
    `{"access_token":"${SECRET}","expires_in":"soon"}`,
    `{"access_token":{"value":"${SECRET}"},"expires_in":3600}`,
  ])("a reply that breaks the contract is refused by field: %s", async (text) => {
    await using server = await serveHttp((_request, response) => response.writeHead(200).end(text));
    await using tokens = tokensAt(server.url, createWatchedClock());
    const outcome = await tokens.token(forever);
    expect(outcome).toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
    expect(server.requests).toHaveLength(1);
  });

  test("seconds written as text are seconds", async () => {
    await using server = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number, { expires_in: "100" })));
    await using tokens = tokensAt(server.url, createWatchedClock());
    await tokens.token(forever);
    expect(tokens.dueInMs()).toBe(90_000);
  });

  test("a redirect is not followed: the secret goes nowhere else", async () => {
    await using elsewhere = await serveHttp((_request, response, number) => sendJson(response, 200, grant(number)));
    await using server = await serveHttp((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/oauth/token` }).end(),
    );
    await using tokens = tokensAt(server.url, createWatchedClock());
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: false, error: { code: "unexpected-status", status: 307 } });
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe("closing", () => {
  test("ends a request that is under way and leaves no timer; whoever waits is told", async () => {
    let cut = false;
    await using server = await serveHttp((_request, response) => {
      response.on("close", () => {
        cut = true;
      });
    });
    const clock = createWatchedClock();
    const tokens = tokensAt(server.url, clock);
    const waiting = [tokens.token(forever), tokens.token(forever)];
    await until(() => server.requests.length === 1);
    await tokens[Symbol.asyncDispose]();
    for (const one of waiting) await expect(one).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    await until(() => cut);
    expect(clock.pending()).toBe(0);
    await expect(tokens.token(forever)).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
  });

  test("ends a wait between attempts", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 503, {}));
    const clock = createWatchedClock();
    const tokens = tokensAt(server.url, clock);
    const token = tokens.token(forever);
    await until(() => clock.waiting().includes(250));
    await tokens[Symbol.asyncDispose]();
    await expect(token).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(clock.pending()).toBe(0);
  });
});
