import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFolder, type FolderPorts } from "../../electron/health/folder-check.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles, systemError } from "../support/faulty-files.ts";
import { expectBad } from "../support/health-words.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const MB = 1_000_000;

function ports(more: Partial<FolderPorts> = {}): FolderPorts {
  return { files: nodeFiles, freeBytes: async () => 500 * MB, clock: createFakeClock(), newId: () => "id", ...more };
}

describe("the data folder", () => {
  test("is good where it can be written and has room, and nothing is left in it", async () => {
    await using folder = await tempDirectory();
    await expect(checkFolder(folder.path, ports())).resolves.toMatchObject({ kind: "good", found: "can be written, 500 MB free" });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test.each([
    [200 * MB + 1, "good"],
    [200 * MB, "doubtful"],
    [20 * MB + 1, "doubtful"],
  ])("with %i bytes left is %s", async (free, kind) => {
    await using folder = await tempDirectory();
    await expect(checkFolder(folder.path, ports({ freeBytes: async () => free }))).resolves.toMatchObject({ kind });
  });

  test("with next to nothing left is told as a disk", async () => {
    await using folder = await tempDirectory();
    expectBad(await checkFolder(folder.path, ports({ freeBytes: async () => 20 * MB })), "disk", /^only 20 MB free where /);
  });

  test("on a full disk is told as one, and what could be written of the trial is removed", async () => {
    await using folder = await tempDirectory();
    const { files, faults } = createFaultyFiles();
    faults.room = 7;
    expectBad(await checkFolder(folder.path, ports({ files })), "disk", /no space is left on the disk \(ENOSPC\)$/);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test.each(["open", "sync"] as const)("that refuses to %s is told with the reason, and nothing is left", async (step) => {
    await using folder = await tempDirectory();
    const { files, faults } = createFaultyFiles();
    faults[step] = "EACCES";
    expectBad(await checkFolder(folder.path, ports({ files })), "disk", /access was denied \(EACCES\)$/);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("that is not there is not made", async () => {
    await using folder = await tempDirectory();
    await expect(checkFolder(join(folder.path, "none"), ports())).resolves.toMatchObject({ kind: "skipped" });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test("that cannot be read is told", async () => {
    const files = { ...nodeFiles, list: () => Promise.reject(systemError("EACCES")) };
    expectBad(await checkFolder("/data", ports({ files })), "disk", /^reading \/data: access was denied/);
  });

  test("whose room nobody can tell is good all the same", async () => {
    await using folder = await tempDirectory();
    await expect(checkFolder(folder.path, ports({ freeBytes: () => Promise.reject(systemError("ENOSYS")) }))).resolves.toMatchObject({ kind: "good" });
  });
});
