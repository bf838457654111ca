import { expect, test } from "vitest";
import { createOwnReplies } from "../../electron/bridge/own-replies.ts";

test("a reply that arrived without an id is nameless until its own event names it", () => {
  const own = createOwnReplies([]);
  own.arrived("c1", "On its  way.", null);
  expect(own.isNameless("c1", "On its way.")).toBe(true);
  expect(own.isNameless("c1", "Something else")).toBe(false);
  expect(own.isNameless("c2", "On its way.")).toBe(false);
  expect(own.whose({ id: "r1", conversationId: "c1", text: "On its way." }, true)).toEqual({ kind: "ours" });
  expect(own.isNameless("c1", "On its way.")).toBe(false);
  expect(own.has("r1")).toBe(true);
});

test("a reply that arrived under an id is not nameless", () => {
  const own = createOwnReplies([]);
  own.arrived("c1", "On its way.", "r1");
  expect(own.isNameless("c1", "On its way.")).toBe(false);
});
