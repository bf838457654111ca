import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeFor, pressInPair } from "../../renderer/frame/places.ts";
import { simulationNews } from "../../renderer/frame/simulation-news.ts";
import { expectations } from "../../renderer/simulations/expectations.ts";
import { isSuiteName, megabytes, suiteParts } from "../../renderer/simulations/suite-parts.ts";
import { trendLine } from "../../renderer/simulations/trend-line.ts";
import { barParts, barWords, problemPlace, roughTime, spentTime, wholePercent } from "../../renderer/simulations/words.ts";
import { commandTable } from "../../shared/panel.ts";
import { emptyPanelState } from "../../shared/panel-state.ts";
import type { SimulationsView, TrendPoint } from "../../shared/simulation-view.ts";
import { isSmallPlainData, MAX_INPUT_BYTES } from "../../electron/host/input-size.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { simulationMoments } from "../support/simulations-fixture.ts";

const NOW = Date.UTC(2026, 2, 4, 9, 30);

describe("a suite in parts", () => {
  const sent = (text: string): number => new TextEncoder().encode(JSON.stringify({ kind: "call", id: 1e6, name: "simulations.load", input: { name: "x".repeat(500), part: 0, parts: 1, text } })).byteLength;

  it("is one part where it is short, also where it is empty", () => {
    expect(suiteParts("cases: []")).toEqual(["cases: []"]);
    expect(suiteParts("")).toEqual([""]);
  });

  it.each([
    ["plain letters", "a".repeat(250_001), 3],
    ["letters of three bytes", "好".repeat(100_000), 2],
    ["letters of four bytes", "😀".repeat(100_000), 2],
    ["quotes and line breaks", '"\n'.repeat(100_000), 2],
    ["control characters", "\u0001".repeat(100_000), 4],
    ["halves of letters", "\ud83d".repeat(70_000), 3],
  ])("fits the command and the host's messages: %s", (_, text, count) => {
    const parts = suiteParts(text);
    expect(parts.join("")).toBe(text);
    expect(parts).toHaveLength(count);
    for (const part of parts) {
      expect(sent(part)).toBeLessThanOrEqual(MAX_INPUT_BYTES);
      expect(isSmallPlainData({ text: part }, MAX_INPUT_BYTES)).toBe(true);
      expect(commandTable["simulations.load"].input.safeParse({ name: "suite.yaml", part: 0, parts: 1, text: part }).success).toBe(true);
    }
  });

  it("comes together again whatever it is made of, with no letter cut in two", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom("a", "é", "好", "😀", "\n", '"', "\u0000", "\ud83d", "\ude00")), { maxLength: 60 }), fc.integer({ min: 1, max: 6_000 }), (letters, times) => {
        const text = letters.join("").repeat(times);
        const parts = suiteParts(text);
        expect(parts.join("")).toBe(text);
        expect(parts.slice(1).some((part, index) => /^[\udc00-\udfff]/u.test(part) && /[\ud800-\udbff]$/u.test(parts[index] ?? ""))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it("takes the names that a suite may have, in any case", () => {
    expect(["a.yaml", "a.YML", "b.json", "c.csv"].map(isSuiteName)).toEqual([true, true, true, true]);
    expect(["a.txt", "yaml", "a.yaml.exe", "a.yaml~"].map(isSuiteName)).toEqual([false, false, false, false]);
  });

  it("never tells a size that seems to fit when it does not", () => {
    expect(megabytes(20 * 1_024 * 1_024 + 1)).toBe("20.1");
    expect(megabytes(200 * 1_024 * 1_024)).toBe("200.0");
  });
});

describe("figures in words", () => {
  it("says 100 and 0 percent only of all and nothing", () => {
    expect([0, 0.001, 0.5, 0.916, 0.9999, 1].map(wholePercent)).toEqual([0, 1, 50, 92, 99, 100]);
  });

  it("tells times in the unit that fits", () => {
    expect([null, 0, 340.4, 994, 999, 1_240, 59_940, 59_999, 65_000].map(spentTime)).toEqual(["—", "0 ms", "340 ms", "994 ms", "1.0 s", "1.2 s", "59.9 s", "0:59", "1:05"]);
  });

  it("tells a guess as roughly as it is one", () => {
    expect([0, 4_000, 23_126, 60_000, 61_000, 299_000, 301_000].map(roughTime)).toEqual(["5 s", "5 s", "25 s", "60 s", "1:15", "5:00", "6 min"]);
  });

  it("draws no part of a bar for nothing, and all parts together are what has a verdict", () => {
    const counts = { total: 60, passed: 30, failed: 6, flaky: 0, inconclusive: 3, errors: 0 };
    expect(barParts(counts).map(({ state, width }) => [state, width])).toEqual([["passed", 50], ["inconclusive", 5], ["failed", 10]]);
    expect(barWords(counts)).toBe("Of all cases: 30 passed, 3 inconclusive, 6 failed");
    expect(barParts({ ...counts, total: 0 })).toEqual([]);
  });

  it("names the place of a problem as far as it is known", () => {
    const problem = { file: "suite.yaml", line: 12, column: 5, field: "", message: "" };
    expect(problemPlace(problem)).toBe("suite.yaml:12:5");
    expect(problemPlace({ ...problem, column: null })).toBe("suite.yaml:12");
    expect(problemPlace({ ...problem, line: null })).toBe("suite.yaml");
  });

  it("tells what a case expects before it has run", () => {
    expect(expectations({ intent: "order", entities: { id: "ORD_1", count: 2, list: ["a"] }, next_flow: "f" })).toEqual([
      { kind: "intent", expected: "order" },
      { kind: "entity", name: "id", expected: "ORD_1" },
      { kind: "entity", name: "count", expected: "2" },
      { kind: "entity", name: "list", expected: '["a"]' },
      { kind: "next_flow", expected: "f" },
    ]);
  });
});

describe("the line of the last batches", () => {
  const point = (successRate: number, coverage: number | null): TrendPoint => ({ batchId: `${successRate}`, startedAt: 0, successRate, coverage, total: 10, passed: 0 });

  it("is not there without a batch, and is one dot in the middle for one", () => {
    expect(trendLine([], 290, 84)).toBeNull();
    expect(trendLine([point(1, null)], 290, 84)).toMatchObject({ passed: [{ x: 145, y: 5 }], coverage: [], lowest: 0.9 });
  });

  it("stays inside its frame, has what is better higher up, and leaves a gap where coverage was not measured", () => {
    const line = trendLine([point(0.5, 0.2), point(1, null), point(0.7, 1), point(0.6, 0.9)], 290, 84);
    expect(line?.coverage.map((piece) => piece.length)).toEqual([1, 2]);
    expect(line?.lowest).toBe(0.2);
    const [low, high] = line?.passed ?? [];
    expect(high?.y).toBeLessThan(low?.y ?? 0);
    for (const { x, y } of [...(line?.passed ?? []), ...(line?.coverage.flat() ?? [])]) {
      expect(x).toBeGreaterThanOrEqual(5);
      expect(x).toBeLessThanOrEqual(285);
      expect(y).toBeGreaterThanOrEqual(5);
      expect(y).toBeLessThanOrEqual(79);
    }
  });

  it("has the goal inside of it also where all passed or none did", () => {
    for (const shares of [[1, 1], [0, 0]]) {
      const line = trendLine(shares.map((share) => point(share, null)), 290, 84);
      expect(line?.goalY).toBeGreaterThan(5);
      expect(line?.goalY).toBeLessThan(79);
    }
  });
});

describe("the way between views", () => {
  const none = { kind: "none" } as const;

  it("leads an agent to the talk and nowhere else", () => {
    expect(placeFor("agent", "simulations")).toBe("live");
    expect(placeFor("supervisor", "simulations")).toBe("simulations");
  });

  it("is a pair of keys that belong together only for a moment", () => {
    const begun = pressInPair(none, "g", 1_000);
    expect(begun).toMatchObject({ place: null, used: true });
    expect(pressInPair(begun.pair, "s", 2_500)).toEqual({ pair: none, place: "simulations", used: true });
    expect(pressInPair(begun.pair, "l", 2_500)).toEqual({ pair: none, place: "live", used: true });
    expect(pressInPair(begun.pair, "s", 2_501)).toEqual({ pair: none, place: null, used: false });
    expect(pressInPair(begun.pair, "q", 1_001)).toEqual({ pair: none, place: null, used: false });
    expect(pressInPair(none, "s", 1_001)).toEqual({ pair: none, place: null, used: false });
  });
});

describe("what is announced of simulations", () => {
  const state = (simulations: SimulationsView | null, role: "agent" | "supervisor" = "supervisor") => ({ ...emptyPanelState({ ...fixtureSettings, role }), simulations });
  const { ready, running, cancelling, finished, stopped, problems } = simulationMoments;
  const ended = { ...finished(NOW).view, batch: { ...finished(NOW).view.batch, batchId: "batch-43" } };

  it("is the beginning and the end of a batch, and nothing in between", () => {
    const under = running(NOW).view;
    expect(simulationNews(state(ready().view), state(under))).toEqual(["The batch of 60 cases has begun"]);
    expect(simulationNews(state(under), state({ ...under }))).toEqual([]);
    expect(simulationNews(state(under), state(cancelling(NOW).view))).toEqual([]);
    expect(simulationNews(state(under), state(ended))).toEqual(["The batch is finished: 52 of 60 passed"]);
    const cancelled = { ...ended, batch: { ...ended.batch, end: { kind: "cancelled" } as const, counts: { total: 60, passed: 20, failed: 2, flaky: 0, inconclusive: 0, errors: 1 } } };
    expect(simulationNews(state(cancelling(NOW).view), state(cancelled))).toEqual(["The batch is cancelled: 23 of 60 cases have run"]);
    const broken = { ...stopped(NOW).view, batch: { ...stopped(NOW).view.batch, batchId: "batch-43" } };
    expect(simulationNews(state(under), state(broken))).toEqual(["The batch has stopped: The platform cannot be reached."]);
  });

  it("is no end of another batch", () => {
    expect(simulationNews(state(running(NOW).view), state(finished(NOW).view))).toEqual([]);
  });

  it("is how many problems a suite has", () => {
    expect(simulationNews(state(ready().view), state(problems().view))).toEqual(["The suite has 1,204 problems"]);
  });

  it("is nothing to an agent", () => {
    expect(simulationNews(state(ready().view, "agent"), state(running(NOW).view, "agent"))).toEqual([]);
  });
});
