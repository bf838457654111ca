import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { isIntact, loadPackage, type LoadOptions } from "../../electron/updates/load-package.ts";
import { describeProblem } from "../../electron/updates/update-problem.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { closedPort } from "../support/health-servers.ts";
import type { SeenRequest } from "../support/loopback-http.ts";
import { packageBytes, sha512, updateServer, type Served } from "../support/signed-feed.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";

const bytes = packageBytes(300_000);
const file = { sha512: sha512(bytes), size: bytes.byteLength };

/** Serves ranges, and lets the first `breaks` answers break off half-way. */
function ranged(breaks = 0): (request: SeenRequest, response: ServerResponse) => void {
  let left = breaks;
  return ({ headers }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
    const body = bytes.subarray(from);
    if (from > 0) response.writeHead(206, { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`, "content-length": body.length });
    else response.writeHead(200, { "content-length": body.length });
    if (left === 0) response.end(body);
    else {
      left -= 1;
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    }
  };
}

async function bench(answer: Served, more: Partial<LoadOptions> = {}) {
  const folder = await tempDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const server = await updateServer(new Map([["a.AppImage", answer]]));
  const clock = createFakeClock();
  const destination = join(folder.path, "whole");
  const partialFolder = join(folder.path, "partial");
  const progress: number[] = [];
  const load = (now: Partial<LoadOptions> = {}) =>
    loadPackage({
      file: { ...file, url: `${server.url}/a.AppImage` },
      version: "1.1.0",
      partialFolder,
      destination,
      files: nodeFiles,
      move: rename,
      fetch: globalThis.fetch,
      clock,
      signal: new AbortController().signal,
      onProgress: (percent) => {
        progress.push(percent);
      },
      ...more,
      ...now,
    });
  const partials = async () => Promise.all((await readdir(partialFolder)).map(async (name) => (await stat(join(partialFolder, name))).size));
  return { load, server, clock, destination, partialFolder, partials, progress };
}

it("puts a package at its place when it is whole and the one that is named", async () => {
  const { load, destination, partials, progress, clock } = await bench(ranged());
  expect(await load()).toEqual({ ok: true, value: null });
  expect((await readFile(destination)).equals(bytes)).toBe(true);
  expect(await partials()).toEqual([]);
  expect(progress.at(-1)).toBe(100);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(clock.pending()).toBe(0);
});

it("goes on where it broke off, twice, and asks only for what is missing", async () => {
  const { load, destination, server } = await bench(ranged(2));
  for (const time of [1, 2]) expect(await load(), `break ${time}`).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "network" } } });
  expect(await load()).toEqual({ ok: true, value: null });
  expect((await readFile(destination)).equals(bytes)).toBe(true);
  const asked = server.requests.map(({ headers }) => Number(/\d+/.exec(headers.range ?? "0")?.[0]));
  expect(asked[0]).toBe(0);
  expect(asked[1]).toBeGreaterThan(0);
  expect(asked[2]).toBeGreaterThan(asked[1] ?? 0);
});

it("begins again where the server knows no ranges, or answers with another one", async () => {
  for (const answer of [
    (_request: SeenRequest, response: ServerResponse) => response.writeHead(200).end(bytes),
    ({ headers }: SeenRequest, response: ServerResponse) => {
      if (headers.range === undefined) response.writeHead(200).end(bytes);
      else response.writeHead(206, { "content-range": "bytes 7-9/10" }).end("abc");
    },
    ({ headers }: SeenRequest, response: ServerResponse) => {
      if (headers.range === undefined) response.writeHead(200).end(bytes);
      else response.writeHead(416).end();
    },
  ]) {
    const { load, destination, partialFolder } = await bench(answer);
    await nodeFiles.makeDirectory(partialFolder);
    await writeFile(join(partialFolder, `${Buffer.from(file.sha512, "base64").toString("hex").slice(0, 32)}.part`), bytes.subarray(0, 1_000));
    let outcome = await load();
    if (!outcome.ok) outcome = await load();
    expect(outcome).toEqual({ ok: true, value: null });
    expect((await readFile(destination)).equals(bytes)).toBe(true);
  }
});

it("throws away what is not the package that is named: one byte, a longer one, what was kept from before", async () => {
  const other = Buffer.from(bytes);
  other[150_000] = (other[150_000] ?? 0) ^ 1;
  for (const body of [other, Buffer.concat([bytes, Buffer.from("x")])]) {
    const { load, destination, partials } = await bench(body);
    const outcome = await load();
    expect(outcome).toEqual({ ok: false, error: { kind: "checksum", version: "1.1.0" } });
    expect(describeProblem({ kind: "checksum", version: "1.1.0" }).what).toBe("The package of version 1.1.0 is not the one that was signed.");
    await expect(readFile(destination)).rejects.toThrow("ENOENT");
    expect((await partials()).every((size) => size === 0)).toBe(true);
  }
  const { load, destination, partialFolder } = await bench(ranged());
  await nodeFiles.makeDirectory(partialFolder);
  await writeFile(join(partialFolder, `${Buffer.from(file.sha512, "base64").toString("hex").slice(0, 32)}.part`), other.subarray(0, 200_000));
  expect(await load()).toMatchObject({ ok: false, error: { kind: "checksum" } });
  expect(await load()).toEqual({ ok: true, value: null });
  expect((await readFile(destination)).equals(bytes)).toBe(true);
});

it("never writes more than the size that was signed, however much comes", async () => {
  const { files, faults } = createFaultyFiles();
  const { load } = await bench((_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(bytes));
      response.once("drain", more);
    };
    more();
  });
  faults.room = bytes.length;
  expect(await load({ files })).toMatchObject({ ok: false, error: { kind: "checksum" } });
});

it("says that the disk is full, keeps what fits, and goes on when there is room", async () => {
  const { files, faults } = createFaultyFiles();
  const { load, destination, partials } = await bench(ranged());
  faults.room = 100_000;
  const outcome = await load({ files });
  expect(outcome).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "disk" } } });
  if (!outcome.ok) expect(describeProblem(outcome.error).what).toBe("The update could not be kept on the disk. Keeping the update: no space is left on the disk (ENOSPC).");
  expect(await partials()).toEqual([100_000]);
  faults.room = Number.POSITIVE_INFINITY;
  expect(await load({ files })).toEqual({ ok: true, value: null });
  expect((await readFile(destination)).equals(bytes)).toBe(true);
});

it("gives up when nothing comes for half a minute, and when it is stopped", async () => {
  const answer = (_request: SeenRequest, response: ServerResponse): void => {
    response.writeHead(200).write(bytes.subarray(0, 1_000));
  };
  const { load, clock, progress } = await bench(answer);
  const silent = load();
  await until(() => progress.length > 0);
  await clock.advance(29_999);
  expect(clock.pending()).toBe(1);
  await clock.advance(1);
  expect(await silent).toMatchObject({ ok: false, error: { kind: "fault", fault: { detail: expect.stringContaining("nothing came for 30 s") } } });
  const stop = new AbortController();
  const stopped = load({ signal: stop.signal });
  stop.abort();
  expect(await stopped).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "aborted" } } });
  expect(clock.pending()).toBe(0);
});

it("tells a server that is gone, and one that does not have it", async () => {
  const { load, server } = await bench(404);
  expect(await load()).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "not-found" } } });
  expect(await load({ file: { ...file, url: `http://127.0.0.1:${await closedPort()}/a.AppImage` } })).toMatchObject({ ok: false, error: { kind: "fault", fault: { code: "network" } } });
  expect(server.requests).toHaveLength(1);
});

it("keeps no half of a release that is no longer wanted", async () => {
  const { load, partialFolder, partials } = await bench(ranged(1));
  await nodeFiles.makeDirectory(partialFolder);
  await writeFile(join(partialFolder, "0123.part"), "an older release");
  await load();
  expect(await partials()).toHaveLength(1);
  expect(await readdir(partialFolder)).not.toContain("0123.part");
});

it("finds a file that was cut or changed since", async () => {
  const folder = await tempDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = join(folder.path, "a");
  await writeFile(path, bytes);
  expect(await isIntact(nodeFiles, path, file)).toBe(true);
  await writeFile(path, bytes.subarray(1));
  expect(await isIntact(nodeFiles, path, file)).toBe(false);
  await writeFile(path, Buffer.alloc(bytes.length));
  expect(await isIntact(nodeFiles, path, file)).toBe(false);
});
