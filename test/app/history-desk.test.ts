import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { Overview } from "../../shared/overview.ts";
import { createHistoryDesk, type Past } from "../../electron/app/history-desk.ts";
import { germanWords } from "../../electron/words/de.ts";
import { overviewCsv } from "../../electron/app/overview-csv.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openHistory } from "../../electron/history/history.ts";
import type { HistoryCommands } from "../../electron/host/history-commands.ts";
import { err } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { everything, historyFile, searchFor } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

let folder: string;
let past: Past | null;
let pastFault: Fault | null;
let notes: (readonly [string, unknown])[];
let commands: () => HistoryCommands | null;
const elsewhere = async () => err({ kind: "policy", code: "not-found-here", detail: "not here" } as const);

beforeEach(async () => {
  const clock = createFakeClock();
  const file = await historyFile();
  folder = dirname(file);
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: () => {} });
  if (!opened.ok) throw new Error(opened.error.detail);
  const history = opened.value;
  onTestFinished(() => history[Symbol.asyncDispose]());
  history.take(interactionEvent("i1", { status: "ended", startedAt: clock.now() - 5_000, customerName: "Jane Doe", channel: "voice" }));
  history.take(utteranceEvent("i1", "u1", "a refund, please"));
  history.take({ kind: "suggestions", set: sampleSet("i1", "s1", { at: clock.now() - 4_000 }) });
  past = history;
  pastFault = null;
  notes = [];
  commands = createHistoryDesk({
    past: () => past,
    pastFault: () => pastFault,
    clock,
    files: nodeFiles,
    reportsFolder: join(folder, "reports"),
    note: (event, data) => notes.push([event, data]),
    team: elsewhere,
    onForgotten: () => {},
    onLooked: async () => {},
    rehearse: elsewhere,
  });
});

test("there is nothing to ask while the history is off", () => {
  past = null;
  expect(commands()).toBeNull();
});

test("a history that cannot be opened answers why, and is not taken for one that is off", async () => {
  past = null;
  pastFault = { kind: "contract", code: "newer-file", detail: "history.sqlite has version 999" };
  const refused = { ok: false, error: pastFault };
  expect(await commands()?.facets()).toEqual(refused);
  expect(await commands()?.search(searchFor("refund"))).toEqual(refused);
  expect(await commands()?.forgetCustomer("jane doe", true)).toEqual(refused);
});

test("finds, opens and forgets, and says in the audit file that something was forgotten but not whose it was", async () => {
  expect(await commands()?.search(searchFor("refund"))).toMatchObject({ ok: true, value: { hits: [{ interaction: { id: "i1" } }], tookMs: 0 } });
  expect(await commands()?.open("i1")).toMatchObject({ ok: true, value: { sets: [{ id: "s1" }] } });
  expect(await commands()?.forgetCustomer("jane doe", true)).toEqual({ ok: true, value: 1 });
  expect(notes).toEqual([]);
  expect(await commands()?.forgetCustomer("jane doe", false)).toEqual({ ok: true, value: 1 });
  expect(notes).toEqual([["HISTORY_FORGOTTEN", { interactions: 1, by: "customer" }]]);
  expect(await commands()?.open("i1")).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(await commands()?.forget("i1")).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(notes).toHaveLength(1);
});

test("gives the overview with its question, and writes it as a file of its own", async () => {
  const query = { source: "desk", filter: everything, zone: "Europe/Berlin" } as const;
  expect(await commands()?.overview(query)).toMatchObject({ ok: true, value: { query, interactions: 1, total: { sets: 1, withheld: 1 }, triggers: [{ words: "refund" }] } });
  expect(await commands()?.overview({ ...query, zone: "Atlantis" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  expect(await commands()?.overview({ ...query, source: "team" })).toMatchObject({ ok: false, error: { detail: "not here" } });
  const written = await commands()?.exportOverview(query);
  if (written?.ok !== true) throw new Error("not written");
  expect(written.value).toBe(join(folder, "reports", "2026-01-05-090000-overview-desk.csv"));
  expect(await readFile(written.value, "utf8")).toContain("total,,1,1,");
});

test("a file for spreadsheets: quotes doubled, lines ended as they want it, and no cell that is a formula", () => {
  const figures = { sets: 1, displayed: 0, copied: 0, sent: 0, used: 0, dismissed: 0, helpful: 0, notHelpful: 0, withheld: 0, fallbacks: 0, latencyP50: 1.23456, latencyP95: null };
  const trigger = { kind: "keyword", sets: 1, displayed: 0, used: 0, dismissed: 0, notHelpful: 0, withheld: 0, empty: 1 } as const;
  const overview: Overview = {
    query: { source: "desk", filter: everything, zone: "UTC" },
    total: figures,
    interactions: 3,
    utterances: 9,
    days: [{ day: "2026-03-04", interactions: 3, ...figures }],
    triggers: [{ ...trigger, words: '=HYPERLINK("x","y")' }, { ...trigger, words: 'say "no", then' }],
    withheldBy: [{ rule: "phrase", words: "@sum\nbreak", count: 2 }],
    sentiment: { interactions: 0, start: null, end: null, better: 0, worse: 0, same: 0 },
    agents: [],
    unread: [],
    tookMs: 1,
  };
  const csv = overviewCsv(overview);
  expect(csv.startsWith("\uFEFFtable,name,interactions,sets,")).toBe(true);
  expect(csv).toContain("day,2026-03-04,3,1,0,0,0,0,0,0,0,0,0,1.23,,\r\n");
  expect(csv).toContain(`trigger,"'=HYPERLINK(""x"",""y"")",,`);
  expect(csv).toContain('trigger,"say ""no"", then",,');
  expect(csv).toContain('withheld,"phrase: @sum\nbreak",');
  expect(csv.endsWith("\r\n")).toBe(true);
  const german = overviewCsv(overview, germanWords.overviewFile);
  expect(german.startsWith("\uFEFFTabelle,Name,Gespräche,Momente,angezeigt,")).toBe(true);
  // The figures are those of the machine in any language.
  expect(german).toContain("Tag,2026-03-04,3,1,0,0,0,0,0,0,0,0,0,1.23,,\r\n");
  expect(german).toContain('zurückgehalten wegen,"phrase: @sum\nbreak",');
});
