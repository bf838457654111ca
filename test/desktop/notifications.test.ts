import { describe, expect, test } from "vitest";
import type { DesktopSettings } from "../../shared/desktop.ts";
import { createNotifications } from "../../electron/desktop/notifications.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { createAlertBench } from "../support/alert-bench.ts";
import { openInteraction, sampleSet, sampleSettings, say, showSet } from "../support/sample-panel.ts";

/** Notifications on a panel that is out of view, with one live interaction in which the customer said "refund". */
function opened(desktop: Partial<DesktopSettings> = {}) {
  const bench = createAlertBench(desktop);
  bench.publisher.publish(openInteraction("talk"));
  bench.publisher.publish(say("talk", "u1"));
  const part = createNotifications(bench.ports);
  const { publisher, clock, notifications } = bench;
  return {
    ...bench,
    part,
    /** What the publisher gathers is told after 16 ms. */
    told: () => clock.advance(20),
    show: async (id: string, suggestions: readonly string[] = [`${id}-1`], more: Partial<SuggestionSet> = {}, visibility: "shown" | "waiting" = "shown"): Promise<void> => {
      publisher.publish(showSet(sampleSet("talk", id, suggestions, { at: clock.now(), ...more }), visibility));
      await clock.advance(20);
    },
    bodies: () => notifications.visible().map(({ options }) => options.body),
  };
}

describe("a suggestion that comes up while the panel is out of view", () => {
  test("is told: why, what, and without a sound", async () => {
    const { show, notifications } = opened();
    await show("s1", ["a", "b"]);
    expect(notifications.all.map(({ options }) => options)).toEqual([{ title: "Customer said “refund”", body: "Say a", silent: true }]);
    expect(notifications.visible()).toHaveLength(1);
  });

  test.each<[string, Partial<SuggestionSet>, string]>([
    ["a mood", { trigger: { kind: "sentiment", score: -0.523, threshold: -0.4 } }, "Sentiment fell to −0.52"],
    ["a fallback", { origin: "fallback" }, "Fallback: Customer said “refund”"],
    ["words of an utterance that is gone", { utteranceId: "gone" }, "Heard “refund”"],
    ["words over several lines", { trigger: { kind: "keyword", matches: [{ keyword: "k", text: "my\n\u0007 money ", span: { start: 0, end: 9 } }] } }, "Customer said “my money ”"],
  ])("says of %s what it is", async (_name, more, title) => {
    const { show, notifications } = opened();
    await show("s1", ["a"], more);
    expect(notifications.all.map(({ options }) => options.title)).toEqual([title]);
  });

  test.each([
    ["200 characters", "x".repeat(200), "x".repeat(200)],
    ["201 characters", "x".repeat(201), `${"x".repeat(199)}…`],
    ["an emoji at the cut", `${"x".repeat(195)}👩‍👩‍👧‍👦${"y".repeat(20)}`, `${"x".repeat(195)}…`],
    ["a word's end at the cut", `${"x".repeat(198)} ${"y".repeat(20)}`, `${"x".repeat(198)}…`],
    ["several lines", "one\r\n\ttwo\u0000three", "one two three"],
  ])("is cut where it is long: %s", async (_name, text, body) => {
    const { show, bodies } = opened();
    await show("s1", [], { suggestions: [{ id: "a", text, confidence: 0.9, source: "handbook" }] });
    expect(bodies()).toEqual([body]);
  });

  test("takes the place of the one before: there is one at most", async () => {
    const { show, bodies, notifications } = opened();
    await show("s1");
    await show("s2", ["b"], { order: 2 });
    expect(bodies()).toEqual(["Say b"]);
    expect(notifications.all.map((one) => one.state())).toEqual(["gone", "shown"]);
  });

  test("takes the place of one of another interaction too, though that is still of use", async () => {
    const { show, bodies, publisher, clock, told } = opened();
    await show("s1");
    publisher.publish(openInteraction("chat"));
    publisher.publish(showSet(sampleSet("chat", "s2", ["b"], { at: clock.now() })));
    await told();
    expect(bodies()).toEqual(["Say b"]);
  });

  test("is the newest of those that come at once", async () => {
    const { publisher, clock, show, notifications } = opened();
    publisher.publish(showSet(sampleSet("talk", "s1", ["a"], { at: clock.now() })));
    await show("s2", ["b"], { order: 2 });
    expect(notifications.all.map(({ options }) => options.body)).toEqual(["Say b"]);
  });

  test("brings its interaction to the front when it is clicked", async () => {
    const { show, notifications, focused, shows, bodies } = opened();
    await show("s1");
    notifications.all[0]?.click();
    expect(focused).toEqual([{ kind: "interaction", interactionId: "talk" }]);
    expect([shows(), bodies()]).toEqual([1, []]);
  });

  test("is the answer where it takes the fallback's place", async () => {
    const { show, notifications, bodies } = opened();
    await show("s1", ["f"], { origin: "fallback" });
    await show("s1", ["a"], { replaces: "fallback" });
    expect(notifications.all.map(({ options }) => options.title)).toEqual(["Fallback: Customer said “refund”", "Customer said “refund”"]);
    expect(bodies()).toEqual(["Say a"]);
  });
});

describe("nothing is told", () => {
  test.each<[string, (bench: ReturnType<typeof opened>) => unknown]>([
    ["while the panel is in view", ({ view }) => { view(true); }],
    ["in quiet mode", ({ publisher }) => { publisher.publish({ kind: "settings", settings: { ...sampleSettings, display: { ...sampleSettings.display, quiet: true } } }); }],
    ["while the machine is locked", ({ powerEvents }) => powerEvents.emit("lock-screen")],
    ["while a machine is locked that does not tell of it", ({ power }) => { power.idleState = "locked"; }],
    ["of an interaction that has ended", ({ publisher }) => { publisher.publish(openInteraction("talk", "ended")); }],
  ])("%s, not even later", async (_name, hinder) => {
    const bench = opened();
    hinder(bench);
    await bench.told();
    await bench.show("s1");
    bench.view(false);
    bench.power.idleState = "active";
    bench.powerEvents.emit("unlock-screen");
    await bench.told();
    expect(bench.notifications.all).toEqual([]);
  });

  test("where the setting says so, from the moment on that it does", async () => {
    const { show, notifications, ports } = opened({ notifications: false });
    await show("s1");
    expect(notifications.all).toEqual([]);
    await ports.settings.change({ notifications: true });
    await show("s2", ["b"], { order: 2 });
    expect(notifications.visible()).toHaveLength(1);
    await ports.settings.change({ notifications: false });
    expect(notifications.visible()).toEqual([]);
  });

  test("of a card that the attention budget holds back, nor when it is asked for", async () => {
    const { show, notifications, publisher, told } = opened();
    await show("s1", ["a"], {}, "waiting");
    publisher.publish({ kind: "card", interactionId: "talk", suggestionId: "a", patch: { visibility: "shown" } });
    await told();
    expect(notifications.all).toEqual([]);
  });

  test("of a card that came while the panel was in view and is judged anew while it is not", async () => {
    const { show, view, notifications } = opened();
    view(true);
    await show("s1", ["a", "b"]);
    view(false);
    await show("s1", ["a", "b"]);
    expect(notifications.all).toEqual([]);
  });

  test("twice of one card", async () => {
    const { show, notifications } = opened();
    await show("s1", ["a"]);
    await show("s1", ["a"]);
    expect(notifications.all).toHaveLength(1);
    expect(notifications.visible()).toHaveLength(1);
  });

  test("of a set that is stale when it comes", async () => {
    const { show, notifications, clock } = opened();
    await show("s2", ["b"], { order: 2 });
    await show("s1", ["a"], { order: 1 });
    await show("s3", ["c"], { order: 3, at: clock.now() - 61_000 });
    expect(notifications.all.map(({ options }) => options.body)).toEqual(["Say b"]);
  });

  test("of a set without a suggestion", async () => {
    const { show, notifications } = opened();
    await show("s1", []);
    expect(notifications.all).toEqual([]);
  });

  test("on a system that has no notifications, and nothing is listened to there", async () => {
    const bench = createAlertBench();
    bench.notifications.supported = false;
    using part = createNotifications(bench.ports);
    bench.publisher.publish(openInteraction("talk"));
    bench.publisher.publish(showSet(sampleSet("talk", "s1", ["a"], { at: bench.clock.now() })));
    await bench.clock.advance(100);
    expect([part !== null, bench.powerEvents.eventNames(), bench.notifications.all]).toEqual([true, [], []]);
  });
});

describe("what was told is withdrawn", () => {
  test.each<[string, (bench: ReturnType<typeof opened>) => unknown]>([
    ["when the panel comes into view", ({ view }) => { view(true); }],
    ["when the machine is locked", ({ powerEvents }) => powerEvents.emit("lock-screen")],
    ["when a machine is found locked that does not tell of it", ({ power }) => { power.idleState = "locked"; }],
    ["when the interaction ends", ({ publisher }) => { publisher.publish(openInteraction("talk", "ended")); }],
    ["when the interaction leaves the panel", ({ publisher }) => { publisher.publish({ kind: "interaction-closed", interactionId: "talk" }); }],
    ["when policy takes the card back", ({ publisher, clock }) => { publisher.publish(showSet(sampleSet("talk", "s1", ["other"], { at: clock.now() }), "waiting")); }],
    ["when another panel shows the card", ({ publisher }) => { publisher.publish({ kind: "card", interactionId: "talk", suggestionId: "s1-1", patch: { displayed: true } }); }],
    ["when the card is dismissed", ({ publisher }) => { publisher.publish({ kind: "card", interactionId: "talk", suggestionId: "s1-1", patch: { visibility: "dismissed" } }); }],
    ["when quiet mode begins", ({ publisher }) => { publisher.publish({ kind: "settings", settings: { ...sampleSettings, display: { ...sampleSettings.display, quiet: true } } }); }],
    ["when the customer goes on to something else", ({ publisher, clock }) => { for (const id of ["u2", "u3"]) publisher.publish(say("talk", id, "And then", { at: clock.now() })); }],
    ["when the program ends", ({ part }) => { part[Symbol.dispose](); }],
  ])("%s", async (_name, change) => {
    const bench = opened();
    await bench.show("s1");
    expect(bench.notifications.visible()).toHaveLength(1);
    change(bench);
    await bench.clock.advance(1_000);
    expect(bench.notifications.visible()).toEqual([]);
  });

  test("when it is a minute old, also from the list that the system put it into", async () => {
    const { show, notifications, clock } = opened();
    await show("s1");
    notifications.all[0]?.putAside();
    await clock.advance(59_000);
    expect(notifications.visible()).toHaveLength(1);
    await clock.advance(2_000);
    expect(notifications.visible()).toEqual([]);
  });

  test("and that it was refused by the system is in the log, without what it said", async () => {
    const { show, notifications, logged, clock } = opened();
    await show("s1");
    notifications.all[0]?.fail("no permission");
    expect(logged).toEqual(['notification refused by the system {"reason":"no permission"}']);
    expect(clock.pending()).toBe(0);
  });
});

test("nothing is left behind: no listener, no timer", async () => {
  const { show, part, clock, powerEvents, publisher, notifications } = opened();
  await show("s1");
  part[Symbol.dispose]();
  publisher.publish(showSet(sampleSet("talk", "s2", ["b"], { at: clock.now(), order: 2 })));
  await clock.advance(1_000);
  expect([powerEvents.eventNames(), clock.pending(), notifications.all.length]).toEqual([[], 0, 1]);
});
