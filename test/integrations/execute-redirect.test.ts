import { afterEach, describe, expect, test } from "vitest";
import { failureOf, openExecute, replyOf } from "../support/execute-parts.ts";
import { sendJson, type SeenRequest, serveHttp } from "../support/loopback-http.ts";

const cleanups: AsyncDisposable[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup[Symbol.asyncDispose]();
});

/** A service that redirects from each of these paths, and answers all others with their path; and one beside it. */
async function open(redirects: (other: string) => Readonly<Record<string, readonly [number, string]>>, options: { readonly allowOther?: boolean } = {}) {
  const other = await serveHttp((request, response) => sendJson(response, 200, { there: request.path }));
  const table = redirects(other.url);
  const service = await serveHttp((request: SeenRequest, response) => {
    const [status, location] = table[request.path] ?? [200, ""];
    if (location === "") sendJson(response, status, { here: request.path });
    else response.writeHead(status, { location }).end("moved");
  });
  const hosts = [service, ...(options.allowOther === true ? [other] : [])].map(({ url }) => new URL(url).host);
  const parts = openExecute({ allowHosts: hosts });
  cleanups.push(other, service, parts);
  return { service, other, parts };
}

const HEADERS = { Accept: "application/json", Authorization: "Bearer s3cret", "X-Api-Key": "s3cret", Cookie: "a=b" };

describe("a redirect to the same host", () => {
  test.each([301, 302, 303, 307, 308])("is followed by GET on %d, with everything that was sent", async (status) => {
    const { service, parts } = await open(() => ({ "/a": [status, "/b?x=1#part"] }));
    expect(replyOf(await parts.send({ url: `${service.url}/a`, headers: HEADERS }))).toMatchObject({ statusCode: 200, body: { here: "/b?x=1" }, attempts: 1 });
    expect(service.requests[1]?.headers).toMatchObject({ authorization: "Bearer s3cret", "x-api-key": "s3cret" });
  });

  test.each([307, 308])("is followed by POST on %d, with the same body and key", async (status) => {
    const { service, parts } = await open(() => ({ "/a": [status, "/b"] }));
    expect((await parts.send({ method: "POST", url: `${service.url}/a`, body: '{"a":1}' })).ok).toBe(true);
    expect(service.requests.map(({ method, body, headers }) => [method, body, headers["idempotency-key"]])).toEqual([["POST", '{"a":1}', "key-1"], ["POST", '{"a":1}', "key-1"]]);
  });

  test.each([301, 302, 303])("is not followed by POST on %d: it would become another request", async (status) => {
    const { service, parts } = await open(() => ({ "/a": [status, "/b"] }));
    expect(failureOf(await parts.send({ method: "POST", url: `${service.url}/a`, body: "{}" }))).toMatchObject({ statusCode: status, fault: { code: "unexpected-status", status } });
    expect(service.requests).toHaveLength(1);
  });

  test("is followed three times and no more", async () => {
    const { service, parts } = await open(() => ({ "/0": [302, "/1"], "/1": [302, "/2"], "/2": [302, "/3"], "/3": [302, "/4"] }));
    expect(replyOf(await parts.send({ url: `${service.url}/1` })).body).toEqual({ here: "/4" });
    expect(failureOf(await parts.send({ url: `${service.url}/0` })).fault).toMatchObject({ code: "unexpected-status", detail: expect.stringContaining("more than 3 times") });
    expect(service.requests.map(({ path }) => path)).toEqual(["/1", "/2", "/3", "/4", "/0", "/1", "/2", "/3"]);
  });

  test.each([
    ["itself", { "/a": [302, "/a"] }, 1],
    ["itself, with a fragment", { "/a": [302, "/a#again"] }, 1],
    ["where it was before", { "/a": [307, "/b"], "/b": [307, "/a"] }, 2],
  ] as const)("ends where it leads to %s", async (_what, table, requests) => {
    const { service, parts } = await open(() => table);
    expect(failureOf(await parts.send({ url: `${service.url}/a` }))).toMatchObject({ statusCode: expect.any(Number), fault: { code: "unexpected-status", detail: expect.stringContaining("in a circle") } });
    expect(service.requests).toHaveLength(requests);
  });

  test("without a place to go is the answer", async () => {
    const { service, parts } = await open(() => ({ "/a": [302, "https://"] }));
    expect(failureOf(await parts.send({ url: `${service.url}/a` }))).toMatchObject({ statusCode: 302, body: "moved" });
  });
});

describe("a redirect to another host", () => {
  test.each(["GET", "POST", "DELETE"] as const)("or port is not followed by %s, and its target is named", async (method) => {
    const { service, other, parts } = await open((url) => ({ "/a": [307, `${url}/secret?token=x`] }));
    const failure = failureOf(await parts.send({ method, url: `${service.url}/a`, headers: HEADERS }));
    expect(failure).toMatchObject({ attempts: 1, fault: { kind: "policy", code: "address-refused", detail: expect.stringContaining(new URL(other.url).host) } });
    expect(failure.fault.detail).not.toContain("token");
    expect(other.requests).toHaveLength(0);
  });

  test.each(["http://169.254.169.254/latest/meta-data", "https://169.254.169.254/", "//10.0.0.1/", "https://127.0.0.1/", "https://example.com/", "ftp://example.com/", "file:///etc/passwd", "javascript:1"])("is refused: %s", async (target) => {
    const { service, parts } = await open(() => ({ "/a": [302, target] }));
    expect(failureOf(await parts.send({ method: "POST", url: `${service.url}/a` }))).toMatchObject({ attempts: 1, fault: { code: "address-refused" } });
  });

  test("is followed where it is allowed, without anything that could be a credential", async () => {
    const { service, other, parts } = await open((url) => ({ "/a": [307, `${url.replace("//", "//anna:pass@")}/b`] }), { allowOther: true });
    const headers = { ...HEADERS, "Content-Type": "application/json" };
    expect(replyOf(await parts.send({ method: "POST", url: `${service.url}/a`, headers, body: "{}" })).body).toEqual({ there: "/b" });
    const [seen] = other.requests;
    expect(seen).toMatchObject({ body: "{}", headers: { accept: "application/json", "content-type": "application/json", "idempotency-key": "key-1", host: new URL(other.url).host } });
    expect(Object.keys(seen?.headers ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
    expect(JSON.stringify(seen?.headers)).not.toMatch(/s3cret|a=b|anna/);
  });
});
