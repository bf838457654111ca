import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { MAX_REPLY_BYTES } from "../../electron/integrations/execute-reply.ts";
import { failureOf, openExecute, replyOf } from "../support/execute-parts.ts";
import { serveHttp } from "../support/loopback-http.ts";

const cleanups: AsyncDisposable[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup[Symbol.asyncDispose]();
});

type Headers = Readonly<Record<string, string>>;
const JSON_TYPE = { "content-type": "application/json" };

/** What becomes of a reply with these bytes and headers. */
async function reply(bytes: Buffer | string, headers: Headers = JSON_TYPE, status = 200) {
  const service = await serveHttp((_request, response) => response.writeHead(status, headers).end(bytes));
  const parts = openExecute({ allowHosts: ["127.0.0.1"] });
  cleanups.push(service, parts);
  return parts.send({ url: service.url });
}

const bodyOf = async (...given: Parameters<typeof reply>) => replyOf(await reply(...given)).body;
const faultOf = async (...given: Parameters<typeof reply>) => failureOf(await reply(...given)).fault;

describe("what is JSON", () => {
  test.each(["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "text/json", "application/vnd.orders.v2+json", "application/problem+json;x=1"])("by its type: %s", async (type) => {
    expect(await bodyOf('{"a":1}', { "content-type": type })).toEqual({ a: 1 });
  });

  test("by itself where the type is missing", async () => {
    expect(await bodyOf('[1,"two"]', {})).toEqual([1, "two"]);
    expect(await faultOf("<p>no</p>", {})).toMatchObject({ kind: "contract", code: "malformed-reply", detail: expect.stringContaining("names no content type") });
  });

  test.each(["text/html", "text/plain; charset=utf-8", "application/xml", "application/jsonp", "image/png"])("is not what comes as %s, which is named, with what it said", async (type) => {
    const failure = failureOf(await reply('{"a":1}', { "content-type": type }));
    expect(failure).toMatchObject({ statusCode: 200, body: '{"a":1}', attempts: 1, fault: { code: "malformed-reply", detail: expect.stringContaining(type.split(";")[0] ?? "") } });
  });

  test.each(["{", "{'a':1}", "NaN", '{"a":1}x', "undefined"])("is not %s, whatever its type says", async (text) => {
    expect(await faultOf(text)).toMatchObject({ code: "malformed-reply", detail: expect.stringContaining("no JSON") });
  });

  test.each([
    [200, ""],
    [200, " \r\n"],
    [202, ""],
    [204, ""],
    [205, ""],
  ])("is null where %d says %j", async (status, text) => {
    expect(await bodyOf(text, { "content-type": "text/html" }, status)).toBeNull();
  });

  test("is plain: what is called __proto__ or constructor is a key like any other, and nothing is inherited from it", async () => {
    const body = await bodyOf('{"__proto__":{"admin":true},"constructor":1}');
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect(Object.keys(Object(body))).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get(Object(body), "admin")).toBeUndefined();
  });

  test("is refused where it is nested too deep for what follows; brackets in texts do not count", async () => {
    expect(await bodyOf(`${"[".repeat(256)}${"]".repeat(256)}`)).toBeInstanceOf(Array);
    expect(await faultOf(`${"[".repeat(257)}${"]".repeat(257)}`)).toMatchObject({ code: "malformed-reply", detail: expect.stringContaining("256") });
    expect(await faultOf(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`)).toMatchObject({ code: "malformed-reply" });
    const texts = [`${"[{".repeat(500)}"\\`, '\\"['.repeat(300)];
    expect(await bodyOf(JSON.stringify(texts))).toEqual(texts);
  });
});

describe("the bytes of a reply", () => {
  const text = '{"name":"Zoë €"}';
  const parsed = { name: "Zoë €" };
  const utf16be = (value: string) => Buffer.from(value, "utf16le").swap16();

  test.each([
    ["utf-8", Buffer.from(text), "utf-8"],
    ["utf-8 with a mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["utf-8 with a mark, though the type says otherwise", Buffer.from(`\ufeff${text}`), "iso-8859-1"],
    ["utf-16, little end first", Buffer.from(text, "utf16le"), "utf-16"],
    ["utf-16, little end first, with a mark", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16"],
    ["utf-16, big end first, with a mark", utf16be(`\ufeff${text}`), "utf-16"],
    ["utf-16be", utf16be(text), '"UTF-16BE"'],
    ["windows-1252", Buffer.from('{"name":"Zo\xeb \x80"}', "latin1"), "windows-1252"],
    ["iso-8859-1, as the web reads it", Buffer.from('{"name":"Zo\xeb \x80"}', "latin1"), "ISO-8859-1"],
  ])("are read as %s", async (_what, bytes, charset) => {
    expect(await bodyOf(bytes, { "content-type": `application/json; charset=${charset}` })).toEqual(parsed);
  });

  test("are refused in a charset that nobody knows, and where they are not what is said", async () => {
    expect(await faultOf(text, { "content-type": "application/json; charset=klingon" })).toMatchObject({ code: "malformed-reply", detail: expect.stringContaining("klingon") });
    expect(await faultOf(Buffer.from('{"name":"Zo\xeb"}', "latin1"))).toMatchObject({ code: "malformed-reply", detail: expect.stringContaining("no utf-8") });
  });

  test.each([
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["br", brotliCompressSync(text)],
    ["gzip, br", brotliCompressSync(gzipSync(text))],
    ["identity", Buffer.from(text)],
  ])("are decoded from %s, and counted decoded", async (coding, bytes) => {
    expect(replyOf(await reply(bytes, { ...JSON_TYPE, "content-encoding": coding }))).toMatchObject({ body: parsed, bytes: Buffer.byteLength(text) });
  });

  test.each([
    ["a coding that nobody asked for", "zstd", Buffer.from(text), "zstd"],
    ["too many codings", "gzip, gzip, gzip, gzip", gzipSync(text), "4 content codings"],
    ["what is no gzip", "gzip", Buffer.from(text), "no gzip"],
    ["half a gzip", "gzip", gzipSync(text).subarray(0, 20), "no gzip"],
  ])("are refused: %s", async (_what, coding, bytes, found) => {
    expect(await faultOf(bytes, { ...JSON_TYPE, "content-encoding": coding })).toMatchObject({ code: "malformed-reply", detail: expect.stringContaining(found) });
  });
});

describe("the size of a reply", () => {
  const filled = (size: number) => Buffer.from(`"${"a".repeat(size - 2)}"`);

  test("may be 5 MB and no more", async () => {
    expect(replyOf(await reply(filled(MAX_REPLY_BYTES))).bytes).toBe(MAX_REPLY_BYTES);
    expect(await faultOf(filled(MAX_REPLY_BYTES + 1))).toMatchObject({ kind: "contract", code: "reply-too-large", detail: expect.stringContaining("5 MB") });
  });

  test.each([
    ["gzip", gzipSync(filled(100_000_000))],
    ["br", brotliCompressSync(filled(100_000_000), { params: { 0: 1, 1: 1 } })],
    ["gzip, gzip", gzipSync(gzipSync(filled(100_000_000)))],
  ])("counts decoded, and decoding stops there: a bomb in %s", async (coding, bomb) => {
    const before = process.memoryUsage().rss;
    const failure = failureOf(await reply(bomb, { ...JSON_TYPE, "content-encoding": coding }));
    expect(failure).toMatchObject({ attempts: 1, fault: { code: "reply-too-large" } });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  test("ends one that never does, and its connection", async () => {
    let closed = false;
    const service = await serveHttp((_request, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, JSON_TYPE);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "1"))) continue;
      };
      response.on("drain", more);
      more();
    });
    const parts = openExecute({ allowHosts: ["127.0.0.1"] });
    cleanups.push(service, parts);
    expect(failureOf(await parts.send({ url: service.url })).fault.code).toBe("reply-too-large");
    await expect.poll(() => closed).toBe(true);
    expect(parts.clock.pending()).toBe(0);
  });

  test("of a refusal that is too large, or cannot be read, does not hide the refusal", async () => {
    expect(failureOf(await reply(filled(MAX_REPLY_BYTES + 1), JSON_TYPE, 404))).toMatchObject({ statusCode: 404, body: null, fault: { code: "not-found" } });
    expect(failureOf(await reply("x", { "content-encoding": "gzip" }, 400))).toMatchObject({ statusCode: 400, body: null, fault: { code: "bad-request" } });
  });
});

describe("a service that repeats the secret where it is quoted", () => {
  const SECRET = "Zx9KqSecretValue77";
  const LONG = `${SECRET}.${"aB3".repeat(40)}`;

  test.each([
    ["the host it redirects to", 307, { location: `https://${SECRET}.evil.example/x` }, SECRET],
    ["the scheme it redirects to", 307, { location: `${SECRET}:x` }, SECRET],
    ["its content type", 200, { "content-type": `text/${SECRET}` }, SECRET],
    ["its content type, where it is too long to be quoted", 200, { "content-type": `text/${LONG}` }, LONG],
    ["its charset", 200, { "content-type": `application/json; charset=${SECRET}` }, SECRET],
    ["its content coding", 200, { "content-type": "application/json", "content-encoding": SECRET }, SECRET],
  ] as const)("does not get it told: in %s", async (_where, status, headers, secret) => {
    const service = await serveHttp((_request, response) => response.writeHead(status, headers).end("{}"));
    const parts = openExecute({ allowHosts: ["127.0.0.1"] });
    cleanups.push(service, parts);
    const failure = failureOf(await parts.send({ url: service.url, secret, headers: { Authorization: `Bearer ${secret}` } }));
    expect(JSON.stringify(failure).toLowerCase()).not.toContain(secret.slice(0, 12).toLowerCase());
  });
});

describe("a fault", () => {
  test("says that the other side is a service and not the platform", async () => {
    expect(await faultOf("{}", JSON_TYPE, 401)).toMatchObject({ code: "credentials", from: "service" });
  });
});

test("more headers than are read are refused at once", async () => {
  expect(failureOf(await reply("{}", { ...JSON_TYPE, "x-big": "a".repeat(20_000) }))).toMatchObject({ attempts: 1, fault: { code: "reply-too-large" } });
});
