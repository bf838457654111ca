import { spawn } from "node:child_process";
import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { type Journal, openJournal } from "../../electron/simulations/journal.ts";
import { type JournalKey, journalPath, readJournal } from "../../electron/simulations/journal-file.ts";
import { runBatch } from "../../electron/simulations/runner.ts";
import type { CaseResult } from "../../shared/simulation.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { createScriptedApi, drive, resultOf, servePlatform, suiteOf, turnOf } from "../support/simulation-parts.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const suite = suiteOf(20);
const results = suite.cases.map(({ test_id: testId }, index) => resultOf({ testId, simulationId: `sim_${index}`, turns: [turnOf({ output: `Grüße, line\nbreak "${index}" 😀` })] }));

async function directoryKey(more: Partial<JournalKey> = {}): Promise<JournalKey> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return { files: nodeFiles, directory: join(directory.path, "journals"), suite, target: "https://api.test/bot", ...more };
}

async function opened(key: JournalKey, more: { readonly resume?: boolean; readonly batchId?: string; readonly startedAt?: number } = {}): Promise<Journal> {
  const journal = await openJournal({ ...key, batchId: "batch-1", startedAt: 7, resume: false, clock: createFakeClock(), ...more });
  if (!journal.ok) throw new Error(journal.error.detail);
  onTestFinished(() => journal.value[Symbol.asyncDispose]());
  return journal.value;
}

async function written(key: JournalKey, some: readonly CaseResult[], more: Parameters<typeof opened>[1] = {}): Promise<void> {
  const journal = await opened(key, more);
  for (const result of some) journal.append(result);
  await journal[Symbol.asyncDispose]();
}

async function left(key: JournalKey): Promise<readonly string[] | null> {
  const found = await readJournal(key);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value?.results.map(({ testId }) => testId) ?? null;
}

describe("a journal", () => {
  test("gives back what an interrupted batch left, exactly", async () => {
    const key = await directoryKey();
    await written(key, results.slice(0, 5));
    await expect(readJournal(key)).resolves.toEqual({ ok: true, value: { batchId: "batch-1", startedAt: 7, results: results.slice(0, 5) } });
  });

  test("is nothing where there is none, and where nothing was done yet", async () => {
    const key = await directoryKey();
    await expect(readJournal(key)).resolves.toEqual({ ok: true, value: null });
    await written(key, []);
    await expect(readJournal(key)).resolves.toEqual({ ok: true, value: null });
  });

  test("is deleted when its batch is finished", async () => {
    const key = await directoryKey();
    const journal = await opened(key);
    journal.append(resultOf({ testId: "test_0" }));
    await expect(journal.finish()).resolves.toEqual({ ok: true, value: undefined });
    journal.append(resultOf({ testId: "test_1" }));
    await journal[Symbol.asyncDispose]();
    await expect(readdir(key.directory)).resolves.toEqual([]);
  });

  test("begins anew unless it is to be resumed", async () => {
    const key = await directoryKey();
    await written(key, results.slice(0, 3));
    await written(key, results.slice(3, 5), { resume: true, batchId: "other" });
    await expect(readJournal(key)).resolves.toEqual({ ok: true, value: { batchId: "batch-1", startedAt: 7, results: results.slice(0, 5) } });
    await written(key, results.slice(5, 6), { batchId: "new" });
    await expect(readJournal(key)).resolves.toEqual({ ok: true, value: { batchId: "new", startedAt: 7, results: results.slice(5, 6) } });
  });

  test("to be resumed where there is none begins as usual", async () => {
    const key = await directoryKey();
    await written(key, results.slice(0, 1), { resume: true });
    expect(await left(key)).toEqual(["test_0"]);
  });

  test("of another suite, of a changed one and of another bot are others", async () => {
    const key = await directoryKey();
    await written(key, results);
    const changed = { ...suite, cases: suite.cases.map((one, index) => (index === 3 ? { ...one, utterance: "changed" } : one)) };
    expect(await left({ ...key, suite: suiteOf(19) })).toBeNull();
    expect(await left({ ...key, suite: changed })).toBeNull();
    expect(await left({ ...key, target: "https://other.test/bot" })).toBeNull();
    expect(await left(key)).toHaveLength(20);
  });

  test("copied to another suite's place is not used", async () => {
    const key = await directoryKey();
    const other = { ...key, suite: suiteOf(20, { name: "other" }) };
    await written(key, results);
    await writeFile(journalPath(other), await readFile(journalPath(key)));
    expect(await left(other)).toBeNull();
  });

  test("cut anywhere loses what was torn and nothing before it, and is gone on with", async () => {
    const key = await directoryKey();
    await written(key, results.slice(0, 6));
    const whole = await readFile(journalPath(key));
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at + 1] : []));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (size) => {
        await writeFile(journalPath(key), whole);
        await truncate(journalPath(key), size);
        const sound = Math.max(0, ends.filter((end) => end <= size).length - 1);
        const ids = results.slice(0, sound).map(({ testId }) => testId);
        expect((await left(key)) ?? []).toEqual(ids);
        await written(key, results.slice(6, 8), { resume: true });
        expect(await left(key)).toEqual([...ids, "test_6", "test_7"]);
      }),
      { numRuns: 60 },
    );
  });

  test("skips lines that are no result of a case of this suite, and takes the later of two", async () => {
    const key = await directoryKey();
    await written(key, [resultOf({ testId: "test_1", verdict: "error", simulationId: null })]);
    await appendFile(journalPath(key), `rubbish\n{"testId":"test_2"}\n${JSON.stringify(resultOf({ testId: "test_elsewhere" }))}\n${JSON.stringify(results[1])}\n`);
    const found = await readJournal(key);
    expect(found).toMatchObject({ ok: true, value: { results: [results[1]] } });
  });

  test("that cannot be written tells it, and the batch goes on without", async () => {
    const { files, faults } = createFaultyFiles();
    const key = await directoryKey({ files });
    faults.replace = "EACCES";
    await expect(openJournal({ ...key, batchId: "b", startedAt: 1, resume: false, clock: createFakeClock() })).resolves.toMatchObject({ ok: false, error: { code: "disk", detail: expect.stringContaining("access was denied") } });
    faults.replace = null;
    const troubles: string[] = [];
    const clock = createFakeClock();
    const journal = await openJournal({ ...key, batchId: "b", startedAt: 1, resume: false, clock, onTrouble: ({ kind }) => troubles.push(kind) });
    if (!journal.ok) throw new Error("it can be opened");
    faults.room = 0;
    journal.value.append(resultOf({ testId: "test_0" }));
    await expect(journal.value.flush()).resolves.toMatchObject({ ok: false, error: { code: "disk" } });
    faults.room = Number.POSITIVE_INFINITY;
    await expect(journal.value.flush()).resolves.toMatchObject({ ok: true });
    await journal.value[Symbol.asyncDispose]();
    expect(troubles).toEqual(["failing", "recovered"]);
    expect(await left(key)).toEqual(["test_0"]);
  });

  test("of suites that were never taken up again are not kept for ever: the newest ten are", async () => {
    const key = await directoryKey();
    await nodeFiles.makeDirectory(key.directory);
    await writeFile(join(key.directory, "notes.txt"), "not ours");
    for (let age = 0; age < 13; age += 1) await written({ ...key, target: `bot ${age}` }, results.slice(0, 1), { startedAt: 1_000 - (age % 2 === 0 ? age : -age) });
    const kept = await Promise.all(Array.from({ length: 13 }, (_, age) => left({ ...key, target: `bot ${age}` })));
    expect(kept.flatMap((found, age) => (found === null ? [age] : []))).toEqual([8, 10, 12]);
    expect(await readdir(key.directory)).toContain("notes.txt");
  });
});

describe("a batch with a journal", () => {
  test("that is cancelled leaves what ran, and one that is finished leaves nothing", async () => {
    const key = await directoryKey();
    const clock = createFakeClock();
    const cancel = new AbortController();
    const options = { suite, concurrency: 3, pollMs: 10, maxPolls: 3, clock, random: () => 0.5, newId: () => "batch-1" };
    const first = runBatch({
      ...options,
      api: createScriptedApi({ clock }),
      signal: cancel.signal,
      journal: await opened(key),
      onResult: ({ testId }) => {
        if (testId === "test_7") cancel.abort();
      },
    });
    await clock.advance(1_000);
    const cancelled = await first;
    const found = await readJournal(key);
    expect(found).toMatchObject({ ok: true, value: { batchId: "batch-1" } });
    const done = found.ok ? (found.value?.results ?? []) : [];
    expect(done.map(({ testId }) => testId).toSorted()).toEqual(cancelled.results.map(({ testId }) => testId).toSorted());
    const second = runBatch({ ...options, api: createScriptedApi({ clock }), signal: new AbortController().signal, journal: await opened(key, { resume: true }), done });
    await clock.advance(1_000);
    await expect(second).resolves.toMatchObject({ end: { kind: "finished" }, counts: { passed: 20 } });
    await expect(readdir(key.directory)).resolves.toEqual([]);
  });

  test("that is killed in the middle is taken up where it stopped, and comes to the same end", async () => {
    const killed = suiteOf(300);
    const key = await directoryKey({ suite: killed, target: "bot" });
    const answered: string[] = [];
    const slowly = await serveHttp((request, response) => {
      const testId = /test_\d+/u.exec(request.method === "POST" ? request.body : request.path)?.[0] ?? "";
      if (request.method === "POST") sendJson(response, 200, { simulationId: `sim_${testId}` });
      else {
        answered.push(testId);
        // Half-way it falls silent, so that the batch cannot end before it is killed, however busy this machine is.
        if (answered.length > 150) return;
        const turn = { turnIndex: 0, flowId: "flow_greeting", intent: Number(testId.slice(5)) % 7 === 0 ? "other" : "greet", entities: {}, output: "Hello!" };
        sendJson(response, 200, { status: "completed", turns: [turn] });
      }
    });
    onTestFinished(() => slowly[Symbol.asyncDispose]());
    const child = spawn(process.execPath, [join(import.meta.dirname, "../support/killed-batch.ts"), slowly.url, key.directory, "300"], { stdio: ["ignore", "ignore", "inherit"] });
    const gone = new Promise<string | null>((resolve) => {
      child.on("exit", (_code, signal) => resolve(signal));
    });
    await until(() => answered.length >= 60 || child.exitCode !== null, "a batch in its middle");
    while ((await left(key)) === null && child.exitCode === null) await setImmediate();
    child.kill("SIGKILL");
    expect(await gone).toBe("SIGKILL");

    const found = await readJournal(key);
    const done = found.ok ? (found.value?.results ?? []) : [];
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(300);
    const clock = createWatchedClock();
    const run = async (kept: readonly CaseResult[], journal?: Journal) => {
      const platform = await servePlatform(clock, ({ method, path }) => {
        const number = Number(/test_(\d+)/u.exec(path)?.[1] ?? "");
        return method === "GET" && number % 7 === 0 ? { body: { status: "completed", turns: [{ turnIndex: 0, flowId: "flow_greeting", intent: "other", entities: {}, output: "Hello!" }] } } : undefined;
      });
      onTestFinished(() => platform[Symbol.asyncDispose]());
      const options = { suite: killed, api: platform.api, concurrency: 4, pollMs: 1, maxPolls: 5, clock, random: () => 0.5, signal: new AbortController().signal };
      const batch = await drive(clock, runBatch({ ...options, newId: () => "killed", done: kept, ...(journal === undefined ? {} : { journal }) }));
      const handedIn = platform.requests.flatMap(({ method, body }) => (method === "POST" ? [String(JSON.parse(body).testId)] : []));
      const timeless = batch.results.map(({ startedAt: _startedAt, durationMs: _durationMs, ...rest }) => rest);
      return { handedIn, batch: { ...batch, startedAt: 0, finishedAt: 0, results: timeless } };
    };
    const resumed = await run(done, await opened(key, { resume: true }));
    const uninterrupted = await run([]);
    expect(resumed.batch).toEqual(uninterrupted.batch);
    expect(resumed.batch.counts).toMatchObject({ total: 300, failed: 43, passed: 257 });
    expect(resumed.handedIn).toHaveLength(300 - done.length);
    const kept = new Set(done.map(({ testId }) => testId));
    expect(resumed.handedIn.filter((testId) => kept.has(testId))).toEqual([]);
    await expect(readdir(key.directory)).resolves.toEqual([]);
  });
});
