import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { DiskTrouble } from "../../electron/files/background-writer.ts";
import type { FilePort } from "../../electron/files/file-port.ts";
import { openMetricsFile } from "../../electron/telemetry/open-metrics-file.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";

async function setUp(place: readonly string[] = ["not", "there", "figures.txt"]) {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const file = join(directory.path, ...place);
  const clock = createFakeClock();
  const disk = createFaultyFiles();
  const written: string[] = [];
  let looks = 0;
  const files: FilePort = {
    ...disk.files,
    async replace(path, text) {
      await disk.files.replace(path, text);
      written.push(text);
    },
  };
  const told: DiskTrouble[] = [];
  const world = { figure: 1 };
  const kept = openMetricsFile({
    file,
    files,
    clock,
    text: (ended) => {
      looks += 1;
      return `figure ${world.figure}${ended ? " at the end" : ""}\n`;
    },
    onTrouble: (trouble) => told.push(trouble),
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= Promise.resolve(kept[Symbol.asyncDispose]()));
  onTestFinished(close);
  /** Time goes on past the next look, and what it leads to on the disk is over. */
  const look = async (ms: number): Promise<void> => {
    const before = looks;
    await clock.advance(ms);
    await until(() => looks > before, "it looked");
    // The disk's own turns.
    for (let turn = 0; turn < 20; turn += 1) await stat(directory.path);
  };
  const read = (): Promise<string> => readFile(file, "utf8");
  return { folder: directory.path, file, clock, world, written, told, faults: disk.faults, look, close, read, looks: () => looks };
}

test("is written a second after opening, with its folders, then every 15 s, and at the end; no timer is left", async () => {
  const { file, clock, world, written, look, close, read, looks } = await setUp();
  await clock.advance(999);
  expect(looks()).toBe(0);
  await look(1);
  await until(() => written.length === 1, "the first text");
  expect(await read()).toBe("figure 1\n");
  world.figure = 2;
  await clock.advance(13_999);
  expect(looks()).toBe(1);
  await look(1);
  await until(() => written.length === 2, "the second text");
  world.figure = 3;
  await look(15_000);
  await until(() => written.length === 3, "the third text");
  world.figure = 4;
  await close();
  expect(await read()).toBe("figure 4 at the end\n");
  expect(await readdir(dirname(file))).toEqual(["figures.txt"]);
  expect(clock.pending()).toBe(0);
});

test("the same text is not written again, however long that is so", async () => {
  const { written, world, look } = await setUp();
  await look(1_000);
  await until(() => written.length === 1, "the first text");
  await look(14_000);
  for (let minute = 0; minute < 10; minute += 1) await look(15_000);
  expect(written).toEqual(["figure 1\n"]);
  world.figure = 2;
  await look(15_000);
  await until(() => written.length === 2, "the change");
});

test("a file that was removed, or written by another with as many bytes, is put right at the next look", async () => {
  const { file, written, look, read } = await setUp();
  await look(1_000);
  await until(() => written.length === 1, "the first text");
  await rm(file);
  await look(14_000);
  await until(() => written.length === 2, "it is there again");
  await writeFile(file, "figure 9\n");
  await look(15_000);
  await until(() => written.length === 3, "it is ours again");
  expect(await read()).toBe("figure 1\n");
});

test("what an earlier run left is replaced whole, never added to", async () => {
  const { folder, look, read, written } = await setUp(["figures.txt"]);
  await writeFile(join(folder, "figures.txt"), "figure 1\nand much more of before\n");
  await look(1_000);
  await until(() => written.length === 1, "the first text");
  expect(await read()).toBe("figure 1\n");
});

test("trouble is told once, the newest figures are written once that is possible, and that is told too", async () => {
  const { world, told, faults, look, written, clock, read } = await setUp();
  faults.replace = "ENOSPC";
  await look(1_000);
  await until(() => told.length === 1, "the trouble is told");
  expect(told).toEqual([{ kind: "failing", detail: expect.stringMatching(/^writing .*figures\.txt: no space is left on the disk \(ENOSPC\)$/u), lost: 0 }]);
  for (let again = 0; again < 20; again += 1) await look(5_000);
  expect(told).toHaveLength(1);
  expect(written).toEqual([]);
  world.figure = 7;
  faults.replace = null;
  await look(5_000);
  await until(() => told.length === 2, "it is well again");
  expect(told[1]).toEqual({ kind: "recovered", lost: 0 });
  expect(await read()).toBe("figure 7\n");
  expect(clock.pending()).toBe(1);
});

test("a disk that refuses to the end leaves the text of before, whole, and no draft beside it", async () => {
  const { folder, faults, told, look, close, read, written, world } = await setUp(["figures.txt"]);
  await look(1_000);
  await until(() => written.length === 1, "the first text");
  faults.replace = "EIO";
  world.figure = 2;
  await close();
  expect(told).toEqual([{ kind: "failing", detail: expect.stringContaining("could not be written before the end"), lost: 1 }]);
  expect(await read()).toBe("figure 1\n");
  expect(await readdir(folder)).toEqual(["figures.txt"]);
});

test("a folder in the file's place is told and left as it is", async () => {
  const { folder, file, told, look } = await setUp(["figures.txt"]);
  await mkdir(file);
  await writeFile(join(file, "mine"), "");
  await look(1_000);
  await until(() => told.length === 1, "the trouble is told");
  expect(await readdir(file)).toEqual(["mine"]);
  expect(await readdir(folder)).toEqual(["figures.txt"]);
});
