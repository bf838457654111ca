import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPublisher } from "../../electron/host/publisher.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import { applyUpdate, applyUpdates, emptyPanelState, MAX_INTERACTIONS, MAX_UTTERANCES } from "../../shared/panel-state.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { UpdatesPush } from "../../shared/panel.ts";
import { arbitraryUpdate } from "../support/arbitrary-updates.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { openInteraction, sampleSettings, say } from "../support/sample-panel.ts";

function setUp() {
  const clock = createFakeClock();
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const pushes: { readonly at: number; readonly push: UpdatesPush }[] = [];
  const watch = () => publisher.subscribe((push) => pushes.push({ at: clock.monotonic(), push }));
  return { clock, publisher, pushes, watch };
}

const connected = (since: number): PanelUpdate => ({
  kind: "connection",
  name: "stream",
  state: { kind: "connected", since },
  lastHeardAt: since,
});

describe("publisher", () => {
  it("tells a burst in one push and never two within 16 ms", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    for (let number = 0; number < 400; number += 1) {
      publisher.publish(say("a", `u${number}`));
      await clock.advance(1);
    }
    await clock.advance(16);
    const gaps = pushes.slice(1).map(({ at }, index) => at - (pushes[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(16);
    expect(pushes.length).toBeGreaterThan(20);
    expect(pushes.length).toBeLessThanOrEqual(400 / 16 + 2);
    expect(pushes.flatMap(({ push }) => push.updates)).toHaveLength(401);
  });

  it("numbers pushes without holes, each following on the one before", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    for (let number = 0; number < 50; number += 1) {
      publisher.publish(say("a", `u${number % 3}`));
      publisher.publish(connected(number));
      await clock.advance(number % 7);
    }
    await clock.advance(16);
    let next = 1;
    for (const { push } of pushes) {
      expect(push.from).toBe(next);
      next += push.updates.length;
    }
    expect(publisher.snapshot().number).toBe(next - 1);
  });

  it("keeps no timer and no push while nobody watches", async () => {
    const { clock, publisher, watch } = setUp();
    publisher.publish(openInteraction("a"));
    expect(clock.pending()).toBe(0);
    const stop = watch();
    publisher.publish(say("a", "u1"));
    expect(clock.pending()).toBe(1);
    stop();
    expect(clock.pending()).toBe(0);
    expect(publisher.state().interactions[0]?.utterances).toHaveLength(1);
  });

  it("lets go what is overwritten: connection states, an utterance's interim forms", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    publisher.publish(say("a", "u1", "I", { final: false }));
    publisher.publish(connected(1));
    publisher.publish(say("a", "u1", "I want", { final: false }));
    publisher.publish(connected(2));
    publisher.publish(say("a", "u1", "I want a refund"));
    await clock.advance(16);
    expect(pushes).toHaveLength(1);
    expect(pushes[0]?.push.updates).toEqual([openInteraction("a"), say("a", "u1", "I want a refund"), connected(2)]);
  });

  it("does not carry an utterance over the closing and opening of its interaction", async () => {
    const { clock, publisher, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    publisher.publish(say("a", "u1", "before"));
    publisher.publish({ kind: "interaction-closed", interactionId: "a" });
    publisher.publish(openInteraction("a"));
    publisher.publish(say("a", "u1", "after"));
    await clock.advance(16);
    expect(publisher.state().interactions[0]?.utterances.map((one) => one.text)).toEqual(["after"]);
  });

  it("opens an interaction that found no room as soon as another's closing has made some", async () => {
    const { clock, publisher, watch } = setUp();
    watch();
    for (let number = 0; number < MAX_INTERACTIONS; number += 1) publisher.publish(openInteraction(`i${number}`));
    publisher.publish(openInteraction("late", "ended"));
    publisher.publish({ kind: "interaction-closed", interactionId: "i0" });
    publisher.publish(openInteraction("late", "ended"));
    await clock.advance(16);
    expect(publisher.state().interactions.at(-1)?.interaction.id).toBe("late");
  });

  it("gives the state with what was published a moment ago, and a snapshot that the next push follows on", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    await clock.advance(16);
    publisher.publish(say("a", "u1"));
    expect(publisher.state().interactions[0]?.utterances).toHaveLength(1);
    const { number, state } = publisher.snapshot();
    await clock.advance(16);
    const last = pushes.at(-1)?.push;
    expect(last?.from).toBe(number + 1);
    expect(applyUpdates(state, last?.updates ?? [])).toEqual(publisher.state());
  });

  it("leaves a hole in the numbers when a burst is too long to tell, and keeps the truth and its bounds", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    await clock.advance(16);
    for (let number = 0; number < 50_000; number += 1) publisher.publish(say("a", `u${number}`));
    await clock.advance(100);
    const told = pushes.slice(1).flatMap(({ push }) => push.updates);
    expect(told.length).toBeLessThan(2_001);
    expect(pushes[1]?.push.from).toBeGreaterThan(2);
    expect(publisher.snapshot().number).toBe(50_001);
    const view = publisher.state().interactions[0];
    expect(view?.utterances).toHaveLength(MAX_UTTERANCES);
    expect(view?.utterances.at(-1)?.id).toBe("u49999");
    expect(view?.dropped).toBe(50_000 - MAX_UTTERANCES);
  });

  it("tells of a burst's hole even when nothing follows it", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    for (let number = 0; number < 2_000; number += 1) publisher.publish(say("a", `u${number}`));
    await clock.advance(16);
    expect(pushes.map(({ push }) => [push.from, push.updates.length])).toEqual([[2_001, 0]]);
  });

  it("tells what is left when it is closed, and nothing afterwards", async () => {
    const { clock, publisher, pushes, watch } = setUp();
    watch();
    publisher.publish(openInteraction("a"));
    await publisher[Symbol.asyncDispose]();
    expect(pushes).toHaveLength(1);
    publisher.publish(openInteraction("b"));
    await clock.advance(100);
    expect(pushes).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it("brings every panel to the same state, however snapshots, pushes and changes interleave", async () => {
    const step = fc.oneof(
      { weight: 12, arbitrary: arbitraryUpdate.map((update) => ({ kind: "publish" as const, update })) },
      { weight: 3, arbitrary: fc.nat(20).map((ms) => ({ kind: "advance" as const, ms })) },
      { weight: 1, arbitrary: fc.constant({ kind: "join" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "leave" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "read" as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { maxLength: 250, size: "max" }), async (full, steps) => {
        const { clock, publisher } = setUp();
        let expected = emptyPanelState(sampleSettings);
        // A full panel lets an interaction go for each that opens, which makes the order of openings matter.
        const present = full ? ["a", "b", ...Array.from({ length: MAX_INTERACTIONS - 2 }, (_, number) => `i${number}`)] : [];
        for (const opened of present.map((id) => openInteraction(id))) {
          publisher.publish(opened);
          expected = applyUpdate(expected, opened);
        }
        const panels: TestPanel[] = [];
        for (const one of steps) {
          switch (one.kind) {
            case "publish":
              publisher.publish(one.update);
              expected = applyUpdate(expected, one.update);
              break;
            case "advance":
              await clock.advance(one.ms);
              break;
            case "join":
              panels.push(openTestPanel(publisher));
              break;
            case "leave":
              panels.shift()?.leave();
              break;
            case "read":
              expect(publisher.state()).toEqual(expected);
              break;
          }
        }
        panels.push(openTestPanel(publisher));
        await clock.advance(100);
        expect(publisher.state()).toEqual(expected);
        for (const panel of panels) expect(panel.state()).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

interface TestPanel {
  readonly state: () => PanelState;
  readonly leave: () => void;
}

/** As a panel does: hears pushes from the start, asks for a snapshot, refuses a hole. */
function openTestPanel(publisher: Publisher): TestPanel {
  const early: UpdatesPush[] = [];
  const leave = publisher.subscribe((push) => {
    early.push(push);
  });
  let { number, state } = publisher.snapshot();
  const catchUp = (): PanelState => {
    for (const push of early.splice(0)) {
      if (push.from > number + 1) throw new Error(`a hole: ${number} is followed by ${push.from}`);
      state = applyUpdates(state, push.updates.slice(number + 1 - push.from));
      number = Math.max(number, push.from + push.updates.length - 1);
    }
    return state;
  };
  return { state: catchUp, leave };
}
