import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createPackage, createPackageWithOptions } from "@electron/asar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { archiveProblems, contentProblems, headerHash, OWN_PART_LIMIT, ownPart, packedFiles, textProblems, type PackedFile } from "../../build/package-content.ts";

const good = [
  "package.json",
  "LICENSE",
  "third-party-notices.txt",
  "main/main.js",
  "main/history-worker.js",
  "main/inbox-worker.js",
  "main/schemas-CjnIgQmi.js",
  "preload/preload.cjs",
  "renderer/index.html",
  "renderer/assets/index-B9EndkBa.js",
  "renderer/assets/index-CM3tYbO7.css",
] as const;

const listed = (paths: readonly string[], size = 10): readonly PackedFile[] => paths.map((path) => ({ path, size }));

describe("the list of what is in the package", () => {
  it("is good when it holds what was built and nothing else", () => {
    expect(contentProblems(listed(good))).toEqual([]);
  });

  it.each([
    "main/main.js.map",
    "main/main.ts",
    "main/cli.cjs",
    "electron/main.ts",
    "test/app/app.test.js",
    "node_modules/zod/index.js",
    "main/node_modules/zod/index.js",
    ".env",
    "main/.env.js/x.js",
    "main/key.pem",
    "callside.config.json",
    "renderer/.stamp",
    "renderer/assets/../../x.js",
    "renderer/assets/deep/x.js",
    "preload/other.cjs",
    "README.md",
    "third-party-notices.txt.bak",
    "Package.json",
  ])("does not take %s", (path) => {
    expect(contentProblems(listed([...good, path]))).toEqual([`${path}: not among what may be in the package`]);
  });

  it.each(good.slice(0, 6))("misses %s", (path) => {
    expect(contentProblems(listed(good.filter((one) => one !== path)))).toEqual([`${path}: missing from the package`]);
  });

  it("tells an empty file, and a package that has grown too big by one byte", () => {
    expect(contentProblems([...listed(good.slice(1)), { path: "package.json", size: 0 }])).toEqual(["package.json: empty"]);
    const rest = ownPart(listed(good.slice(1)));
    expect(contentProblems([...listed(good.slice(1)), { path: "package.json", size: OWN_PART_LIMIT - rest }])).toEqual([]);
    expect(contentProblems([...listed(good.slice(1)), { path: "package.json", size: OWN_PART_LIMIT - rest + 1 }])).toEqual(["our own part: found 3000001 bytes, allowed 3000000"]);
  });

  it("does not take a file that names its source map or holds a key", () => {
    expect(textProblems("main/main.js", "code();\n//# sourceMappingURL=main.js.map\n")).toEqual(["main/main.js: names a source map"]);
    expect(textProblems("main/main.js", `-----BEGIN RSA PRIVATE KEY-----\n${"QUJD".repeat(16)}\n`)).toEqual(["main/main.js: holds a private key"]);
    expect(textProblems("main/main.js", 'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) refuse();')).toEqual([]);
  });
});

describe("an archive", () => {
  let directory = "";
  let app = "";
  let archive = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "callside-archive-"));
    app = join(directory, "app");
    archive = join(directory, "app.asar");
    for (const path of good) {
      await mkdir(dirname(join(app, path)), { recursive: true });
      await writeFile(join(app, path), `the file ${path}`);
    }
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it("is read back with the sizes of its files", async () => {
    await createPackage(app, archive);
    expect(archiveProblems(archive)).toEqual([]);
    expect(packedFiles(archive).map(({ path }) => path).toSorted()).toEqual([...good].toSorted());
    expect(ownPart(packedFiles(archive))).toBe(good.reduce((sum, path) => sum + `the file ${path}`.length, 0));
  });

  it("is told when a file in it was changed after it was made", async () => {
    await createPackage(app, archive);
    const before = headerHash(archive);
    const bytes = await readFile(archive);
    bytes.write("THE FILE", bytes.indexOf("the file main/main.js"), "latin1");
    await writeFile(archive, bytes);
    expect(archiveProblems(archive)).toEqual(["main/main.js: is not what the archive's hash says"]);
    expect(headerHash(archive)).toBe(before);
  });

  it("has another hash in its header when its content is another", async () => {
    await createPackage(app, archive);
    await writeFile(join(app, "main/main.js"), "the same length..");
    await createPackage(app, join(directory, "other.asar"));
    expect(headerHash(archive)).toMatch(/^[0-9a-f]{64}$/);
    expect(headerHash(join(directory, "other.asar"))).not.toBe(headerHash(archive));
  });

  it("takes no file that lies beside it, and no link", async () => {
    await createPackageWithOptions(app, archive, { unpack: "**/inbox-worker.js" });
    expect(archiveProblems(archive)).toEqual([
      "main/inbox-worker.js (not in the archive itself): not among what may be in the package",
      "main/inbox-worker.js: missing from the package",
      "main/inbox-worker.js (not in the archive itself): empty",
    ]);
    await cp(app, join(directory, "linked"), { recursive: true });
    await symlink("main.js", join(directory, "linked/main/second.js"));
    await createPackage(join(directory, "linked"), join(directory, "linked.asar"));
    expect(archiveProblems(join(directory, "linked.asar"))).toContain("main/second.js (not in the archive itself): not among what may be in the package");
  });
});
