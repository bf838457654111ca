import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSpeech } from "../../electron/words/speech.ts";
import { firstState, type MachineEffect, type MachineEvent, type MachineState, stepUpdate, viewOf } from "../../electron/updates/update-machine.ts";
import { updateStateSchema } from "../../shared/desktop.ts";
import { sampleRelease } from "../support/signed-feed.ts";

const release = sampleRelease();
const newer = sampleRelease({ version: "1.2.0" });
const problem = { kind: "unsigned" } as const;

const states = {
  idle: { kind: "idle", checkedAt: 5, held: null, failures: 0 },
  checking: { kind: "checking", asked: false, failures: 2 },
  asked: { kind: "checking", asked: true, failures: 2 },
  loading: { kind: "loading", release, percent: 40, failures: 2 },
  ready: { kind: "ready", release, looking: false },
  looking: { kind: "ready", release, looking: true },
  busy: { kind: "waiting", release, live: true },
  calming: { kind: "waiting", release, live: false },
  installing: { kind: "installing", release },
  failed: { kind: "failed", problem, at: 5, failures: 2 },
} as const satisfies Readonly<Record<string, MachineState>>;

const events = {
  check: { kind: "check" },
  due: { kind: "due" },
  nothing: { kind: "found", found: { kind: "nothing" }, at: 9 },
  held: { kind: "found", found: { kind: "held", version: "1.1.0" }, at: 9 },
  release: { kind: "found", found: { kind: "release", release }, at: 9 },
  newer: { kind: "found", found: { kind: "release", release: newer }, at: 9 },
  refused: { kind: "refused", problem, at: 9 },
  progress: { kind: "progress", percent: 60 },
  loaded: { kind: "loaded" },
  installFree: { kind: "install", live: false },
  installLive: { kind: "install", live: true },
  later: { kind: "later" },
  live: { kind: "live", live: true },
  quiet: { kind: "live", live: false },
  calm: { kind: "calm" },
} as const satisfies Readonly<Record<string, MachineEvent>>;

type StateName = keyof typeof states;
type EventName = keyof typeof events;

/** What becomes of a state, and what is done, in words. What is not named stays as it is. */
const table: Readonly<Record<StateName, Partial<Record<EventName, string>>>> = {
  idle: { check: "checking asked 0 | stop-alarm look", due: "checking 0 | stop-alarm look" },
  checking: {
    check: "checking asked 2 |",
    nothing: "idle 9 | alarm 0",
    held: "idle 9 | alarm 0",
    release: "loading 1.1.0 0% | load 1.1.0",
    newer: "loading 1.2.0 0% | load 1.2.0",
    refused: "failed 9 3 | alarm 3",
  },
  asked: {
    nothing: "idle 9 | alarm 0",
    held: "idle 9 held 1.1.0 | alarm 0",
    release: "loading 1.1.0 0% | load 1.1.0",
    newer: "loading 1.2.0 0% | load 1.2.0",
    refused: "failed 9 3 | alarm 3",
  },
  loading: { progress: "loading 1.1.0 60% |", loaded: "ready 1.1.0 | alarm 0", refused: "failed 9 3 | alarm 3" },
  ready: {
    check: "ready 1.1.0 looking | stop-alarm look",
    due: "ready 1.1.0 looking | stop-alarm look",
    installFree: "installing 1.1.0 | stop-alarm stop-work install 1.1.0",
    installLive: "waiting 1.1.0 live | stop-alarm stop-work",
  },
  looking: {
    nothing: "idle 9 | alarm 0",
    held: "idle 9 | alarm 0",
    release: "ready 1.1.0 | alarm 0",
    newer: "loading 1.2.0 0% | load 1.2.0",
    refused: "ready 1.1.0 | alarm 0",
    installFree: "installing 1.1.0 | stop-alarm stop-work install 1.1.0",
    installLive: "waiting 1.1.0 live | stop-alarm stop-work",
  },
  busy: { later: "ready 1.1.0 | stop-calm alarm 0", quiet: "waiting 1.1.0 | await-calm" },
  calming: { later: "ready 1.1.0 | stop-calm alarm 0", live: "waiting 1.1.0 live | stop-calm", calm: "installing 1.1.0 | install 1.1.0" },
  installing: { live: "waiting 1.1.0 live | stop-work", refused: "failed 9 1 | alarm 1" },
  failed: { check: "checking asked 2 | stop-alarm look", due: "checking 2 | stop-alarm look" },
};

function stateText(state: MachineState): string {
  switch (state.kind) {
    case "idle":
      return `idle ${state.checkedAt ?? "never"}${state.held === null ? "" : ` held ${state.held}`}`;
    case "checking":
      return `checking${state.asked ? " asked" : ""} ${state.failures}`;
    case "loading":
      return `loading ${state.release.version} ${state.percent}%`;
    case "ready":
      return `ready ${state.release.version}${state.looking ? " looking" : ""}`;
    case "waiting":
      return `waiting ${state.release.version}${state.live ? " live" : ""}`;
    case "installing":
      return `installing ${state.release.version}`;
    case "failed":
      return `failed ${state.at} ${state.failures}`;
    default:
      throw new Error("a state of another kind");
  }
}

function effectText(effect: MachineEffect): string {
  if (effect.kind === "alarm") return `alarm ${effect.failures}`;
  return effect.kind === "load" || effect.kind === "install" ? `${effect.kind} ${effect.release.version}` : effect.kind;
}

describe("every state with every event", () => {
  it.each(Object.keys(states).flatMap((state) => Object.keys(events).map((event) => [state, event] as [StateName, EventName])))("%s: %s", (stateName, eventName) => {
    const before = states[stateName];
    const { state, effects } = stepUpdate(before, events[eventName]);
    const expected = table[stateName][eventName];
    if (expected === undefined) {
      expect(state).toBe(before);
      expect(effects).toEqual([]);
    } else expect(`${stateText(state)} | ${effects.map(effectText).join(" ")}`.trimEnd()).toBe(expected);
  });
});

it("begins with nothing known, or with the install that failed", () => {
  expect(viewOf(firstState(null))).toEqual({ kind: "idle", checkedAt: null });
  const speech = createSpeech();
  speech.set("de");
  expect(viewOf(firstState({ problem, at: 3 }), speech)).toMatchObject({ kind: "failed", what: "Die Aktualisierung ist nicht signiert." });
  expect(viewOf(firstState({ problem, at: 3 }))).toEqual({ kind: "failed", what: "The update is not signed.", remedy: "Nothing was loaded. Tell your administrator.", at: 3 });
});

it("takes a package that is other than the loaded one for newer, also under the same version", () => {
  const swapped = sampleRelease({ files: [{ url: "https://updates.example.com/a.AppImage", sha512: "other", size: 10 }] });
  const { state } = stepUpdate(states.looking, { kind: "found", found: { kind: "release", release: swapped }, at: 9 });
  expect(state).toMatchObject({ kind: "loading", release: swapped });
});

it("does not go back while it loads, nor beyond the end", () => {
  expect(stepUpdate(states.loading, { kind: "progress", percent: 10 }).state).toBe(states.loading);
  expect(stepUpdate(states.loading, { kind: "progress", percent: 120 }).state).toMatchObject({ percent: 100 });
});

it("keeps its word through any story: no install unasked or in an interaction, and always a next step", () => {
  const steps = fc.array(fc.constantFrom(...(Object.keys(events) as EventName[])), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (names) => {
      let state: MachineState = firstState(null);
      let alarm = true;
      let work = false;
      let calm = false;
      let asked = false;
      let live = false;
      for (const name of names) {
        const event = events[name];
        // What the runner tells is what is so.
        if (event.kind === "install" && event.live !== live) continue;
        if (event.kind === "calm" && !calm) continue;
        if (event.kind === "live") live = event.live;
        if (event.kind === "install" && state.kind === "ready") asked = true;
        if (event.kind === "later") asked = false;
        const next = stepUpdate(state, event);
        state = next.state;
        for (const effect of next.effects) {
          if (effect.kind === "alarm") alarm = true;
          if (effect.kind === "stop-alarm") alarm = false;
          if (effect.kind === "look" || effect.kind === "load") work = true;
          if (effect.kind === "stop-work") work = false;
          if (effect.kind === "await-calm") calm = true;
          if (effect.kind === "stop-calm") calm = false;
          if (effect.kind === "install") {
            expect(asked, "asked for").toBe(true);
            expect(live, "no interaction").toBe(false);
            work = true;
            calm = false;
          }
        }
        if (state.kind === "failed" || state.kind === "idle") asked = false;
        expect(updateStateSchema.safeParse(viewOf(state)).success).toBe(true);
        // Nothing is left that nothing would ever move on.
        if (state.kind === "idle" || state.kind === "failed" || (state.kind === "ready" && !state.looking)) expect(alarm).toBe(true);
        if (state.kind === "checking" || state.kind === "loading" || state.kind === "installing") expect(work).toBe(true);
        if (state.kind === "waiting") expect(state.live ? live : calm).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
