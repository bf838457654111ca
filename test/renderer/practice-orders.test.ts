import { describe, expect, test } from "vitest";
import { placeFor, placesFor, pressInPair } from "../../renderer/frame/places.ts";
import { againOf, bestOf, lastScoreOf, nextOf, titleOf } from "../../renderer/practice/practice-orders.ts";
import type { PracticeCall, PracticeScore, PracticeView } from "../../shared/practice.ts";

const call = (id: string): PracticeCall => ({ id, title: `The ${id}`, about: "Somebody calls.", language: "en", channel: "voice", queue: "Billing", minutes: 1, moments: 3 });
const score = (id: string, callId: string, more: Partial<PracticeScore> = {}): PracticeScore => ({
  id,
  callId,
  speed: 2,
  fault: "slow",
  startedAt: 0,
  endedAt: 1,
  end: "finished",
  moments: 4,
  shown: 3,
  used: 2,
  missed: 1,
  secondsToUse: 3,
  ...more,
});
const view = (scores: readonly PracticeScore[], state: PracticeView["state"] = { kind: "free" }): PracticeView => ({ calls: ["a", "b", "c"].map(call), state, scores });

describe("the way on from a score", () => {
  test("is the same call as it was played, or the next one played alike, and after the last the first", () => {
    expect(againOf(score("s", "b"))).toEqual({ callId: "b", speed: 2, fault: "slow" });
    expect(nextOf(view([]), score("s", "b"))).toEqual({ callId: "c", speed: 2, fault: "slow" });
    expect(nextOf(view([]), score("s", "c"))?.callId).toBe("a");
  });

  test("begins at the first call where the one that was played is no longer there, and nowhere without calls", () => {
    expect(nextOf(view([]), score("s", "gone"))?.callId).toBe("a");
    expect(nextOf({ calls: [] }, score("s", "a"))).toBeNull();
    expect(titleOf(view([]), "gone")).toBeNull();
    expect(titleOf(view([]), "a")).toBe("The a");
  });
});

describe("the best score of a call", () => {
  test("is the one that used most of what was there, then the quicker", () => {
    const best = bestOf(view([score("more moments", "a", { used: 3, moments: 8 }), score("slow", "a", { secondsToUse: 9 }), score("quick", "a", { secondsToUse: 2 }), score("other", "b", { used: 4 })]), "a");
    expect(best?.id).toBe("quick");
  });

  test("is none where nothing was used, or the call never came to its end", () => {
    expect(bestOf(view([score("none", "a", { used: 0 }), score("stopped", "a", { end: "stopped" }), score("killed", "a", { end: "interrupted" })]), "a")).toBeNull();
  });
});

test("the last score is there while nothing plays and it is still kept", () => {
  const kept = [score("one", "a"), score("two", "a")];
  expect(lastScoreOf(view(kept, { kind: "ready", scoreId: "two" }))?.id).toBe("two");
  expect(lastScoreOf(view(kept, { kind: "ready", scoreId: "gone" }))).toBeNull();
  expect(lastScoreOf(view(kept, { kind: "ready", scoreId: null }))).toBeNull();
  expect(lastScoreOf(view(kept))).toBeNull();
});

test("practice is a view for everybody while one practises, and for nobody elsewhere", () => {
  for (const role of ["agent", "supervisor"] as const) {
    expect(placesFor(role, true)).toContain("practice");
    expect(placesFor(role)).not.toContain("practice");
    expect(placeFor(role, "practice", true)).toBe("practice");
    expect(placeFor(role, "practice")).toBe("live");
    const begun = pressInPair({ kind: "none" }, "g", 0, role, true);
    expect(pressInPair(begun.pair, "p", 10, role, true).place).toBe("practice");
    expect(pressInPair(begun.pair, "p", 10, role, false)).toMatchObject({ place: null, used: false });
  }
});
