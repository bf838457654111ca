import { expect, it } from "vitest";
import { followLanguage } from "../../renderer/follow-language.ts";
import { createPanelStore } from "../../renderer/store.ts";
import { keepWhereabouts, readWhereabouts } from "../../renderer/whereabouts.ts";
import type { LanguageSetting } from "../../shared/language.ts";
import { emptyPanelState } from "../../shared/panel-state.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const emptyState = emptyPanelState(fixtureSettings);

function setUp(preferred: readonly string[] = ["en-GB", "de"]) {
  const store = createPanelStore(() => 0);
  const loads: string[] = [];
  const clock = createFakeClock();
  const typed = { now: false };
  const stop = followLanguage({ store, clock, language: "en", preferred, isTyped: () => typed.now, loadAgain: (whereabouts) => loads.push(whereabouts) });
  let number = 0;
  const choose = (language: LanguageSetting): void => {
    const { settings } = emptyState;
    number += 1;
    store.getState().receiveSnapshot({ number, state: { ...emptyState, settings: { ...settings, display: { ...settings.display, language } } } });
  };
  return { store, loads, choose, stop, clock, typed };
}

it("loads the page again when another language is chosen, with where the person was", () => {
  const { store, loads, choose } = setUp();
  choose("system");
  store.getState().goTo("history");
  store.getState().showSheet("settings");
  choose("de");
  expect(loads).toEqual(["history settings"]);
  choose("en");
  expect(loads).toHaveLength(1);
});

it("stays where the choice comes to the same language, and on what was chosen before the page was loaded", () => {
  const { loads, choose } = setUp();
  choose("de");
  choose("system");
  choose("en");
  expect(loads).toEqual([]);
});

it("takes the system's language for what it is", () => {
  const { loads, choose } = setUp(["de-AT", "en"]);
  choose("en");
  choose("system");
  expect(loads).toHaveLength(1);
});

it("waits as long as something is written and not sent", () => {
  const { store, loads, choose } = setUp();
  choose("en");
  store.getState().redraft("chat-1", () => ({ text: "Good morning", suggestionId: null }));
  choose("de");
  expect(loads).toEqual([]);
  store.getState().redraft("chat-1", () => ({ text: "", suggestionId: null }));
  expect(loads).toHaveLength(1);
});

it("waits as long as something is typed and not taken up, whatever else happens meanwhile", async () => {
  const { store, loads, choose, clock, typed, stop } = setUp();
  choose("en");
  typed.now = true;
  choose("de");
  store.getState().goTo("integrations");
  await clock.advance(60_000);
  expect(loads).toEqual([]);
  typed.now = false;
  await clock.advance(500);
  expect(loads).toEqual(["integrations none"]);
  expect(clock.pending()).toBe(0);
  const other = setUp();
  other.choose("en");
  other.typed.now = true;
  other.choose("de");
  other.stop();
  expect(other.clock.pending()).toBe(0);
  stop();
});

it("loads nothing after it was ended", () => {
  const { loads, choose, stop } = setUp();
  choose("en");
  stop();
  choose("de");
  expect(loads).toEqual([]);
});

it.each([
  { place: "bridge", sheet: "none", selectedId: null },
  { place: "live", sheet: "settings", selectedId: "an id with spaces" },
] as const)("reads whereabouts as they were kept: %o", (whereabouts) => {
  expect(readWhereabouts(keepWhereabouts(whereabouts))).toEqual(whereabouts);
});

it.each([null, "", "nowhere none", "live nothing"])("takes %o for no whereabouts", (kept) => {
  expect(readWhereabouts(kept)).toBeUndefined();
});
