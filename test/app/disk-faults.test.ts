import { existsSync } from "node:fs";
import { mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openAudit } from "../../electron/audit/audit-file.ts";
import { verifyAudit } from "../../electron/audit/verify.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { configFor, openProgram, startPlatform, temporary, type PlatformUnderTest, type Program, type ProgramOptions } from "../support/program.ts";
import { until } from "../support/until.ts";

async function setUp(options: Partial<ProgramOptions> = {}): Promise<{ platform: PlatformUnderTest; program: Program }> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const program = await openProgram({ config: configFor(platform), env: { ...platform.sandbox.env() }, ...options });
  await program.connected();
  return { platform, program };
}

/** Says `count` lines that ask for suggestions and waits for a live set for each. */
async function talk(platform: PlatformUnderTest, program: Program, count: number, about: string): Promise<void> {
  for (let line = 1; line <= count; line += 1) {
    const before = program.sets().length;
    platform.say(`I want a refund for ${about} number ${line}`);
    await until(() => program.sets().length === before + 1, `a set for ${about} ${line}`);
  }
}

const answers = (lines: Awaited<ReturnType<Program["audit"]>>) => lines.filter((line) => line.event === "ASSIST_SUGGESTIONS");

test("a full disk stops neither suggestions nor panel, is told for audit and metrics, and costs no line once there is room", async () => {
  const disk = createFaultyFiles();
  const { platform, program } = await setUp({ files: disk.files });
  await talk(platform, program, 2, "order");
  await program.pass(300);
  disk.faults.room = 40;
  await talk(platform, program, 5, "parcel");
  await program.passUntil(() => program.notice("audit") !== undefined && program.notice("metrics") !== undefined, 1_000, "both notices");
  expect(program.notice("audit")).toMatchObject({ level: "warning" });
  expect(program.notice("audit")?.what).toMatch(/^The audit file cannot be written: .*no space is left on the disk \(ENOSPC\)\.$/u);
  expect(program.notice("audit")?.effect).toContain("The work goes on. Entries are kept in memory");
  expect(program.notice("metrics")?.what).toContain("The metrics file cannot be written");
  const since = program.notice("audit")?.since;
  await talk(platform, program, 3, "refund form");
  await program.pass(20_000);
  // Told once, not again and again, and still the first time.
  expect(program.state().notices.map((notice) => notice.id).toSorted()).toEqual(["audit", "metrics"]);
  expect(program.notice("audit")?.since).toBe(since);
  expect(program.sets().every((set) => set.origin === "live")).toBe(true);

  disk.faults.room = Number.POSITIVE_INFINITY;
  await program.passUntil(() => program.state().notices.length === 0, 6_000, "both are well again");
  await talk(platform, program, 1, "last thing");
  await program.close();
  expect(answers(await program.audit())).toHaveLength(11);
  expect((await program.metrics()).filter((line) => line["triggered"] === true)).toHaveLength(11);
  expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
});

test("a disk that refuses to sync is a disk that has not written: nothing is counted as kept, nothing is doubled", async () => {
  const disk = createFaultyFiles();
  const { platform, program } = await setUp({ files: disk.files });
  await program.pass(300);
  disk.faults.sync = "EIO";
  await talk(platform, program, 2, "parcel");
  await program.passUntil(() => program.notice("audit") !== undefined, 1_000);
  expect(program.notice("audit")?.what).toContain("the disk reported an error (EIO)");
  await program.pass(10_000);
  disk.faults.sync = null;
  await program.passUntil(() => program.notice("audit") === undefined, 6_000);
  await program.close();
  expect(answers(await program.audit())).toHaveLength(2);
  expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
});

test("an audit folder that cannot be opened is told, tried again by itself, and kept from then on", async () => {
  const disk = createFaultyFiles();
  disk.faults.replace = "ENOSPC";
  const { platform, program } = await setUp({ files: disk.files });
  expect(program.notice("audit")).toMatchObject({ level: "error" });
  expect(program.notice("audit")?.what).toContain("The audit file cannot be opened");
  expect(program.notice("audit")?.remedy).toContain("tried again");
  await talk(platform, program, 1, "parcel");
  await program.pass(16_000);
  // Still refused: still told.
  expect(program.notice("audit")).toBeDefined();
  disk.faults.replace = null;
  await program.passUntil(() => program.notice("audit") === undefined, 16_000, "the audit file is open");
  await talk(platform, program, 1, "second parcel");
  await program.close();
  expect(answers(await program.audit())).toHaveLength(1);
  expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
});

test("an audit folder that another program writes to is left to it, and taken over once that one ends", async () => {
  const folder = await temporary();
  // As another process would be: one that lives, and is not this one.
  const other = await openAudit({ directory: join(folder, "audit"), clock: createFakeClock(), onTrouble: () => undefined, pid: process.ppid });
  if (!other.ok) throw new Error(other.error.detail);
  const { program } = await setUp({ folder });
  expect(program.notice("audit")).toMatchObject({ level: "error" });
  other.value.record("THEIRS", {});
  await other.value[Symbol.asyncDispose]();
  await program.passUntil(() => program.notice("audit") === undefined, 16_000);
  await program.close();
  expect((await program.audit()).map((line) => line.event)).toEqual(expect.arrayContaining(["THEIRS", "STOPPED"]));
  expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
});

test("a metrics path that is a directory is told and loses nothing: lines are written as soon as it is mended", async () => {
  const folder = await temporary();
  await mkdir(join(folder, "metrics.jsonl"));
  const { platform, program } = await setUp({ folder });
  await talk(platform, program, 3, "parcel");
  await program.passUntil(() => program.notice("metrics") !== undefined, 1_000);
  expect(program.notice("metrics")?.what).toMatch(/^The metrics file cannot be written: writing .*metrics\.jsonl/u);
  expect(program.notice("audit")).toBeUndefined();
  await rm(join(folder, "metrics.jsonl"), { recursive: true });
  await program.passUntil(() => program.notice("metrics") === undefined, 6_000);
  await program.close();
  expect(await program.metrics()).toHaveLength(3);
});

test("a metrics file that was in trouble and is switched off or moved is not complained of any more", async () => {
  const folder = await temporary();
  await mkdir(join(folder, "metrics.jsonl"));
  const { platform, program } = await setUp({ folder });
  platform.say("good morning");
  await program.passUntil(() => program.notice("metrics") !== undefined, 1_000);
  await program.rewrite(configFor(platform, {}, { telemetry: {} }));
  await program.passUntil(() => program.notice("metrics") === undefined, 5_000, "switched off");
});

test("metrics on a device that is really full, moved to another: what the first lost is told, and the second is written", async () => {
  const folder = await temporary();
  // A full device where the system has one; a directory is no file to write to anywhere.
  const full = existsSync("/dev/full") ? "/dev/full" : folder;
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const program = await openProgram({ folder, config: configFor(platform, {}, { telemetry: { metricsFile: full } }), env: { ...platform.sandbox.env() } });
  await program.connected();
  await talk(platform, program, 2, "parcel");
  await program.passUntil(() => program.notice("metrics") !== undefined, 1_000);
  expect(program.notice("metrics")).toMatchObject({ level: "warning" });
  await program.rewrite(configFor(platform));
  await program.passUntil(() => program.notice("metrics")?.what === "The metrics file is written again.", 5_000, "moved");
  expect(program.notice("metrics")?.effect).toBe("2 entries were lost while it could not be written.");
  await talk(platform, program, 1, "order");
  await program.close();
  expect(await program.metrics()).toHaveLength(1);
});

test("a torn audit line, as a power cut leaves it, is cut off by the next run, which says so", async () => {
  const folder = await temporary();
  const first = await setUp({ folder });
  await talk(first.platform, first.program, 1, "order");
  await first.program.close();
  const file = join(folder, "audit", "audit-2026-01-05.jsonl");
  const whole = await readFile(file);
  // Written but not yet promised by the head: half of one more line.
  await writeFile(file, Buffer.concat([whole, Buffer.from('{"seq":99,"prev":"ab')]));
  const second = await setUp({ folder });
  await talk(second.platform, second.program, 1, "parcel");
  await second.program.close();
  expect(await verifyAudit(join(folder, "audit"))).toMatchObject({ kind: "whole" });
  const lines = await second.program.audit();
  expect(lines.find((line) => line.event === "audit_repaired")?.data).toMatchObject({ file: "audit-2026-01-05.jsonl", bytesRemoved: 20 });
  expect(answers(lines)).toHaveLength(2);
});

test("an audit file whose promised end was cut away is told as changed ever after, and the program works on", async () => {
  const folder = await temporary();
  const first = await setUp({ folder });
  await talk(first.platform, first.program, 1, "order");
  await first.program.close();
  const file = join(folder, "audit", "audit-2026-01-05.jsonl");
  const text = await readFile(file, "utf8");
  await truncate(file, Buffer.byteLength(text) - Buffer.byteLength(`${text.trimEnd().split("\n").at(-1) ?? ""}\n`));
  const second = await setUp({ folder });
  await talk(second.platform, second.program, 1, "parcel");
  await second.program.close();
  expect(await verifyAudit(join(folder, "audit"))).toMatchObject({ kind: "broken" });
  expect((await second.program.audit()).map((line) => line.event)).toContain("audit_tail_missing");
});
