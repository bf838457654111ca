import { expect, test } from "vitest";
import { createOwnReplies } from "../../electron/bridge/own-replies.ts";
import { createFakeClock } from "../support/fake-clock.ts";

function setUp() {
  const clock = createFakeClock();
  const own = createOwnReplies([], clock);
  const whose = (id: string, text: string, receivedAt = clock.now()) => own.whose({ id, conversationId: "c1", text, receivedAt }, true);
  return { clock, own, whose };
}

test("a reply that arrived without an id is nameless until its own event names it", () => {
  const { own, whose } = setUp();
  own.arrived("c1", "On its  way.", null);
  expect(own.isNameless("c1", "On its way.")).toBe(true);
  expect(own.isNameless("c1", "Something else")).toBe(false);
  expect(own.isNameless("c2", "On its way.")).toBe(false);
  expect(whose("r1", "On its way.")).toEqual({ kind: "ours" });
  expect(own.isNameless("c1", "On its way.")).toBe(false);
  expect(own.has("r1")).toBe(true);
});

test("a reply that arrived under an id is not nameless", () => {
  const { own } = setUp();
  own.arrived("c1", "On its way.", "r1");
  expect(own.isNameless("c1", "On its way.")).toBe(false);
});

test("each nameless reply stands for one echo: the same words once more are somebody else's", () => {
  const { own, whose } = setUp();
  own.arrived("c1", "OK", null);
  own.arrived("c1", "OK", null);
  expect([whose("r1", "OK"), whose("r2", "OK"), whose("m1", "OK")].map(({ kind }) => kind)).toEqual(["ours", "ours", "others"]);
  // Told once more, it is the same message.
  expect(whose("r1", "OK")).toEqual({ kind: "ours" });
});

test("an echo comes within two minutes: by when it came, not by when it is looked at", async () => {
  const { clock, own, whose } = setUp();
  const before = clock.now();
  own.arrived("c1", "OK", null);
  await clock.advance(120_001);
  expect(whose("m1", "OK")).toEqual({ kind: "others" });
  // Whoever reads the conversation back still has to reckon with it.
  expect(own.isNameless("c1", "OK")).toBe(true);
  expect(whose("r1", "OK", before + 120_000)).toEqual({ kind: "ours" });
});
