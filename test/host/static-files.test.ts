import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readStaticFiles, type ReadableDirectory } from "../../electron/host/static-files.ts";

const fs = { readdir, readFile };
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-static-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

it("serves the built files by their exact path, and the page at /", async () => {
  await mkdir(join(directory, "panel", "assets"), { recursive: true });
  await writeFile(join(directory, "panel", "index.html"), "page");
  await writeFile(join(directory, "panel", "assets", "main.js"), "code");
  const files = await readStaticFiles(join(directory, "panel"), fs);
  if (!files.ok) throw new Error(files.error.detail);
  const text = (path: string) => Buffer.from(files.value.find(path)?.body ?? []).toString();
  expect([text("/"), text("/index.html"), text("/assets/main.js")]).toEqual(["page", "page", "code"]);
  expect(files.value.find("/assets/main.js")?.contentType).toBe("text/javascript; charset=utf-8");
  for (const path of ["", "/assets", "/assets/", "assets/main.js", "//assets/main.js", "/panel/../index.html", "/constructor"]) {
    expect(files.value.find(path)).toBeUndefined();
  }
});

it("leaves out links that lead elsewhere and kinds of file that the panel has not", async () => {
  await mkdir(join(directory, "panel"));
  await writeFile(join(directory, "secret.html"), "secret");
  await writeFile(join(directory, "panel", "index.html"), "page");
  await writeFile(join(directory, "panel", "main.js.map"), "sources");
  await symlink(join(directory, "secret.html"), join(directory, "panel", "link.html"));
  await symlink(directory, join(directory, "panel", "up"));
  const files = await readStaticFiles(join(directory, "panel"), fs);
  if (!files.ok) throw new Error(files.error.detail);
  for (const path of ["/link.html", "/up/secret.html", "/main.js.map"]) expect(files.value.find(path)).toBeUndefined();
});

it("says that the panel has not been built", async () => {
  expect(await readStaticFiles(join(directory, "absent"), fs)).toMatchObject({ ok: false, error: { code: "disk", detail: expect.stringContaining("ENOENT") } });
  expect(await readStaticFiles(directory, fs)).toMatchObject({ ok: false, error: { code: "not-found-here", detail: expect.stringContaining("index.html") } });
});

it("finds files in folders where the listing tells no parent, as within an archive", async () => {
  await mkdir(join(directory, "assets", "deep"), { recursive: true });
  await writeFile(join(directory, "index.html"), "page");
  await writeFile(join(directory, "assets", "deep", "main.js"), "code");
  const bare: ReadableDirectory["readdir"] = async (path, options) => {
    const entries = await readdir(path, options);
    for (const entry of entries) Reflect.deleteProperty(entry, "parentPath");
    return entries;
  };
  const files = await readStaticFiles(directory, { readdir: bare, readFile });
  if (!files.ok) throw new Error(files.error.detail);
  expect(Buffer.from(files.value.find("/assets/deep/main.js")?.body ?? []).toString()).toBe("code");
});
