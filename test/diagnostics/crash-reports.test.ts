import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createCrashDesk } from "../../electron/app/crash-desk.ts";
import { createCrashFolder } from "../../electron/diagnostics/crash-folder.ts";
import { crashOf, crashReport, type CrashReport } from "../../electron/diagnostics/crash-report.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { openProgram } from "../support/program.ts";
import { openInteraction, say } from "../support/sample-panel.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const PERSON = { home: "/home/quentin.marsh", user: "quentin.marsh", host: "desk-4711" };
const VERSIONS = { version: "0.1.0", node: "24.0.0", electron: null, system: "linux x64 6" };

async function folderHere() {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const clock = createFakeClock();
  const folder = join(directory.path, "crashes");
  return { dataFolder: directory.path, folder, clock, crashes: createCrashFolder({ files: nodeFiles, folder, clock }) };
}

const reportAt = (at: number): CrashReport =>
  crashReport({ kind: "page", reason: "crashed" }, { at, ...VERSIONS, connections: {}, log: [], redact: (text) => text });

describe("reports of crashes", () => {
  test("are at most twenty, for 30 days, newest first; two of the same moment are two", async () => {
    const { crashes, clock, folder } = await folderHere();
    const start = clock.now();
    for (let number = 0; number < 24; number += 1) {
      await clock.advance(1_000);
      await crashes.keep(reportAt(clock.now()));
    }
    await crashes.keep(reportAt(clock.now()));
    const kept = await crashes.reports();
    expect(kept).toHaveLength(20);
    expect(kept.slice(0, 2).map(({ at }) => Date.parse(at) - start)).toEqual([24_000, 24_000]);
    clock.setWall(clock.now() + 31 * DAY_MS);
    expect(await crashes.reports()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  test("that are damaged or huge are passed over, and what is none of ours is neither read nor removed", async () => {
    const { crashes, clock, folder } = await folderHere();
    await crashes.keep(reportAt(clock.now()));
    await writeFile(join(folder, "crash-2026-01-05T08-00-00-000Z.json"), "{");
    await writeFile(join(folder, "crash-2026-01-05T08-00-01-000Z.json"), JSON.stringify({ ...reportAt(0), reason: "x".repeat(300_000) }));
    await mkdir(join(folder, "completed"));
    await writeFile(join(folder, "completed", "x.dmp"), "memory");
    expect(await crashes.reports()).toHaveLength(1);
    expect(await readFile(join(folder, "completed", "x.dmp"), "utf8")).toBe("memory");
  });

  test("have the memory dumps beside them age as they do, wherever Crashpad puts them", async () => {
    const { crashes, clock, folder } = await folderHere();
    const put = async (place: string, name: string, at: number): Promise<void> => {
      await mkdir(join(folder, place), { recursive: true });
      await writeFile(join(folder, place, name), "memory");
      await utimes(join(folder, place, name), at / 1_000, at / 1_000);
    };
    const left = async (): Promise<readonly string[]> => (await readdir(folder, { recursive: true })).map((name) => name.replaceAll(sep, "/")).filter((name) => /[.](?:dmp|meta|dat)$/u.test(name)).toSorted();
    const old = clock.now() - 31 * DAY_MS;
    for (const place of ["", "new", "pending", "completed", "reports"]) await put(place, "old.dmp", old);
    await put("completed", "old.meta", old);
    await put("", "settings.dat", old);
    await put("pending", "young.dmp", clock.now() - 29 * DAY_MS);
    await put("pending", "young.meta", old);
    await crashes.sweep();
    expect(await left()).toEqual(["pending/young.dmp", "pending/young.meta", "settings.dat"]);
    for (let number = 10; number < 32; number += 1) await put(number % 2 === 0 ? "pending" : "completed", `${number}.dmp`, clock.now() + number * 1_000);
    await crashes.reports();
    const kept = await left();
    expect(kept).toHaveLength(21);
    expect(kept).not.toEqual(expect.arrayContaining([expect.stringMatching(/young|1[01][.]dmp/u)]));
  });

  test("a disk that refuses is a fault that says where, and no exception", async () => {
    const { folder, clock } = await folderHere();
    const { files, faults } = createFaultyFiles();
    faults.replace = "ENOSPC";
    expect(await createCrashFolder({ files, folder, clock }).keep(reportAt(0))).toMatchObject({ ok: false, error: { code: "disk", detail: expect.stringContaining(folder) } });
  });

  test("tell places within the program only, and keep secrets and the person out", () => {
    const error = new RangeError("client_secret=abc123 of quentin");
    error.stack = [
      "RangeError: client_secret=abc123",
      "    at connect (file:///home/quentin.marsh/apps/callside/electron/net/socket.ts:12:7)",
      String.raw`    at Object.run (C:\Users\quentin\AppData\Local\Callside\resources\app.asar\main\main.js:1:2345)`,
      "    at node:internal/process/task_queues:105:5",
      "    said by somebody at noon",
    ].join("\n");
    const report = crashReport(crashOf(error), { at: 0, ...VERSIONS, connections: { stream: "connected" }, log: ['{"timestamp":"2026-01-05T09:00:00.000Z","level":"info","event":"x","text":"spoken"}', "half a li"], redact: (text) => text.replace("abc123", "***") });
    expect(report).toMatchObject({ kind: "main", reason: "RangeError: client_secret=*** of quentin", log: [{ timestamp: "2026-01-05T09:00:00.000Z", level: "info", event: "x" }] });
    expect(report.stack).toEqual([
      "at connect (electron/net/socket.ts:12:7)",
      String.raw`at Object.run (resources\app.asar\main\main.js:1:2345)`,
      "at node:internal/process/task_queues:105:5",
    ]);
    expect(crashOf("spoken words")).toEqual({ kind: "main", reason: "something that is no error was thrown (string)" });
  });
});

describe("the run before", () => {
  test("is said to have ended unexpectedly where it did, and only then", async () => {
    const { dataFolder, clock } = await folderHere();
    const program = await openProgram({ config: { panel: { role: "agent" } } });
    const desk = () => createCrashDesk({ dataFolder, files: nodeFiles, clock, person: PERSON, versions: VERSIONS });
    const first = desk();
    await first.bind(program.app, () => program.desk.publisher.state());
    expect(program.notice("ended-unexpectedly")).toBeUndefined();
    await first[Symbol.asyncDispose]();
    const second = desk();
    await second.bind(program.app, () => program.desk.publisher.state());
    expect(program.notice("ended-unexpectedly")).toBeUndefined();
    // It is killed: nothing is disposed of.
    const third = desk();
    await third.bind(program.app, () => program.desk.publisher.state());
    expect(program.notice("ended-unexpectedly")).toMatchObject({ level: "warning", what: "Callside ended unexpectedly last time." });
    // A mistake of ours ends it, in order.
    program.app.notices.clear("ended-unexpectedly");
    expect(await third.take(crashOf(new Error(`of ${PERSON.home}/x by desk-secret-9f2c71`)))).toMatchObject({ ok: true });
    await third[Symbol.asyncDispose]();
    await desk().bind(program.app, () => program.desk.publisher.state());
    expect(program.notice("ended-unexpectedly")).toBeDefined();
  });

  test("did not end unexpectedly while it still runs beside this one, and did once its process or its machine's boot is gone", async () => {
    const { dataFolder, clock } = await folderHere();
    const running = new Set([1, 2]);
    const program = await openProgram({ config: { panel: { role: "agent" } } });
    let uptimeMs = 60_000;
    const processes = (pid: number) => ({ pid, runs: (other: number) => running.has(other), uptimeMs: () => uptimeMs });
    const start = async (pid: number): Promise<boolean> => {
      program.app.notices.clear("ended-unexpectedly");
      await createCrashDesk({ dataFolder, files: nodeFiles, clock, person: PERSON, versions: VERSIONS, processes: processes(pid) }).bind(program.app, () => program.desk.publisher.state());
      return program.notice("ended-unexpectedly") !== undefined;
    };
    expect(await start(1)).toBe(false);
    expect(await start(2)).toBe(false);
    running.delete(1);
    expect(await start(3)).toBe(true);
    // Told once.
    running.add(3);
    expect(await start(4)).toBe(false);
    // After a power cut the ids are others' already.
    await clock.advance(10_000);
    uptimeMs = 5_000;
    running.add(4);
    expect(await start(5)).toBe(true);
    expect(await start(5)).toBe(true);
  });

  test("is told by a report of how the program stood, without its secrets", async () => {
    const { dataFolder, clock } = await folderHere();
    const program = await openProgram({ config: { panel: { role: "agent" } } });
    await using desk = createCrashDesk({ dataFolder, files: nodeFiles, clock, person: PERSON, versions: VERSIONS });
    await desk.bind(program.app, () => program.desk.publisher.state());
    program.app.records.log("info", "before it");
    const written = await desk.take(crashOf(new Error("at /home/quentin.marsh/x with desk-secret-9f2c71")));
    const text = written.ok ? await readFile(written.value, "utf8") : "";
    expect(JSON.parse(text)).toMatchObject({ kind: "main", reason: "Error: at ~/x with [redacted]", connections: { stream: "idle", tunnel: "idle", bridge: "idle" }, version: "0.1.0" });
    expect(JSON.parse(text).log).toMatchObject([{ event: "before it" }, { event: "crash", fields: { kind: "main" } }]);
  });

  test("is told without a word that was said, whatever an error quotes", async () => {
    const { dataFolder, clock } = await folderHere();
    const program = await openProgram({ config: { panel: { role: "agent" } } });
    const said = "My card is lost, and my sister Ottilie has the other one";
    program.desk.publisher.publish(openInteraction("call"));
    program.desk.publisher.publish(say("call", "u1", said));
    await using desk = createCrashDesk({ dataFolder, files: nodeFiles, clock, person: PERSON, versions: VERSIONS });
    await desk.bind(program.app, () => program.desk.publisher.state());
    const reports = [await desk.take(crashOf(new Error(`cannot show "${said}"`))), await desk.take(crashOf(new Error("no place for Brandt")))];
    const texts = await Promise.all(reports.map(async (one) => (one.ok ? readFile(one.value, "utf8") : "")));
    expect(texts.map((text) => JSON.parse(text).reason)).toEqual(["[said]", "Error: no place for [name]"]);
    expect(texts.join()).not.toMatch(/Ottilie|Brandt|card is lost/);
  });

  test("does not keep a person who quits waiting for a disk that does not answer", async () => {
    const { dataFolder, clock } = await folderHere();
    const program = await openProgram({ config: { panel: { role: "agent" } } });
    const desk = createCrashDesk({ dataFolder, files: { ...nodeFiles, remove: () => new Promise(() => {}) }, clock, person: PERSON, versions: VERSIONS });
    await desk.bind(program.app, () => program.desk.publisher.state());
    let isOver = false;
    const ending = Promise.resolve(desk[Symbol.asyncDispose]()).then(() => (isOver = true));
    await clock.advance(249);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await ending;
    expect(clock.pending()).toBe(0);
  });
});
