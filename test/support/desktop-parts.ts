import { createSpeech } from "../../electron/words/speech.ts";
import type { DesktopSettings } from "../../shared/desktop.ts";
import { ok } from "../../shared/result.ts";
import type { DesktopProgram, DesktopSettingsPort } from "../../electron/desktop/desktop-ports.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";

/** A panel that floats, with the shortcuts that the program comes with. */
export const sampleDesktopSettings: DesktopSettings = {
  dock: "floating",
  alwaysOnTop: false,
  keepRunning: true,
  startAtLogin: false,
  notifications: true,
  shortcuts: { show: "CommandOrControl+Shift+F7", copyFirst: "CommandOrControl+Shift+F8", quiet: "CommandOrControl+Shift+F9" },
};

/** Settings of the desktop in memory: what is changed holds at once. */
export function memoryDesktopSettings(first: DesktopSettings = sampleDesktopSettings): DesktopSettingsPort {
  let now = first;
  const listeners = new Set<(settings: DesktopSettings) => void>();
  return {
    current: () => now,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    change(patch) {
      now = { ...now, ...patch, shortcuts: { ...now.shortcuts, ...patch.shortcuts } };
      for (const listener of listeners) listener(now);
      return Promise.resolve(ok(null));
    },
  };
}

/** What the program gives to the desktop, for suites that care about the panel and not about its surroundings. */
export function sampleProgram(given: Pick<DesktopProgram, "publisher" | "commands" | "dataFolder"> & Partial<DesktopProgram>): DesktopProgram {
  return {
    platform: "linux",
    version: "0.1.0",
    clock: systemClock,
    settings: memoryDesktopSettings(),
    files: nodeFiles,
    env: {},
    viewing: () => null,
    attend: () => {},
    onRecording: () => () => {},
    wake: () => {},
    speech: createSpeech(),
    log: () => {},
    onBug: (bug) => {
      throw bug;
    },
    ...given,
  };
}
