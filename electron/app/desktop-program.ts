import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { DesktopView } from "../../shared/desktop.ts";
import type { App } from "../app.ts";
import type { DesktopProgram } from "../desktop/desktop-ports.ts";
import type { PanelDesk } from "./panel-desk.ts";

/** What an app and its panel give to the desktop. `platform` as Node names it; any other Unix is taken for a Linux. */
export function desktopProgram(
  { app, desk }: { readonly app: App; readonly desk: PanelDesk },
  { clock, platform, version, env }: { readonly clock: Clock; readonly platform: NodeJS.Platform; readonly version: string; readonly env: DesktopProgram["env"] },
): DesktopProgram {
  return {
    platform: desktopPlatform(platform),
    version,
    clock,
    publisher: desk.publisher,
    commands: desk.commands,
    settings: {
      current: () => app.config.current().desktop,
      onChange: (listener) =>
        app.config.onChange((next, previous) => {
          if (!isDeepStrictEqual(next.desktop, previous.desktop)) listener(next.desktop);
        }),
      change: (patch) => app.config.change({ desktop: patch }),
    },
    files: app.files,
    dataFolder: app.dataFolder,
    env,
    viewing: () => desk.viewing(),
    onRecording: (listener) => desk.onRecording(listener),
    wake: () => {
      app.wake();
    },
    log: (level, event, fields) => {
      app.records.log(level, event, fields);
    },
    onBug: app.onBug,
  };
}

function desktopPlatform(platform: NodeJS.Platform): DesktopView["platform"] {
  return platform === "win32" || platform === "darwin" ? platform : "linux";
}
