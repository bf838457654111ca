import { describe, expect, it } from "vitest";
import { type ListItem, orderItems, shownCardIds, waitingCount } from "../../renderer/panel/card-order.ts";
import { holdItems } from "../../renderer/panel/hold-items.ts";
import { noNumbers, numberedAt, numberedCards, renumber } from "../../renderer/panel/number-keys.ts";
import type { InteractionView, SetView } from "../../shared/panel-state.ts";
import type { CardState } from "../../shared/panel-update.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { keywords, suggestionSet, utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const spoken = utterance(NOW, 5_000, "customer", "a refund please");

function set(order: number, texts: readonly string[], cards: readonly Partial<CardState>[] = [], extra: Partial<Omit<SuggestionSet, "suggestions">> = {}): SetView {
  return suggestionSet("call", spoken, order, texts.map((text) => [text, 0.9, "source"] as const), { cards, ...extra });
}

function view(sets: readonly SetView[], pending: InteractionView["pending"] = null): InteractionView {
  return { interaction: { id: "call", status: "live", startedAt: NOW }, utterances: [spoken], dropped: 0, sets, pending, bridged: null };
}

function names(items: readonly ListItem[]): readonly string[] {
  return items.map((item) => (item.kind === "card" ? item.suggestion.text : item.kind));
}

const items = (...sets: readonly SetView[]): readonly ListItem[] => orderItems(view(sets));

describe("the order of the list", () => {
  it("is newest set first, pinned cards before all, waiting ones not at all", () => {
    const list = items(set(3, ["c1", "c2"], [{}, { visibility: "waiting" }]), set(2, ["b"]), set(1, ["a1", "a2"], [{}, { pinned: true }]));
    expect(names(list)).toEqual(["a2", "c1", "b", "a1"]);
  });

  it("keeps a dismissed card in its place, to be taken back there", () => {
    expect(names(items(set(2, ["b1", "b2"], [{ visibility: "dismissed" }]), set(1, ["a"])))).toEqual(["b1", "b2", "a"]);
  });

  it("puts a request under way where its cards will stand", () => {
    const pending = { setId: "next", trigger: keywords("refund"), since: NOW };
    expect(names(orderItems(view([set(2, ["b"]), set(1, ["a"], [{ pinned: true }])], pending)))).toEqual(["a", "pending", "b"]);
  });

  it("tells a set without cards in words, but only while it is the newest", () => {
    const empty = set(2, [], [], { outcome: "empty" });
    const emptied = set(2, [], [], { outcome: "emptied", withheld: [{ rule: "phrase", phrase: "x" }] });
    expect(names(items(empty, set(1, ["a"])))).toEqual(["note", "a"]);
    expect(names(items(emptied, set(1, ["a"])))).toEqual(["note", "a"]);
    expect(names(items(set(3, ["c"]), empty))).toEqual(["c"]);
  });

  it("says nothing of a set whose cards all wait: they are no empty answer", () => {
    expect(items(set(1, ["a"], [{ visibility: "waiting" }]))).toEqual([]);
  });
});

describe("counts", () => {
  const one = view([set(2, ["c", "d"], [{ visibility: "waiting" }, { visibility: "dismissed" }]), set(1, ["a"])]);

  it("tell what waits and what has been on screen", () => {
    expect(waitingCount(one)).toBe(1);
    expect(shownCardIds(one)).toHaveLength(2);
  });

});

describe("holding the list under the pointer", () => {
  const before = items(set(2, ["b"]), set(1, ["a"]));

  const hold = (shown: readonly ListItem[], current: readonly ListItem[], engaged = true) => holdItems({ shown, current, known: current, engaged });

  it("changes nothing while nobody is on it", () => {
    const now = items(set(3, ["c"]), set(2, ["b"]), set(1, ["a"]));
    expect(hold(before, now, false)).toEqual({ items: now, heldCount: 0 });
  });

  it("lets new cards wait behind a count", () => {
    const held = hold(before, items(set(3, ["c1", "c2"]), set(2, ["b"]), set(1, ["a"])));
    expect(names(held.items)).toEqual(["b", "a"]);
    expect(held.heldCount).toBe(2);
  });

  it("keeps each card's own state up to date, without moving a card that was pinned", () => {
    const held = hold(before, items(set(2, ["b"]), set(1, ["a"], [{ pinned: true, copied: true }])));
    expect(names(held.items)).toEqual(["b", "a"]);
    expect(held.items[1]).toMatchObject({ card: { pinned: true, copied: true } });
  });

  it("keeps a fallback in its place when its answer comes, and counts the answer", () => {
    const fallback = items(set(1, ["sorry"], [], { origin: "fallback" }));
    const held = hold(fallback, items(set(1, ["the answer"], [], { replaces: "fallback" })));
    expect(names(held.items)).toEqual(["sorry"]);
    expect(held.heldCount).toBe(1);
  });

  it("keeps what was dismissed in its place as dismissed, also when it cannot be taken back any more", () => {
    const known = items(set(2, ["b"], [{ visibility: "dismissed" }]), set(1, ["a"]));
    const current = known.filter((item) => item.kind !== "card" || item.card.visibility !== "dismissed");
    const held = holdItems({ shown: before, current, known, engaged: true });
    expect(held.items.map((item) => item.kind === "card" && item.card.visibility)).toEqual(["dismissed", "shown"]);
    expect(held.heldCount).toBe(0);
  });

  it("does not count a request that began meanwhile as a card", () => {
    const pending = { setId: "next", trigger: keywords("refund"), since: NOW };
    expect(hold(before, orderItems(view([set(2, ["b"]), set(1, ["a"])], pending))).heldCount).toBe(0);
  });
});

describe("the keys 1 to 3", () => {
  it("reach the first three cards that fit the talk or are pinned", () => {
    const list = items(set(3, ["c1", "c2"], [{ visibility: "dismissed" }]), set(2, ["b"]), set(1, ["a1", "a2"], [{ pinned: true }]));
    const stale = (item: ListItem): boolean => item.kind === "card" && item.set.order === 1;
    const texts = new Map(list.map((item) => [item.id, item.kind === "card" ? item.suggestion.text : ""]));
    expect(numberedCards(list, stale).map((id) => texts.get(id))).toEqual(["a1", "c2", "b"]);
    expect(numberedCards(items(set(1, ["1", "2", "3", "4"])), () => false)).toHaveLength(3);
  });

  it("reach the stale ones where nothing fits any more", () => {
    const list = items(set(1, ["a1", "a2"], [{ visibility: "dismissed" }]));
    expect(numberedCards(list, () => true)).toEqual([list[1]?.id]);
    expect(numberedCards([], () => true)).toEqual([]);
  });

  it("mean what the agent read when a card came in the instant before", () => {
    const read = renumber(noNumbers, ["a", "b"], 1_000);
    const changed = renumber(read, ["new", "a", "b"], 5_000);
    expect(numberedAt(changed, 1, 5_249)).toBe("a");
    expect(numberedAt(changed, 1, 5_250)).toBe("new");
    expect(numberedAt(changed, 3, 5_250)).toBe("b");
  });

  it("mean nothing where there is no card, and the first cards at once", () => {
    const first = renumber(noNumbers, ["a"], 1_000);
    expect(numberedAt(first, 1, 1_001)).toBe("a");
    expect(numberedAt(first, 2, 9_000)).toBeUndefined();
  });

  it("are not counted as changed by being drawn again", () => {
    const numbering = renumber(noNumbers, ["a"], 1_000);
    expect(renumber(numbering, ["a"], 2_000)).toBe(numbering);
  });
});
