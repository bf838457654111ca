import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFile, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAudit, type Audit, type AuditOptions } from "../../electron/audit/audit-file.ts";
import { verifyAudit } from "../../electron/audit/verify.ts";
import type { DiskTrouble } from "../../electron/files/background-writer.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { createHeard } from "../support/heard.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const DAY_MS = 86_400_000;
const MONDAY = "audit-2026-01-05.jsonl";
const TUESDAY = "audit-2026-01-06.jsonl";

async function tempPath(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "audit");
}

async function open(directory: string, change: Partial<AuditOptions> = {}) {
  const clock = createFakeClock();
  const heard = createHeard<DiskTrouble>();
  const opened = await openAudit({ directory, clock, onTrouble: heard.hear, ...change });
  if (!opened.ok) throw new Error(opened.error.detail);
  return { audit: opened.value, clock, heard };
}

/** Writes events in a run of its own and closes. */
async function run(directory: string, events: readonly string[], startMs?: number): Promise<void> {
  const { audit } = await open(directory, startMs === undefined ? {} : { clock: createFakeClock(startMs) });
  for (const event of events) audit.record(event, { event });
  await audit[Symbol.asyncDispose]();
}

async function lines(directory: string, file = MONDAY): Promise<readonly string[]> {
  return (await readFile(join(directory, file), "utf8")).split("\n").slice(0, -1);
}

async function entries(directory: string, file = MONDAY): Promise<readonly { seq: number; prev: string; event: string; timestamp: string; data: Record<string, unknown> }[]> {
  return (await lines(directory, file)).map((line) => JSON.parse(line));
}

async function head(directory: string): Promise<{ seq: number; hash: string }> {
  return JSON.parse(await readFile(join(directory, "audit-head.json"), "utf8"));
}

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("the chain", () => {
  test("each line names its number and the hash of the line before; the head names the last", async () => {
    const directory = await tempPath();
    const { audit } = await open(directory);
    audit.record("STARTED", { version: "0.1.0" });
    audit.record("ASSIST_SUGGESTIONS", { shown: ["a"], wörter: "ü\n€", nested: { a: [1, null] } });
    audit.record("STOPPED", {});
    await audit[Symbol.asyncDispose]();
    const written = await lines(directory);
    expect(written.map((line) => JSON.parse(line))).toEqual([
      { seq: 1, prev: "0".repeat(64), timestamp: "2026-01-05T09:00:00.000Z", event: "STARTED", data: { version: "0.1.0" } },
      { seq: 2, prev: sha(written[0] ?? ""), timestamp: "2026-01-05T09:00:00.000Z", event: "ASSIST_SUGGESTIONS", data: { shown: ["a"], wörter: "ü\n€", nested: { a: [1, null] } } },
      { seq: 3, prev: sha(written[1] ?? ""), timestamp: "2026-01-05T09:00:00.000Z", event: "STOPPED", data: {} },
    ]);
    expect(Object.keys(JSON.parse(written[0] ?? ""))).toEqual(["seq", "prev", "timestamp", "event", "data"]);
    expect(await head(directory)).toEqual({ seq: 3, hash: sha(written[2] ?? "") });
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 3 });
  });

  test("lines are written in the background and synced, and the head after each flush", async () => {
    const directory = await tempPath();
    const { files, counts } = createFaultyFiles();
    const { audit } = await open(directory, { files });
    await using _ = audit;
    audit.record("A", {});
    audit.record("B", {});
    expect(counts.writes).toBe(0);
    expect((await audit.flush()).ok).toBe(true);
    expect(counts).toEqual({ writes: 1, syncs: 1 });
    expect((await head(directory)).seq).toBe(2);
  });

  test("it goes on over restarts and over midnight, one file per UTC day", async () => {
    const directory = await tempPath();
    await run(directory, ["one"]);
    const { audit, clock } = await open(directory);
    audit.record("two", {});
    await clock.advance(15 * 3_600_000 - 1);
    audit.record("three", {});
    await clock.advance(1);
    audit.record("four", {});
    await audit[Symbol.asyncDispose]();
    await run(directory, ["five"], Date.UTC(2026, 0, 6, 12));
    expect((await entries(directory)).map((entry) => entry.event)).toEqual(["one", "two", "three"]);
    expect((await entries(directory, TUESDAY)).map((entry) => [entry.seq, entry.event])).toEqual([[4, "four"], [5, "five"]]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 5 });
  });

  test("when the clock is set back, lines stay in the latest file with the clock's own time", async () => {
    const directory = await tempPath();
    const { audit, clock } = await open(directory, {});
    audit.record("one", {});
    await clock.advance(DAY_MS);
    audit.record("two", {});
    clock.setWall(Date.UTC(2026, 0, 5, 10));
    audit.record("three", {});
    await audit[Symbol.asyncDispose]();
    await run(directory, ["four"], Date.UTC(2026, 0, 5, 11));
    expect((await entries(directory, TUESDAY)).map((entry) => [entry.event, entry.timestamp.slice(0, 10)])).toEqual([
      ["two", "2026-01-06"],
      ["three", "2026-01-05"],
      ["four", "2026-01-05"],
    ]);
    expect(await lines(directory)).toHaveLength(1);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 4 });
  });

  test("data is taken as it is when it is recorded, and what is no JSON is told, not thrown", async () => {
    const directory = await tempPath();
    const { audit } = await open(directory);
    const data: Record<string, unknown> = { state: "before" };
    audit.record("changing", data);
    data["state"] = "after";
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    audit.record("cycle", cycle);
    audit.record("bigint", { n: 1n });
    audit.record("half a pair", { text: "\ud83d" });
    await audit[Symbol.asyncDispose]();
    audit.record("too late", {});
    expect((await entries(directory)).map((entry) => entry.data)).toEqual([{ state: "before" }, { unserialisable: true }, { unserialisable: true }, { text: "\ud83d" }]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 4 });
  });

  test.skipIf(process.platform === "win32")("files are for their owner alone", async () => {
    const directory = await tempPath();
    await run(directory, ["one"]);
    expect((await stat(directory)).mode & 0o077).toBe(0);
    expect((await stat(join(directory, MONDAY))).mode & 0o077).toBe(0);
  });
});

describe("one writer", () => {
  test("a second writer is refused and told who the first is; afterwards the directory is free", async () => {
    const directory = await tempPath();
    const first = await open(directory, { pid: 4_711 });
    const clock = createFakeClock();
    const second = await openAudit({ directory, clock, onTrouble: () => undefined });
    expect(second).toMatchObject({ ok: false, error: { kind: "refused", code: "not-allowed" } });
    expect(second.ok ? "" : second.error.detail).toContain("process 4711");
    first.audit.record("mine", {});
    await first.audit[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
    await run(directory, ["next"]);
    expect((await entries(directory)).map((entry) => entry.event)).toEqual(["mine", "next"]);
  });

  test("a writer in another process is respected while it lives, and no longer once it was killed", async () => {
    const directory = await tempPath();
    const script = fileURLToPath(new URL("../support/audit-writer.ts", import.meta.url));
    const child = spawn(process.execPath, [script, directory], { stdio: ["pipe", "pipe", "inherit"] });
    const exited = once(child, "exit");
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    const refused = await openAudit({ directory, clock: createFakeClock(), onTrouble: () => undefined });
    expect(refused.ok ? "" : refused.error.detail).toContain(`process ${child.pid}`);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 1 });
    child.kill("SIGKILL");
    await exited;
    await run(directory, ["after"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 2 });
  });

  test("what a writer that died left behind does not lock the next one out", async () => {
    const directory = await tempPath();
    await run(directory, ["one"]);
    // The process id of a program that lives, as after a restart of the machine.
    await writeFile(join(directory, "audit.pid"), `${process.pid}\n`);
    expect(await readdir(directory)).toContain("audit.lock");
    await run(directory, ["two"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 2 });
  });

  test("closing leaves no timer", async () => {
    const { audit, clock } = await open(await tempPath());
    audit.record("one", {});
    await audit[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
  });
});

describe("a torn end", () => {
  test("is cut off by the next writer, who records it, and the chain is whole again", async () => {
    const directory = await tempPath();
    await run(directory, ["one", "two"]);
    await appendFile(join(directory, MONDAY), '{"seq":3,"prev":"ab');
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 3 });
    await run(directory, ["three"]);
    expect((await entries(directory)).map((entry) => [entry.seq, entry.event])).toEqual([[1, "one"], [2, "two"], [3, "audit_repaired"], [4, "three"]]);
    expect((await entries(directory))[2]?.data).toEqual({ file: MONDAY, bytesRemoved: 19, lineBreakAdded: false });
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 4 });
  });

  test("of a file that holds nothing else is mended from the day before", async () => {
    const directory = await tempPath();
    await run(directory, ["one"]);
    await writeFile(join(directory, TUESDAY), "\0\0\0\0");
    await run(directory, ["two"], Date.UTC(2026, 0, 6, 9));
    expect((await entries(directory, TUESDAY)).map((entry) => entry.event)).toEqual(["audit_repaired", "two"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 3 });
  });

  test("of the very first line is mended too", async () => {
    const directory = await tempPath();
    await run(directory, []);
    await writeFile(join(directory, MONDAY), '{"seq":1');
    await run(directory, ["one"]);
    expect((await entries(directory)).map((entry) => entry.event)).toEqual(["audit_repaired", "one"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 2 });
  });

  test("a line that lacks nothing but its line break is kept", async () => {
    const directory = await tempPath();
    await run(directory, ["one", "two"]);
    const path = join(directory, MONDAY);
    await truncate(path, (await stat(path)).size - 1);
    await run(directory, ["three"]);
    expect((await entries(directory)).map((entry) => entry.event)).toEqual(["one", "two", "audit_repaired", "three"]);
    expect((await entries(directory))[2]?.data).toMatchObject({ bytesRemoved: 0, lineBreakAdded: true });
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 4 });
  });

  test("long lines and many of them are found from the end all the same", async () => {
    const directory = await tempPath();
    const { audit } = await open(directory);
    for (let index = 0; index < 300; index += 1) audit.record("long", { text: "x".repeat(index * 40) });
    audit.record("very long", { text: "y".repeat(200_000) });
    await audit[Symbol.asyncDispose]();
    await appendFile(join(directory, MONDAY), "z".repeat(150_000));
    await run(directory, ["after"]);
    expect((await entries(directory)).at(-2)?.data).toMatchObject({ bytesRemoved: 150_000 });
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 303 });
  });

  test("a head that is behind, as after a crash between the two writes, is fine", async () => {
    const directory = await tempPath();
    await run(directory, ["one"]);
    const before = await readFile(join(directory, "audit-head.json"), "utf8");
    await run(directory, ["two", "three"]);
    await writeFile(join(directory, "audit-head.json"), before);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 3 });
    await run(directory, ["four"]);
    expect((await entries(directory)).map((entry) => entry.event)).toEqual(["one", "two", "three", "four"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 4 });
  });
});

describe("evidence is told by the next writer, and the break stays to be found", () => {
  async function tampered(change: (directory: string) => Promise<void>): Promise<{ directory: string; told: readonly string[] }> {
    const directory = await tempPath();
    await run(directory, ["one", "two", "three", "four"]);
    await change(directory);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken" });
    await run(directory, ["five"]);
    await run(directory, ["six"]);
    const told = (await lines(directory)).flatMap((line) => (/"event":"(audit_[a-z_]+)"/u.exec(line)?.[1] ?? []));
    return { directory, told };
  }

  async function keepLines(directory: string, count: number): Promise<void> {
    const kept = (await lines(directory)).slice(0, count);
    await writeFile(join(directory, MONDAY), kept.map((line) => `${line}\n`).join(""));
  }

  test("a removed tail", async () => {
    const { directory, told } = await tampered((where) => keepLines(where, 2));
    expect(told).toEqual(["audit_tail_missing"]);
    expect((await entries(directory))[2]).toMatchObject({ seq: 5, data: { lastSeqFound: 2, lastSeqWritten: 4 } });
    expect(await verifyAudit(directory)).toEqual({ kind: "broken", file: MONDAY, line: 3, reason: "entries 3 to 4 are missing before this line (seq 5)" });
  });

  test("a removed tail that ends inside a line is no power cut: what is left of it stays", async () => {
    const { directory, told } = await tampered(async (where) => {
      const path = join(where, MONDAY);
      await truncate(path, (await stat(path)).size - 20);
    });
    expect(told).toEqual(["audit_tail_missing", "audit_repaired"]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 4 });
  });

  test("a day file that was removed, the only one too", async () => {
    const { rm } = await import("node:fs/promises");
    const { directory, told } = await tampered((where) => rm(join(where, MONDAY)));
    expect(told).toEqual(["audit_tail_missing"]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 1 });
  });

  test("a changed last line", async () => {
    const { directory, told } = await tampered(async (where) => {
      const text = await readFile(join(where, MONDAY), "utf8");
      await writeFile(join(where, MONDAY), text.replaceAll('"event":"four"', '"event":"4our"'));
    });
    expect(told).toEqual(["audit_tail_changed"]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 5 });
  });

  test("a changed last line behind which a fitting one was added", async () => {
    const { directory, told } = await tampered(async (where) => {
      const [, , , last = ""] = await lines(where);
      const forged = last.replace('"event":"four"', '"event":"4our"');
      const added = JSON.stringify({ ...JSON.parse(last), seq: 5, prev: sha(forged) });
      await keepLines(where, 3);
      await appendFile(join(where, MONDAY), `${forged}\n${added}\n`);
    });
    expect(told).toEqual(["audit_tail_changed"]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken" });
  });

  test("rubbish at the end", async () => {
    const { directory, told } = await tampered((where) => appendFile(join(where, MONDAY), "rubbish\n"));
    expect(told).toEqual(["audit_tail_changed"]);
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 5 });
  });

  test.each([
    ["missing", async (path: string) => (await import("node:fs/promises")).rm(path)],
    ["damaged", (path: string) => writeFile(path, '{"seq":')],
  ])("a head that is %s", async (found, change) => {
    const { directory, told } = await tampered((where) => change(join(where, "audit-head.json")));
    expect(told).toEqual(["audit_head_missing"]);
    expect((await entries(directory))[4]?.data).toMatchObject({ found, lastSeqFound: 4 });
    expect(await verifyAudit(directory)).toMatchObject({ kind: "broken", file: MONDAY, line: 5 });
  });
});

describe("a disk that refuses", () => {
  async function failing(audit: Audit): Promise<void> {
    expect((await audit.flush()).ok).toBe(false);
  }

  test("costs nothing that was recorded: told once, kept in order, written when it recovers", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    const { audit, clock, heard } = await open(directory, { files });
    audit.record("one", {});
    await audit.flush();
    faults.room = 50;
    audit.record("two", {});
    await failing(audit);
    expect(await lines(directory)).toHaveLength(1);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 1 });
    audit.record("three", {});
    await failing(audit);
    expect(heard.all).toHaveLength(1);
    expect(heard.all[0]).toMatchObject({ kind: "failing", detail: expect.stringContaining("ENOSPC") });
    faults.room = Infinity;
    await clock.advance(5_000);
    expect(await heard.first((one) => one.kind === "recovered")).toEqual({ kind: "recovered", lost: 0 });
    await audit[Symbol.asyncDispose]();
    expect((await entries(directory)).map((entry) => [entry.seq, entry.event])).toEqual([[1, "one"], [2, "two"], [3, "three"]]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 3 });
  });

  test("a part of a batch that stayed on the disk is cut when it recovers", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    const { audit } = await open(directory, { files });
    audit.record("one", {});
    await audit.flush();
    faults.room = 40;
    faults.truncate = "EIO";
    audit.record("two", {});
    await failing(audit);
    expect((await readFile(join(directory, MONDAY), "utf8")).endsWith("\n")).toBe(false);
    faults.room = Infinity;
    faults.truncate = null;
    expect((await audit.flush()).ok).toBe(true);
    await audit[Symbol.asyncDispose]();
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 2 });
  });

  test("a head that cannot be written is told, while lines are written on", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    const { audit, heard } = await open(directory, { files });
    faults.replace = "ENOSPC";
    audit.record("one", {});
    await failing(audit);
    audit.record("two", {});
    await failing(audit);
    expect(await lines(directory)).toHaveLength(2);
    expect(heard.all).toHaveLength(1);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 2 });
    faults.replace = null;
    expect((await audit.flush()).ok).toBe(true);
    expect((await head(directory)).seq).toBe(2);
    expect(heard.all.at(-1)?.kind).toBe("recovered");
    await audit[Symbol.asyncDispose]();
  });

  test("more than 50,000 lines are not kept: the chain stays whole, and one line says how many are missing", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    const { audit, heard } = await open(directory, { files });
    faults.open = "EIO";
    for (let index = 0; index < 50_003; index += 1) audit.record("many", { index });
    await failing(audit);
    // Told when lines begin to be lost and not for each of them.
    expect(heard.all.map((one) => [one.kind, one.lost])).toEqual([["failing", 1]]);
    faults.open = null;
    expect((await audit.flush()).ok).toBe(true);
    expect(heard.all.at(-1)).toEqual({ kind: "recovered", lost: 3 });
    audit.record("after", {});
    await audit[Symbol.asyncDispose]();
    const last = (await entries(directory)).slice(-3);
    expect(last.map((entry) => [entry.seq, entry.event])).toEqual([[50_000, "many"], [50_001, "audit_lines_lost"], [50_002, "after"]]);
    expect(last[1]?.data).toEqual({ count: 3 });
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 50_002 });
  });

  test("at the end what could not be written is told", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    const { audit, heard, clock } = await open(directory, { files });
    faults.sync = "EIO";
    audit.record("one", {});
    audit.record("two", {});
    await audit[Symbol.asyncDispose]();
    expect(heard.all.at(-1)).toMatchObject({ kind: "failing", lost: 2 });
    expect(clock.pending()).toBe(0);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 0 });
    await run(directory, ["next"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 1 });
  });

  test("a directory that cannot be used is a fault at once, and is given free", async () => {
    const directory = await tempPath();
    const { files, faults } = createFaultyFiles();
    faults.replace = "ENOSPC";
    const opened = await openAudit({ directory, clock: createFakeClock(), onTrouble: () => undefined, files });
    expect(opened).toMatchObject({ ok: false, error: { kind: "transport", code: "disk" } });
    faults.replace = null;
    await run(directory, ["one"]);
    expect(await verifyAudit(directory)).toEqual({ kind: "whole", entries: 1 });
  });
});
