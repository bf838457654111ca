import { acceleratorWords, sameAccelerator } from "../../shared/accelerator.ts";
import { type DesktopPatch, type DesktopSettings, type DesktopView, type ShortcutAction, shortcutActions, type ShortcutState, type UpdateState } from "../../shared/desktop.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ConfigPatch } from "../../electron/config/panel-settings.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import type { UpdateCommands } from "../../electron/host/update-commands.ts";
import { sampleDesktopSettings } from "./desktop-parts.ts";

/** The program in its own window, with nothing to complain of. */
export function desktopView(more: Partial<DesktopView> = {}): DesktopView {
  return {
    platform: "linux",
    version: "0.1.0",
    settings: sampleDesktopSettings,
    shortcuts: { show: "works", copyFirst: "works", quiet: "works" },
    loginHindrance: null,
    update: { kind: "idle", checkedAt: null },
    ...more,
  };
}

/** Every state of updates, by name. `at` in ms since the Unix epoch. */
export const updateMoments = {
  off: () => ({ kind: "off", why: "this program was not installed by a package" }),
  neverLooked: () => ({ kind: "idle", checkedAt: null }),
  newest: (at) => ({ kind: "idle", checkedAt: at }),
  checking: () => ({ kind: "checking" }),
  loading: () => ({ kind: "loading", version: "0.2.0", percent: 42.7 }),
  ready: () => ({ kind: "ready", version: "0.2.0", notes: "Keeps its place on every set of displays." }),
  waiting: () => ({ kind: "waiting", version: "0.2.0" }),
  installing: () => ({ kind: "installing", version: "0.2.0" }),
  failed: (at) => ({ kind: "failed", what: "The update is not signed by its maker.", remedy: "It was not installed. Tell your administrator.", at }),
} as const satisfies Readonly<Record<string, (at: number) => UpdateState>>;

/** Main's side of the desktop, played from memory: what is changed holds at once, and shortcuts are held as a system would. */
export interface PlayedDesktop {
  readonly patches: readonly DesktopPatch[];
  readonly updateCalls: readonly string[];
  readonly updates: UpdateCommands;
  changeSettings(patch: ConfigPatch): Promise<Result<null, Fault>>;
  settings(): DesktopSettings;
  show(more: Partial<DesktopView>): void;
  /** Answers from now on with this fault, until `null`. */
  refuse(fault: Fault | null): void;
}

/** Plays the desktop on a publisher. `taken`: keys that another program has, as they are written on Linux. */
export function playDesktop(publisher: Publisher, first: DesktopView, taken: readonly string[] = []): PlayedDesktop {
  let view = first;
  let refusal: Fault | null = null;
  const patches: DesktopPatch[] = [];
  const updateCalls: string[] = [];
  const show = (more: Partial<DesktopView>): void => {
    view = { ...view, ...more };
    publisher.publish({ kind: "desktop", view });
  };
  const answer = (name: string): Result<null, Fault> => {
    updateCalls.push(name);
    return refusal === null ? ok(null) : err(refusal);
  };
  show({});
  return {
    patches,
    updateCalls,
    updates: { check: () => answer("check"), install: () => answer("install"), later: () => answer("later") },
    async changeSettings({ desktop = {} }) {
      patches.push(desktop);
      if (refusal !== null) return err(refusal);
      const settings: DesktopSettings = { ...view.settings, ...desktop, shortcuts: { ...view.settings.shortcuts, ...desktop.shortcuts } };
      show({ settings, shortcuts: desktop.shortcuts === undefined ? view.shortcuts : statesOf(settings, taken) });
      return ok(null);
    },
    settings: () => view.settings,
    show,
    refuse(fault) {
      refusal = fault;
    },
  };
}

function statesOf({ shortcuts }: DesktopSettings, taken: readonly string[]): Readonly<Record<ShortcutAction, ShortcutState>> {
  const stateOf = (action: ShortcutAction): ShortcutState => {
    const keys = shortcuts[action];
    if (keys === null) return "off";
    const before = shortcutActions.slice(0, shortcutActions.indexOf(action));
    if (before.some((one) => sameAccelerator(shortcuts[one] ?? "", keys, "linux"))) return "clash";
    return taken.includes(acceleratorWords(keys, "linux", (key) => key)) ? "taken" : "works";
  };
  return { show: stateOf("show"), copyFirst: stateOf("copyFirst"), quiet: stateOf("quiet") };
}
