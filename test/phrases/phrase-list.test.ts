import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openPhraseList, type PhraseListOptions, type PhraseTrouble } from "../../electron/phrases/phrase-list.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { listen } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";

const keys = generateKeyPairSync("ed25519");
const strangers = generateKeyPairSync("ed25519");
const publicKey = keys.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const HOUR = 3_600_000;

const lines = (serial: number, ...phrases: readonly string[]): string => [`# callside-phrases 1 serial ${serial}`, ...phrases].join("\n");
const json = (serial: number, ...phrases: readonly string[]): string => JSON.stringify({ version: 1, serial, phrases });

let folder = "";
const closings: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-test-"));
});
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
  await rm(folder, { recursive: true, force: true });
});

/** A server of one list, whose content and signature the test holds. */
async function publisher(first: string, signer = keys.privateKey) {
  const held = { list: Buffer.from(first), signature: sign(null, Buffer.from(first), signer).toString("base64"), status: 200 };
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const etag = `"${sign(null, held.list, keys.privateKey).toString("hex").slice(0, 16)}"`;
    const isSame = request.headers["if-none-match"] === etag;
    const status = held.status === 200 && isSame && request.url === "/list" ? 304 : held.status;
    asked.push(`${request.url ?? ""} ${status}`);
    if (status !== 200) response.writeHead(status).end();
    else response.writeHead(200, { etag }).end(request.url === "/list.sig" ? held.signature : held.list);
  };
  const server = createServer(answer);
  const port = await listen(server);
  closings.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  return {
    url: `http://127.0.0.1:${port}/list`,
    asked,
    held,
    publish(text: string | Uint8Array, by = keys.privateKey): void {
      held.list = Buffer.from(text);
      held.signature = sign(null, held.list, by).toString("base64");
    },
  };
}

async function follow(url: string, more: Partial<PhraseListOptions> = {}) {
  const clock = createFakeClock();
  const told: { readonly phrases: (readonly string[])[]; readonly troubles: (PhraseTrouble | null)[] } = { phrases: [], troubles: [] };
  const list = await openPhraseList({
    url,
    publicKey,
    fetch: globalThis.fetch,
    clock,
    files: nodeFiles,
    path: join(folder, "phrase-list.json"),
    onPhrases: (phrases) => told.phrases.push(phrases),
    onTrouble: (trouble) => told.troubles.push(trouble),
    ...more,
  });
  closings.push(async () => {
    await list[Symbol.asyncDispose]();
  });
  return { list, clock, told };
}

describe("a signed list (real servers)", () => {
  test.each([["text", lines(1, "sue", "", "# a remark", " größere Zusage ", "sue")], ["JSON", json(1, "sue", "größere Zusage")]])("of %s is there when it has been opened", async (_form, content) => {
    const { url } = await publisher(content);
    const { list, told } = await follow(url);
    expect(list.phrases()).toStrictEqual(["sue", "größere Zusage"]);
    expect(told).toStrictEqual({ phrases: [["sue", "größere Zusage"]], troubles: [{ kind: "awaited" }, null] });
  });

  test("is looked for every hour with its ETag, and fetched when it is another", async () => {
    const source = await publisher(lines(1, "sue"));
    const { url, asked } = source;
    const { list, clock, told } = await follow(url);
    await clock.advance(HOUR - 1);
    expect(asked).toStrictEqual(["/list 200", "/list.sig 200"]);
    await clock.advance(1);
    await until(() => asked.length === 3 && told.troubles.length === 3);
    expect(asked.at(-1)).toBe("/list 304");
    source.publish(lines(2, "sue", "swear"));
    await until(() => clock.pending() === 1);
    await clock.advance(HOUR);
    await until(() => told.phrases.length === 2);
    expect(list.phrases()).toStrictEqual(["sue", "swear"]);
  });

  test("is kept over a restart, and proved again when it is read", async () => {
    const { url, held } = await publisher(lines(7, "sue"));
    await (await follow(url)).list[Symbol.asyncDispose]();
    held.status = 503;
    const offline = await follow(url);
    expect(offline.list.phrases()).toStrictEqual(["sue"]);
    await until(() => offline.told.troubles.length === 1);
    expect(offline.told.troubles).toMatchObject([{ holds: true, detail: expect.stringContaining("503") }]);
    await offline.list[Symbol.asyncDispose]();

    const path = join(folder, "phrase-list.json");
    const kept = JSON.parse(await readFile(path, "utf8")) as { list: string };
    await writeFile(path, JSON.stringify({ ...kept, list: Buffer.from(lines(7)).toString("base64") }));
    const forged = await follow(url);
    expect(forged.list.phrases()).toStrictEqual([]);
    expect(forged.told.troubles).toMatchObject([{ kind: "awaited" }, { holds: false }]);
  });

  test.each([
    ["signed by another key", (p: Awaited<ReturnType<typeof publisher>>) => p.publish(lines(9), strangers.privateKey), "signature"],
    ["whose signature is missing", (p) => { p.held.list = Buffer.from(lines(9)); p.held.signature = ""; }, "signature"],
    ["with an older serial number", (p) => p.publish(lines(4)), "serial number 4 is older than 5"],
    ["with the same number and other phrases", (p) => p.publish(lines(5)), "serial number 5"],
    ["without a serial number", (p) => p.publish("sue\nswear"), "first line"],
    ["of another form", (p) => p.publish('{"version":2,"serial":9,"phrases":[]}'), "version: invalid value"],
    ["that is broken JSON", (p) => p.publish('{"version":1,'), "no JSON"],
    ["that is no UTF-8", (p) => p.publish(Buffer.concat([Buffer.from(lines(9)), Buffer.from([0x0a, 0xff])])), "UTF-8"],
    ["with too many phrases", (p) => p.publish(lines(9, ...Array.from({ length: 20_001 }, (_one, index) => `phrase ${index}`))), "20001 phrases"],
    ["with too long a phrase", (p) => p.publish(lines(9, "x".repeat(501))), "501 characters"],
    ["that is too large", (p) => p.publish(lines(9, "x".repeat(2_000_000))), "more than 2000000 bytes"],
    ["that is not there", (p) => { p.held.status = 404; }, "404"],
  ] as const satisfies readonly (readonly [string, (p: Awaited<ReturnType<typeof publisher>>) => void, string])[])("one %s is refused and told; the last good one stays", async (_case, spoil, words) => {
    const source = await publisher(lines(5, "sue"));
    const { list, told } = await follow(source.url);
    spoil(source);
    await list.refresh();
    expect(told.troubles.at(-1)).toMatchObject({ holds: true, detail: expect.stringContaining(words) });
    expect(JSON.stringify(told.troubles)).not.toContain("swear");
    expect(list.phrases()).toStrictEqual(["sue"]);
    expect(told.phrases).toHaveLength(1);
    source.held.status = 200;
    source.publish(lines(10, "sue", "better"));
    await list.refresh();
    expect(told.troubles.at(-1)).toBeNull();
    expect(list.phrases()).toStrictEqual(["sue", "better"]);
  });

  test("that was never had is told as awaited at once, and as a fault when its server has been silent for too long", async () => {
    const clock = createFakeClock();
    const troubles: unknown[] = [];
    const silent = (_input: unknown, init?: RequestInit) => new Promise<Response>((_resolve, reject) => { init?.signal?.addEventListener("abort", () => { reject(new Error("ended")); }); });
    const opening = follow("http://127.0.0.1:9/list", { clock, fetch: silent, onTrouble: (trouble) => troubles.push(trouble) });
    await until(() => troubles.length === 1);
    expect([troubles, clock.now()]).toStrictEqual([[{ kind: "awaited" }], createFakeClock().now()]);
    await until(() => clock.pending() >= 2);
    await clock.advance(15_000);
    await opening;
    await until(() => troubles.length === 2);
    expect(troubles[1]).toMatchObject({ kind: "fault", holds: false, detail: expect.stringContaining("15000 ms") });
  });

  test("work does not wait longer than five seconds for the first one", async () => {
    const clock = createFakeClock();
    const opening = follow("http://127.0.0.1:9/list", { clock, fetch: () => new Promise(() => {}) });
    await until(() => clock.pending() >= 2);
    await clock.advance(5_000);
    expect((await opening).list.phrases()).toStrictEqual([]);
    closings.length = 0;
  });

  test("one that is kept is there at once, whatever the server does", async () => {
    const { url } = await publisher(lines(1, "sue"));
    await (await follow(url)).list[Symbol.asyncDispose]();
    const { list } = await follow(url, { fetch: (_input, init) => new Promise((_resolve, reject) => { init?.signal?.addEventListener("abort", () => { reject(new Error("ended")); }); }) });
    expect(list.phrases()).toStrictEqual(["sue"]);
  });

  test("closing ends a request that is under way and leaves no timer behind", async () => {
    const { url } = await publisher(lines(1, "sue"));
    const { list, clock, told } = await follow(url);
    const refreshing = list.refresh();
    await list[Symbol.asyncDispose]();
    await refreshing;
    expect(clock.pending()).toBe(0);
    expect(told.troubles).toStrictEqual([{ kind: "awaited" }, null]);
  });
});
