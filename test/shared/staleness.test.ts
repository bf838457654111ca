import { describe, expect, it } from "vitest";
import { newCardCount, staleReason } from "../../shared/staleness.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { InteractionView, SetView } from "../../shared/panel-state.ts";
import { keywords, suggestionSet, utterance } from "../support/panel-parts.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const spoken = utterance(NOW, 10_000, "customer", "a refund please");
const set = suggestionSet("call", spoken, 5, [["text", 0.9, "source"]], { at: NOW - 9_000 });

function view(later: readonly Utterance[], sets: readonly SetView[] = [set], pending: InteractionView["pending"] = null): InteractionView {
  return {
    interaction: { id: "call", status: "live", startedAt: NOW - 60_000 },
    utterances: [utterance(NOW, 20_000, "customer", "before"), spoken, ...later],
    dropped: 0,
    sets,
    pending,
    bridged: null,
  };
}

const later = (age: number, speaker: "agent" | "customer" | "unknown" = "customer", final = true): Utterance =>
  utterance(NOW, age, speaker, "later", { final });

describe("a card is stale", () => {
  it("not while the talk is where it was", () => {
    expect(staleReason(view([later(8_000), later(7_000, "agent"), later(6_000, "agent")]), set.set, NOW)).toBeNull();
  });

  it("after two later final remarks of the customer", () => {
    expect(staleReason(view([later(8_000), later(5_000)]), set.set, NOW)).toBe("moved on");
  });

  it("not for a remark that is still being spoken", () => {
    expect(staleReason(view([later(8_000), later(5_000, "customer", false)]), set.set, NOW)).toBeNull();
  });

  it("after two later lines where speakers are not told apart", () => {
    expect(staleReason(view([later(8_000, "unknown"), later(5_000, "unknown")]), set.set, NOW)).toBe("moved on");
  });

  it("also when its own line has been let go of", () => {
    const long = view([later(8_000), later(5_000)]);
    const cut = { ...long, utterances: long.utterances.slice(2) };
    expect(staleReason(cut, set.set, NOW)).toBe("moved on");
    expect(staleReason({ ...cut, utterances: [later(30_000), later(25_000)] }, set.set, NOW)).toBeNull();
  });

  it("when a newer set is there, even an empty one, and not because of an older", () => {
    const newer = suggestionSet("call", later(3_000), 6, [], { at: NOW });
    const older = suggestionSet("call", later(30_000), 4, [], { at: NOW });
    expect(staleReason(view([], [newer, set]), set.set, NOW)).toBe("newer set");
    expect(staleReason(view([], [set, older]), set.set, NOW)).toBeNull();
  });

  it("when a newer utterance has triggered and is being asked about, but not while its own answer is", () => {
    const pending = { setId: "next", trigger: keywords("cancel"), since: NOW - 1_000 };
    expect(staleReason(view([], [set], pending), set.set, NOW)).toBe("newer set");
    expect(staleReason(view([], [set], { ...pending, setId: set.set.id }), set.set, NOW)).toBeNull();
  });

  it("over sixty seconds, not at sixty", () => {
    expect(staleReason(view([]), set.set, set.set.at + 60_000)).toBeNull();
    expect(staleReason(view([]), set.set, set.set.at + 60_001)).toBe("old");
  });
});

describe("news of an interaction that is not in front", () => {
  const id = set.set.suggestions[0]?.id ?? "";

  it("is what is shown, fits and was not seen", () => {
    expect(newCardCount(view([]), [], NOW)).toBe(1);
    expect(newCardCount(view([]), [id], NOW)).toBe(0);
    expect(newCardCount(view([later(8_000), later(5_000)]), [], NOW)).toBe(0);
  });

  it("is not what waits or was dismissed", () => {
    const waiting = suggestionSet("call", spoken, 5, [["a", 0.9, ""], ["b", 0.8, ""]], {
      at: NOW,
      cards: [{ visibility: "waiting" }, { visibility: "dismissed" }],
    });
    expect(newCardCount(view([], [waiting]), [], NOW)).toBe(0);
  });
});
