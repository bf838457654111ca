import { PassThrough, Writable } from "node:stream";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { array, assert, boolean, constantFrom, double, nat, oneof, property, record, string } from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DiskTrouble } from "../../electron/files/background-writer.ts";
import { createEvaluationLine } from "../../electron/telemetry/evaluation-line.ts";
import { openMetrics } from "../../electron/telemetry/metrics-file.ts";
import type { EvaluationRecord } from "../../shared/assist-event.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles, systemError } from "../support/faulty-files.ts";
import { createHeard } from "../support/heard.ts";
import { tempDirectory } from "../support/temp-directory.ts";

function evaluation(more: Partial<EvaluationRecord> = {}): EvaluationRecord {
  return {
    timestamp: "2026-01-05T09:00:00.000Z",
    interactionId: "i1",
    triggered: true,
    cached: false,
    fallback: false,
    suggestionCount: 2,
    eventType: "AGENT_ASSIST_QUERY",
    latencyMs: 151.25,
    trigger: "keyword",
    blockedCount: 1,
    superseded: false,
    ...more,
  };
}

async function tempFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "metrics", "assist.jsonl");
}

function setUp(file: string) {
  const clock = createFakeClock();
  const heard = createHeard<DiskTrouble>();
  const { files, faults, counts } = createFaultyFiles();
  const metrics = openMetrics({ target: { kind: "file", file, files }, clock, onTrouble: heard.hear });
  return { metrics, clock, heard, faults, counts };
}

describe("a line", () => {
  const text = oneof(string({ unit: "binary" }), constantFrom("", 'a"b\\c', "\u2028\ud800", "İ\n"));
  const anyRecord = record({
    timestamp: oneof(text, constantFrom("2026-01-05T09:00:00.000Z")),
    interactionId: text,
    triggered: boolean(),
    cached: boolean(),
    fallback: boolean(),
    suggestionCount: oneof(nat(40), double()),
    eventType: constantFrom("AGENT_ASSIST_QUERY" as const),
    latencyMs: oneof(double(), nat()),
    trigger: constantFrom("keyword" as const, "sentiment" as const, null),
    blockedCount: oneof(nat(40), double()),
    superseded: boolean(),
  });

  test("is what JSON.stringify would write, whatever the record and whatever came before it", () => {
    assert(
      property(array(anyRecord, { maxLength: 30 }), (records) => {
        const lineOf = createEvaluationLine();
        expect(records.map(lineOf)).toEqual(records.map((one) => JSON.stringify(inOrder(one))));
      }),
      { numRuns: 300 },
    );
  });

  test("stays so when more interactions are live than ids are kept", () => {
    const lineOf = createEvaluationLine();
    for (let index = 0; index < 2_500; index += 1) {
      const one = evaluation({ interactionId: `i-${index % 1_700}"` });
      expect(lineOf(one)).toBe(JSON.stringify(one));
    }
  });
});

/** fast-check makes objects without a prototype; the order of fields is the record's. */
function inOrder(one: EvaluationRecord): EvaluationRecord {
  return { ...one };
}

describe("the file", () => {
  test("gets one line per record, in order, with few writes", async () => {
    const file = await tempFile();
    const { metrics, clock, counts } = setUp(file);
    const records = Array.from({ length: 1_000 }, (_, index) => evaluation({ interactionId: `i${index}` }));
    for (const one of records) metrics.evaluation(one);
    expect((await metrics.flush()).ok).toBe(true);
    expect(await readFile(file, "utf8")).toBe(records.map((one) => `${JSON.stringify(one)}\n`).join(""));
    expect(counts.writes).toBeLessThan(10);
    await metrics[Symbol.asyncDispose]();
    expect(clock.pending()).toBe(0);
  });

  test("is written on closing and appended to by the next run, behind a line that a crash left unfinished too", async () => {
    const file = await tempFile();
    const first = setUp(file);
    first.metrics.evaluation(evaluation());
    await first.metrics[Symbol.asyncDispose]();
    await writeFile(file, '{"timest', { flag: "a" });
    const second = setUp(file);
    second.metrics.evaluation(evaluation({ interactionId: "i2" }));
    await second.metrics[Symbol.asyncDispose]();
    expect((await readFile(file, "utf8")).split("\n")).toEqual([JSON.stringify(evaluation()), '{"timest', JSON.stringify(evaluation({ interactionId: "i2" })), ""]);
  });

  test("may be rotated while it is written", async () => {
    const file = await tempFile();
    const { metrics } = setUp(file);
    await using _ = metrics;
    metrics.evaluation(evaluation({ interactionId: "before" }));
    await metrics.flush();
    await rename(file, `${file}.1`);
    metrics.evaluation(evaluation({ interactionId: "after" }));
    await metrics.flush();
    expect(await readFile(`${file}.1`, "utf8")).toContain("before");
    expect(await readFile(file, "utf8")).toContain("after");
  });

  test("of a full disk is told once, keeps what was written, and goes on when there is room", async () => {
    const file = await tempFile();
    const { metrics, clock, heard, faults } = setUp(file);
    metrics.evaluation(evaluation({ interactionId: "one" }));
    await metrics.flush();
    faults.room = 100;
    metrics.evaluation(evaluation({ interactionId: "two" }));
    expect((await metrics.flush()).ok).toBe(false);
    metrics.evaluation(evaluation({ interactionId: "three" }));
    expect((await metrics.flush()).ok).toBe(false);
    expect(heard.all.map((one) => one.kind)).toEqual(["failing"]);
    faults.room = Infinity;
    await clock.advance(5_000);
    await heard.first((one) => one.kind === "recovered");
    await metrics[Symbol.asyncDispose]();
    const ids = (await readFile(file, "utf8")).trimEnd().split("\n").map((line) => (/"interactionId":"(\w+)"/u.exec(line) ?? [])[1]);
    expect(ids).toEqual(["one", "two", "three"]);
  });

  test("that never takes anything costs bounded memory, and says how much is lost", async () => {
    const file = await tempFile();
    const { metrics, heard, faults } = setUp(file);
    faults.open = "EIO";
    for (let index = 0; index < 300_000; index += 1) metrics.evaluation(evaluation());
    expect(heard.all).toMatchObject([{ kind: "failing", lost: 1 }]);
    faults.open = null;
    await metrics.flush();
    const recovered = heard.all.at(-1);
    const lines = (await readFile(file, "latin1")).split("\n").length - 1;
    expect(recovered).toEqual({ kind: "recovered", lost: 300_000 - lines });
    expect(lines).toBeGreaterThan(50_000);
    await metrics[Symbol.asyncDispose]();
  });
});

describe("a stream", () => {
  test("gets the same lines and stays open", async () => {
    const stream = new PassThrough();
    const metrics = openMetrics({ target: { kind: "stream", stream, name: "standard output" }, clock: createFakeClock(), onTrouble: () => undefined });
    metrics.evaluation(evaluation());
    await metrics[Symbol.asyncDispose]();
    expect(String(stream.read())).toBe(`${JSON.stringify(evaluation())}\n`);
    expect(stream.writableEnded).toBe(false);
    expect(stream.listenerCount("error")).toBe(0);
  });

  test("that is slow is waited for", async () => {
    const taken: (() => void)[] = [];
    const slow = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void taken.push(done) });
    const metrics = openMetrics({ target: { kind: "stream", stream: slow, name: "standard output" }, clock: createFakeClock(), onTrouble: () => undefined });
    metrics.evaluation(evaluation());
    const told: string[] = [];
    const flushed = metrics.flush().then(() => told.push("flushed"));
    await nextTurn();
    expect(taken).toHaveLength(1);
    told.push("taken");
    taken[0]?.();
    await flushed;
    expect(told).toEqual(["taken", "flushed"]);
    await metrics[Symbol.asyncDispose]();
    expect(slow.eventNames().filter((name) => ["error", "drain", "close"].includes(String(name)))).toEqual([]);
  });

  test("whose reader is stuck does not keep the program from ending", async () => {
    const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
    const metrics = openMetrics({ target: { kind: "stream", stream: stuck, name: "standard output" }, clock: createFakeClock(), onTrouble: () => undefined });
    metrics.evaluation(evaluation());
    const waiting = metrics.flush();
    await nextTurn();
    await metrics[Symbol.asyncDispose]();
    await waiting;
  });

  test.each([
    ["went away", systemError("EPIPE"), "EPIPE"],
    ["was closed", undefined, "closed"],
  ])("that %s is told and does no harm", async (_, error, words) => {
    const stream = new PassThrough();
    const heard = createHeard<DiskTrouble>();
    const metrics = openMetrics({ target: { kind: "stream", stream, name: "standard output" }, clock: createFakeClock(), onTrouble: heard.hear });
    stream.destroy(error);
    await nextTurn();
    metrics.evaluation(evaluation());
    expect((await metrics.flush()).ok).toBe(false);
    expect(heard.all).toMatchObject([{ kind: "failing", detail: expect.stringContaining(words) }]);
    await metrics[Symbol.asyncDispose]();
  });
});

/** Lets streams tell what they tell at the end of a turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
