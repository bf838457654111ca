import { describe, expect, test } from "vitest";
import { checkToken, type TokenWish } from "../../electron/health/token-check.ts";
import { err, ok } from "../../shared/result.ts";
import { closedPort, silentServer } from "../support/health-servers.ts";
import { expectBad } from "../support/health-words.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const SECRET = "s3cr3t-of-the-client";
const TOKEN = "t0ken-that-nobody-may-see";
const forever = new AbortController().signal;

function ask(url: string, more: Partial<TokenWish> = {}, signal = forever) {
  const wish: TokenWish = { tokenUrl: `${url}/oauth/token?key=qu3ry`, scopes: ["bot:read", "runtime:execute"], credentials: ok({ clientId: "callside", clientSecret: SECRET }), ...more };
  return checkToken(wish, { fetch: globalThis.fetch, clock: createWatchedClock(), timeoutMs: 20_000 }, signal);
}

const grant = { access_token: TOKEN, expires_in: 3_600, token_type: "Bearer" };

describe("the credentials", () => {
  test("are tried as the system tries them, and the token itself is told to nobody", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, grant));
    const outcome = await ask(server.url, { audience: "https://api.example.test/org" });
    expect(outcome).toMatchObject({ kind: "good", found: "accepted with bot:read, runtime:execute; a token lasts 60 min" });
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toMatchObject({ scope: "bot:read runtime:execute", audience: "https://api.example.test/org", client_secret: SECRET });
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  });

  test.each([
    [401, "credentials", /answered 401$/],
    [403, "forbidden", /answered 403; asked for bot:read runtime:execute$/],
    [404, "not-found", /answered 404$/],
    [429, "rate-limited", /answered 429$/],
    [503, "server-error", /answered 503$/],
  ] as const)("that are answered with %i are tried once, and told in the table's words without the reply's", async (status, code, found) => {
    await using server = await serveHttp((_request, response) => sendJson(response, status, { message: `echo of ${SECRET}` }, { "retry-after": "30" }));
    const outcome = await ask(server.url);
    expectBad(outcome, code, found);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toMatch(/s3cr3t|qu3ry/);
  });

  test("that lack a scope are told which", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { ...grant, scope: "bot:read" }));
    expectBad(await ask(server.url), "missing-scope", /granted no runtime:execute$/);
  });

  test("that are answered with a page are told as an answer that is none", async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, { "content-type": "text/html" }).end(`<html>Sign in ${SECRET}</html>`));
    const outcome = await ask(server.url);
    expectBad(outcome, "malformed-reply", /missing or malformed: the reply$/);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });

  test("that are not there are told by the names of their variables, and nobody is asked", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, grant));
    const missing = err({ kind: "refused", code: "no-credentials", detail: "set COGNIGY_CLIENT_ID" } as const);
    expectBad(await ask(server.url, { credentials: missing }), "no-credentials", /COGNIGY_CLIENT_ID/);
    expect(server.requests).toHaveLength(0);
  });

  test("whose token the system cannot use are told as that", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, grant));
    const accepts = () => err({ kind: "contract", code: "token-form", detail: "1 segment" } as const);
    expectBad(await ask(server.url, { accepts }), "token-form", /^1 segment$/);
  });

  test("that cannot be brought anywhere are told with the host", async () => {
    const port = await closedPort();
    expectBad(await ask(`http://127.0.0.1:${port}`), "network", new RegExp(`^127\\.0\\.0\\.1:${port}: nothing listens there`));
  });

  test("are let go when the check is stopped while nobody answers", async () => {
    const silent = await silentServer();
    const stop = new AbortController();
    const going = ask(`http://127.0.0.1:${silent.port}`, {}, stop.signal);
    await until(() => silent.taken() === 1);
    stop.abort();
    await expect(going).resolves.toMatchObject({ kind: "bad", fault: { code: "aborted" } });
  });
});
