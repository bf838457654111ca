import { appendFile, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAudit, type Audit } from "../../electron/audit/audit-file.ts";
import { HEAD_FILE } from "../../electron/audit/chain.ts";
import { auditTail } from "../../electron/audit/tail.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const MONDAY = "audit-2026-01-05.jsonl";
const forever = new AbortController().signal;

/** An audit directory with three lines, its writer still at work. */
async function threeLines() {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  const directory = join(temp.path, "audit");
  const clock = createFakeClock();
  const opened = await openAudit({ directory, clock, onTrouble: () => undefined });
  if (!opened.ok) throw new Error(opened.error.detail);
  const audit: Audit = opened.value;
  for (const word of ["a", "b", "c"]) audit.record(word, {});
  await audit.flush();
  return { directory, audit, look: () => auditTail(nodeFiles, directory, forever) };
}

describe("the end of the audit file", () => {
  test("is whole, with the number and the time of its last line, while a writer is at work and after", async () => {
    const { audit, look } = await threeLines();
    const whole = { kind: "whole", seq: 3, at: Date.UTC(2026, 0, 5, 9) };
    expect(await look()).toEqual(whole);
    await audit[Symbol.asyncDispose]();
    expect(await look()).toEqual(whole);
  });

  test("is looked at without changing anything", async () => {
    const { directory, audit, look } = await threeLines();
    await audit[Symbol.asyncDispose]();
    await appendFile(join(directory, MONDAY), '{"seq":4,');
    const before = await readdir(directory);
    const text = await readFile(join(directory, MONDAY), "utf8");
    await look();
    expect(await readdir(directory)).toEqual(before);
    expect(await readFile(join(directory, MONDAY), "utf8")).toBe(text);
  });

  test("that is unfinished is torn where nobody writes, and a writer's business where one does", async () => {
    const { directory, audit, look } = await threeLines();
    await appendFile(join(directory, MONDAY), '{"seq":4,');
    expect(await look()).toMatchObject({ kind: "whole", seq: 3 });
    await audit[Symbol.asyncDispose]();
    expect(await look()).toEqual({ kind: "torn", file: MONDAY });
  });

  test("that lacks a line is contradicted", async () => {
    const { directory, audit, look } = await threeLines();
    await audit[Symbol.asyncDispose]();
    const lines = (await readFile(join(directory, MONDAY), "utf8")).split("\n");
    await writeFile(join(directory, MONDAY), `${lines.slice(0, 2).join("\n")}\n`);
    expect(await look()).toEqual({ kind: "contradicted", words: "the last lines are missing" });
  });

  test("that was changed is contradicted", async () => {
    const { directory, audit, look } = await threeLines();
    await audit[Symbol.asyncDispose]();
    const text = await readFile(join(directory, MONDAY), "utf8");
    await writeFile(join(directory, MONDAY), text.replace('"c"', '"C"'));
    expect(await look()).toEqual({ kind: "contradicted", words: "the last line is another than was written" });
  });

  test("without what remembers it is contradicted", async () => {
    const { directory, audit, look } = await threeLines();
    await audit[Symbol.asyncDispose]();
    await rm(join(directory, HEAD_FILE));
    expect(await look()).toEqual({ kind: "contradicted", words: "audit-head.json is missing or damaged" });
  });

  test("that a writer goes on with between two readings is whole", async () => {
    const { directory, audit } = await threeLines();
    let isFirst = true;
    // The head is read before the lines: it is as if it were newer than they are.
    const files = {
      ...nodeFiles,
      async readText(path: string) {
        const text = await nodeFiles.readText(path);
        if (!isFirst || text === null) return text;
        isFirst = false;
        return text.replace('"seq":3', '"seq":4');
      },
    };
    expect(await auditTail(files, directory, forever)).toMatchObject({ kind: "whole", seq: 3 });
    expect(isFirst).toBe(false);
    await audit[Symbol.asyncDispose]();
  });

  test("of an audit that was never begun is empty", async () => {
    const temp = await tempDirectory();
    onTestFinished(() => temp[Symbol.asyncDispose]());
    expect(await auditTail(nodeFiles, temp.path, forever)).toEqual({ kind: "empty" });
    expect(await auditTail(nodeFiles, join(temp.path, "none"), forever)).toEqual({ kind: "empty" });
  });

  test("is not read on when nobody waits for it any more", async () => {
    const { directory, audit } = await threeLines();
    await expect(auditTail(nodeFiles, directory, AbortSignal.abort())).rejects.toThrow();
    await audit[Symbol.asyncDispose]();
  });
});
