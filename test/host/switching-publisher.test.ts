import { expect, it } from "vitest";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { createSwitchingPublisher } from "../../electron/host/switching-publisher.ts";
import { emptyMirror, type Mirror, receivePush, receiveSnapshot } from "../../renderer/mirror.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { openInteraction, sampleSettings, say } from "../support/sample-panel.ts";

function twoPublishers() {
  const clock = createFakeClock();
  const practice = createPublisher({ settings: { ...sampleSettings, mode: "practice" }, clock });
  const live = createPublisher({ settings: { ...sampleSettings, mode: "live" }, clock });
  return { clock, practice, live, switching: createSwitchingPublisher(practice) };
}

/** A panel as the renderer keeps one: behind after a gap, until it has asked. */
function follow(publisher: Publisher): { readonly state: () => PanelState | null; readonly kind: () => Mirror["kind"]; readonly catchUp: () => void } {
  let mirror: Mirror = receiveSnapshot(emptyMirror, publisher.snapshot());
  publisher.subscribe((push) => {
    mirror = receivePush(mirror, push);
  });
  return {
    state: () => mirror.state,
    kind: () => mirror.kind,
    catchUp: () => {
      mirror = receiveSnapshot(mirror, publisher.snapshot());
    },
  };
}

it("makes a panel that watches ask for a snapshot, and leaves nothing of what was shown before", async () => {
  const { clock, practice, live, switching } = twoPublishers();
  const panel = follow(switching);
  practice.publish(openInteraction("practised"));
  await clock.advance(20);
  expect(panel.state()?.interactions).toHaveLength(1);
  for (let number = 0; number < 5; number += 1) live.publish(openInteraction(`before ${number}`));
  switching.show(live);
  expect(panel.kind()).toBe("behind");
  panel.catchUp();
  expect(panel.kind()).toBe("live");
  expect(panel.state()?.settings.mode).toBe("live");
  expect(panel.state()?.interactions.map(({ interaction }) => interaction.id)).toEqual(["before 0", "before 1", "before 2", "before 3", "before 4"]);
});

it("goes on with numbered pushes of the one that is shown, and hears no more of the other", async () => {
  const { clock, practice, live, switching } = twoPublishers();
  const panel = follow(switching);
  switching.show(live);
  panel.catchUp();
  switching.publish(openInteraction("a"));
  practice.publish(openInteraction("late"));
  await clock.advance(20);
  live.publish(say("a", "u1", "hello"));
  await clock.advance(20);
  expect(panel.kind()).toBe("live");
  expect(panel.state()).toEqual(live.state());
  expect(panel.state()?.interactions.map(({ interaction }) => interaction.id)).toEqual(["a"]);
});

it("carries nothing but the window's and the first run's part over, there and back", async () => {
  const { clock, practice, live, switching } = twoPublishers();
  const panel = follow(switching);
  const view = { step: "welcome", why: "unconfigured", systems: [], configFile: "/c", vaultHindrance: null, draftTrouble: null } as const;
  switching.publish({ kind: "setup", view });
  switching.publish({ kind: "notice", notice: { id: "n", level: "warning", what: "", effect: "", remedy: "", since: 0 } });
  switching.show(live);
  panel.catchUp();
  expect(panel.state()).toMatchObject({ setup: view, notices: [] });
  switching.publish({ kind: "setup", view: null });
  switching.show(practice);
  await clock.advance(20);
  panel.catchUp();
  expect(panel.state()).toMatchObject({ setup: null, notices: [{ id: "n" }] });
});

it("tells who comes later by a snapshot, and nobody after it was disposed of", async () => {
  const { clock, live, switching } = twoPublishers();
  switching.show(live);
  const panel = follow(switching);
  live.publish(openInteraction("a"));
  await clock.advance(20);
  expect(panel.state()?.interactions).toHaveLength(1);
  await switching[Symbol.asyncDispose]();
  live.publish(openInteraction("b"));
  await clock.advance(20);
  expect(panel.state()?.interactions).toHaveLength(1);
});
