import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { HistoryFilter } from "../../shared/history.ts";
import type { Overview } from "../../shared/overview.ts";
import { emptyPanelState } from "../../shared/panel-state.ts";
import { createHistoryDesk, type Past } from "../../electron/app/history-desk.ts";
import { germanWords } from "../../electron/words/de.ts";
import { overviewCsv } from "../../electron/app/overview-csv.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import type { DeskViewer } from "../../electron/history/reader-protocol.ts";
import type { HistoryCommands } from "../../electron/host/history-commands.ts";
import { historyRows } from "../../electron/host/history-rows.ts";
import { err } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { everything, historyFile, searchFor } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";
import { sampleSettings } from "../support/sample-panel.ts";

const DAY = 86_400_000;

let folder: string;
let history: History;
let past: Past | null;
let viewer: DeskViewer | null;
let pastFault: Fault | null;
let notes: (readonly [string, unknown])[];
let commands: () => HistoryCommands | null;
let take: History["take"];
const elsewhere = async () => err({ kind: "policy", code: "not-found-here", detail: "not here" } as const);

beforeEach(async () => {
  const clock = createFakeClock();
  const file = await historyFile();
  folder = dirname(file);
  const opened = await openHistory({ file, mask: true, retentionDays: 30, clock, onTrouble: () => {} });
  if (!opened.ok) throw new Error(opened.error.detail);
  history = opened.value;
  onTestFinished(() => history[Symbol.asyncDispose]());
  take = (event) => {
    history.take(event);
  };
  take(interactionEvent("i1", { status: "ended", startedAt: clock.now() - 5_000, customerName: "Jane Doe", channel: "voice" }));
  history.take(utteranceEvent("i1", "u1", "a refund, please"));
  history.take({ kind: "suggestions", set: sampleSet("i1", "s1", { at: clock.now() - 4_000 }) });
  past = history;
  pastFault = null;
  notes = [];
  viewer = null;
  commands = createHistoryDesk({
    past: () => past,
    pastFault: () => pastFault,
    clock,
    files: nodeFiles,
    reportsFolder: join(folder, "reports"),
    note: (event, data) => notes.push([event, data]),
    team: elsewhere,
    viewer: () => viewer,
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
  expect(await commands()?.forgetCustomer("jane doe", true)).toEqual({ ok: true, value: { interactions: 1, live: [] } });
  expect(notes).toEqual([]);
  expect(await commands()?.forgetCustomer("jane doe", false)).toEqual({ ok: true, value: { interactions: 1, live: [] } });
  expect(notes).toEqual([["HISTORY_FORGOTTEN", { interactions: 1, by: "customer" }]]);
  expect(await commands()?.open("i1")).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(await commands()?.forget("i1")).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  expect(notes).toHaveLength(1);
});

test("refuses to forget a conversation that goes on, and says when it can be", async () => {
  take(interactionEvent("i2", { customerName: "Jane Doe" }));
  expect(await commands()?.forget("i2")).toMatchObject({ ok: false, error: { kind: "policy", code: "not-allowed", detail: expect.stringContaining("once it has ended") as string } });
  expect(await commands()?.forgetCustomer("jane doe", false)).toEqual({ ok: true, value: { interactions: 1, live: [{ id: "i2", startedAt: 1_000 }] } });
  expect(notes).toEqual([["HISTORY_FORGOTTEN", { interactions: 1, by: "customer" }]]);
});

test("a period that nobody can look at is refused before anything is read", async () => {
  const rows = historyRows({ state: () => ({ ...emptyPanelState(sampleSettings), settings: { ...sampleSettings, role: "supervisor" } }) }, commands, null);
  const ask = async (command: "overview.read" | "overview.export", filter: Partial<HistoryFilter>) => rows[command](command, { source: "desk", filter: { ...everything, ...filter }, zone: "UTC" });
  const refused = (detail: string) => ({ ok: false, error: { kind: "contract", code: "invalid-input", detail: expect.stringContaining(detail) as string } });
  for (const command of ["overview.read", "overview.export"] as const) {
    expect(await ask(command, { from: 0, to: 1e14 })).toMatchObject(refused(`${command}: filter: found a period of 1,157,407 days; allowed are at most 366`));
    expect(await ask(command, { from: 0, to: 367 * DAY })).toMatchObject(refused("367 days"));
    expect(await ask(command, { to: 1e14 })).toMatchObject(refused("allowed are at most 36,525"));
    expect(await ask(command, { from: -1e15, to: -1e15 })).toMatchObject(refused("filter.from"));
    expect(await ask(command, { from: 0, to: 366 * DAY + DAY / 24 })).toMatchObject({ ok: true });
  }
  expect(await rows["history.search"]("history.search", searchFor("x", { filter: { ...everything, to: 1e16 } }))).toMatchObject(refused("filter.to"));
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

test("leaves out of a supervisor's figures and file what its agent sees first, and of the agent's own nothing", async () => {
  const query = { source: "desk", filter: { ...everything, agentId: "ann" }, zone: "UTC" } as const;
  history.take(interactionEvent("i2", { status: "ended", startedAt: createFakeClock().now() - 2_000, agentId: "ann" }));
  const counted = async () => {
    const read = await commands()?.overview(query);
    if (read?.ok !== true) throw new Error("not read");
    const { interactions, leftOut, facets } = read.value;
    return [interactions, leftOut, facets.agents.includes("ann")];
  };
  expect(await counted()).toEqual([1, { agents: 0, interactions: 0 }, true]);
  viewer = { own: ["ann"], team: null };
  expect(await counted()).toEqual([1, { agents: 0, interactions: 0 }, true]);
  viewer = { own: [], team: null };
  expect(await counted()).toEqual([0, { agents: 1, interactions: 1 }, false]);
  const written = await commands()?.exportOverview(query);
  if (written?.ok !== true) throw new Error("not written");
  const csv = await readFile(written.value, "utf8");
  expect(csv).toContain('"left out, of so many agents",1,1,');
  expect(csv).toContain("\r\ntotal,,0,0,");
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
    leftOut: { agents: 2, interactions: 14 },
    facets: { channels: [], queues: [], agents: [], interactions: 3, since: null },
    agents: [],
    unread: [],
    tookMs: 1,
  };
  const csv = overviewCsv(overview);
  expect(csv.startsWith("\uFEFFtable,name,interactions,sets,")).toBe(true);
  expect(csv).toContain("day,2026-03-04,3,1,0,0,0,0,0,0,0,0,0,1.23,,\r\n");
  expect(csv).toContain('\r\n"left out, of so many agents",2,14,,,,,,,,,,,,,\r\n');
  expect(csv).toContain(`trigger,"'=HYPERLINK(""x"",""y"")",,`);
  expect(csv).toContain('trigger,"say ""no"", then",,');
  expect(csv).toContain('withheld,"phrase: @sum\nbreak",');
  expect(csv.endsWith("\r\n")).toBe(true);
  const german = overviewCsv(overview, germanWords.overviewFile);
  expect(german.startsWith("\uFEFFTabelle;Name;Gespräche;Momente;angezeigt;")).toBe(true);
  // As a spreadsheet in German expects cells to be parted, and numbers to be broken.
  expect(german).toContain("Tag;2026-03-04;3;1;0;0;0;0;0;0;0;0;0;1,23;;\r\n");
  expect(german).toContain("\r\nausgelassen, von so vielen Agenten;2;14;");
  expect(german).toContain('zurückgehalten wegen;"phrase: @sum\nbreak";');
  expect(german).toContain('Auslöser;"say ""no"", then";;');
  expect(overviewCsv({ ...overview, triggers: [{ ...trigger, words: "stay; go" }] }, germanWords.overviewFile)).toContain('Auslöser;"stay; go";;');
});

test("the file says what it is of, and holds all that the page shows", () => {
  const none = { sets: 0, displayed: 0, copied: 0, sent: 0, used: 0, dismissed: 0, helpful: 0, notHelpful: 0, withheld: 0, fallbacks: 0, latencyP50: null, latencyP95: null };
  const overview: Overview = {
    query: { source: "team", filter: { ...everything, from: 0, to: 2 * DAY, queue: "billing, abroad" }, zone: "Europe/Berlin" },
    total: none,
    interactions: 3,
    utterances: 1_204,
    days: ["2026-03-04", "2026-03-05"].map((day) => ({ day, interactions: 0, ...none })),
    triggers: [],
    withheldBy: [],
    sentiment: { interactions: 9, start: -0.2, end: null, better: 4, worse: 2, same: 3 },
    agents: [],
    leftOut: { agents: 0, interactions: 0 },
    facets: { channels: [], queues: [], agents: [], interactions: 3, since: null },
    unread: [],
    tookMs: 1,
  };
  const facts = (csv: string): readonly string[] => csv.split("\r\n").slice(1, 15).map((line) => line.replace(/[,;]{14}$/u, ""));
  expect(facts(overviewCsv(overview))).toEqual([
    "whose history,team",
    "first day,2026-03-04",
    "last day,2026-03-05",
    "time zone,Europe/Berlin",
    "of channel,all",
    'of queue,"billing, abroad"',
    "of agent,all",
    "lines,1204",
    "interactions with sentiment,9",
    "sentiment at the start,-0.2",
    "sentiment at the end,",
    "sentiment better,4",
    "sentiment the same,3",
    "sentiment worse,2",
  ]);
  const columns = new Set(overviewCsv({ ...overview, query: { ...overview.query, filter: everything } }).trimEnd().split("\r\n").map((line) => line.split(",").length));
  expect(columns.size).toBe(1);
  expect(facts(overviewCsv(overview, germanWords.overviewFile))[0]).toMatch(/^Wessen Verlauf[,;]Team$/u);
});
