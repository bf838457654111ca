import { describe, expect, test } from "vitest";
import { changedKeys } from "../../electron/app/changed-keys.ts";
import { tellConfigProblems } from "../../electron/app/config-notice.ts";
import { tellDiskTrouble, tellNotOpened } from "../../electron/app/disk-notice.ts";
import { createNotices, type NoticeChange } from "../../electron/app/notices.ts";
import { createSpeech } from "../../electron/words/speech.ts";
import { createFakeClock } from "../support/fake-clock.ts";

function setUp() {
  const clock = createFakeClock(1_000);
  const notices = createNotices(clock);
  const told: NoticeChange[] = [];
  notices.subscribe((change) => told.push(change));
  return { clock, notices, told };
}

const words = { what: "A.", effect: "B.", remedy: "C." };
const raised = { id: "disk", level: "warning", say: () => words } as const;

describe("notices", () => {
  test("one subject has one notice: raised again it is replaced and keeps the time of the first", async () => {
    const { clock, notices, told } = setUp();
    notices.raise(raised);
    await clock.advance(500);
    notices.raise({ ...raised, say: () => ({ ...words, what: "Worse." }) });
    expect(notices.all()).toEqual([{ id: "disk", level: "warning", ...words, what: "Worse.", since: 1_000 }]);
    expect(told).toHaveLength(2);
  });

  test("what is cleared and raised again began anew; clearing what is well tells nobody anything", async () => {
    const { clock, notices, told } = setUp();
    notices.clear("disk");
    expect(told).toEqual([]);
    notices.raise(raised);
    notices.clear("disk");
    notices.clear("disk");
    expect(told.map((change) => change.kind)).toEqual(["notice", "notice-cleared"]);
    await clock.advance(500);
    notices.raise(raised);
    expect(notices.all()[0]?.since).toBe(1_500);
  });
});

test("what stands is said anew in another language, with the time at which it began", async () => {
  const clock = createFakeClock(1_000);
  const speech = createSpeech();
  const notices = createNotices(clock, speech);
  const told: NoticeChange[] = [];
  notices.subscribe((change) => told.push(change));
  tellDiskTrouble(notices, "audit", { kind: "failing", detail: "disk full", lost: 0 });
  await clock.advance(500);
  speech.set("de");
  expect(notices.all()[0]?.what).toBe("Das Audit-Protokoll kann nicht geschrieben werden: disk full.");
  notices.retell();
  expect(told.map((change) => (change.kind === "notice" ? [change.notice.what, change.notice.since] : null))).toEqual([
    ["The audit file cannot be written: disk full.", 1_000],
    ["Das Audit-Protokoll kann nicht geschrieben werden: disk full.", 1_000],
  ]);
});

describe("keys that changed", () => {
  test("are named two levels deep, whatever differs below, and never with a value", () => {
    const before = { assist: { keywords: ["a"], cache: { scope: "interaction" } }, panel: { role: "agent" }, audit: undefined };
    const after = { assist: { keywords: ["a", "b"], cache: { scope: "tenant" } }, panel: { role: "agent" }, audit: { directory: "x" } };
    expect(changedKeys(before, after)).toEqual(["assist.keywords", "assist.cache", "audit"]);
  });

  test("are none where all is equal, though not identical", () => {
    expect(changedKeys({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } })).toEqual([]);
  });

  test("tell a section that came or went by its name", () => {
    expect(changedKeys({ assist: { a: 1 } }, {})).toEqual(["assist"]);
    expect(changedKeys({}, { assist: { a: 1 } })).toEqual(["assist"]);
    expect(changedKeys({ a: { b: 1 } }, { a: { c: 1 } })).toEqual(["a.b", "a.c"]);
  });
});

describe("a disk in trouble", () => {
  test("is told with what that costs, and forgotten once nothing was lost", () => {
    const { notices } = setUp();
    tellDiskTrouble(notices, "audit", { kind: "failing", detail: "writing a.jsonl: no space is left", lost: 0 });
    expect(notices.all()).toMatchObject([{ id: "audit", level: "warning", what: "The audit file cannot be written: writing a.jsonl: no space is left." }]);
    expect(notices.all()[0]?.effect).toContain("kept in memory");
    tellDiskTrouble(notices, "audit", { kind: "recovered", lost: 0 });
    expect(notices.all()).toEqual([]);
  });

  test("is an error once entries are lost, and the loss stays told after the disk recovers", () => {
    const { notices } = setUp();
    tellDiskTrouble(notices, "metrics", { kind: "failing", detail: "full", lost: 12 });
    expect(notices.all()).toMatchObject([{ id: "metrics", level: "error" }]);
    expect(notices.all()[0]?.effect).toContain("12 entries are lost");
    expect(notices.all()[0]?.effect).not.toContain("kept in memory");
    tellDiskTrouble(notices, "metrics", { kind: "recovered", lost: 40 });
    expect(notices.all()).toMatchObject([{ what: "The metrics file is written again.", effect: "40 entries were lost while it could not be written." }]);
  });

  test("asks for what helps: another program closed, space, or rights", () => {
    const { notices } = setUp();
    const remedyOf = (detail: string): string | undefined => {
      tellDiskTrouble(notices, "history", { kind: "failing", detail, lost: 0 });
      return notices.all()[0]?.remedy;
    };
    expect(remedyOf("the history /x/h.sqlite: another program has locked the file (SQLite 5)")).toContain("Close the other program");
    expect(remedyOf("the history /x/h.sqlite: no space is left on the disk (SQLite 13)")).toBe("Free space on the disk.");
    expect(remedyOf("writing /a (ENOSPC)/h: access was denied (EACCES); 3 could not be written before the end")).toBe("Ask IT to check the folder's rights.");
    expect(remedyOf("full")).toBe("Free space on the disk, or ask IT to check the folder's rights.");
  });

  test("each thing that is kept has a notice of its own", () => {
    const { notices } = setUp();
    for (const kept of ["audit", "history", "metrics", "log"] as const) tellDiskTrouble(notices, kept, { kind: "failing", detail: "full", lost: 0 });
    tellDiskTrouble(notices, "metrics", { kind: "recovered", lost: 0 });
    expect(notices.all().map((notice) => notice.id)).toEqual(["audit", "history", "log"]);
  });

  test("what cannot be opened says that nothing is kept, and asks for a restart only where one is needed", () => {
    const { notices } = setUp();
    tellNotOpened(notices, "audit", "process 7 writes there");
    tellNotOpened(notices, "history", "it is of a newer version");
    const [audit, history] = notices.all();
    expect(audit).toMatchObject({ level: "error", what: "The audit file cannot be opened: process 7 writes there.", effect: "The work goes on, but nothing is kept there." });
    expect(audit?.remedy).not.toContain("start Callside again");
    expect(history?.remedy).toContain("start Callside again");
  });
});

describe("a configuration with mistakes", () => {
  const problem = (path: string) => ({ path, found: "7", allowed: "a number from 0 to 1", source: "file" as const });

  test("names up to three of them with path, found and allowed, and counts the rest", () => {
    const { notices } = setUp();
    tellConfigProblems(notices, ["a", "b", "c", "d", "e"].map(problem));
    const what = notices.all()[0]?.what ?? "";
    expect(what).toContain("5 mistakes");
    expect(what).toMatch(/a.*7.*a number from 0 to 1/u);
    expect(what).toContain("; and 2 more");
    expect(what.match(/a number from 0 to 1/gu)).toHaveLength(3);
  });

  test("one is told as one, and none clears the notice", () => {
    const { notices } = setUp();
    tellConfigProblems(notices, [problem("assist.minConfidence")]);
    expect(notices.all()[0]?.what).toMatch(/^The configuration file has a mistake: /u);
    tellConfigProblems(notices, null);
    expect(notices.all()).toEqual([]);
  });
});
