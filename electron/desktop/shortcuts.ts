import { sameAccelerator } from "../../shared/accelerator.ts";
import { shortcutActions, type Shortcuts, type ShortcutAction, type ShortcutState } from "../../shared/desktop.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import type { ShortcutActions } from "./shortcut-actions.ts";
import { isWayland } from "./wayland-notice.ts";

/** Another program may have let go of its keys by then. */
const TRY_AGAIN_MS = 60_000;
/** A page that was left while it recorded must not keep the shortcuts from working. */
const MAX_RECORDING_MS = 30_000;

/**
 * Holds the global shortcuts of the settings and tells what became of each. Those whose keys another program holds are
 * tried again every minute, and whenever the panel comes forward. While a field records keys none is held, so that it can
 * hear them. Disposing lets all of them go.
 */
export function createShortcuts(ports: DesktopPorts, actions: Pick<ShortcutActions, "act">): Disposable {
  const { electron, platform, clock, settings, teller } = ports;
  const { app, globalShortcut } = electron;
  const held = new Map<ShortcutAction, string>();
  let states: Readonly<Record<ShortcutAction, ShortcutState>> = { show: "off", copyFirst: "off", quiet: "off" };
  let stopTimer: (() => void) | null = null;
  /** Ends the time in which a field records keys; null where none does. */
  let stopRecording: (() => void) | null = null;

  const release = (action: ShortcutAction, keys: string): void => {
    held.delete(action);
    globalShortcut.unregister(keys);
  };

  const hold = (action: ShortcutAction, keys: string): ShortcutState => {
    if (held.has(action)) return "works";
    try {
      const taken = !globalShortcut.register(keys, () => {
        actions.act(action);
      });
      // Wayland has no such thing as another program's keys: its desktop gives them, or it does not.
      if (taken) return isWayland(ports) ? "refused" : "taken";
    } catch {
      return "refused";
    }
    if (!globalShortcut.isRegistered(keys)) return "refused";
    held.set(action, keys);
    return "works";
  };

  const follow = (): void => {
    stopTimer?.();
    stopTimer = null;
    // What was recorded is taken up when that is over.
    if (stopRecording !== null) return;
    const { shortcuts } = settings.current();
    // First all that is to go, so that two that change places find their keys free.
    for (const [action, keys] of held) if (shortcuts[action] !== keys || clashes(action, shortcuts, platform)) release(action, keys);
    const stateOf = (action: ShortcutAction): ShortcutState => {
      const keys = shortcuts[action];
      if (keys === null) return "off";
      return clashes(action, shortcuts, platform) ? "clash" : hold(action, keys);
    };
    const next = { show: stateOf("show"), copyFirst: stateOf("copyFirst"), quiet: stateOf("quiet") };
    const isNews = shortcutActions.some((action) => next[action] !== states[action]);
    states = next;
    if (isNews) teller.shortcuts(next);
    if (isAnyTaken()) stopTimer = clock.after(TRY_AGAIN_MS, follow);
  };

  const record = (recording: boolean): void => {
    stopRecording?.();
    stopRecording = null;
    if (!recording) {
      follow();
      return;
    }
    for (const [action, keys] of held) release(action, keys);
    stopRecording = clock.after(MAX_RECORDING_MS, endRecording);
  };
  const endRecording = (): void => {
    if (stopRecording !== null) record(false);
  };

  const isAnyTaken = (): boolean => Object.values(states).includes("taken");
  const onForward = (): void => {
    if (isAnyTaken()) follow();
  };
  app.on("browser-window-focus", onForward);
  app.on("browser-window-blur", endRecording);
  const stopHearing = ports.onRecording(record);
  const stopSettings = settings.onChange(follow);
  follow();

  return {
    [Symbol.dispose]() {
      stopTimer?.();
      stopTimer = null;
      stopRecording?.();
      stopHearing();
      stopSettings();
      app.off("browser-window-blur", endRecording);
      app.off("browser-window-focus", onForward);
      for (const [action, keys] of held) release(action, keys);
    },
  };
}

/** Whether one that comes before has the same keys: the first one keeps them. */
function clashes(action: ShortcutAction, shortcuts: Shortcuts, platform: DesktopPorts["platform"]): boolean {
  const keys = shortcuts[action];
  if (keys === null) return false;
  const before = shortcutActions.slice(0, shortcutActions.indexOf(action));
  return before.some((one) => sameAccelerator(shortcuts[one] ?? "", keys, platform));
}
