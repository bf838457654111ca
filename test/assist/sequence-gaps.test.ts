import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAssistEngine, type AssistSettings } from "../../electron/assist/assist-engine.ts";
import { createSequenceGaps } from "../../electron/assist/sequence-gaps.ts";
import { MAX_HOLES } from "../../electron/net/sequence-track.ts";
import { createFakeClock } from "../support/fake-clock.ts";

/** The totals after `numbers` of one interaction. */
function count(numbers: readonly number[]) {
  const gaps = createSequenceGaps();
  const track = gaps.follow();
  for (const number of numbers) track.take(number);
  return gaps.totals();
}

/** The same by definition: a number is missed when a higher one comes before it, recovered when it comes after that. */
function countByDefinition(numbers: readonly number[]) {
  const [first = 0] = numbers;
  const open = new Set<number>();
  let highest = first;
  let missed = 0;
  let recovered = 0;
  for (const number of numbers) {
    for (let skipped = highest + 1; skipped < number; skipped += 1) {
      open.add(skipped);
      missed += 1;
    }
    highest = Math.max(highest, number);
    if (open.delete(number)) recovered += 1;
  }
  return { missed, recovered };
}

/** How many numbers between the first that came and the highest never came. */
function absent(numbers: readonly number[]): number {
  const [first = 0] = numbers;
  const highest = numbers.reduce((one, other) => Math.max(one, other), first);
  const came = new Set(numbers.filter((number) => number >= first));
  return numbers.length === 0 ? 0 : highest - first + 1 - came.size;
}

describe("numbers that follow one another", () => {
  test("miss nothing, wherever they begin", () => {
    expect(count([])).toEqual({ missed: 0, recovered: 0 });
    expect(count([7, 8, 9, 10])).toEqual({ missed: 0, recovered: 0 });
    expect(count([-2, -1, 0, 1])).toEqual({ missed: 0, recovered: 0 });
  });

  test("may come again: interim forms, duplicates, and a history that is sent anew", () => {
    expect(count([1, 1, 1, 2, 2, 3, 1, 2, 3, 4])).toEqual({ missed: 0, recovered: 0 });
  });
});

describe("numbers that are skipped", () => {
  test("are missed, and those that come after all are recovered, once", () => {
    expect(count([1, 5])).toEqual({ missed: 3, recovered: 0 });
    expect(count([1, 5, 3])).toEqual({ missed: 3, recovered: 1 });
    expect(count([1, 5, 3, 3, 2, 4, 4, 2, 6])).toEqual({ missed: 3, recovered: 3 });
  });

  test("lie between the first that came and the highest: an older one that comes late is neither", () => {
    expect(count([5, 3, 4, 1, 6])).toEqual({ missed: 0, recovered: 0 });
  });

  test("are counted per interaction, and added up", () => {
    const gaps = createSequenceGaps();
    const one = gaps.follow();
    const other = gaps.follow();
    for (const number of [1, 3]) one.take(number);
    for (const number of [100, 102, 101]) other.take(number);
    one.take(101);
    expect(gaps.totals()).toEqual({ missed: 1 + 1 + 97, recovered: 1 });
  });

  test("are forgotten where the numbers went to somebody else, and stay missed", () => {
    const gaps = createSequenceGaps();
    const track = gaps.follow();
    for (const number of [1, 3]) track.take(number);
    track.restart();
    for (const number of [50, 2, 51, 53, 52]) track.take(number);
    expect(gaps.totals()).toEqual({ missed: 2, recovered: 1 });
  });

  test("may be a million in one jump, of which any can come back", () => {
    const gaps = createSequenceGaps();
    const track = gaps.follow();
    for (const number of [0, 1_000_001, 500_000, 1, 1_000_000, 500_000]) track.take(number);
    expect(gaps.totals()).toEqual({ missed: 1_000_000, recovered: 3 });
  });

  test("are counted as far as a number is exact, and never beyond", () => {
    const gaps = createSequenceGaps();
    for (let interaction = 0; interaction < 3; interaction += 1) {
      const track = gaps.follow();
      for (const number of [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]) track.take(number);
    }
    expect(gaps.totals()).toEqual({ missed: Number.MAX_SAFE_INTEGER, recovered: 0 });
  });
});

describe("any order, loss and replay", () => {
  const arrivals = fc
    .record({ base: fc.integer({ min: -50, max: 50 }), offsets: fc.array(fc.nat(60), { maxLength: 200 }) })
    .map(({ base, offsets }) => offsets.map((offset) => base + offset));

  test("counts as the definition does, and the difference is what never came", () => {
    fc.assert(
      fc.property(arrivals, (numbers) => {
        const totals = count(numbers);
        expect(totals).toEqual(countByDefinition(numbers));
        expect(totals.missed - totals.recovered).toBe(absent(numbers));
      }),
      { numRuns: 500 },
    );
  });

  test("a whole conversation in any order leaves nothing missing above the first that came", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 80 }, (_, index) => index), { minLength: 80 }), (numbers) => {
        const totals = count(numbers);
        expect(totals.recovered).toBe(totals.missed);
      }),
    );
  });

  test("sending all of it again recovers what was missed, and a third time changes nothing", () => {
    fc.assert(
      fc.property(fc.subarray(Array.from({ length: 80 }, (_, index) => index), { minLength: 1 }), (survivors) => {
        const all = Array.from({ length: 80 }, (_, index) => index);
        const replayed = count([...survivors, ...all]);
        expect(replayed.recovered).toBe(replayed.missed);
        expect(count([...survivors, ...all, ...all])).toEqual(replayed);
      }),
    );
  });
});

describe("memory", () => {
  const everyOther = (holes: number): number[] => Array.from({ length: holes + 1 }, (_, index) => index * 2);

  test("holds as many stretches as it says, and all of them can be recovered", () => {
    const odd = Array.from({ length: MAX_HOLES }, (_, index) => index * 2 + 1);
    expect(count([...everyOther(MAX_HOLES), ...odd])).toEqual({ missed: MAX_HOLES, recovered: MAX_HOLES });
  });

  test("lets the lowest stretch go beyond that: it stays missed, the others can still come", () => {
    expect(count([...everyOther(MAX_HOLES + 1), 1])).toEqual({ missed: MAX_HOLES + 1, recovered: 0 });
    expect(count([...everyOther(MAX_HOLES + 1), 3])).toEqual({ missed: MAX_HOLES + 1, recovered: 1 });
  });

  test("does not grow where one long stretch is filled from all sides", () => {
    // Every other number of a stretch splits it once more; what it was split into beyond the bound is let go.
    const filled = Array.from({ length: 5_000 }, (_, index) => 2 + index * 2);
    const totals = count([0, 20_000, ...filled, ...filled.map((number) => number + 1)]);
    expect(totals.missed).toBe(19_999);
    // The even ones while the rest of the stretch is whole, then the odd ones of the last holes.
    expect(totals.recovered).toBe(5_000 + MAX_HOLES);
  });
});

describe("the engine", () => {
  const settings: AssistSettings = {
    agentId: null,
    triggers: { keywords: [], sentimentThreshold: -0.4, enableKeywordTrigger: false, enableSentimentTrigger: false, triggerOn: "both", language: "en" },
    policy: { prohibitedPhrases: [], minConfidence: 0.75, maxSuggestions: 3 },
    requestTimeoutMs: 5_000,
    fallbackAfterMs: 2_000,
    cache: { maxEntries: 500, ttlSeconds: 120, scope: "interaction", contextKeys: [] },
    fallback: [],
  };

  function start(agentId: string | null) {
    const engine = createAssistEngine({
      settings: { ...settings, agentId },
      clock: createFakeClock(),
      setPrefix: "",
      emit: () => {},
      ask: () => new Promise(() => {}),
    });
    const say = (transcript: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      const frame = JSON.stringify({ type: "INTERACTION_UPDATE", payload: { interactionId: "call", transcript, ...fields } });
      engine.take(frame, frame.length);
    };
    return { engine, say };
  }

  test("counts the numbers of each interaction, whatever else its payloads hold", () => {
    const { engine, say } = start(null);
    expect(engine.gaps()).toEqual({ missed: 0, recovered: 0 });
    say("one", { sequence: 1 });
    say("fo", { sequence: 4, final: false });
    say("four", { sequence: 4 });
    say("elsewhere", { interactionId: "other", sequence: 90 });
    expect(engine.gaps()).toEqual({ missed: 2, recovered: 0 });
    say("two", { sequence: 2 });
    say("two", { sequence: 2 });
    say("", { sequence: 6, status: "ended" });
    say("no number");
    expect(engine.gaps()).toEqual({ missed: 3, recovered: 1 });
  });

  test("counts its own numbers only: those that went to another agent in between are not missed", () => {
    const { engine, say } = start("me");
    say("mine", { agentId: "me", sequence: 1 });
    say("theirs", { agentId: "other", sequence: 2 });
    say("theirs", { sequence: 9 });
    say("never mine", { interactionId: "foreign", agentId: "other", sequence: 5 });
    say("never mine", { interactionId: "foreign", agentId: "other", sequence: 8 });
    say("mine again", { agentId: "me", sequence: 20 });
    expect(engine.gaps()).toEqual({ missed: 0, recovered: 0 });
    say("mine", { sequence: 22 });
    expect(engine.gaps()).toEqual({ missed: 1, recovered: 0 });
  });
});
