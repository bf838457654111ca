import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spendAttention } from "../../electron/host/attention.ts";
import { ofTheLastMinute } from "../../shared/attention.ts";
import type { CardState } from "../../shared/panel-update.ts";
import { sampleSet } from "../support/sample-panel.ts";

const display = { cardsPerMinute: 4, quiet: false };
const quiet = { cardsPerMinute: 4, quiet: true };

function card(visibility: CardState["visibility"]): CardState {
  return { visibility, pinned: false, feedback: null, copied: false, displayed: false };
}

function visibilities(cards: Readonly<Record<string, CardState>>): readonly string[] {
  return Object.values(cards).map((one) => one.visibility);
}

describe("attention budget", () => {
  it("shows the best cards while there is budget; the rest wait", () => {
    const result = spendAttention({
      set: sampleSet("a", "s", ["x", "y", "z"]),
      replaced: {},
      releasedAt: [10_000, 20_000],
      now: 30_000,
      display,
    });
    expect(result.cards).toEqual({ x: card("shown"), y: card("shown"), z: card("waiting") });
    expect(result.releasedAt).toEqual([10_000, 20_000, 30_000, 30_000]);
  });

  it("has budget again when a minute has gone by, and not a moment sooner", () => {
    const ask = (now: number) =>
      visibilities(
        spendAttention({ set: sampleSet("a", "s", ["x"]), replaced: {}, releasedAt: [0, 0, 0, 0], now, display }).cards,
      );
    expect(ask(59_999)).toEqual(["waiting"]);
    expect(ask(60_000)).toEqual(["shown"]);
  });

  it("shows nothing unasked in quiet mode and spends nothing for it", () => {
    const result = spendAttention({ set: sampleSet("a", "s", ["x", "y"]), replaced: {}, releasedAt: [], now: 0, display: quiet });
    expect(visibilities(result.cards)).toEqual(["waiting", "waiting"]);
    expect(result.releasedAt).toEqual([]);
  });

  it("lets an answer take the place of its shown fallback for nothing; only what is more than that costs", () => {
    const result = spendAttention({
      set: sampleSet("a", "s", ["x", "y", "z"], { replaces: "fallback" }),
      replaced: { f1: card("shown"), f2: card("dismissed") },
      releasedAt: [0, 0, 0],
      now: 1_000,
      display,
    });
    expect(visibilities(result.cards)).toEqual(["shown", "shown", "shown"]);
    expect(result.releasedAt).toEqual([0, 0, 0, 1_000]);
  });

  it("shows an answer in quiet mode where the agent had asked for its fallback, and hides it where not", () => {
    const replace = (visibility: CardState["visibility"]) =>
      spendAttention({ set: sampleSet("a", "s", ["x"]), replaced: { f1: card(visibility) }, releasedAt: [], now: 0, display: quiet });
    expect(visibilities(replace("shown").cards)).toEqual(["shown"]);
    expect(visibilities(replace("waiting").cards)).toEqual(["waiting"]);
  });

  it("keeps what became of a card whose suggestion stays", () => {
    const kept: CardState = { visibility: "dismissed", pinned: true, feedback: "helpful", copied: true, displayed: true };
    const result = spendAttention({
      set: sampleSet("a", "s", ["x", "y"]),
      replaced: { x: kept },
      releasedAt: [0, 0, 0, 0],
      now: 1,
      display,
    });
    expect(result.cards).toEqual({ x: kept, y: card("waiting") });
  });

  it("never takes a suggestion's id for something that every object has", () => {
    const result = spendAttention({ set: sampleSet("a", "s", ["constructor"]), replaced: {}, releasedAt: [], now: 0, display });
    expect(result.cards["constructor"]).toEqual(card("shown"));
  });

  it("counts the last minute, and nothing that a clock which was set back has left ahead", () => {
    expect(ofTheLastMinute([0, 1, 60_000, 60_001], 60_000)).toEqual([1, 60_000]);
  });

  it("never lets more than the budget through in any minute, whatever arrives when", () => {
    const arrival = fc.record({ after: fc.nat(30_000), size: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(fc.array(arrival, { size: "max", maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (arrivals, cardsPerMinute) => {
        let now = 0;
        let releasedAt: readonly number[] = [];
        const shownAt: number[] = [];
        for (const [index, { after, size }] of arrivals.entries()) {
          now += after;
          const ids = Array.from({ length: size }, (_, at) => `${index}.${at}`);
          const result = spendAttention({
            set: sampleSet("a", `s${index}`, ids),
            replaced: {},
            releasedAt,
            now,
            display: { cardsPerMinute, quiet: false },
          });
          releasedAt = result.releasedAt;
          for (const one of visibilities(result.cards)) if (one === "shown") shownAt.push(now);
          const inWindow = shownAt.filter((at) => now - at < 60_000).length;
          expect(inWindow).toBeLessThanOrEqual(cardsPerMinute);
          // Nothing waits while there is budget left.
          if (visibilities(result.cards).includes("waiting")) expect(inWindow).toBe(cardsPerMinute);
        }
      }),
    );
  });
});
