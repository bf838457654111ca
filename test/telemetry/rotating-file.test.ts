import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createRotatingFile, rotatedNames, type RotatingFileOptions, type RotationPort } from "../../electron/telemetry/rotating-file.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles, systemError } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** The port of the machine with one process' way of renaming and locking. */
function rotationPort(change: Partial<RotationPort> = {}): RotationPort {
  return {
    rename,
    lock: () => ({ [Symbol.dispose]() {} }),
    ...change,
  };
}

async function setUp(options: Partial<RotatingFileOptions> = {}) {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const folder = join(directory.path, "logs");
  const clock = createFakeClock(Date.now());
  const make = (change: Partial<RotatingFileOptions> = {}) => createRotatingFile({ folder, name: "callside", files: nodeFiles, clock, ...options, ...change });
  const textOf = (name: string) => readFile(join(folder, name), "utf8").catch(() => "");
  return {
    root: directory.path,
    folder,
    clock,
    make,
    textOf,
    names: async () => (await readdir(folder)).filter((name) => name.endsWith(".log")).toSorted(),
    /** Every line of all files, oldest first. */
    lines: async () => (await Promise.all(rotatedNames("callside").toReversed().map(textOf))).join("").split("\n").slice(0, -1),
  };
}

/** Numbered lines of half a megabyte each. */
const line = (number: number): Uint8Array => Buffer.from(`${number} ${"x".repeat(MB / 2)}\n`);
const numbersOf = (lines: readonly string[]): readonly number[] => lines.map((one) => Number.parseInt(one, 10));
const upTo = (count: number): readonly number[] => [...Array(count).keys()];

describe("files that take turns", () => {
  test("hold 2 MB each, six at most, and every line once and in order", async () => {
    const { make, lines, names, folder } = await setUp();
    const file = make();
    for (const number of upTo(12)) expect(await file.append(line(number))).toEqual({ ok: true, value: undefined });
    expect(numbersOf(await lines())).toEqual(upTo(12));
    for (const name of await names()) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(2 * MB);
    for (const number of upTo(30)) await file.append(line(100 + number));
    expect(await names()).toEqual(["callside.1.log", "callside.2.log", "callside.3.log", "callside.4.log", "callside.5.log", "callside.log"]);
    const kept = numbersOf(await lines());
    expect(kept).toEqual(upTo(30).map((number) => 100 + number).slice(-kept.length));
    expect(kept.length).toBeGreaterThanOrEqual(16);
  });

  test("are their owner's alone, and the lock of a rotation stands in nobody's way afterwards", async () => {
    const { make, folder, names } = await setUp();
    const file = make();
    for (const number of upTo(5)) await file.append(line(number));
    if (process.platform !== "win32") for (const name of await names()) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    const other = make();
    for (const number of upTo(5)) expect((await other.append(line(number))).ok).toBe(true);
    expect(await names()).toHaveLength(4);
  });

  test("begin with the log of an earlier version as the oldest of them", async () => {
    const { make, root, textOf, names, folder } = await setUp();
    await writeFile(join(root, "callside.log"), "earlier\n");
    const file = make({ earlier: join(root, "callside.log") });
    await file.append(Buffer.from("now\n"));
    expect(await names()).toEqual(["callside.1.log", "callside.log"]);
    expect([await textOf("callside.1.log"), await textOf("callside.log")]).toEqual(["earlier\n", "now\n"]);
    // The earlier version was started once more, beside files of this one.
    await writeFile(join(root, "callside.log"), "once more\n");
    await make({ earlier: join(root, "callside.log") }).append(Buffer.from("again\n"));
    expect(await textOf("callside.2.log")).toBe("once more\n");
    expect(await readdir(folder)).not.toContain("callside.3.log");
  });

  test("go when they are older than 30 days, at a start and while the program runs", async () => {
    const { make, folder, names, clock } = await setUp();
    await mkdir(folder, { recursive: true });
    for (const [name, days] of [["callside.1.log", 29], ["callside.2.log", 31], ["callside.3.log", 60]] as const) {
      await writeFile(join(folder, name), "old\n");
      const at = (clock.now() - days * DAY_MS) / 1_000;
      await utimes(join(folder, name), at, at);
    }
    const file = make();
    await file.append(Buffer.from("now\n"));
    expect(await names()).toEqual(["callside.1.log", "callside.log"]);
    await clock.advance(2 * DAY_MS);
    await file.append(Buffer.from("later\n"));
    expect(await names()).toEqual(["callside.log"]);
  });

  test("lose and double nothing when the program ends in the middle of a rotation, wherever that is", async () => {
    for (const lastRename of upTo(4)) {
      const { make, lines, textOf } = await setUp();
      const whole = make();
      for (const number of upTo(12)) await whole.append(line(number));
      let renames = 0;
      // A process that is killed does no rename after the last one, and writes no line.
      const dying = rotationPort({
        rename: async (from, to) => {
          if (renames >= lastRename) throw systemError("EIO");
          renames += 1;
          await rename(from, to);
        },
      });
      const last = make({ rotation: dying });
      for (const number of [12, 13, 14, 15]) await last.append(line(number));
      expect(numbersOf(await lines())).toEqual(upTo(16));
      const next = make();
      for (const number of [16, 17, 18, 19]) await next.append(line(number));
      expect(numbersOf(await lines())).toEqual(upTo(20));
      expect((await textOf("callside.log")).length).toBeLessThanOrEqual(2 * MB);
    }
  });

  test("a file that another program holds delays the rotation and no line, and is tried again later", async () => {
    let held = true;
    let tries = 0;
    const { make, lines, names, textOf } = await setUp({
      rotation: rotationPort({
        rename: async (from, to) => {
          tries += 1;
          if (held) throw systemError("EBUSY");
          await rename(from, to);
        },
      }),
    });
    const file = make();
    for (const number of upTo(6)) expect((await file.append(line(number))).ok).toBe(true);
    const before = tries;
    for (const number of upTo(10)) await file.append(Buffer.from(`${6 + number} short\n`));
    // Not at every line: that would be a rename for each, all day.
    expect(tries - before).toBeLessThanOrEqual(1);
    expect(await names()).toEqual(["callside.log"]);
    held = false;
    await file.append(line(16));
    expect(numbersOf(await lines())).toEqual(upTo(17));
    expect(numbersOf((await textOf("callside.log")).split("\n").slice(0, -1))).toEqual([16]);
  });

  test("two processes with one folder: each line is there once and whole, and no file is turned twice", async () => {
    const { make, lines, names } = await setUp();
    const one = make();
    const other = make();
    await Promise.all(
      [one, other].map(async (file, which) => {
        for (const number of upTo(8)) await file.append(line(which * 100 + number));
      }),
    );
    const found = await lines();
    expect(numbersOf(found).toSorted((a, b) => a - b)).toEqual([...upTo(8), ...upTo(8).map((number) => 100 + number)]);
    for (const text of found) expect(text).toMatch(/^\d+ x+$/u);
    for (const start of [0, 100]) expect(numbersOf(found).filter((number) => number >= start && number < start + 100)).toEqual(upTo(8).map((number) => start + number));
    expect((await names()).length).toBeLessThanOrEqual(5);
  });

  test("while another process turns the files, lines go on into the one that stands", async () => {
    const { make, lines, names } = await setUp({ rotation: rotationPort({ lock: () => null }) });
    const file = make();
    for (const number of upTo(6)) expect((await file.append(line(number))).ok).toBe(true);
    expect(numbersOf(await lines())).toEqual(upTo(6));
    expect(await names()).toEqual(["callside.log"]);
  });

  test("a full disk is a fault, leaves no half line, and the same batch is written once there is room", async () => {
    const { files, faults } = createFaultyFiles();
    const { make, lines } = await setUp({ files });
    const file = make();
    for (const number of upTo(3)) await file.append(line(number));
    faults.room = 1_000;
    expect(await file.append(line(3))).toMatchObject({ ok: false, error: { code: "disk" } });
    expect(numbersOf(await lines())).toEqual(upTo(3));
    faults.room = Number.POSITIVE_INFINITY;
    for (const number of [3, 4]) expect((await file.append(line(number))).ok).toBe(true);
    expect(numbersOf(await lines())).toEqual(upTo(5));
  });
});
