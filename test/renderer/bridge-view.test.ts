import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bridgeNoticeIds } from "../../electron/app/bridge-notices.ts";
import { hopBars, placeOnScale } from "../../renderer/bridge-view/hop-scale.ts";
import { needsConfirming } from "../../renderer/bridge-view/matter-confirm.tsx";
import { adviceFor, deadMatters, everyMatter, findMatters, holdMatters, reasonsOf, sameMatter, uncertainMatters } from "../../renderer/bridge-view/matters.ts";
import { toldHere } from "../../renderer/bridge-view/told-here.ts";
import { answeredPerMinute, throughputBars } from "../../renderer/bridge-view/throughput-bars.ts";
import { placeFor, placeKeys, places, pressInPair } from "../../renderer/frame/places.ts";
import { hopBounds, MAX_THROUGHPUT } from "../../shared/bridge-bounds.ts";
import { botTimeout, bridgeMoments, bridgeView, deadLetterOf, noAnswer } from "../support/bridge-fixture.ts";

const NOW = Date.UTC(2026, 2, 4, 9, 30);
const thresholds = { elevatedMs: 500, criticalMs: 1_000 };

describe("answered a minute", () => {
  it("is not known before a step is over, and counts none that is under way", () => {
    expect(answeredPerMinute([])).toBeNull();
    expect(answeredPerMinute([7])).toBeNull();
    expect(answeredPerMinute([3, 900])).toBe(36);
  });

  it("is of the last minute alone", () => {
    expect(answeredPerMinute([...Array.from({ length: 40 }, () => 1_000), ...Array.from({ length: 12 }, () => 5), 99])).toBe(60);
  });

  it("is zero, not unknown, where nothing was answered", () => {
    expect(answeredPerMinute([0, 0, 0])).toBe(0);
  });
});

describe("the throughput's bars", () => {
  it("stand at the right end while the bridge is young, the newest under way", () => {
    const { bars } = throughputBars([2, 5, 1]);
    expect(bars.map(({ slot }) => slot)).toEqual([57, 58, 59]);
    expect(bars.map(({ underWay }) => underWay)).toEqual([false, false, true]);
  });

  it("are drawn on a scale that one more message does not stretch", () => {
    expect([0, 4, 5, 6, 10, 11, 25, 26, 50, 51, 2_501].map((count) => throughputBars([count]).topPerMinute / 12)).toEqual([5, 5, 5, 10, 10, 25, 25, 50, 50, 100, 5_000]);
  });

  it("never reach beyond the drawing, whatever was answered", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e7 }), { maxLength: 80 }), (throughput) => {
        const { bars, total, highestPerMinute, topPerMinute } = throughputBars(throughput);
        expect(bars).toHaveLength(Math.min(MAX_THROUGHPUT, throughput.length));
        expect(bars.every(({ share, slot }) => share >= 0 && share <= 1 && slot >= 0 && slot < MAX_THROUGHPUT)).toBe(true);
        expect(total).toBe(throughput.slice(-MAX_THROUGHPUT).reduce((sum, count) => sum + count, 0));
        expect(highestPerMinute).toBeLessThanOrEqual(topPerMinute);
      }),
    );
  });
});

describe("a hop's histogram", () => {
  it("is judged bar by bar against the thresholds, whatever they are", () => {
    const counts = hopBounds.map(() => 1).concat(1);
    expect(hopBars(counts, thresholds).map(({ level }) => level)).toEqual([...Array.from({ length: 6 }, () => "normal"), "elevated", "critical", "critical", "critical"]);
    expect(hopBars(counts, { elevatedMs: 60, criticalMs: 120 }).map(({ level }) => level).slice(3, 6)).toEqual(["normal", "elevated", "critical"]);
  });

  it("is flat where nothing was measured", () => {
    expect(hopBars(hopBounds.map(() => 0).concat(0), thresholds).map(({ share }) => share)).toEqual(hopBounds.map(() => 0).concat(0));
  });

  it("has its thresholds at the edges of bars where they are bounds, and never outside", () => {
    for (const [index, bound] of hopBounds.entries()) expect(placeOnScale(bound)).toBeCloseTo((index + 1) / (hopBounds.length + 1), 10);
    expect(placeOnScale(0)).toBe(0);
    expect(placeOnScale(1e9)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60_000, noNaN: true }), fc.double({ min: 0, max: 60_000, noNaN: true }), (a, b) => {
        const [low, high] = [placeOnScale(Math.min(a, b)), placeOnScale(Math.max(a, b))];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });
});

describe("what waits for a decision", () => {
  const { view } = bridgeMoments.troubled(NOW);
  const dead = deadMatters(view);
  const ids = (matters: readonly { readonly id: string }[]): readonly string[] => matters.map(({ id }) => id);

  it("is found by conversation, reason and text, in any case and order", () => {
    expect(findMatters(dead, everyMatter)).toBe(dead);
    expect(findMatters(dead, { words: "  PARCEL   chat-000 ", reason: null })).toHaveLength(1);
    expect(findMatters(dead, { words: "holds no text", reason: null })).toHaveLength(4);
    expect(findMatters(dead, { words: "refund too long", reason: null })).toHaveLength(1);
    expect(findMatters(dead, { words: "nowhere", reason: null })).toEqual([]);
  });

  it("is told apart by its reasons, each with its count", () => {
    const reasons = reasonsOf(dead);
    expect(reasons.map(({ count }) => count)).toEqual([4, 4, 4]);
    expect(findMatters(dead, { words: "", reason: reasons[1]?.reason ?? "" })).toHaveLength(4);
    expect(reasonsOf(uncertainMatters(bridgeMoments.many(NOW).view)).map(({ reason }) => reason)).toEqual(["Reply of the bot", "Text of an agent"]);
  });

  it("promises no other attempt where there is none", () => {
    expect(adviceFor(deadLetterOf(NOW, "a", "hello"))).not.toMatch(/tried again\./u);
    expect(adviceFor(deadLetterOf(NOW, "a", "hello", { fault: { kind: "refused", code: "rate-limited", detail: "" } }))).toContain("replay it");
    expect(adviceFor(deadLetterOf(NOW, "a", "hello", { fault: noAnswer }))).toContain("look at the bot's flow");
  });

  it("is the same in the next push unless it died anew", () => {
    const again = deadMatters(structuredClone(view));
    expect(dead.every((matter, index) => sameMatter(matter, again[index] ?? matter) && matter !== again[index])).toBe(true);
    const [before] = deadMatters(bridgeView(NOW, { deadLetters: { count: 1, list: [deadLetterOf(NOW, "a", "hello")] } }));
    const [after] = deadMatters(bridgeView(NOW, { deadLetters: { count: 1, list: [deadLetterOf(NOW, "a", "hello", { attempts: 10 })] } }));
    const [other] = deadMatters(bridgeView(NOW, { deadLetters: { count: 1, list: [deadLetterOf(NOW, "a", "hello", { fault: { ...botTimeout, code: "server-error" } })] } }));
    if (before === undefined || after === undefined || other === undefined) throw new Error("a dead letter is missing");
    expect([sameMatter(before, after), sameMatter(before, other), sameMatter(before, before)]).toEqual([false, false, true]);
  });

  it("stands still while somebody is at it: new ones wait, settled ones go", () => {
    const held = holdMatters(["message-dead-3", "message-dead-5", "gone"], dead);
    expect(ids(held.matters)).toEqual(["message-dead-3", "message-dead-5"]);
    expect(held.held).toBe(10);
    expect(holdMatters(null, dead)).toEqual({ matters: dead, held: 0 });
  });

  it("lets new ones in where nothing is left to stand still", () => {
    expect(holdMatters(["gone"], dead)).toEqual({ matters: dead, held: 0 });
    expect(holdMatters([], dead)).toEqual({ matters: dead, held: 0 });
  });
});

describe("a question before it is done", () => {
  const order = (deed: "replay" | "discard" | "arrived" | "send-again", ids: readonly string[] | null) => needsConfirming({ deed, ids, place: null });

  it("comes before what cannot be undone, and before what reaches many customers", () => {
    expect([order("discard", ["a"]), order("replay", null), order("send-again", ["a", "b"])]).toEqual([true, true, true]);
    expect([order("replay", ["a", "b"]), order("send-again", ["a"]), order("arrived", ["a", "b"])]).toEqual([false, false, false]);
  });
});

describe("what the view tells itself", () => {
  it("is every notice that the bridge raises", () => {
    const { slow, ...others } = bridgeNoticeIds;
    expect(toldHere).toEqual(new Set([...Object.values(slow), ...Object.values(others)]));
  });
});

describe("the way to the bridge", () => {
  it("is the pair g b, and a supervisor's only", () => {
    const begun = pressInPair({ kind: "none" }, "g", 0);
    expect(pressInPair(begun.pair, "b", 900)).toEqual({ pair: { kind: "none" }, place: "bridge", used: true });
    expect(placeFor("agent", "bridge")).toBe("live");
    expect(placeFor("supervisor", "bridge")).toBe("bridge");
    expect(new Set(Object.values(placeKeys)).size).toBe(places.length);
  });
});
