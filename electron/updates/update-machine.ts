import { assertNever } from "../../shared/assert-never.ts";
import type { UpdateState } from "../../shared/desktop.ts";
import type { Release } from "./feed.ts";
import type { Found } from "./look.ts";
import { describeProblem, type ProblemSpeech, type UpdateProblem } from "./update-problem.ts";

/** `failures`: how many times in a row it went wrong, for the pause before the next try. */
export type MachineState =
  | { readonly kind: "idle"; readonly checkedAt: number | null; readonly held: string | null; readonly failures: number }
  /** `asked`: by a person, who is told more than one who did not ask. */
  | { readonly kind: "checking"; readonly asked: boolean; readonly failures: number }
  | { readonly kind: "loading"; readonly release: Release; readonly percent: number; readonly failures: number }
  /** `looking`: whether there is something newer yet, behind the person's back. */
  | { readonly kind: "ready"; readonly release: Release; readonly looking: boolean }
  /** The person said install. `live`: an interaction is; else there is calm, and it is being waited out. */
  | { readonly kind: "waiting"; readonly release: Release; readonly live: boolean }
  | { readonly kind: "installing"; readonly release: Release }
  | { readonly kind: "failed"; readonly problem: UpdateProblem; readonly at: number; readonly failures: number };

export type MachineEvent =
  /** A person asks. */
  | { readonly kind: "check" }
  /** The time for the next look has come. */
  | { readonly kind: "due" }
  | { readonly kind: "found"; readonly found: Found; readonly at: number }
  | { readonly kind: "refused"; readonly problem: UpdateProblem; readonly at: number }
  | { readonly kind: "progress"; readonly percent: number }
  | { readonly kind: "loaded" }
  /** A person says install; `live`: whether an interaction is. */
  | { readonly kind: "install"; readonly live: boolean }
  | { readonly kind: "later" }
  /** An interaction began where none was, or the last one ended. */
  | { readonly kind: "live"; readonly live: boolean }
  /** It has been calm for long enough. */
  | { readonly kind: "calm" };

/** What is to be done, in this order. An `alarm` takes the place of the one before; so does `look` or `load` of the work under way. */
export type MachineEffect =
  | { readonly kind: "look" }
  | { readonly kind: "load"; readonly release: Release }
  /** `failures` 0: at the usual time; else after a pause that grows with them. */
  | { readonly kind: "alarm"; readonly failures: number }
  | { readonly kind: "stop-alarm" }
  | { readonly kind: "stop-work" }
  /** `calm` comes when it has been calm for long enough, unless `stop-calm` comes first. */
  | { readonly kind: "await-calm" }
  | { readonly kind: "stop-calm" }
  | { readonly kind: "install"; readonly release: Release };

export interface MachineStep {
  readonly state: MachineState;
  readonly effects: readonly MachineEffect[];
}

/** How updates begin: nothing is known yet, or the last install is known to have failed. The first alarm is the runner's. */
export function firstState(failed: { readonly problem: UpdateProblem; readonly at: number } | null): MachineState {
  return failed === null ? { kind: "idle", checkedAt: null, held: null, failures: 0 } : { kind: "failed", ...failed, failures: 0 };
}

/**
 * Updates as a pure function: what an event makes of a state, and what is to be done about it. An event that means nothing in
 * a state leaves it as it is (the same object, no effects). `install` is done only after a person said so, and never while
 * an interaction is live; one that begins before the program has begun to end makes it wait again.
 */
export function stepUpdate(state: MachineState, event: MachineEvent): MachineStep {
  switch (event.kind) {
    case "check":
      return look(state, true);
    case "due":
      return look(state, false);
    case "found":
      return found(state, event.found, event.at);
    case "refused":
      return refused(state, event.problem, event.at);
    case "progress":
      // Beginning again after a break may go back; a person is not told of it.
      return state.kind === "loading" && event.percent > state.percent ? { state: { ...state, percent: Math.min(100, event.percent) }, effects: [] } : stay(state);
    case "loaded":
      return state.kind === "loading" ? { state: { kind: "ready", release: state.release, looking: false }, effects: [{ kind: "alarm", failures: 0 }] } : stay(state);
    case "install":
      return install(state, event.live);
    case "later":
      return state.kind === "waiting" ? { state: { kind: "ready", release: state.release, looking: false }, effects: [{ kind: "stop-calm" }, { kind: "alarm", failures: 0 }] } : stay(state);
    case "live":
      return live(state, event.live);
    case "calm":
      return state.kind === "waiting" && !state.live ? installing(state.release, []) : stay(state);
    default:
      return assertNever(event);
  }
}

/** The state as the panel is told of it. */
export function viewOf(state: MachineState, speech?: ProblemSpeech): UpdateState {
  switch (state.kind) {
    case "idle":
      return { kind: "idle", checkedAt: state.checkedAt, ...(state.held === null ? {} : { held: state.held }) };
    case "checking":
      return { kind: "checking" };
    case "loading":
      return { kind: "loading", version: state.release.version, percent: state.percent };
    case "ready":
      return { kind: "ready", version: state.release.version, notes: state.release.notes };
    case "waiting":
      return { kind: "waiting", version: state.release.version };
    case "installing":
      return { kind: "installing", version: state.release.version };
    case "failed":
      return { kind: "failed", ...describeProblem(state.problem, speech), at: state.at };
    default:
      return assertNever(state);
  }
}

function look(state: MachineState, asked: boolean): MachineStep {
  switch (state.kind) {
    case "idle":
    case "failed":
      return { state: { kind: "checking", asked, failures: state.failures }, effects: [{ kind: "stop-alarm" }, { kind: "look" }] };
    case "checking":
      return asked && !state.asked ? { state: { ...state, asked }, effects: [] } : stay(state);
    case "ready":
      return state.looking ? stay(state) : { state: { ...state, looking: true }, effects: [{ kind: "stop-alarm" }, { kind: "look" }] };
    case "loading":
    case "waiting":
    case "installing":
      return stay(state);
    default:
      return assertNever(state);
  }
}

function found(state: MachineState, what: Found, at: number): MachineStep {
  if (state.kind === "ready" && state.looking) {
    if (what.kind === "release" && isSame(what.release, state.release)) return { state: { ...state, looking: false }, effects: [{ kind: "alarm", failures: 0 }] };
    // Something newer, or what is ready has been withdrawn since.
    return what.kind === "release" ? load(what.release, 0) : rest(at, null);
  }
  if (state.kind !== "checking") return stay(state);
  switch (what.kind) {
    case "nothing":
      return rest(at, null);
    case "held":
      return rest(at, state.asked ? what.version : null);
    case "release":
      return load(what.release, state.failures);
    default:
      return assertNever(what);
  }
}

function refused(state: MachineState, problem: UpdateProblem, at: number): MachineStep {
  switch (state.kind) {
    case "checking":
    case "loading": {
      const failures = state.failures + 1;
      return { state: { kind: "failed", problem, at, failures }, effects: [{ kind: "alarm", failures }] };
    }
    case "ready":
      // What was loaded was signed, and stays good; only the look is tried again.
      return state.looking ? { state: { ...state, looking: false }, effects: [{ kind: "alarm", failures: 0 }] } : stay(state);
    case "installing":
      // It could not even be begun, and the program goes on.
      return { state: { kind: "failed", problem, at, failures: 1 }, effects: [{ kind: "alarm", failures: 1 }] };
    case "idle":
    case "waiting":
    case "failed":
      return stay(state);
    default:
      return assertNever(state);
  }
}

function install(state: MachineState, isLive: boolean): MachineStep {
  if (state.kind !== "ready") return stay(state);
  const quiet = [{ kind: "stop-alarm" }, { kind: "stop-work" }] as const;
  if (!isLive) return installing(state.release, quiet);
  return { state: { kind: "waiting", release: state.release, live: true }, effects: quiet };
}

function live(state: MachineState, isLive: boolean): MachineStep {
  if (state.kind === "installing" && isLive) return { state: { kind: "waiting", release: state.release, live: true }, effects: [{ kind: "stop-work" }] };
  if (state.kind !== "waiting" || state.live === isLive) return stay(state);
  return { state: { ...state, live: isLive }, effects: [{ kind: isLive ? "stop-calm" : "await-calm" }] };
}

function installing(release: Release, before: readonly MachineEffect[]): MachineStep {
  return { state: { kind: "installing", release }, effects: [...before, { kind: "install", release }] };
}

function load(release: Release, failures: number): MachineStep {
  return { state: { kind: "loading", release, percent: 0, failures }, effects: [{ kind: "load", release }] };
}

function rest(at: number, held: string | null): MachineStep {
  return { state: { kind: "idle", checkedAt: at, held, failures: 0 }, effects: [{ kind: "alarm", failures: 0 }] };
}

function isSame(one: Release, other: Release): boolean {
  return one.version === other.version && one.files.length === other.files.length && one.files.every(({ sha512 }, place) => sha512 === other.files[place]?.sha512);
}

function stay(state: MachineState): MachineStep {
  return { state, effects: [] };
}
