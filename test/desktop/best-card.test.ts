import { describe, expect, it } from "vitest";
import type { InteractionView, SetView } from "../../shared/panel-state.ts";
import { bestCard } from "../../electron/desktop/best-card.ts";
import { suggestionSet, utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);

function call(id: string, sets: readonly SetView[], more: Partial<InteractionView> = {}, status: "live" | "ended" = "live"): InteractionView {
  return { interaction: { id, status, startedAt: NOW - 60_000 }, utterances: [], dropped: 0, sets, pending: null, bridged: null, ...more };
}

/** A set that came up `ageMs` ago. */
function set(id: string, order: number, ageMs: number, texts: readonly string[], cards: NonNullable<Parameters<typeof suggestionSet>[4]>["cards"] = []): SetView {
  return suggestionSet(id, utterance(NOW, ageMs + 190, "customer", "a refund"), order, texts.map((text) => [text, 0.9, "handbook"] as const), { cards });
}

const textOf = (interactions: readonly InteractionView[], viewing: string | null): string | null => bestCard({ interactions }, viewing, NOW)?.suggestion.text ?? null;

describe("the best card", () => {
  it("is the first of the newest set of the interaction in front", () => {
    const interactions = [call("a", [set("a", 2, 1_000, ["new", "second"]), set("a", 1, 5_000, ["old"])]), call("b", [set("b", 1, 0, ["another's"])])];
    expect(textOf(interactions, "a")).toBe("new");
    expect(bestCard({ interactions }, "b", NOW)?.interactionId).toBe("b");
  });

  it("is none that waits or was dismissed", () => {
    expect(textOf([call("a", [set("a", 1, 0, ["gone", "held", "there"], [{ visibility: "dismissed" }, { visibility: "waiting" }, {}])])], "a")).toBe("there");
    expect(textOf([call("a", [set("a", 1, 0, ["gone"], [{ visibility: "dismissed" }])])], "a")).toBeNull();
  });

  it("is never one of an older set", () => {
    expect(textOf([call("a", [set("a", 2, 0, ["gone"], [{ visibility: "dismissed" }]), set("a", 1, 2_000, ["old"])])], "a")).toBeNull();
    expect(textOf([call("a", [set("a", 2, 0, []), set("a", 1, 2_000, ["old"])])], "a")).toBeNull();
  });

  it("is none that is stale, by the panel's own rule, unless the person pinned it", () => {
    const later = [1, 2].map((second) => utterance(NOW, 3_000 - second * 1_000, "customer", "something else"));
    expect(textOf([call("a", [set("a", 1, 60_001, ["old"])])], "a")).toBeNull();
    expect(textOf([call("a", [set("a", 1, 60_000, ["just in time"])])], "a")).toBe("just in time");
    expect(textOf([call("a", [set("a", 1, 5_000, ["moved on"])], { utterances: later })], "a")).toBeNull();
    expect(textOf([call("a", [set("a", 1, 5_000, ["asked anew"])], { pending: { setId: "next", trigger: { kind: "sentiment", score: -1, threshold: 0 }, since: NOW } })], "a")).toBeNull();
    expect(textOf([call("a", [set("a", 1, 300_000, ["not kept", "kept"], [{}, { pinned: true }])])], "a")).toBe("kept");
  });

  it("is never another customer's while one is in front", () => {
    expect(textOf([call("a", []), call("b", [set("b", 1, 0, ["another's"])])], "a")).toBeNull();
    expect(textOf([call("a", [set("a", 1, 0, ["of one that is over"])], {}, "ended")], "a")).toBe("of one that is over");
  });

  it.each([null, "no longer here"])("without one in front (%j) is that of the live interaction that was suggested to last", (viewing) => {
    const interactions = [call("a", [set("a", 1, 3_000, ["earlier"])]), call("b", [set("b", 1, 1_000, ["latest"])]), call("c", [])];
    expect(textOf(interactions, viewing)).toBe("latest");
    expect(textOf([...interactions, call("d", [set("d", 1, 0, ["over"])], {}, "ended")], viewing)).toBe("latest");
    expect(textOf([], viewing)).toBeNull();
  });
});
