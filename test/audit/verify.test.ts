import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAudit } from "../../electron/audit/audit-file.ts";
import { verifyAudit } from "../../electron/audit/verify.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const DAY_MS = 86_400_000;
const MONDAY = "audit-2026-01-05.jsonl";
const TUESDAY = "audit-2026-01-06.jsonl";
const WEDNESDAY = "audit-2026-01-07.jsonl";

/** Three days of three lines each, and a way to rewrite the lines of one. */
async function threeDays() {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  const directory = join(temp.path, "audit");
  const clock = createFakeClock();
  const opened = await openAudit({ directory, clock, onTrouble: () => undefined });
  if (!opened.ok) throw new Error(opened.error.detail);
  for (let day = 0; day < 3; day += 1) {
    for (const word of ["a", "b", "c"]) opened.value.record(`${word}${day}`, { day });
    await clock.advance(DAY_MS);
  }
  await opened.value[Symbol.asyncDispose]();
  const rewrite = async (file: string, change: (lines: readonly string[]) => readonly string[]): Promise<void> => {
    const lines = (await readFile(join(directory, file), "utf8")).split("\n").slice(0, -1);
    await writeFile(join(directory, file), change(lines).map((line) => `${line}\n`).join(""));
  };
  return { directory, rewrite };
}

test("three days are whole", async () => {
  const { directory } = await threeDays();
  expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 9 });
});

describe("finds, and says where", () => {
  test("a changed line, by the line after it", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, (lines) => lines.with(0, (lines[0] ?? "").replace('"a1"', '"A1"')));
    expect(await verifyAudit(directory)).toEqual({
      kind: "broken",
      file: TUESDAY,
      line: 2,
      reason: "prev is not the hash of the line before, so that line or this one was changed",
    });
  });

  test("a line of which only the white space was changed", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, (lines) => lines.with(0, (lines[0] ?? "").replace('"event":', '"event": ')));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 2 });
  });

  test("a changed last line, by the head", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(WEDNESDAY, (lines) => lines.with(2, (lines[2] ?? "").replace('"c2"', '"C2"')));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: WEDNESDAY, line: 3, reason: expect.stringContaining("audit-head.json") });
  });

  test("a removed line", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, (lines) => lines.toSpliced(1, 1));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 2, reason: "entry 5 is missing before this line (seq 6)" });
  });

  test("lines in another order", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, ([a = "", b = "", c = ""]) => [b, a, c]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 1 });
  });

  test("an inserted and a repeated line", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, (lines) => [lines[0] ?? "", ...lines]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 2, reason: expect.stringContaining("inserted") });
  });

  test.each([
    ["the first", MONDAY, TUESDAY, 1, "entries 1 to 3 are missing before this line (seq 4)"],
    ["a", TUESDAY, WEDNESDAY, 1, "entries 4 to 6 are missing before this line (seq 7)"],
    ["the last", WEDNESDAY, TUESDAY, 4, "the file ends with seq 6, but audit-head.json knows of seq 9: the tail was removed"],
  ])("%s day file that is missing", async (_, gone, file, line, reason) => {
    const { directory } = await threeDays();
    await rm(join(directory, gone));
    expect(await verifyAudit(directory)).toEqual({ kind: "broken", file, line, reason });
  });

  test("a removed tail, to the last line", async () => {
    const { directory, rewrite } = await threeDays();
    await rewrite(WEDNESDAY, (lines) => lines.slice(0, 2));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: WEDNESDAY, line: 3, reason: expect.stringContaining("tail was removed") });
  });

  test("all files gone while the head is there", async () => {
    const { directory } = await threeDays();
    for (const file of [MONDAY, TUESDAY, WEDNESDAY]) await rm(join(directory, file));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", reason: expect.stringContaining("knows of seq 9") });
  });

  test("a missing and a damaged head", async () => {
    const { directory } = await threeDays();
    await writeFile(join(directory, "audit-head.json"), '{"seq":9}');
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: "audit-head.json", reason: expect.stringContaining("damaged") });
    await rm(join(directory, "audit-head.json"));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: "audit-head.json", reason: expect.stringContaining("missing") });
  });

  test.each([
    ["no JSON", "{", "the line is not JSON"],
    ["an empty line", "", "the line is not JSON"],
    ["no object", "[]", "not an audit entry"],
    ["a field that does not belong", '{"seq":4,"prev":"P","timestamp":"2026-01-06T09:00:00.000Z","event":"x","data":{},"note":1}', "not an audit entry"],
    ["a wrong number", '{"seq":"4","prev":"P","timestamp":"2026-01-06T09:00:00.000Z","event":"x","data":{}}', "seq"],
  ])("%s", async (_, line, reason) => {
    const { directory, rewrite } = await threeDays();
    await rewrite(TUESDAY, (lines) => lines.with(0, line.replace("P", "0".repeat(64))));
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 1, reason: expect.stringContaining(reason) });
  });

  test("a torn last line, and says what becomes of it; a torn day before is no power cut", async () => {
    const { directory } = await threeDays();
    await appendFile(join(directory, WEDNESDAY), "{");
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: WEDNESDAY, line: 4, reason: expect.stringContaining("next start mends it") });
    await appendFile(join(directory, TUESDAY), "{");
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: TUESDAY, line: 4 });
  });
});

test("only reads", async () => {
  const { directory } = await threeDays();
  await appendFile(join(directory, WEDNESDAY), "torn");
  const before = await readFile(join(directory, WEDNESDAY));
  await verifyAudit(directory);
  expect((await readFile(join(directory, WEDNESDAY))).equals(before)).toBe(true);
});

test("an empty directory is whole, one that is not there is not", async () => {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  await mkdir(join(temp.path, "empty"));
  expect(await verifyAudit(join(temp.path, "empty"))).toEqual({ kind: "whole", entries: 0 });
  expect(await verifyAudit(join(temp.path, "typo"))).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("no such file or directory") });
});

test("while a writer is at work, an unfinished last line is its own and no break", async () => {
  const { directory } = await threeDays();
  const opened = await openAudit({ directory, clock: createFakeClock(Date.UTC(2026, 0, 7)), onTrouble: () => undefined });
  if (!opened.ok) throw new Error(opened.error.detail);
  await appendFile(join(directory, WEDNESDAY), '{"seq":10');
  expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 9 });
  await opened.value[Symbol.asyncDispose]();
  expect(await verifyAudit(directory)).toMatchObject({ kind: "broken" });
});

test("files of more than one read are followed over its borders", async () => {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  const opened = await openAudit({ directory: temp.path, clock: createFakeClock(), onTrouble: () => undefined });
  if (!opened.ok) throw new Error(opened.error.detail);
  for (let index = 0; index < 20_000; index += 1) opened.value.record("many", { index, text: "ü".repeat(index % 90) });
  opened.value.record("huge", { text: "€".repeat(1_000_000) });
  opened.value.record("last", {});
  await opened.value[Symbol.asyncDispose]();
  expect(await verifyAudit(temp.path)).toEqual({ kind: "whole", entries: 20_002 });
});
