import { expect, test } from "vitest";
import { createCaseTable } from "../../electron/app/case-table.ts";
import { germanWords } from "../../electron/words/de.ts";
import { englishWords } from "../../electron/words/en.ts";
import { applyUpdates, emptyPanelState, type PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { Settings } from "../../shared/settings.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { sampleCase, sampleResult } from "../support/sample-batch.ts";

const settings: Settings = {
  mode: "live",
  role: "supervisor",
  triggers: { keywords: [], sentimentThreshold: 0, enableKeywordTrigger: true, enableSentimentTrigger: true, triggerOn: "customer", language: "en" },
  policy: { prohibitedPhrases: [], minConfidence: 0, maxSuggestions: 3 },
  display: { cardsPerMinute: 4, quiet: false, theme: "system", language: "system" }, locks: [],
};

const cases = (count: number) => Array.from({ length: count }, (_, index) => sampleCase(`test_${index}`, { utterance: `said ${index}`, tags: ["t"] }));

function setUp(count: number) {
  const clock = createFakeClock();
  const updates: PanelUpdate[] = [];
  const table = createCaseTable(clock, (update) => updates.push(update));
  table.show(cases(count), new Map([["test_0", sampleResult("test_0")]]));
  const mirror = (): PanelState["simulationRows"] => applyUpdates(emptyPanelState(settings), updates).simulationRows;
  return { clock, updates, table, mirror };
}

test("a table is told whole, with what is known and what waits", () => {
  const { updates } = setUp(2);
  expect(updates).toEqual([
    {
      kind: "simulation-rows",
      rows: [
        { testId: "test_0", utterance: "said 0", tags: ["t"], state: "passed", reasons: [], durationMs: 800 },
        { testId: "test_1", utterance: "said 1", tags: ["t"], state: "waiting", reasons: [], durationMs: null },
      ],
    },
  ]);
});

test("changes are gathered over 100 ms, each line once, and lead to the same table", async () => {
  const { clock, updates, table, mirror } = setUp(10);
  table.started("test_3");
  table.finished(sampleResult("test_3", { verdict: "failed", checks: [{ kind: "intent", outcome: "failed", expected: "greet", actual: "bye" }] }));
  table.started("test_4");
  expect(updates).toHaveLength(1);
  await clock.advance(100);
  expect(updates).toHaveLength(2);
  expect(updates[1]).toMatchObject({ kind: "simulation-row-changes", changes: [{ index: 3, row: { state: "failed", reasons: ["intent greet → bye"] } }, { index: 4, row: { state: "running" } }] });
  expect(mirror()).toEqual(table.rows());
  await clock.advance(1_000);
  expect(updates).toHaveLength(2);
  expect(clock.pending()).toBe(0);
});

test("ten thousand results are told in a few updates, and a table of which most changed is told whole", async () => {
  const { clock, updates, table, mirror } = setUp(10_000);
  for (let index = 0; index < 10_000; index += 1) {
    table.started(`test_${index}`);
    table.finished(sampleResult(`test_${index}`));
    if (index % 1_000 === 999) await clock.advance(100);
  }
  expect(updates.length).toBeLessThanOrEqual(11);
  table.started("test_1");
  await clock.advance(100);
  expect(updates.at(-1)?.kind).toBe("simulation-row-changes");
  for (const one of cases(6_000)) table.started(one.test_id);
  await clock.advance(100);
  expect(updates.at(-1)?.kind).toBe("simulation-rows");
  expect(mirror()).toEqual(table.rows());
});

test("a new table overtakes what was not told of the old one; a case of neither is nobody's", async () => {
  const { clock, updates, table } = setUp(3);
  table.started("test_1");
  table.show(cases(1), new Map());
  table.started("test_2");
  await clock.advance(500);
  expect(updates.map((update) => update.kind)).toEqual(["simulation-rows", "simulation-rows"]);
  table.started("test_0");
  table[Symbol.dispose]();
  expect(clock.pending()).toBe(0);
});

test("why a case did not pass is said anew when the language changes, and what still runs stays as it is", () => {
  const updates: PanelUpdate[] = [];
  let words = englishWords.report;
  const table = createCaseTable(createFakeClock(), (update) => updates.push(update), () => words);
  const flaky = sampleResult("test_0", { verdict: "flaky", runs: ["passed", "failed"] });
  table.show(cases(2), new Map([["test_0", flaky]]));
  table.started("test_1");
  expect(table.rows()[0]?.reasons).toEqual(["passed 1 of 2 runs"]);
  words = germanWords.report;
  table.sayAnew(new Map([["test_0", flaky]]));
  expect(table.rows()).toMatchObject([{ state: "flaky", reasons: ["1 von 2 Läufen bestanden"] }, { state: "running", reasons: [] }]);
  expect(updates.at(-1)).toEqual({ kind: "simulation-rows", rows: table.rows() });
});
