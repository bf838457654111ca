import { describe, expect, it } from "vitest";
import { untriggeredEvent } from "../support/sample-events.ts";
import { createPresenter } from "../../electron/host/present.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { InteractionView } from "../../shared/panel-state.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { sampleSet, sampleSettings, sampleTrigger } from "../support/sample-panel.ts";

function setUp() {
  const clock = createFakeClock();
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const present = createPresenter(publisher, clock);
  const open = (id: string) => {
    present({ kind: "interaction", interaction: { id, status: "live", startedAt: 0 } });
  };
  open("a");
  const view = (id = "a"): InteractionView | undefined =>
    publisher.state().interactions.find((one) => one.interaction.id === id);
  const shown = (setId: string): readonly string[] =>
    Object.values(view()?.sets.find((one) => one.set.id === setId)?.cards ?? {}).map((card) => card.visibility);
  return { clock, publisher, present, open, view, shown };
}

function asking(setId: string): AssistEvent {
  return { kind: "asking", interactionId: "a", setId, trigger: sampleTrigger, since: 1 };
}

describe("presenter", () => {
  it("shows interactions, what is said, that the platform is asked, and the set that comes", () => {
    const { present, view } = setUp();
    const utterance = { id: "u1", speaker: "customer", text: "refund", at: 1, score: 0, final: true, marks: [] } satisfies Utterance;
    present({ kind: "utterance", interactionId: "a", utterance });
    present(asking("s1"));
    expect(view()?.utterances).toEqual([utterance]);
    expect(view()?.pending).toEqual({ setId: "s1", trigger: sampleTrigger, since: 1 });
    const set = sampleSet("a", "s1", ["x"]);
    present({ kind: "suggestions", set });
    expect(view()?.pending).toBeNull();
    expect(view()?.sets.map((one) => one.set)).toEqual([set]);
  });

  it("clears what is pending when it is superseded, and not what took its place", () => {
    const { present, view } = setUp();
    present(asking("s1"));
    present(asking("s2"));
    present({ kind: "superseded", interactionId: "a", setId: "s1" });
    expect(view()?.pending?.setId).toBe("s2");
    present({ kind: "superseded", interactionId: "a", setId: "s2" });
    expect(view()?.pending).toBeNull();
  });

  it("spends one attention budget over all interactions", async () => {
    const { clock, present, open, shown, publisher } = setUp();
    open("b");
    present({ kind: "suggestions", set: sampleSet("b", "s1", ["x1", "x2", "x3"]) });
    present({ kind: "suggestions", set: sampleSet("a", "s2", ["y1", "y2"]) });
    expect(shown("s2")).toEqual(["shown", "waiting"]);
    await clock.advance(60_000);
    clock.setWall(0);
    present({ kind: "suggestions", set: sampleSet("a", "s3", ["z1"], { order: 2 }) });
    expect(shown("s3")).toEqual(["shown"]);
    expect(publisher.state().interactions).toHaveLength(2);
  });

  it("replaces a fallback in place without spending again", () => {
    const { present, shown } = setUp();
    present({ kind: "suggestions", set: sampleSet("a", "s1", ["f1", "f2"], { origin: "fallback" }) });
    present({ kind: "suggestions", set: sampleSet("a", "s2", ["x1", "x2"], { order: 2 }) });
    present({ kind: "suggestions", set: sampleSet("a", "s1", ["y1", "y2"], { replaces: "fallback" }) });
    expect(shown("s1")).toEqual(["shown", "shown"]);
    expect(shown("s2")).toEqual(["shown", "shown"]);
  });

  it("spends nothing on an interaction that was taken off the panel", () => {
    const { present, publisher, open, shown } = setUp();
    open("b");
    publisher.publish({ kind: "interaction-closed", interactionId: "b" });
    present({ kind: "suggestions", set: sampleSet("b", "s1", ["x1", "x2", "x3", "x4"]) });
    present({ kind: "suggestions", set: sampleSet("a", "s2", ["y1", "y2", "y3", "y4"]) });
    expect(shown("s2")).toEqual(["shown", "shown", "shown", "shown"]);
  });

  it("shows a set as a new policy reads it, with its cards' history, and brings none back that is gone", () => {
    const { present, publisher, view } = setUp();
    present({ kind: "suggestions", set: sampleSet("a", "s1", ["x", "y"]) });
    publisher.publish({ kind: "card", interactionId: "a", suggestionId: "x", patch: { pinned: true } });
    present({ kind: "rejudged", set: sampleSet("a", "s1", ["x"]) });
    present({ kind: "rejudged", set: sampleSet("a", "gone", ["z"]) });
    expect(view()?.sets.map((one) => one.set.id)).toEqual(["s1"]);
    expect(view()?.sets[0]?.cards).toEqual({ x: { visibility: "shown", pinned: true, feedback: null, copied: false, displayed: false } });
  });

  it("shows nothing of what is not for the panel", () => {
    const { present, publisher } = setUp();
    const before = publisher.state();
    present(untriggeredEvent("a", "u1"));
    present({ kind: "malformed", reason: "no interactionId", bytes: 12 });
    present({ kind: "foreign" });
    expect(publisher.state()).toBe(before);
  });
});
