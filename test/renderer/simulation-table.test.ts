import { describe, expect, it } from "vitest";
import { arrange, type CaseQuery, countStates, createArranger, firstQuery, isArranged, rowMatcher } from "../../renderer/simulations/arrangement.ts";
import { fillSlots } from "../../renderer/simulations/running-slots.ts";
import type { CaseRow } from "../../shared/simulation-view.ts";
import type { Comparison } from "../../shared/simulation.ts";

function row(testId: string, state: CaseRow["state"], extra: Partial<CaseRow> = {}): CaseRow {
  return { testId, utterance: `says ${testId}`, tags: [], state, reasons: [], durationMs: null, ...extra };
}

const rows: readonly CaseRow[] = [
  row("test_10", "passed", { durationMs: 300, utterance: "Where is my PARCEL", tags: ["smoke"] }),
  row("test_2", "failed", { durationMs: 900, reasons: ["intent check_order → small_talk"] }),
  row("test_1", "passed", { durationMs: 100 }),
  row("test_3", "waiting"),
  row("test_4", "error", { durationMs: 60_000 }),
  row("test_5", "inconclusive", { durationMs: 500 }),
  row("test_6", "flaky", { durationMs: 700 }),
  row("test_7", "running"),
];

const comparison: Comparison = { baselineId: "b", broken: ["test_2"], mended: ["test_1"], added: ["test_7"], removed: ["test_gone"] };

function shown(query: Partial<CaseQuery>, compared: Comparison | null = comparison): readonly string[] {
  const whole: CaseQuery = { ...firstQuery, ...query };
  return arrange(rows, rowMatcher(whole, compared), whole).map((place) => rows[place]?.testId ?? "");
}

const inOrder = { column: "suite" } as const;

describe("which cases the table shows", () => {
  it("finds words anywhere in a case, all of them, in any case and any order", () => {
    expect(shown({ words: "parcel WHERE" })).toEqual(["test_10"]);
    expect(shown({ words: "smoke" })).toEqual(["test_10"]);
    expect(shown({ words: "small_talk" })).toEqual(["test_2"]);
    expect(shown({ words: "parcel small_talk" })).toEqual([]);
    expect(shown({ words: "  " })).toHaveLength(rows.length);
  });

  it("finds no word across the border of two fields", () => {
    expect(rowMatcher({ ...firstQuery, words: "test_10where" }, null)(rows[0] ?? row("", "passed"))).toBe(false);
  });

  it("takes what has no verdict for neither passed nor not passed", () => {
    expect(shown({ ...inOrder, filter: { kind: "state", state: "not passed" } })).toEqual(["test_2", "test_4", "test_5", "test_6"]);
    expect(shown({ ...inOrder, filter: { kind: "state", state: "to come" } })).toEqual(["test_3", "test_7"]);
    expect(shown({ ...inOrder, filter: { kind: "state", state: "passed" } })).toEqual(["test_10", "test_1"]);
  });

  it("shows what changed since the baseline, and nothing where there is none", () => {
    expect(shown({ filter: { kind: "compared", which: "broken" } })).toEqual(["test_2"]);
    expect(shown({ filter: { kind: "compared", which: "mended" } })).toEqual(["test_1"]);
    expect(shown({ filter: { kind: "compared", which: "broken" } }, null)).toEqual([]);
  });

  it("shows the cases behind a number, of those that are there, narrowed by words", () => {
    const filter = { kind: "cases", name: "flow_greeting", ids: new Set(["test_1", "test_10", "test_absent"]) } as const;
    expect(shown({ ...inOrder, filter })).toEqual(["test_10", "test_1"]);
    expect(shown({ ...inOrder, filter, words: "smoke" })).toEqual(["test_10"]);
  });

  it("counts every state", () => {
    expect(countStates(rows)).toEqual({ passed: 2, failed: 1, flaky: 1, inconclusive: 1, error: 1, waiting: 1, running: 1 });
  });
});

describe("the order of the table", () => {
  it("has the worst first, and equals as the suite has them", () => {
    expect(shown({})).toEqual(["test_4", "test_2", "test_6", "test_5", "test_3", "test_7", "test_10", "test_1"]);
  });

  it("keeps equals in the suite's order also when it is turned round", () => {
    expect(shown({ descending: true })).toEqual(["test_10", "test_1", "test_3", "test_7", "test_5", "test_6", "test_2", "test_4"]);
  });

  it("knows that 10 comes after 2", () => {
    expect(shown({ column: "case" }).slice(0, 3)).toEqual(["test_1", "test_2", "test_3"]);
    expect(shown({ column: "case", descending: true })[0]).toBe("test_10");
  });

  it("has what took no time yet last, whichever way it is sorted", () => {
    expect(shown({ column: "time" })).toEqual(["test_1", "test_10", "test_5", "test_6", "test_2", "test_4", "test_3", "test_7"]);
    expect(shown({ column: "time", descending: true })).toEqual(["test_4", "test_2", "test_6", "test_5", "test_10", "test_1", "test_3", "test_7"]);
  });

  it("leaves the rows that it was given alone", () => {
    const before = [...rows];
    shown({ column: "case" });
    expect(rows).toEqual(before);
  });
});

describe("a table under the pointer", () => {
  const changed = rows.with(3, row("test_3", "failed", { durationMs: 10 }));

  it("keeps every row where it is while results come in", () => {
    const arranger = createArranger();
    const first = arranger.order(rows, firstQuery, null, "batch");
    expect(arranger.order(changed, firstQuery, null, "batch")).toBe(first);
    expect(isArranged(rows, firstQuery, null, first)).toBe(true);
    expect(isArranged(changed, firstQuery, null, first)).toBe(false);
  });

  it("adds a new match at the end, once, and takes none away that no longer matches", () => {
    const arranger = createArranger();
    const query: CaseQuery = { ...firstQuery, filter: { kind: "state", state: "failed" } };
    expect(arranger.order(rows, query, null, "batch")).toEqual([1]);
    expect(arranger.order(changed, query, null, "batch")).toEqual([1, 3]);
    const mended = changed.with(1, row("test_2", "passed"));
    expect(arranger.order(mended, query, null, "batch")).toEqual([1, 3]);
    expect(arranger.order(mended.with(3, row("test_3", "failed", { durationMs: 11 })), query, null, "batch")).toEqual([1, 3]);
  });

  it.each([
    ["another question", { ...firstQuery, descending: true }, "batch"],
    ["another batch", firstQuery, "next batch"],
  ] as const)("is put in order again for %s", (_, query, batch) => {
    const arranger = createArranger();
    arranger.order(rows, firstQuery, null, "batch");
    const order = arranger.order(changed, query, null, batch);
    expect(isArranged(changed, query, null, order)).toBe(true);
  });

  it("is put in order again when it has become shorter", () => {
    const arranger = createArranger();
    arranger.order(rows, firstQuery, null, "batch");
    expect(arranger.order(rows.slice(0, 2), firstQuery, null, "batch")).toEqual([1, 0]);
  });
});

describe("the cases under way", () => {
  it("keep their places while they run", () => {
    const first = fillSlots([], ["a", "b", "c"], 4);
    expect(first).toEqual(["a", "b", "c", null]);
    const second = fillSlots(first, ["c", "d", "a"], 4);
    expect(second).toEqual(["a", "d", "c", null]);
    expect(fillSlots(second, ["e", "f", "g", "h", "c"], 4)).toEqual(["e", "f", "c", "g"]);
    expect(fillSlots(second, [], 4)).toEqual([null, null, null, null]);
  });
});
