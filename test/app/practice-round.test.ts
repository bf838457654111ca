import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hear, momentsOf, newRound, roundEventOf, tallyOf, type RoundEvent } from "../../electron/app/practice-round.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Disposition } from "../../shared/suggestion.ts";

const said = (utteranceId: string, text: string): RoundEvent => ({ kind: "said", utteranceId, text });
const asked = (utteranceId: string): RoundEvent => ({ kind: "asked", utteranceId });
const brought = (utteranceId: string, at: number, ...ids: readonly string[]): RoundEvent => ({ kind: "brought", utteranceId, at, suggestions: ids.map((id) => ({ id, text: `Say ${id}` })) });
const did = (suggestionId: string, disposition: Disposition, at: number, undone = false): RoundEvent => ({ kind: "did", suggestionId, disposition, at, undone });
const play = (...events: readonly RoundEvent[]) => momentsOf(events.reduce(hear, newRound));
const outcomes = (...events: readonly RoundEvent[]) => play(...events).map(({ outcome }) => outcome);

describe("a moment", () => {
  test("that was used tells what was said, what was on screen, which was used and how long it took", () => {
    expect(play(said("u1", "I want a refund"), brought("u1", 1_000, "a", "b", "c"), asked("u1"), did("a", "displayed", 1_050), did("b", "displayed", 1_060), did("b", "copied", 3_460))).toEqual([
      { said: "I want a refund", suggestions: [{ text: "Say a", used: false }, { text: "Say b", used: true }], outcome: "used", secondsToUse: 2.4 },
    ]);
  });

  test.each(["copied", "clicked", "sent"] as const)("%s counts as used, as in the overview", (use) => {
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), did("a", use, 20))).toEqual(["used"]);
  });

  test.each(["dismissed", "helpful", "not helpful"] as const)("%s counts as judged and not as missed", (judgement) => {
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), did("a", judgement, 20))).toEqual(["judged"]);
  });

  test("is missed where cards were on screen and nothing was done, unseen where they waited, nothing where there were none", () => {
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), brought("u2", 20, "b"), asked("u3"), brought("u4", 30))).toEqual(["missed", "unseen", "nothing", "nothing"]);
  });

  test("that was taken back is no use any more, and one that was used first is", () => {
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), did("a", "copied", 20), did("a", "copied", 30, true))).toEqual(["missed"]);
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), did("a", "dismissed", 20), did("a", "dismissed", 30, true), did("a", "copied", 40))).toEqual(["used"]);
  });

  test("counts the seconds from the first time on screen to the first use", () => {
    expect(play(brought("u1", 0, "a"), did("a", "displayed", 1_000), did("a", "copied", 5_000), did("a", "copied", 9_000), did("a", "displayed", 9_500))[0]?.secondsToUse).toBe(4);
  });

  test("that was used before the page could say it was displayed counts from when it was brought, and never below zero", () => {
    expect(play(brought("u1", 1_000, "a"), did("a", "copied", 1_500), brought("u2", 2_000, "b"), did("b", "copied", 1_900)).map(({ secondsToUse }) => secondsToUse)).toEqual([0.5, 0]);
  });

  test("keeps a fallback that was on screen when the answer took its place", () => {
    expect(play(brought("u1", 0, "fallback"), did("fallback", "displayed", 10), brought("u1", 900, "a"), did("a", "displayed", 910), did("a", "copied", 1_910))).toEqual([
      { said: "", suggestions: [{ text: "Say a", used: true }, { text: "Say fallback", used: false }], outcome: "used", secondsToUse: 1 },
    ]);
  });

  test("that is judged anew by changed rules keeps what was done with it", () => {
    expect(outcomes(brought("u1", 0, "a"), did("a", "displayed", 10), did("a", "copied", 20), brought("u1", 30, "a"), brought("u1", 40))).toEqual(["used"]);
  });
});

test("the median of an even number is the mean of the two in the middle; nothing used has none", () => {
  const moment = (secondsToUse: number | null) => ({ said: "", suggestions: [], outcome: secondsToUse === null ? ("missed" as const) : ("used" as const), secondsToUse });
  expect(tallyOf([moment(9), moment(null), moment(1), moment(2), moment(4)])).toEqual({ moments: 5, shown: 5, used: 4, missed: 1, secondsToUse: 3 });
  expect(tallyOf([moment(null)]).secondsToUse).toBeNull();
  expect(tallyOf([])).toEqual({ moments: 0, shown: 0, used: 0, missed: 0, secondsToUse: null });
});

describe("events of agent assist", () => {
  const utterance = { id: "u1", speaker: "customer", text: "refund", at: 1, score: 0, final: true, marks: [] } as const;
  const record = { timestamp: "", interactionId: "mine", triggered: true, cached: false, fallback: false, suggestionCount: 1, eventType: "AGENT_ASSIST_QUERY", latencyMs: 1, trigger: "keyword", blockedCount: 0, superseded: true } as const;

  test("of another interaction are none of this round's", () => {
    const events: readonly AssistEvent[] = [
      { kind: "utterance", interactionId: "other", utterance },
      { kind: "evaluated", utteranceId: "u1", record: { ...record, interactionId: "other" } },
      { kind: "superseded", interactionId: "mine", setId: "s" },
      { kind: "malformed", reason: "no JSON", bytes: 3 },
    ];
    expect(events.map((event) => roundEventOf(event, "mine", 5))).toEqual([null, null, null, null]);
  });

  test("make a moment of what asked, also where a newer line took its place, and of nothing else", () => {
    expect(roundEventOf({ kind: "evaluated", utteranceId: "u1", record }, "mine", 5)).toEqual(asked("u1"));
    expect(roundEventOf({ kind: "evaluated", utteranceId: "u1", record: { ...record, triggered: false } }, "mine", 5)).toBeNull();
    expect(roundEventOf({ kind: "utterance", interactionId: "mine", utterance }, "mine", 5)).toEqual(said("u1", "refund"));
  });
});

describe("whatever happens, in whatever order", () => {
  const id = fc.constantFrom("a", "b", "c", "d", "gone");
  const utterance = fc.constantFrom("u1", "u2", "u3");
  const at = fc.integer({ min: -1_000, max: 100_000 });
  const owner = { a: "u1", b: "u1", c: "u2", d: "u3" } as const;
  const event = fc.oneof(
    fc.record({ kind: fc.constant("said" as const), utteranceId: utterance, text: fc.string() }),
    fc.record({ kind: fc.constant("asked" as const), utteranceId: utterance }),
    fc.record({ which: fc.constantFrom("a" as const, "b" as const, "c" as const, "d" as const), at }).map(({ which, at }) => brought(owner[which], at, which)),
    fc.record({ kind: fc.constant("did" as const), suggestionId: id, disposition: fc.constantFrom<Disposition>("displayed", "clicked", "copied", "sent", "dismissed", "helpful", "not helpful"), undone: fc.boolean(), at }),
  );

  test("the figures add up, and the moments say the same", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const moments = play(...events);
        const tally = tallyOf(moments);
        const judged = moments.filter(({ outcome }) => outcome === "judged").length;
        expect(tally.moments).toBe(moments.length);
        expect(tally.shown).toBe(tally.used + tally.missed + judged);
        expect(tally.shown).toBeLessThanOrEqual(tally.moments);
        expect(tally.secondsToUse === null).toBe(tally.used === 0);
        for (const moment of moments) {
          expect(moment.outcome === "used").toBe(moment.suggestions.some(({ used }) => used));
          expect(moment.secondsToUse === null).toBe(moment.outcome !== "used");
          expect(moment.secondsToUse ?? 0).toBeGreaterThanOrEqual(0);
          expect(["unseen", "nothing"].includes(moment.outcome)).toBe(moment.suggestions.length === 0);
        }
        const seconds = moments.flatMap(({ secondsToUse }) => (secondsToUse === null ? [] : [secondsToUse]));
        if (tally.secondsToUse !== null) {
          expect(tally.secondsToUse).toBeGreaterThanOrEqual(Math.min(...seconds));
          expect(tally.secondsToUse).toBeLessThanOrEqual(Math.max(...seconds));
        }
      }),
    );
  });

  test("a round is never changed by what comes after it, and the same told twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), event, (events, last) => {
        const round = events.reduce(hear, newRound);
        const before = JSON.stringify(momentsOf(round));
        const once = hear(round, last);
        expect(JSON.stringify(momentsOf(round))).toBe(before);
        expect(momentsOf(hear(once, last))).toEqual(momentsOf(once));
      }),
    );
  });

  test("using one more suggestion never makes a score worse", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), id, (events, which) => {
        const round = events.reduce(hear, newRound);
        const [before, after] = [tallyOf(momentsOf(round)), tallyOf(momentsOf(hear(round, did(which, "copied", 50_000))))];
        expect(after.used).toBeGreaterThanOrEqual(before.used);
        expect(after.missed).toBeLessThanOrEqual(before.missed);
      }),
    );
  });
});
