import { appendFile, readFile, writeFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAppendFile } from "../../electron/files/append-file.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

test("makes file and directories for their owner alone, and appends", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "deep", "er", "a.jsonl");
  const file = createAppendFile(createFaultyFiles().files, { sync: false });
  expect(await file.append(path, bytes("one\n"))).toEqual({ ok: true, value: undefined });
  await file.append(path, bytes("two\n"));
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
  if (process.platform !== "win32") expect((await stat(path)).mode & 0o077).toBe(0);
});

test("cuts a batch that the disk took only in part, and says why", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  const { files, faults } = createFaultyFiles();
  const file = createAppendFile(files, { sync: false });
  await file.append(path, bytes("one\n"));
  faults.room = 3;
  const full = await file.append(path, bytes("two two\n"));
  expect(full).toMatchObject({ ok: false, error: { code: "disk", kind: "transport" } });
  expect(full.ok ? "" : full.error.detail).toContain("no space is left on the disk (ENOSPC)");
  expect(await readFile(path, "utf8")).toBe("one\n");
  faults.room = Infinity;
  await file.append(path, bytes("two two\n"));
  expect(await readFile(path, "utf8")).toBe("one\ntwo two\n");
});

test("a short write that goes on is no failure", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  const { files, counts } = createFaultyFiles();
  const stingy = {
    ...files,
    openAppend: async (name: string) => {
      const handle = await files.openAppend(name);
      return { ...handle, write: (part: Uint8Array) => handle.write(part.subarray(0, 2)) };
    },
  };
  expect((await createAppendFile(stingy, { sync: false }).append(path, bytes("a longer line\n"))).ok).toBe(true);
  expect(counts.writes).toBe(7);
  expect(await readFile(path, "utf8")).toBe("a longer line\n");
});

test("what could not be cut at once is cut before the next batch", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  const { files, faults } = createFaultyFiles();
  const file = createAppendFile(files, { sync: false });
  await file.append(path, bytes("one\n"));
  faults.room = 3;
  faults.truncate = "EIO";
  await file.append(path, bytes("two two\n"));
  expect(await readFile(path, "utf8")).toBe("one\ntwo");
  expect((await file.append(path, bytes("two two\n"))).ok).toBe(false);
  faults.room = Infinity;
  faults.truncate = null;
  expect((await file.append(path, bytes("two two\n"))).ok).toBe(true);
  expect(await readFile(path, "utf8")).toBe("one\ntwo two\n");
});

test("never cuts what another writer added behind the leftover", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  const { files, faults } = createFaultyFiles();
  const file = createAppendFile(files, { sync: false });
  await file.append(path, bytes("one\n"));
  faults.room = 3;
  faults.truncate = "EIO";
  await file.append(path, bytes("two two\n"));
  await appendFile(path, "\nforeign\n");
  faults.room = Infinity;
  faults.truncate = null;
  await file.append(path, bytes("two two\n"));
  expect(await readFile(path, "utf8")).toBe("one\ntwo\nforeign\ntwo two\n");
});

test("a failed sync fails the batch and takes it back", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  const { files, faults } = createFaultyFiles();
  const file = createAppendFile(files, { sync: true });
  faults.sync = "EIO";
  expect((await file.append(path, bytes("one\n"))).ok).toBe(false);
  expect(await readFile(path, "utf8")).toBe("");
  faults.sync = null;
  await file.append(path, bytes("one\n"));
  expect(await readFile(path, "utf8")).toBe("one\n");
});

test("a line that a crash left unfinished does not swallow the next one", async () => {
  await using directory = await tempDirectory();
  const path = join(directory.path, "a.jsonl");
  await writeFile(path, "one\nhal");
  const file = createAppendFile(createFaultyFiles().files, { sync: false });
  await file.append(path, bytes("two\n"));
  await file.append(path, bytes("three\n"));
  expect(await readFile(path, "utf8")).toBe("one\nhal\ntwo\nthree\n");
});
