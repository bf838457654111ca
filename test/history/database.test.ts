import { readFileSync, statSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase, type HistoryDatabase } from "../../electron/history/database.ts";
import { migrations } from "../../electron/history/history-schema.ts";
import { historyItemOf, type HistoryItem } from "../../electron/history/history-item.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Disposition } from "../../shared/suggestion.ts";
import { readOverview } from "../../electron/history/overview.ts";
import { createSearch } from "../../electron/history/search.ts";
import { readTeamLines } from "../../electron/history/team-lines.ts";
import { everything, searchFor } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";
import { tempDirectory } from "../support/temp-directory.ts";

async function tempFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "history.sqlite");
}

function open(file: string, mask = true): HistoryDatabase {
  const opened = openDatabase({ file, mask });
  if (!opened.ok) throw new Error(opened.error.detail);
  onTestFinished(() => {
    opened.value[Symbol.dispose]();
  });
  return opened.value;
}

function items(...events: readonly AssistEvent[]): readonly HistoryItem[] {
  return events.map(historyItemOf).filter((item) => item !== null);
}

function disposition(name: Disposition, undone = false, suggestionId = "s1-a", at = 3_000): HistoryItem {
  return { kind: "disposition", record: { interactionId: "i1", suggestionId, disposition: name, undone, at } };
}

describe("what is kept", () => {
  test("an interaction comes back with all that was said, shown and done", async () => {
    const database = open(await tempFile());
    const set = sampleSet("i1", "s1");
    database.write(
      items(
        interactionEvent("i1", { customerName: "Kim", channel: "voice", queue: "cards", agentId: "a7" }),
        utteranceEvent("i1", "u1", "I want it refunded", { marks: [{ start: 10, end: 18 }], sequence: 1 }),
        { kind: "suggestions", set },
        interactionEvent("i1", { status: "ended", endedAt: 9_000, customerName: "Kim" }),
      ),
      5_000,
    );
    database.write([disposition("displayed"), disposition("copied")], 5_001);
    const record = database.interaction("i1");
    expect(record?.interaction).toEqual({ id: "i1", status: "ended", startedAt: 1_000, endedAt: 9_000, customerName: "Kim", channel: "voice", queue: "cards", agentId: "a7" });
    expect(record?.utterances).toEqual([
      { id: "u1", speaker: "customer", text: "I want it refunded", at: 2_000, score: -0.25, final: true, sequence: 1, marks: [{ start: 10, end: 18 }] },
    ]);
    expect(record?.sets).toEqual([
      { ...set, trigger: { kind: "keyword", matches: [{ keyword: "refund", text: "refunded" }] }, rejudged: false },
    ]);
    expect(record?.dispositions).toEqual([
      { suggestionId: "s1-a", disposition: "displayed", undone: false, at: 3_000 },
      { suggestionId: "s1-a", disposition: "copied", undone: false, at: 3_000 },
    ]);
    expect(database.interaction("nobody")).toBeNull();
  });

  test("what was known of an interaction is kept by a run that begins in its middle, until the platform says otherwise", async () => {
    const file = await tempFile();
    const before = open(file);
    const told = { customerName: "Kim", channel: "voice", queue: "cards", agentId: "a7" };
    before.write(items(interactionEvent("i1", told), { kind: "suggestions", set: sampleSet("i1", "s1") }), 5_000);
    before[Symbol.dispose]();
    const database = open(file);
    database.write(items(interactionEvent("i1", { startedAt: 70_000 }), utteranceEvent("i1", "u9", "still here", { at: 70_000 })), 70_000);
    expect(database.interaction("i1")?.interaction).toEqual({ id: "i1", status: "live", startedAt: 1_000, ...told });
    database.write(items(interactionEvent("i1", { startedAt: 70_000, customerName: "Kim Lee", queue: "loans" })), 71_000);
    database.settle();
    using reader = new DatabaseSync(file, { readOnly: true });
    const found = createSearch(reader);
    expect(["lee", "loans", "cards"].map((text) => found(searchFor(text)).hits.length)).toEqual([1, 1, 0]);
    expect(readOverview(reader, everything, "UTC", 80_000)).toMatchObject({ interactions: 1, total: { sets: 1 } });
    expect(readTeamLines(reader, { start: 0, end: 60_000 }, "desk")).toMatchObject([{ startedAt: 1_000, agentId: "a7", queue: "loans", channel: "voice" }, { kind: "set" }]);
    expect(database.forget({ by: "customer", name: "kim lee" }, 71_000 + 30 * 60_000, false)).toMatchObject({ interactions: 1 });
  });

  test("the end that was told first stands, until the conversation is opened again", async () => {
    const database = open(await tempFile());
    const ended = (endedAt: number): AssistEvent => interactionEvent("i1", { status: "ended", endedAt });
    database.write(items(ended(9_000), ended(20_000)), 20_000);
    expect(database.interaction("i1")?.interaction).toMatchObject({ status: "ended", endedAt: 9_000 });
    database.write(items(interactionEvent("i1"), ended(30_000)), 30_000);
    expect(database.interaction("i1")?.interaction).toMatchObject({ status: "ended", endedAt: 30_000 });
  });

  test("a fallback, the answer in its place and its second judgement are three showings", async () => {
    const database = open(await tempFile());
    const fault = { kind: "transport", code: "timeout", detail: "no answer in 2 s" } as const;
    const { upstreamMs: _, ...fallback } = sampleSet("i1", "s1", { origin: "fallback", fault, trigger: { kind: "sentiment", score: -0.6, threshold: -0.4 } });
    const answer = sampleSet("i1", "s1", { replaces: "fallback" });
    database.write(
      items({ kind: "suggestions", set: fallback }, { kind: "suggestions", set: answer }, { kind: "rejudged", set: { ...answer, suggestions: [], outcome: "emptied", policyVersion: "v2" } }),
      1,
    );
    const sets = database.interaction("i1")?.sets ?? [];
    expect(sets.map((set) => [set.id, set.origin, set.replaces, set.rejudged, set.suggestions.length])).toEqual([
      ["s1", "fallback", undefined, false, 1],
      ["s1", "live", "fallback", false, 1],
      ["s1", "live", "fallback", true, 0],
    ]);
    expect(sets[0]).toMatchObject({ fault, trigger: { kind: "sentiment", score: -0.6, threshold: -0.4 } });
    expect(sets[0]).not.toHaveProperty("upstreamMs");
  });

  test("interim utterances are not kept; a correction replaces what it corrects", async () => {
    const database = open(await tempFile());
    database.write(items(utteranceEvent("i1", "u1", "I wan", { final: false }), utteranceEvent("i1", "u1", "I want"), utteranceEvent("i1", "u1", "I went")), 1);
    expect(database.interaction("i1")?.utterances.map((one) => one.text)).toEqual(["I went"]);
  });

  test("utterances stand in the platform's order where it gives one, else in order of time", async () => {
    const database = open(await tempFile());
    database.write(
      items(
        utteranceEvent("i1", "b", "second", { sequence: 2, at: 10 }),
        utteranceEvent("i1", "a", "first", { sequence: 1, at: 20 }),
        utteranceEvent("i2", "b", "second", { at: 20 }),
        utteranceEvent("i2", "a", "first", { at: 10 }),
      ),
      1,
    );
    expect(database.interaction("i1")?.utterances.map((one) => one.text)).toEqual(["first", "second"]);
    expect(database.interaction("i2")?.utterances.map((one) => one.text)).toEqual(["first", "second"]);
  });

  test("counts take back what was undone and count twice the same once", async () => {
    const database = open(await tempFile());
    database.write(items({ kind: "suggestions", set: sampleSet("i1", "s1") }), 1);
    database.write(
      [
        disposition("displayed"),
        disposition("displayed"),
        disposition("helpful"),
        disposition("helpful", true),
        disposition("not helpful"),
        disposition("dismissed"),
        disposition("dismissed", true),
        disposition("dismissed"),
        disposition("sent", false, "other"),
      ],
      1,
    );
    expect(database.counts()).toEqual({
      interactions: 1,
      utterances: 0,
      sets: 1,
      suggestions: 1,
      dispositions: { displayed: 1, clicked: 0, copied: 0, sent: 1, dismissed: 1, helpful: 0, "not helpful": 1 },
    });
  });

  test("lists the latest first, within the limit", async () => {
    const database = open(await tempFile());
    for (const [index, id] of ["i1", "i2", "i3"].entries()) database.write(items(interactionEvent(id), utteranceEvent(id, "u", "x")), index);
    database.write(items(utteranceEvent("i1", "u2", "again")), 10);
    expect(database.interactions(2).map((one) => [one.id, one.lastAt, one.utterances])).toEqual([
      ["i1", 10, 2],
      ["i3", 2, 1],
    ]);
    expect(database.interactions(-1)).toEqual([]);
  });

  test("nothing of a batch that fails is kept", async () => {
    const database = open(await tempFile());
    const bad: unknown = { kind: "disposition", record: { interactionId: "i1", suggestionId: "s", disposition: "admired", undone: false, at: 1 } };
    expect(() => {
      database.write([...items(interactionEvent("i1")), bad as HistoryItem], 1);
    }).toThrow(/CHECK/u);
    expect(database.counts().interactions).toBe(0);
    database.write(items(interactionEvent("i1")), 1);
    expect(database.counts().interactions).toBe(1);
  });
});

describe("personal data", () => {
  const said = "my card is 4111 1111 1111 1111, cancel it";
  const shown = "Write to jane@example.com";

  test("is masked before it reaches the file, log of changes included, and marks stay with their words", async () => {
    const file = await tempFile();
    const database = open(file);
    database.write(
      items(
        utteranceEvent("i1", "u1", said, { marks: [{ start: said.indexOf("cancel"), end: said.indexOf("cancel") + 6 }] }),
        { kind: "suggestions", set: sampleSet("i1", "s1", { suggestions: [{ id: "a", text: shown, confidence: 0.9, source: "KB" }] }) },
      ),
      1,
    );
    const record = database.interaction("i1");
    const utterance = record?.utterances[0];
    expect(utterance?.text).toBe("my card is [card], cancel it");
    expect(utterance?.marks.map((mark) => utterance.text.slice(mark.start, mark.end))).toEqual(["cancel"]);
    expect(record?.sets[0]?.suggestions[0]?.text).toBe("Write to [e-mail]");
    const bytes = ["", "-wal"].map((suffix) => (existsSync(file + suffix) ? readFileSync(file + suffix, "latin1") : "")).join("");
    expect(bytes).not.toContain("4111 1111");
    expect(bytes).not.toContain("jane@");
  });

  test("stays as it is where masking is off", async () => {
    const database = open(await tempFile(), false);
    database.write(items(utteranceEvent("i1", "u1", said)), 1);
    expect(database.interaction("i1")?.utterances[0]?.text).toBe(said);
  });

  test("that has expired is gone from the file's bytes too, and younger interactions stay", async () => {
    const file = await tempFile();
    const database = open(file);
    database.write(items(utteranceEvent("old", "u1", "unmistakable words"), { kind: "suggestions", set: sampleSet("old", "s1") }), 1_000);
    database.write(items(utteranceEvent("new", "u1", "fresh words")), 2_000);
    expect(database.expire(1_500)).toEqual({ interactions: 1, erased: true });
    expect(database.interaction("old")).toBeNull();
    expect(database.counts()).toMatchObject({ interactions: 1, utterances: 1, sets: 0, suggestions: 0 });
    const bytes = ["", "-wal"].map((suffix) => (existsSync(file + suffix) ? readFileSync(file + suffix, "latin1") : "")).join("");
    expect(bytes).not.toContain("unmistakable");
    expect(database.expire(1_500)).toEqual({ interactions: 0, erased: true });
  });

  test.skipIf(process.platform === "win32")("is readable for the owner alone", async () => {
    const file = await tempFile();
    open(file).write(items(interactionEvent("i1")), 1);
    for (const suffix of ["", "-wal", "-shm"]) expect(statSync(file + suffix).mode & 0o077).toBe(0);
  });
});

describe("versions", () => {
  test("a file of a newer version is refused in words and left untouched", async () => {
    const file = await tempFile();
    const newer = new DatabaseSync(file);
    newer.exec("CREATE TABLE secrets_of_tomorrow (a); PRAGMA user_version = 99");
    newer.close();
    const before = readFileSync(file);
    const opened = openDatabase({ file, mask: true });
    expect(opened).toMatchObject({ ok: false, error: { kind: "refused", code: "newer-file" } });
    expect(opened.ok ? "" : opened.error.detail).toMatch(new RegExp(`version 99.*up to ${migrations.length}`, "u"));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  test("a step that fails leaves the file as it was", async () => {
    const file = await tempFile();
    const steps = ["CREATE TABLE good (a)", "CREATE TABLE half (a); CREATE TABLE good (a)"];
    expect(() => openDatabase({ file, mask: true, migrations: steps })).toThrow(/already exists/u);
    using look = new DatabaseSync(file);
    expect(look.prepare("PRAGMA user_version").get()).toMatchObject({ user_version: 1 });
    expect(look.prepare("SELECT name FROM sqlite_schema").all().map((row) => row["name"])).toEqual(["good"]);
  });

  test("what is no database is told apart by its error", async () => {
    const file = await tempFile();
    writeFileSync(file, "this is not a database at all, but it is long enough to look like one ".repeat(20));
    expect(() => openDatabase({ file, mask: true })).toThrow(/not a database/u);
  });
});
