import { chmod, lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { writeOnce } from "../../electron/diagnostics/write-once.ts";
import { tempDirectory, type TempDirectory } from "../support/temp-directory.ts";

const posix = process.platform !== "win32";
let folder: TempDirectory;
let umask: number;
beforeEach(async () => {
  folder = await tempDirectory();
  // The least careful system: whatever is private is so by our own doing.
  umask = posix ? process.umask(0) : 0;
});
afterEach(async () => {
  if (posix) process.umask(umask);
  await folder[Symbol.asyncDispose]();
});

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
/** Windows knows no such bits: the person's own folders are private there by the rights that they inherit. */
const PRIVATE_FILE = posix ? 0o600 : 0o666;
const PRIVATE_FOLDER = posix ? 0o700 : 0o777;

describe("what the program keeps on disk", () => {
  it("is its owner's alone, whatever the system's mask says", async () => {
    const data = join(folder.path, "data", "deep");
    await nodeFiles.makeDirectory(data);
    await nodeFiles.replace(join(data, "state.json"), "{}");
    await using stack = new AsyncDisposableStack();
    stack.adopt(await nodeFiles.openAppend(join(data, "logs", "log")), (handle) => handle.close());
    const written = await writeOnce(data, "diagnostics", ".json", "{}");
    expect(written.ok).toBe(true);
    for (const path of ["data", "data/deep", "data/deep/logs"]) expect([path, await modeOf(join(folder.path, path))]).toEqual([path, PRIVATE_FOLDER]);
    for (const name of ["state.json", "logs/log", "diagnostics.json"]) expect([name, await modeOf(join(data, name))]).toEqual([name, PRIVATE_FILE]);
  });

  it("does not keep the rights of a draft that a crash left behind, nor what it said", async () => {
    const file = join(folder.path, "state.json");
    await writeFile(`${file}.tmp`, "old and longer than what is new");
    await chmod(`${file}.tmp`, 0o666);
    await nodeFiles.replace(file, "new");
    expect([await readFile(file, "utf8"), await modeOf(file)]).toEqual(["new", PRIVATE_FILE]);
  });
});

describe.runIf(posix)("a link that somebody planted", () => {
  it("in the place of a draft is not followed: what it leads to stays as it was", async () => {
    const [file, target] = [join(folder.path, "state.json"), join(folder.path, "target")];
    await writeFile(target, "theirs");
    await symlink(target, `${file}.tmp`);
    await nodeFiles.replace(file, "ours");
    expect([await readFile(target, "utf8"), await readFile(file, "utf8"), (await lstat(file)).isSymbolicLink()]).toEqual(["theirs", "ours", false]);
  });

  it("in the place of a file is replaced, not written through", async () => {
    const [file, target] = [join(folder.path, "state.json"), join(folder.path, "target")];
    await writeFile(target, "theirs");
    await symlink(target, file);
    await nodeFiles.replace(file, "ours");
    expect([await readFile(target, "utf8"), await readFile(file, "utf8")]).toEqual(["theirs", "ours"]);
  });

  it("in the place of an export leads to another name", async () => {
    const target = join(folder.path, "target");
    await mkdir(join(folder.path, "downloads"));
    await symlink(target, join(folder.path, "downloads", "diagnostics.json"));
    expect(await writeOnce(join(folder.path, "downloads"), "diagnostics", ".json", "ours")).toEqual({ ok: true, value: join(folder.path, "downloads", "diagnostics-2.json") });
    await expect(readFile(target)).rejects.toThrow("ENOENT");
  });
});
