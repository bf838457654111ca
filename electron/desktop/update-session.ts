import { isDeepStrictEqual } from "node:util";
import { assertNever } from "../../shared/assert-never.ts";
import type { UpdateState } from "../../shared/desktop.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { UpdateCommands } from "../host/update-commands.ts";
import type { Network } from "../net/network.ts";
import { forgetInstall, noteInstall } from "../updates/install-mark.ts";
import { type MachineEffect, type MachineEvent, type MachineState, stepUpdate, viewOf } from "../updates/update-machine.ts";
import type { UpdateProblem } from "../updates/update-problem.ts";
import { CALM_MS, firstLookMs, nextLookMs } from "../updates/update-times.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import type { UpdateHandover } from "./update-handover.ts";
import type { UpdatePackages } from "./update-packages.ts";
import type { UpdateSettings } from "./update-settings.ts";

type SessionPorts = Pick<DesktopPorts, "platform" | "version" | "clock" | "publisher" | "teller" | "files" | "dataFolder" | "speech" | "log" | "onBug" | "quit">;

export interface UpdateSessionOptions {
  readonly ports: SessionPorts;
  readonly settings: UpdateSettings;
  readonly network: Pick<Network, "fetch">;
  readonly packages: UpdatePackages;
  readonly handover: UpdateHandover;
  /** The machine's own number for staged rollouts. */
  readonly place: number;
  readonly arch: string;
  readonly random: () => number;
  readonly first: MachineState;
  /** Called when the program is to be started again, because the installer did not begin. */
  readonly restart: () => void;
  /** Called before the installer begins, so that the new version finds nobody in its place. */
  readonly release: () => void;
}

/** Updates from one address, until it is disposed of. */
export interface UpdateSession extends AsyncDisposable {
  readonly commands: UpdateCommands;
}

/** Carries out what the machine of updates wants: looks, loads, waits for calm, hands over to the installer. */
export function openUpdateSession(options: UpdateSessionOptions): UpdateSession {
  const { ports, settings, network, packages, handover, place, arch, random } = options;
  const { clock, publisher, teller, files, dataFolder: folder, version, speech, onBug } = ports;
  let state = options.first;
  let told: UpdateState | null = null;
  let work: AbortController | null = null;
  let lastWork: Promise<void> = Promise.resolve();
  let stopAlarm = (): void => {};
  let stopCalm = (): void => {};
  let stopWatching: (() => void) | null = null;
  /** Disposed of, or the program has begun to end for the install: nothing changes any more. */
  let over = false;

  const isLive = (): boolean => publisher.state().interactions.some(({ interaction }) => interaction.status === "live");

  const dispatch = (event: MachineEvent): void => {
    if (over) return;
    const before = state.kind;
    const next = stepUpdate(state, event);
    state = next.state;
    if (state.kind !== before) ports.log("info", "update", "release" in state ? { state: state.kind, version: state.release.version } : { state: state.kind });
    tell();
    watch();
    for (const effect of next.effects) run(effect);
  };

  const tell = (): void => {
    const view = viewOf(state, speech);
    if (isDeepStrictEqual(view, told)) return;
    told = view;
    teller.update(view);
  };

  /** Interactions matter only while an install waits for them, or is about to begin. */
  const watch = (): void => {
    const wanted = state.kind === "waiting" || state.kind === "installing";
    if (wanted && stopWatching === null) {
      stopWatching = publisher.subscribe(() => {
        dispatch({ kind: "live", live: isLive() });
      });
    }
    if (!wanted) {
      stopWatching?.();
      stopWatching = null;
    }
  };

  /** One work at a time; what comes of one that was stopped is nobody's business. */
  const startWork = (begin: (signal: AbortSignal) => Promise<MachineEvent | null>): void => {
    work?.abort();
    const own = new AbortController();
    work = own;
    const carryOut = async (after: Promise<void>): Promise<void> => {
      await after;
      let event: MachineEvent | null;
      try {
        event = await begin(own.signal);
      } catch (bug) {
        onBug(bug);
        event = refusal({ kind: "updater", code: "a mistake of Callside's own" });
      }
      if (work !== own) return;
      work = null;
      if (event !== null) dispatch(event);
    };
    lastWork = carryOut(lastWork);
  };

  const refusal = (problem: UpdateProblem): MachineEvent => {
    ports.log("warn", "update refused", problem.kind === "fault" ? { why: problem.fault.code, detail: problem.fault.detail } : { why: problem.kind });
    return { kind: "refused", problem, at: clock.now() };
  };

  const run = (effect: MachineEffect): void => {
    switch (effect.kind) {
      case "look":
        startWork(async (signal) => {
          // What reads a feed is loaded when there may be one.
          const { lookForUpdate } = await import("../updates/look.ts");
          const found = await lookForUpdate({ ...settings, platform: ports.platform, arch, running: version, place, fetch: network.fetch, clock, signal });
          return found.ok ? { kind: "found", found: found.value, at: clock.now() } : refusal(found.error);
        });
        break;
      case "load":
        startWork(async (signal) => {
          const loaded = await packages.load({
            release: effect.release,
            signal,
            onProgress: (percent) => {
              if (!signal.aborted && state.kind === "loading" && Math.floor(percent) > Math.floor(state.percent)) dispatch({ kind: "progress", percent });
            },
          });
          return loaded.ok ? { kind: "loaded" } : refusal(loaded.error);
        });
        break;
      case "install":
        startWork((signal) => install(effect.release.version, signal));
        break;
      case "alarm":
        setAlarm(nextLookMs({ checkHours: settings.checkHours, failures: effect.failures, chance: random() }));
        break;
      case "stop-alarm":
        stopAlarm();
        break;
      case "stop-work":
        work?.abort();
        work = null;
        break;
      case "await-calm":
        stopCalm();
        stopCalm = clock.after(CALM_MS, () => {
          // Whatever has not been told yet counts, too.
          dispatch({ kind: "live", live: isLive() });
          dispatch({ kind: "calm" });
        });
        break;
      case "stop-calm":
        stopCalm();
        break;
      default:
        assertNever(effect);
    }
  };

  const setAlarm = (ms: number): void => {
    stopAlarm();
    stopAlarm = clock.after(ms, () => {
      dispatch({ kind: "due" });
    });
  };

  /** Gives what hinders it; else the program ends. An interaction that begins meanwhile aborts `signal`. */
  const install = async (to: string, signal: AbortSignal): Promise<MachineEvent | null> => {
    if (!(await packages.isWhole())) return refusal({ kind: "checksum", version: to });
    try {
      await noteInstall({ files, folder }, version, to);
    } catch (error) {
      return refusal({ kind: "fault", fault: diskFault(error, "noting the install") });
    }
    dispatch({ kind: "live", live: isLive() });
    if (signal.aborted || over) {
      await forgetInstall({ files, folder });
      return null;
    }
    over = true;
    handover.set(async () => {
      options.release();
      const begun = await packages.install();
      if (!begun.ok) options.restart();
    });
    ports.quit();
    return null;
  };

  tell();
  const stopSpeech = speech.onChange(tell);
  setAlarm(firstLookMs(random()));
  return {
    commands: {
      check() {
        dispatch({ kind: "check" });
        return ok(null);
      },
      install() {
        if (state.kind === "ready") dispatch({ kind: "install", live: isLive() });
        else if (state.kind !== "waiting" && state.kind !== "installing") return notHere("no update is ready");
        return ok(null);
      },
      later() {
        if (state.kind !== "waiting") return notHere("no update waits to be installed");
        dispatch({ kind: "later" });
        return ok(null);
      },
    },
    async [Symbol.asyncDispose]() {
      over = true;
      stopSpeech();
      stopAlarm();
      stopCalm();
      stopWatching?.();
      work?.abort();
      work = null;
      await lastWork;
    },
  };
}

function notHere(detail: string): Result<null, { readonly kind: "policy"; readonly code: "not-found-here"; readonly detail: string }> {
  return err({ kind: "policy", code: "not-found-here", detail });
}
