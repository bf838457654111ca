import { describe, expect, it } from "vitest";
import { createHistoryActions } from "../../renderer/history-actions.ts";
import { createPastSearch } from "../../renderer/history/past-search.ts";
import { createRecordReader } from "../../renderer/history/record-reader.ts";
import { type RecordRow, recordRows, suggestionCount } from "../../renderer/history/record-rows.ts";
import { firstFoundLine, moved } from "../../renderer/history/result-walk.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HistoryFilter, HistoryHit, HistoryPage, InteractionRecord } from "../../shared/history.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { billingCall, keptSet, manyCalls } from "../support/history-fixture.ts";

const START = Date.UTC(2026, 2, 4, 9, 30);
const locked: Fault = { kind: "transport", code: "disk", detail: "locked" };

function hitsOf(count: number, from = 0): readonly HistoryHit[] {
  return manyCalls(START, from + count).slice(from).map(({ interaction }) => ({ interaction, utterances: 1, sets: 0, snippets: [] }));
}

interface Asked {
  readonly text: string;
  readonly filter: HistoryFilter;
  readonly after: string | null;
  readonly answer: (result: Result<HistoryPage, Fault>) => Promise<void>;
}

function playSearch() {
  const clock = createFakeClock(START);
  const asked: Asked[] = [];
  const search = createPastSearch(
    {
      search: (text, filter, after) => {
        const held = Promise.withResolvers<Result<HistoryPage, Fault>>();
        asked.push({
          text,
          filter,
          after,
          async answer(result) {
            held.resolve(result);
            // The answer goes through two awaits.
            for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
          },
        });
        return held.promise;
      },
    },
    clock,
  );
  return { clock, asked, search, state: () => search.store.getState() };
}

const page = (hits: readonly HistoryHit[], next: string | null = null): Result<HistoryPage, Fault> => ok({ hits, next, tookMs: 1 });

describe("a search", () => {
  it("waits until nothing is typed any more, and takes the newest answer whenever the others come", async () => {
    const { clock, asked, search, state } = playSearch();
    for (const text of ["r", "re", "ref "]) {
      search.type(text);
      await clock.advance(100);
    }
    expect(asked).toHaveLength(0);
    await clock.advance(50);
    expect(asked.map(({ text }) => text)).toEqual(["ref"]);
    search.type("refund");
    await clock.advance(150);
    await asked[1]?.answer(page(hitsOf(1)));
    await asked[0]?.answer(page(hitsOf(9)));
    expect(state()).toMatchObject({ asking: false, text: "refund", results: { kind: "found", hits: hitsOf(1), more: { kind: "none" } } });
  });

  it("reads on once per page, drops what it knows, and forgets a page of an older question", async () => {
    const { asked, search, state } = playSearch();
    search.again();
    await asked[0]?.answer(page(hitsOf(50), "p2"));
    search.further();
    search.further();
    expect(asked.map(({ after }) => after)).toEqual([null, "p2"]);
    await asked[1]?.answer(page(hitsOf(3, 49), "p3"));
    expect(state().results).toMatchObject({ more: { kind: "there", next: "p3" } });
    expect(state().results).toHaveProperty("hits.length", 52);
    search.further();
    search.choose({ period: { kind: "any" }, channel: "chat", queue: null, agentId: null });
    await asked[3]?.answer(page(hitsOf(2)));
    await asked[2]?.answer(page(hitsOf(50, 52), "p4"));
    expect(asked[3]?.filter).toEqual({ from: null, to: null, channel: "chat", queue: null, agentId: null });
    expect(state().results).toMatchObject({ hits: hitsOf(2), more: { kind: "none" } });
    search.further();
    expect(asked).toHaveLength(4);
  });

  it("keeps what was found where a page cannot be read, and asks for that page again", async () => {
    const { asked, search, state } = playSearch();
    search.again();
    await asked[0]?.answer(page(hitsOf(50), "p2"));
    search.further();
    search.drop("call-0");
    await asked[1]?.answer(err(locked));
    expect(state().results).toMatchObject({ kind: "found", more: { kind: "failed", next: "p2", fault: locked } });
    expect(state().results).toHaveProperty("hits.length", 49);
    search.further();
    expect(asked[2]?.after).toBe("p2");
    search.again();
    await asked[3]?.answer(err(locked));
    expect(state()).toMatchObject({ asking: false, results: { kind: "failed", fault: locked } });
    search.everything();
    expect(asked[4]).toMatchObject({ text: "", after: null });
  });

  it("does not ask about a period that is none, and takes no answer that is still under way", async () => {
    const { asked, search, state } = playSearch();
    search.again();
    search.choose({ period: { kind: "range", from: "2026-03-05", to: "2026-03-04" }, channel: null, queue: null, agentId: null });
    expect(asked).toHaveLength(1);
    expect(state()).toMatchObject({ problem: "order", asking: false });
    await asked[0]?.answer(page(hitsOf(1)));
    expect(state().results).toEqual({ kind: "asking" });
    // A history goes back further than a page can draw.
    search.choose({ period: { kind: "range", from: "2001-03-05", to: "2026-03-04" }, channel: null, queue: null, agentId: null });
    expect(state().problem).toBeNull();
  });
});

describe("walking what was found", () => {
  it("stays inside, and begins at the first", () => {
    const hits = hitsOf(3);
    expect([moved(hits, null, 1), moved(hits, "call-0", -1), moved(hits, "call-1", 1), moved(hits, "call-2", 9), moved(hits, "gone", 1), moved(hits, null, 3), moved(hits, null, -3), moved([], null, 1)]).toEqual(["call-0", "call-0", "call-2", "call-2", "call-0", "call-2", "call-0", null]);
  });

  it("opens an interaction at the first line that was found in it", () => {
    const [hit] = hitsOf(1);
    const snippets = [{ utteranceId: null, speaker: null, text: "a card", marks: [] }, { utteranceId: "u-9", speaker: "customer", text: "a line", marks: [] }];
    expect(firstFoundLine(hit === undefined ? [] : [{ ...hit, snippets }], "call-0")).toBe("u-9");
    expect(firstFoundLine(hitsOf(1), "call-0")).toBeNull();
  });
});

describe("a past interaction", () => {
  const record = billingCall(START);
  const setsOf = (rows: readonly RecordRow[]) => rows.filter((row) => row.kind === "set");

  it("has each showing below the line that it answered, and names who speaks after it", () => {
    const rows = recordRows(record);
    expect(rows.map((row) => (row.kind === "utterance" ? row.id : row.kind))).toEqual(["u-1", "u-2", "set", "set", "u-3", "u-4", "set"]);
    expect(rows.filter((row) => row.kind === "utterance").map(({ named }) => named)).toEqual([true, true, true, true]);
    expect(setsOf(rows).map(({ speaker }) => speaker)).toEqual(["customer", "customer", "customer"]);
    expect(suggestionCount(record)).toBe(3);
  });

  it("tells what holds of what was done: nothing that was taken back, nothing twice", () => {
    const told = [...record.dispositions, { suggestionId: "set-1-live-0", disposition: "displayed" as const, undone: false, at: START + 90_000 }];
    const [, answer] = setsOf(recordRows({ ...record, dispositions: told }));
    expect(answer?.cards.map(({ deeds, seen }) => [deeds.map(({ disposition, at }) => [disposition, at - START]), seen])).toEqual([
      [[["displayed", 11_200], ["copied", 16_000]], true],
      [[], false],
    ]);
  });

  it("tells each deed at the showing that stood when it was done", () => {
    const place = { id: "set-9", interactionId: "call", utteranceId: "u-2", utteranceAt: START };
    const rejudged: InteractionRecord = {
      ...record,
      sets: [keptSet({ ...place, at: START + 1_000 }, "Same card"), keptSet({ ...place, at: START + 5_000, rejudged: true, policyVersion: "p-2" }, "Same card")],
      dispositions: [
        { suggestionId: "set-9-live-0", disposition: "displayed", undone: false, at: START + 1_100 },
        { suggestionId: "set-9-live-0", disposition: "copied", undone: false, at: START + 6_000 },
      ],
    };
    expect(setsOf(recordRows(rejudged)).map(({ cards }) => cards.map(({ deeds, seen }) => [deeds.map(({ disposition }) => disposition), seen]))).toEqual([[[["displayed"], true]], [[["copied"], true]]]);
  });

  it("keeps answers to lines that are not kept, and is empty where nothing was", () => {
    const rows = recordRows({ ...record, utterances: record.utterances.slice(0, 1) });
    expect(rows.map(({ kind }) => kind)).toEqual(["utterance", "unsaid", "set", "set", "set"]);
    expect(recordRows({ ...record, utterances: [], sets: [] })).toEqual([]);
  });

  it("is the one that was asked for last, whenever the others come, and none once it is closed", async () => {
    const answers = new Map<string, PromiseWithResolvers<Result<InteractionRecord, Fault>>>();
    const reader = createRecordReader({
      open: (id) => {
        const answer = Promise.withResolvers<Result<InteractionRecord, Fault>>();
        answers.set(id, answer);
        return answer.promise;
      },
    });
    const settle = async (id: string, result: Result<InteractionRecord, Fault>): Promise<void> => {
      answers.get(id)?.resolve(result);
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
    };
    reader.open("a", null);
    reader.open("b", "u-2");
    await settle("b", ok(record));
    await settle("a", err(locked));
    expect(reader.store.getState()).toEqual({ kind: "open", interactionId: "b", utteranceId: "u-2", record });
    reader.open("c", null);
    reader.close();
    await settle("c", ok(record));
    expect(reader.store.getState()).toEqual({ kind: "none" });
    reader.open("d", null);
    await settle("d", err(locked));
    expect(reader.store.getState()).toEqual({ kind: "failed", interactionId: "d", utteranceId: null, fault: locked });
  });
});

describe("forgetting", () => {
  it("counts without erasing, and erases only where it is told to", async () => {
    const given: (readonly [string, unknown])[] = [];
    const actions = createHistoryActions(async (name, input) => {
      given.push([name, input]);
      return { ok: false, error: locked };
    });
    expect(await actions.countCustomer("Ann")).toEqual(err(locked));
    await actions.forgetCustomer("Ann");
    await actions.forget("call-1");
    expect(given).toEqual([
      ["history.forget-customer", { name: "Ann", dry: true }],
      ["history.forget-customer", { name: "Ann", dry: false }],
      ["history.forget", { interactionId: "call-1" }],
    ]);
  });
});
