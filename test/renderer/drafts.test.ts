import { describe, expect, it } from "vitest";
import { type Drafts, MAX_MESSAGE, noDraft, rewritten, sendable, withCard, withDraft, withoutSent, withReturned } from "../../renderer/panel/drafts.ts";
import { bridgeTextSchema } from "../../shared/bridge-view.ts";

const card = { id: "card-1", text: "I can take the fee off." };

describe("what an agent writes", () => {
  it("is kept by interaction, and an empty text is nothing to keep", () => {
    let drafts: Drafts = withDraft(new Map(), "a", { text: "hello", suggestionId: null });
    drafts = withDraft(drafts, "b", { text: " ", suggestionId: null });
    expect([...drafts.keys()]).toEqual(["a", "b"]);
    expect([...withDraft(drafts, "a", noDraft).keys()]).toEqual(["b"]);
    expect(drafts.get("a")?.text).toBe("hello");
  });

  it("does not grow without bound; what was written longest ago goes first", () => {
    let drafts: Drafts = new Map();
    for (let index = 0; index < 150; index += 1) drafts = withDraft(drafts, `chat-${index}`, { text: "x", suggestionId: null });
    drafts = withDraft(drafts, "chat-60", { text: "again", suggestionId: null });
    drafts = withDraft(drafts, "chat-new", { text: "x", suggestionId: null });
    expect(drafts.size).toBe(100);
    expect(drafts.has("chat-50")).toBe(false);
    expect(drafts.get("chat-60")?.text).toBe("again");
  });

  it("keeps the card that it comes from while it is edited, until all of it is gone", () => {
    const edited = rewritten(withCard(noDraft, card), "I can take both fees off.");
    expect(edited).toEqual({ text: "I can take both fees off.", suggestionId: "card-1" });
    expect(rewritten(edited, "  ")).toEqual({ text: "  ", suggestionId: null });
  });

  it("is not lost when a card comes into it: the card's text follows after an empty line", () => {
    expect(withCard({ text: "Good morning,\n", suggestionId: null }, card)).toEqual({ text: "Good morning,\n\nI can take the fee off.", suggestionId: "card-1" });
    expect(withCard({ text: " \n", suggestionId: null }, card).text).toBe(card.text);
  });

  it("takes the same card once, and another one beside it", () => {
    const once = withCard(noDraft, card);
    expect(withCard(once, card)).toBe(once);
    expect(withCard(once, { id: "card-2", text: "Anything else?" })).toEqual({ text: "I can take the fee off.\n\nAnything else?", suggestionId: "card-2" });
  });

  it("has a message that was taken back in front of what was written since", () => {
    expect(withReturned(noDraft, "first", "card-1")).toEqual({ text: "first", suggestionId: "card-1" });
    expect(withReturned({ text: "second", suggestionId: "card-2" }, "first", null)).toEqual({ text: "first\n\nsecond", suggestionId: "card-2" });
  });

  it("is only what came after, when a message has been sent", () => {
    expect(withoutSent({ text: "hello", suggestionId: "card-1" }, "hello")).toEqual(noDraft);
    expect(withoutSent({ text: "hello and\nmore", suggestionId: null }, "hello and").text).toBe("more");
    const other = { text: "something else", suggestionId: null };
    expect(withoutSent(other, "hello")).toBe(other);
  });

  it("may be sent exactly when main would take it", () => {
    const samples = ["", "  \n ", "a", ` ${"x".repeat(MAX_MESSAGE)} `, "x".repeat(MAX_MESSAGE + 1), "😀".repeat(MAX_MESSAGE), `${"😀".repeat(MAX_MESSAGE)}!`];
    for (const text of samples) expect(sendable(text) === "fits").toBe(bridgeTextSchema.safeParse(text).success);
    expect(sendable("\n")).toBe("empty");
    expect(sendable("x".repeat(MAX_MESSAGE + 1))).toBe("too long");
  });
});
