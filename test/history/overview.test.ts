import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { HistoryFilter } from "../../shared/history.ts";
import type { Disposition } from "../../shared/suggestion.ts";
import { daysOf, isTimeZone } from "../../electron/history/calendar.ts";
import type { HistoryItem } from "../../electron/history/history-item.ts";
import { readFacets, readOverview, type DeskOverview } from "../../electron/history/overview.ts";
import { percentile } from "../../electron/history/percentile.ts";
import { everything, historyFile, historyItems, openHistoryFile } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

const NOON = Date.UTC(2026, 2, 4, 12);
const HOUR = 3_600_000;

function did(interactionId: string, suggestionId: string, disposition: Disposition, at: number, undone = false): HistoryItem {
  return { kind: "disposition", record: { interactionId, suggestionId, disposition, undone, at } };
}

async function overviewOf(items: readonly HistoryItem[], { filter = everything, zone = "UTC", now = NOON + HOUR }: { filter?: HistoryFilter; zone?: string; now?: number } = {}): Promise<DeskOverview> {
  const file = await historyFile();
  const database = openHistoryFile(file);
  database.write(items, now);
  database.settle();
  using reader = new DatabaseSync(file, { readOnly: true });
  return readOverview(reader, filter, zone, now);
}

const set = (id: string, at: number, more: Parameters<typeof sampleSet>[2] = {}): AssistEvent => ({ kind: "suggestions", set: sampleSet("i1", id, { at, withheld: [], ...more }) });

describe("the overview", () => {
  test("of nothing is empty, not broken", async () => {
    expect(await overviewOf([])).toMatchObject({ interactions: 0, utterances: 0, triggers: [], withheldBy: [], total: { displayed: 0, latencyP50: null }, sentiment: { interactions: 0, start: null } });
  });

  test("counts a suggestion once however often it was told, and what was taken back not at all", async () => {
    const { total } = await overviewOf([
      ...historyItems(interactionEvent("i1", { startedAt: NOON }), set("s1", NOON), set("s2", NOON + 1)),
      did("i1", "s1-a", "displayed", NOON),
      did("i1", "s1-a", "displayed", NOON + 5),
      did("i1", "s1-a", "copied", NOON + 6),
      did("i1", "s1-a", "sent", NOON + 7),
      did("i1", "s2-a", "displayed", NOON + 8),
      did("i1", "s2-a", "dismissed", NOON + 9),
      did("i1", "s2-a", "dismissed", NOON + 10, true),
      did("i1", "s2-a", "not helpful", NOON + 11),
    ]);
    expect(total).toMatchObject({ sets: 2, displayed: 2, copied: 1, sent: 1, used: 1, dismissed: 0, helpful: 0, notHelpful: 1 });
  });

  test("counts a fallback that was replaced as a fallback, and its set once", async () => {
    const { total, triggers } = await overviewOf(
      historyItems(
        interactionEvent("i1", { startedAt: NOON }),
        set("s1", NOON, { origin: "fallback", suggestions: [{ id: "f", text: "Wait", confidence: 1, source: "fallback" }], latencyMs: 2_000 }),
        set("s1", NOON + 100, { replaces: "fallback", latencyMs: 400 }),
        { kind: "rejudged", set: sampleSet("i1", "s1", { at: NOON + 200, withheld: [{ rule: "phrase", phrase: "sue" }], outcome: "emptied", suggestions: [] }) },
      ),
    );
    expect(total).toMatchObject({ sets: 1, fallbacks: 1, withheld: 1, latencyP50: 400, latencyP95: 400 });
    expect(triggers).toMatchObject([{ kind: "keyword", words: "refund", sets: 1, empty: 1, withheld: 1 }]);
  });

  test("tells triggers that bring used suggestions from those that bring noise", async () => {
    const keyword = (words: string, id: string, at: number): AssistEvent => set(id, at, { trigger: { kind: "keyword", matches: [{ keyword: words, text: words, span: { start: 0, end: 1 } }] } });
    const { triggers } = await overviewOf([
      ...historyItems(interactionEvent("i1", { startedAt: NOON }), keyword("refund", "s1", NOON), keyword("hello", "s2", NOON + 1), keyword("hello", "s3", NOON + 2), set("s4", NOON + 3, { trigger: { kind: "sentiment", score: -0.8, threshold: -0.4 } })),
      did("i1", "s1-a", "displayed", NOON),
      did("i1", "s1-a", "clicked", NOON + 4),
      did("i1", "s2-a", "displayed", NOON + 5),
      did("i1", "s2-a", "dismissed", NOON + 6),
    ]);
    expect(triggers.map(({ kind, words, sets, used, dismissed }) => [kind, words, sets, used, dismissed])).toEqual([
      ["keyword", "refund", 1, 1, 0],
      ["keyword", "hello", 2, 0, 1],
      ["sentiment", "", 1, 0, 0],
    ]);
  });

  test("counts with a trigger what was done with cards that were replaced or withheld since, as the total does", async () => {
    const fallback = { id: "f", text: "Wait", confidence: 1, source: "fallback" };
    const items = [
      ...historyItems(interactionEvent("i1", { startedAt: NOON }), set("s1", NOON, { origin: "fallback", suggestions: [fallback] })),
      did("i1", "f", "displayed", NOON),
      did("i1", "f", "copied", NOON + 1),
      ...historyItems(set("s1", NOON + 100, { replaces: "fallback" })),
      did("i1", "s1-a", "displayed", NOON + 101),
      did("i1", "s1-a", "copied", NOON + 102),
    ];
    const before = await overviewOf(items);
    expect(before.triggers).toMatchObject([{ sets: 1, displayed: 2, used: 2, withheld: 0, empty: 0 }]);
    const rejudged = sampleSet("i1", "s1", { at: NOON + 100, withheld: [{ rule: "phrase", phrase: "form" }], outcome: "emptied", suggestions: [] });
    const { total, triggers } = await overviewOf([...items, ...historyItems({ kind: "rejudged", set: rejudged })]);
    expect(total).toMatchObject({ sets: 1, displayed: 2, used: 2, withheld: 1 });
    expect(triggers).toMatchObject([{ sets: 1, displayed: 2, used: 2, withheld: 1, empty: 1 }]);
  });

  test("tells how customers sounded at the start and at the end", async () => {
    const said = (interactionId: string, scores: readonly number[]): readonly AssistEvent[] => [
      interactionEvent(interactionId, { startedAt: NOON }),
      ...scores.map((score, index) => utteranceEvent(interactionId, `u${index}`, "words", { score, at: NOON + index })),
    ];
    const { sentiment, utterances } = await overviewOf(
      historyItems(...said("better", [-0.8, -0.6, 0, 0, 0, 0, 0.2, 0.4]), ...said("worse", [0.5, -0.5]), ...said("same", [0.1]), utteranceEvent("agent only", "u", "hi", { speaker: "agent", at: NOON })),
    );
    expect(sentiment).toMatchObject({ interactions: 3, better: 1, worse: 1, same: 1 });
    expect(sentiment.start).toBeCloseTo((-0.7 + 0.5 + 0.1) / 3);
    expect(sentiment.end).toBeCloseTo((0.3 - 0.5 + 0.1) / 3);
    expect(utterances).toBe(12);
  });

  test("keeps to period, channel, queue and agent", async () => {
    const items = historyItems(
      interactionEvent("i1", { startedAt: NOON, channel: "voice", queue: "billing", agentId: "a1" }),
      set("s1", NOON),
      interactionEvent("i2", { startedAt: NOON + HOUR, channel: "chat", queue: "sales", agentId: "a2" }),
      { kind: "suggestions", set: sampleSet("i2", "t1", { at: NOON + HOUR }) },
    );
    const now = NOON + 2 * HOUR;
    const sets = async (filter: Partial<HistoryFilter>): Promise<number> => (await overviewOf(items, { filter: { ...everything, ...filter }, now })).total.sets;
    expect([await sets({}), await sets({ channel: "chat" }), await sets({ queue: "billing" }), await sets({ agentId: "a3" }), await sets({ to: NOON + HOUR }), await sets({ from: NOON + 1 })]).toEqual([2, 1, 1, 0, 1, 1]);
  });

  test("shows every day of the period, in the person's zone", async () => {
    const items = historyItems(interactionEvent("i1", { startedAt: Date.UTC(2026, 2, 28, 23, 30) }), set("s1", Date.UTC(2026, 2, 29, 22, 30)));
    const filter = { ...everything, from: Date.UTC(2026, 2, 27, 23), to: Date.UTC(2026, 2, 30, 22) };
    const { days } = await overviewOf(items, { filter, zone: "Europe/Berlin", now: filter.to });
    expect(days.map(({ day, interactions, sets }) => [day, interactions, sets])).toEqual([
      ["2026-03-28", 0, 0],
      ["2026-03-29", 1, 0],
      ["2026-03-30", 0, 1],
    ]);
  });

  test("a clock that was set back in the middle of a day loses and doubles nothing", async () => {
    const { days, total } = await overviewOf(historyItems(interactionEvent("i1", { startedAt: NOON }), set("s1", NOON), set("s2", NOON - 2 * HOUR)), { filter: { ...everything, from: NOON - 12 * HOUR, to: NOON + 12 * HOUR } });
    expect(days).toHaveLength(1);
    expect([total.sets, days[0]?.sets]).toEqual([2, 2]);
  });
});

test("what can be chosen to filter by is what is there", async () => {
  const file = await historyFile();
  openHistoryFile(file).write(historyItems(interactionEvent("i1", { startedAt: 5, channel: "voice", queue: "q2", agentId: "a" }), interactionEvent("i2", { startedAt: 3, channel: "voice", queue: "q1" })), 1);
  using reader = new DatabaseSync(file, { readOnly: true });
  expect(readFacets(reader)).toEqual({ channels: ["voice"], queues: ["q1", "q2"], agents: ["a"], interactions: 2, since: 3 });
});

describe("days", () => {
  const hours = (from: number, to: number, zone: string): readonly (readonly [string, number])[] => daysOf(from, to, zone).map(({ day, start, end }) => [day, (end - start) / HOUR]);

  test("have 23, 24 or 25 hours as their zone has them, and half hours", () => {
    expect(hours(Date.UTC(2026, 2, 27, 23), Date.UTC(2026, 2, 30, 22), "Europe/Berlin")).toEqual([["2026-03-28", 24], ["2026-03-29", 23], ["2026-03-30", 24]]);
    expect(hours(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 26, 23), "Europe/Berlin")).toEqual([["2026-10-25", 25], ["2026-10-26", 24]]);
    expect(hours(Date.UTC(2026, 0, 1, 18, 30), Date.UTC(2026, 0, 3, 18, 30), "Asia/Kolkata")).toEqual([["2026-01-02", 24], ["2026-01-03", 24]]);
    expect(hours(Date.UTC(2026, 3, 4, 13), Date.UTC(2026, 3, 5, 13, 30), "Australia/Lord_Howe")).toEqual([["2026-04-05", 24.5]]);
  });

  test("that a zone left out have no place", () => {
    expect(daysOf(Date.UTC(2011, 11, 29, 10), Date.UTC(2012, 0, 1, 10), "Pacific/Apia").map(({ day }) => day)).toEqual(["2011-12-29", "2011-12-31", "2012-01-01"]);
  });

  test("are cut to the period, and follow on each other without a gap", () => {
    const from = Date.UTC(2026, 2, 1, 7, 13);
    const to = Date.UTC(2026, 10, 1, 3);
    const days = daysOf(from, to, "America/New_York");
    expect([days[0]?.start, days.at(-1)?.end]).toEqual([from, to]);
    for (const [index, day] of days.entries()) if (index > 0) expect(day.start).toBe(days[index - 1]?.end);
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
  });

  test("are at most those of a hundred years", () => {
    expect(() => daysOf(0, 1e14, "UTC")).toThrow("filter: found a period of 1,157,407 days; allowed are at most 36,525");
    expect(daysOf(0, NOON, "UTC")).toHaveLength(20_517);
  });

  test("need a zone", () => {
    expect([isTimeZone("Europe/Berlin"), isTimeZone("Nowhere/City"), isTimeZone("")]).toEqual([true, false, false]);
  });
});

test("a percentile is a value that was there", () => {
  expect([percentile([], 0.5), percentile([3], 0.95), percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 0.95)]).toEqual([null, 3, 2, 4]);
});
