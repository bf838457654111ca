import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { HistoryFilter } from "../../shared/history.ts";
import { readLeftOut, type FiguresViewer } from "../../electron/history/left-out.ts";
import { readOverview, type DeskOverview } from "../../electron/history/overview.ts";
import { everything, historyFile, historyItems, openHistoryFile } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

const NOON = Date.UTC(2026, 2, 20, 12);
const DAY = 86_400_000;

interface Talk {
  readonly id: string;
  readonly agentId?: string;
  readonly at: number;
  /** When its last set came up. */
  readonly setAt?: number;
  readonly queue?: string;
  readonly live?: true;
}

/** The overview of such a desk as somebody is shown it. */
async function shownTo({ seen = new Map(), own = [] }: Partial<FiguresViewer>, talks: readonly Talk[], filter: HistoryFilter = everything): Promise<DeskOverview> {
  const file = await historyFile();
  const database = openHistoryFile(file);
  for (const { id, agentId, at, setAt = at, queue = "q", live } of talks) {
    const interaction = interactionEvent(id, { startedAt: at, channel: "voice", queue, ...(agentId === undefined ? {} : { agentId }), ...(live ? {} : { status: "ended", endedAt: setAt }) });
    database.write(historyItems(interaction, utteranceEvent(id, `${id}-u`, "hm", { at, score: -0.5 }), { kind: "suggestions", set: sampleSet(id, `${id}-s`, { at: setAt }) }), at);
  }
  database.settle();
  using reader = new DatabaseSync(file, { readOnly: true });
  return readOverview(reader, filter, "UTC", NOON, readLeftOut(reader, { seen, own }, NOON));
}

const ann = { id: "a", agentId: "ann", at: NOON - 1_000 };
const bob = { id: "b", agentId: "bob", at: NOON - 2_000 };

describe("what somebody else is shown of agents' figures", () => {
  test("has nothing of what its agent has not seen, in no figure of it", async () => {
    const without = await shownTo({}, [bob].map((talk) => ({ ...talk, at: NOON - 8 * DAY })));
    const { leftOut, facets, ...figures } = await shownTo({}, [ann, { ...bob, at: NOON - 8 * DAY }]);
    expect(leftOut).toEqual({ agents: 1, interactions: 1 });
    expect(facets.agents).toEqual(["bob"]);
    expect(figures).toEqual({ ...without, leftOut: undefined, facets: undefined });
    expect(figures).toMatchObject({ interactions: 1, utterances: 1, total: { sets: 1 }, sentiment: { interactions: 1 } });
  });

  test("tells nothing by the difference of all and those who are shown, nor by any filter", async () => {
    const seen = new Map([["bob", NOON]]);
    const all = await shownTo({ seen }, [ann, bob]);
    const bobs = await shownTo({ seen }, [ann, bob], { ...everything, agentId: "bob" });
    expect(all.total).toEqual(bobs.total);
    for (const filter of [{ agentId: "ann" }, { queue: "anns" }, { from: NOON - 1_500, to: NOON }]) {
      const { interactions, utterances, total, triggers, withheldBy, sentiment, leftOut } = await shownTo({ seen }, [{ ...ann, queue: "anns" }, bob], { ...everything, ...filter });
      expect([interactions, utterances, total.sets, total.latencyP95, triggers, withheldBy, sentiment.interactions, leftOut]).toEqual([0, 0, 0, null, [], [], 0, { agents: 1, interactions: 1 }]);
    }
  });

  test("counts as left out only what was asked about", async () => {
    const { leftOut } = await shownTo({}, [ann, { ...bob, queue: "other" }, { ...ann, id: "a2", at: NOON - 3 * DAY }], { ...everything, queue: "q", from: NOON - DAY });
    expect(leftOut).toEqual({ agents: 1, interactions: 1 });
  });

  test("takes an interaction by the last thing in it, and one that goes on only after seven days", async () => {
    const days = async (talk: Partial<Talk>, seen: number): Promise<number> => (await shownTo({ seen: new Map([["ann", seen]]) }, [{ ...ann, ...talk }])).interactions;
    expect(await days({ at: NOON - 3_000, setAt: NOON - 1_000 }, NOON - 2_000)).toBe(0);
    expect(await days({ at: NOON - 3_000, setAt: NOON - 1_000 }, NOON - 1_000)).toBe(1);
    expect(await days({ at: NOON - 8 * DAY, setAt: NOON - 6 * DAY }, 0)).toBe(0);
    expect(await days({ at: NOON - 9 * DAY, setAt: NOON - 7 * DAY }, 0)).toBe(1);
    expect(await days({ at: NOON - 3_000, live: true }, NOON)).toBe(0);
    expect(await days({ at: NOON - 7 * DAY, live: true }, 0)).toBe(1);
  });

  test("has the viewer's own figures, and what is no agent's", async () => {
    expect(await shownTo({ own: ["ann"] }, [ann, bob, { id: "none", at: NOON }])).toMatchObject({ interactions: 2, total: { sets: 2 }, leftOut: { agents: 1, interactions: 1 } });
  });
});
