import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase, type HistoryDatabase } from "../../electron/history/database.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import { migrations } from "../../electron/history/history-schema.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { utteranceEvent } from "../support/sample-events.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { sampleBatch, sampleCase } from "./kept-batch.ts";

const DAY_MS = 86_400_000;

async function tempFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "history.sqlite");
}

async function openHere(file: string, startMs?: number): Promise<History> {
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock: createFakeClock(startMs), onTrouble: (trouble) => expect.unreachable(JSON.stringify(trouble)) });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

function database(file: string, steps = migrations): HistoryDatabase {
  const opened = openDatabase({ file, mask: true, migrations: steps });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

const cases = (count: number) => Array.from({ length: count }, (_, index) => sampleCase(`test_${index}`, `utterance ${index}`));

describe("batches of simulations", () => {
  test("a batch of many parts comes back whole after a restart, with its cases as they were", async () => {
    const file = await tempFile();
    const suite = cases(350);
    const batch = sampleBatch("b1", suite, {}, ["test_3"]);
    const first = await openHere(file);
    expect(await first.keepBatch(batch, suite)).toEqual({ ok: true, value: undefined });
    await first[Symbol.asyncDispose]();

    await using history = await openHere(file);
    expect(await history.batch("b1")).toEqual({ ok: true, value: { batch, cases: suite } });
    expect(await history.batch("b2")).toEqual({ ok: true, value: null });
  });

  test("a cancelled batch keeps the cases that ran, in their order", async () => {
    await using history = await openHere(await tempFile());
    const suite = cases(5);
    const batch = sampleBatch("b1", suite.slice(1, 3), { end: { kind: "cancelled" } });
    await history.keepBatch(batch, suite);
    const kept = await history.batch("b1");
    expect(kept.ok && kept.value?.cases.map((one) => one.test_id)).toEqual(["test_1", "test_2"]);
    expect(kept.ok && kept.value?.batch.end).toEqual({ kind: "cancelled" });
  });

  test("the latest of a suite come first, without cases and without those of other suites", async () => {
    await using history = await openHere(await tempFile());
    const suite = cases(1);
    for (const [index, id] of ["b1", "b2", "b3"].entries()) await history.keepBatch(sampleBatch(id, suite, { startedAt: index }), suite);
    await history.keepBatch(sampleBatch("other", suite, { suite: "bank" }), suite);
    const found = await history.batches({ suite: "shop", limit: 2 });
    expect(found.ok && found.value.map((one) => one.batchId)).toEqual(["b3", "b2"]);
    expect(found.ok && found.value[0]).not.toHaveProperty("results");
  });

  test("a suite has one baseline, which another takes the place of, and which can be taken away", async () => {
    await using history = await openHere(await tempFile());
    const suite = cases(2);
    for (const id of ["b1", "b2"]) await history.keepBatch(sampleBatch(id, suite), suite);
    const id = async (name = "shop") => {
      const found = await history.baseline(name);
      return found.ok ? (found.value?.batch.batchId ?? null) : found.error.detail;
    };
    expect(await id()).toBeNull();
    await history.pinBaseline("shop", "b1");
    await history.pinBaseline("bank", "b2");
    expect(await id()).toBe("b1");
    await history.pinBaseline("shop", "b2");
    expect(await id()).toBe("b2");
    await history.pinBaseline("shop", "nobody");
    expect(await id()).toBe("b2");
    await history.pinBaseline("shop", null);
    expect([await id(), await id("bank")]).toEqual([null, "b2"]);
  });

  test("the same batch kept again replaces the first", async () => {
    await using history = await openHere(await tempFile());
    await history.keepBatch(sampleBatch("b1", cases(3)), cases(3));
    const fewer = sampleBatch("b1", cases(2));
    await history.keepBatch(fewer, cases(2));
    expect(await history.batch("b1")).toEqual({ ok: true, value: { batch: fewer, cases: cases(2) } });
  });

  test("a batch that was not kept to its end is not seen", async () => {
    using open = database(await tempFile());
    const { results, ...summary } = sampleBatch("b1", cases(1));
    const [result] = results;
    if (result === undefined) throw new Error("the sample has a result");
    open.batches.begin(summary, 1);
    open.batches.add("b1", 0, [{ case: sampleCase("test_0"), result }]);
    open.batches.pin("shop", "b1");
    expect([open.batches.summary("b1"), open.batches.latest("shop", 9), open.batches.baseline("shop")]).toEqual([null, [], null]);
    open.batches.finish("b1");
    expect(open.batches.summary("b1")).toEqual(summary);
    expect(() => {
      open.batches.finish("b2");
    }).toThrow(/another file/u);
  });

  test("old batches go with old interactions, beyond recovery; a baseline stays until it is one no more", async () => {
    const file = await tempFile();
    const start = Date.UTC(2026, 0, 5, 9);
    const suite = [sampleCase("test_0", "unmistakable words")];
    const first = await openHere(file, start);
    for (const id of ["old", "pinned"]) await first.keepBatch(sampleBatch(id, id === "old" ? suite : cases(1)), id === "old" ? suite : cases(1));
    await first.pinBaseline("shop", "pinned");
    await first[Symbol.asyncDispose]();

    const second = await openHere(file, start + 31 * DAY_MS);
    second.hearClock(0);
    await second.flush();
    const left = await second.batches({ suite: "shop", limit: 9 });
    expect(left.ok && left.value.map((one) => one.batchId)).toEqual(["pinned"]);
    const bytes = ["", "-wal"].map((suffix) => (existsSync(file + suffix) ? readFileSync(file + suffix, "latin1") : "")).join("");
    expect(bytes).not.toContain("unmistakable");
    await second.pinBaseline("shop", null);
    await second[Symbol.asyncDispose]();

    await using third = await openHere(file, start + 32 * DAY_MS);
    await third.flush();
    expect(await third.batches({ suite: "shop", limit: 9 })).toEqual({ ok: true, value: [] });
  });

  test("a history that is closed half-way through a batch says so and starts no new thread", async () => {
    const history = await openHere(await tempFile());
    const suite = cases(2_000);
    const keeping = history.keepBatch(sampleBatch("b1", suite), suite);
    const closing = history[Symbol.asyncDispose]();
    expect(await keeping).toMatchObject({ ok: false, error: { code: "disk" } });
    await closing;
    expect(await history.batches({ suite: "shop", limit: 1 })).toMatchObject({ ok: false, error: { detail: "the history was closed" } });
  });
});

test("a history of the version before takes batches in and loses nothing", async () => {
  const file = await tempFile();
  const before = new DatabaseSync(file);
  const [first = ""] = migrations;
  before.exec(`${first}; PRAGMA user_version = 1`);
  before.exec("INSERT INTO interactions (id, status, started_at, last_at) VALUES ('i1', 'live', 1, 2)");
  before.exec("INSERT INTO utterances VALUES ('i1', 'u1', 'customer', 'as it was', 1, 0, NULL, '[]')");
  before.exec("INSERT INTO dispositions (interaction_id, suggestion_id, disposition, undone, at) VALUES ('i1', 's', 'copied', 0, 3)");
  before.close();

  using open = database(file);
  expect(open.interaction("i1")).toMatchObject({ utterances: [{ text: "as it was" }], dispositions: [{ disposition: "copied" }] });
  const { results: _, ...summary } = sampleBatch("b1", []);
  open.batches.begin(summary, 1);
  open.batches.finish("b1");
  expect(open.batches.latest("shop", 1)).toEqual([summary]);
  open.write([{ kind: "utterance", interactionId: "i1", utterance: itsUtterance() }], 5);
  expect(open.counts()).toMatchObject({ interactions: 1, utterances: 2 });
  using look = new DatabaseSync(file, { readOnly: true });
  expect(look.prepare("PRAGMA user_version").get()).toMatchObject({ user_version: migrations.length });
});

function itsUtterance() {
  const event = utteranceEvent("i1", "u2", "and more");
  if (event.kind !== "utterance") throw new Error(event.kind);
  return event.utterance;
}
