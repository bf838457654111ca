import { existsSync, readdirSync, readFileSync, writeFileSync, openSync, writeSync, closeSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHistory, type History, type HistoryOptions } from "../../electron/history/history.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createHeard } from "../support/heard.ts";
import { interactionEvent, sampleSet, utteranceEvent, untriggeredEvent } from "../support/sample-events.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const DAY_MS = 86_400_000;

async function tempFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "deep", "history.sqlite");
}

async function setUp(file: string, change: Partial<HistoryOptions> = {}) {
  const clock = createFakeClock();
  const heard = createHeard<Parameters<HistoryOptions["onTrouble"]>[0]>();
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: heard.hear, ...change });
  if (!opened.ok) throw new Error(opened.error.detail);
  return { clock, heard, history: opened.value };
}

async function texts(history: History, id: string): Promise<readonly string[]> {
  const found = await history.interaction(id);
  return found.ok ? (found.value?.utterances.map((one) => one.text) ?? []) : [found.error.detail];
}

test("what was taken is answered at once, masked, and is there after a restart", async () => {
  const file = await tempFile();
  const first = await setUp(file);
  first.history.take(interactionEvent("i1"));
  first.history.take(utteranceEvent("i1", "u1", "mail me at jane@example.com"));
  first.history.take({ kind: "suggestions", set: sampleSet("i1", "s1") });
  first.history.take(untriggeredEvent("i1", "u1"));
  first.history.record({ interactionId: "i1", suggestionId: "s1-a", disposition: "not helpful", undone: false, at: 1 });
  expect(await texts(first.history, "i1")).toEqual(["mail me at [e-mail]"]);
  expect(await first.history.counts()).toMatchObject({ ok: true, value: { sets: 1, dispositions: { "not helpful": 1 } } });
  first.history.take(utteranceEvent("i1", "u2", "and thanks", { at: 3_000 }));
  await first.history[Symbol.asyncDispose]();
  expect(first.clock.pending()).toBe(0);

  const second = await setUp(file);
  await using history = second.history;
  expect(await texts(history, "i1")).toEqual(["mail me at [e-mail]", "and thanks"]);
  expect(await history.interactions({ limit: 5 })).toMatchObject({ ok: true, value: [{ id: "i1", utterances: 2, sets: 1 }] });
  expect(await history.interaction("i2")).toEqual({ ok: true, value: null });
  expect([...first.heard.all, ...second.heard.all]).toEqual([]);
});

test("flush makes what was taken visible to another reader of the file", async () => {
  const file = await tempFile();
  const { history } = await setUp(file);
  await using _ = history;
  history.take(interactionEvent("i1"));
  expect((await history.flush()).ok).toBe(true);
  using reader = new DatabaseSync(file, { readOnly: true });
  expect(reader.prepare("SELECT count(*) AS n FROM interactions").get()).toMatchObject({ n: 1 });
});

test("the thread starts by itself, and opening does not wait for it", async () => {
  const file = await tempFile();
  const { history, clock } = await setUp(file, { worker: new URL("../support/no-such-worker.ts", import.meta.url) });
  history.take(interactionEvent("i1"));
  expect(clock.pending()).toBe(2);
  expect((await history.flush()).ok).toBe(false);
  await history[Symbol.asyncDispose]();
  expect(clock.pending()).toBe(0);
});

test("old interactions go at the start and daily", async () => {
  const file = await tempFile();
  const first = await setUp(file);
  first.history.take(interactionEvent("old"));
  await first.history[Symbol.asyncDispose]();

  const clock = createFakeClock(Date.UTC(2026, 0, 5, 9) + 29 * DAY_MS);
  const second = await setUp(file, { clock });
  await using history = second.history;
  // A platform says that it is that day indeed.
  history.hearClock(0);
  history.take(interactionEvent("new"));
  expect(await history.counts()).toMatchObject({ value: { interactions: 2 } });
  await clock.advance(2 * DAY_MS);
  await history.flush();
  expect(await history.interactions({ limit: 9 })).toMatchObject({ value: [{ id: "new" }] });
  await clock.advance(31 * DAY_MS);
  await history.flush();
  expect(await history.counts()).toMatchObject({ value: { interactions: 0 } });
});

test("nothing goes by a clock that leapt ahead, until a platform's clock agrees with it", async () => {
  const file = await tempFile();
  const first = await setUp(file);
  first.history.take(interactionEvent("kept"));
  await first.history[Symbol.asyncDispose]();
  const start = first.clock.now();

  const leapt = await setUp(file, { clock: createFakeClock(start + 40 * DAY_MS) });
  expect((await leapt.history.flush()).ok).toBe(true);
  expect(await leapt.history.counts()).toMatchObject({ value: { interactions: 1 } });
  expect(leapt.heard.all).toEqual([{ kind: "clock-doubted", last: start, now: start + 40 * DAY_MS }]);
  leapt.history.hearClock(-40 * DAY_MS);
  await leapt.history[Symbol.asyncDispose]();

  const right = await setUp(file, { clock: createFakeClock(start + 40 * DAY_MS) });
  await using history = right.history;
  await history.flush();
  expect(await history.counts()).toMatchObject({ value: { interactions: 1 } });
  history.hearClock(2_000);
  await history.flush();
  expect(await history.counts()).toMatchObject({ value: { interactions: 0 } });
  expect(right.heard.all.map(({ kind }) => kind)).toEqual(["clock-doubted", "clock-believed"]);
});

test("a file of a newer version is refused and left as it is, and no thread stays behind", async () => {
  const file = await tempFile();
  await (await setUp(file)).history[Symbol.asyncDispose]();
  const newer = new DatabaseSync(file);
  newer.exec("PRAGMA journal_mode = DELETE; PRAGMA user_version = 42");
  newer.close();
  const before = readFileSync(file);
  const clock = createFakeClock();
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: () => undefined });
  expect(opened).toMatchObject({ ok: false, error: { kind: "refused" } });
  expect(opened.ok ? "" : opened.error.detail).toContain("version 42");
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(clock.pending()).toBe(0);
});

describe("a damaged file is set aside, told, and a new one begun", () => {
  test.each([
    ["no database at all", (file: string) => writeFileSync(file, "x".repeat(10_000))],
    [
      "damage in the middle",
      (file: string) => {
        const handle = openSync(file, "r+");
        writeSync(handle, Buffer.alloc(statSync(file).size - 4_096, 0xaa), 0, null, 4_096);
        closeSync(handle);
      },
    ],
  ])("%s", async (_, damage) => {
    const file = await tempFile();
    const first = await setUp(file);
    for (let index = 0; index < 50; index += 1) first.history.take(utteranceEvent("i1", `u${index}`, "some words ".repeat(20)));
    await first.history[Symbol.asyncDispose]();
    damage(file);
    const damaged = readFileSync(file);

    const { history, heard } = await setUp(file);
    await using __ = history;
    await history.flush();
    const told = await heard.first((one) => one.kind === "set-aside");
    history.take(utteranceEvent("i2", "u1", "goes on"));
    expect(await texts(history, "i2")).toEqual(["goes on"]);
    const path = told.kind === "set-aside" ? told.path : "";
    expect(readFileSync(path).equals(damaged)).toBe(true);
    expect(basename(path)).toMatch(/^history\.sqlite\.damaged-2026-01-05/u);
    expect(heard.all.map((one) => one.kind)).toEqual(["set-aside"]);
  });
});

test("a file that another program has locked is told once, nothing is lost, and recovery is told", async () => {
  const file = await tempFile();
  const { history, heard, clock } = await setUp(file);
  await using _ = history;
  await history.flush();
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  history.take(utteranceEvent("i1", "u1", "while locked"));
  const failed = await history.flush();
  expect(failed.ok ? "" : failed.error.detail).toContain("locked");
  history.take(utteranceEvent("i1", "u2", "later", { at: 3_000 }));
  other.exec("ROLLBACK");
  other.close();
  await clock.advance(250);
  expect(await heard.first((one) => one.kind === "recovered")).toEqual({ kind: "recovered", lost: 0 });
  expect(await texts(history, "i1")).toEqual(["while locked", "later"]);
  expect(heard.all.map((one) => one.kind)).toEqual(["failing", "recovered"]);
}, 30_000);

test("a full disk is told, and what was taken is written when there is room again", async () => {
  const file = await tempFile();
  const worker = new URL("../support/small-disk-worker.ts", import.meta.url);
  const { history, heard } = await setUp(file, { worker });
  await using _ = history;
  const long = "many words ".repeat(400);
  for (let index = 0; index < 300; index += 1) history.take(utteranceEvent("i1", `u${index}`, `${index} ${long}`, { at: index }));
  const full = await history.flush();
  expect(full.ok ? "" : full.error.detail).toContain("no space is left on the disk");
  expect(heard.all).toMatchObject([{ kind: "failing", lost: 0 }]);
  expect(await history.counts()).toMatchObject({ ok: true, value: { utterances: 0 } });
  writeFileSync(join(dirname(file), "room"), "");
  expect((await history.flush()).ok).toBe(true);
  expect(await history.counts()).toMatchObject({ ok: true, value: { utterances: 300 } });
  expect(heard.all.at(-1)).toEqual({ kind: "recovered", lost: 0 });
});

test("what is more than memory may hold is counted, not kept", async () => {
  const file = await tempFile();
  const { history, heard } = await setUp(file);
  await using _ = history;
  await history.flush();
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  for (let index = 0; index < 50_010; index += 1) history.record({ interactionId: "i1", suggestionId: `s${index}`, disposition: "displayed", undone: false, at: index });
  expect(heard.all.at(-1)).toMatchObject({ kind: "failing", lost: 1 });
  other.exec("ROLLBACK");
  other.close();
  await history.flush();
  expect(await history.counts()).toMatchObject({ value: { dispositions: { displayed: 50_000 } } });
  expect(heard.all.at(-1)).toEqual({ kind: "recovered", lost: 10 });
}, 30_000);

test("a place that cannot be written at the start is told, and made up for", async () => {
  const file = await tempFile();
  const blocked = dirname(file);
  writeFileSync(blocked, "a file where a directory should be");
  const { history, heard } = await setUp(file);
  await using _ = history;
  expect((await history.flush()).ok).toBe(false);
  history.take(utteranceEvent("i1", "u1", "kept in memory"));
  const { rmSync } = await import("node:fs");
  rmSync(blocked);
  expect((await history.flush()).ok).toBe(true);
  expect(await texts(history, "i1")).toEqual(["kept in memory"]);
  expect(heard.all.map((one) => one.kind)).toEqual(["failing", "recovered"]);
});

test("a thread that dies is started again, and nothing that was taken is lost", async () => {
  const file = await tempFile();
  const worker = new URL("../support/dying-worker.ts", import.meta.url);
  const { history, heard, clock } = await setUp(file, { worker });
  await using _ = history;
  history.take(utteranceEvent("i1", "u1", "die now"));
  const died = await history.flush();
  expect(died.ok ? "" : died.error.detail).toContain("the history's thread");
  expect(existsSync(join(dirname(file), "died"))).toBe(true);
  await clock.advance(250);
  await heard.first((one) => one.kind === "recovered");
  expect(await texts(history, "i1")).toEqual(["die now"]);
});

test("taking after the end is harmless, and the end leaves no files of work behind", async () => {
  const file = await tempFile();
  const { history } = await setUp(file);
  history.take(interactionEvent("i1"));
  await history[Symbol.asyncDispose]();
  history.take(interactionEvent("i2"));
  await history[Symbol.asyncDispose]();
  expect(readdirSync(dirname(file))).toEqual(["history-clock.json", "history.sqlite"]);
});
