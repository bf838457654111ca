import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../../shared/clock.ts";
import type { DesktopSettings, DesktopView } from "../../shared/desktop.ts";
import type { DesktopProgram } from "../desktop/desktop-ports.ts";
import { createSpeech, type OwnSpeech } from "../words/speech.ts";
import { followApp, type ProgramPanel } from "./follow-app.ts";

interface ProgramMachine {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly env: DesktopProgram["env"];
  /** The person's own, whatever works behind the panel. */
  readonly dataFolder: string;
}

/** What a program and its panel give to the desktop. `platform` as Node names it; any other Unix is taken for a Linux. */
export function desktopProgram({ app, desk, onSwitched, speech = createSpeech() }: ProgramPanel & { readonly speech?: OwnSpeech }, { clock, platform, version, env, dataFolder }: ProgramMachine): DesktopProgram {
  return {
    platform: desktopPlatform(platform),
    version,
    clock,
    publisher: desk.publisher,
    commands: desk.commands,
    settings: {
      current: () => app().config.current().desktop,
      onChange(listener) {
        let known = app().config.current().desktop;
        const tell = (next: DesktopSettings): void => {
          const isOther = !isDeepStrictEqual(next, known);
          known = next;
          if (isOther) listener(next);
        };
        return followApp({ app, onSwitched }, ({ config }, isFirst) => {
          if (!isFirst) tell(config.current().desktop);
          return config.onChange((next) => {
            tell(next.desktop);
          });
        });
      },
      change: (patch) => app().config.change({ desktop: patch }),
    },
    files: app().files,
    dataFolder,
    env,
    viewing: () => desk.viewing(),
    attend: (isAttended) => {
      desk.attend(isAttended);
    },
    onRecording: (listener) => desk.onRecording(listener),
    wake: () => {
      app().wake();
    },
    speech,
    log: (level, event, fields) => {
      app().records.log(level, event, fields);
    },
    onBug: (bug) => {
      app().onBug(bug);
    },
  };
}

function desktopPlatform(platform: NodeJS.Platform): DesktopView["platform"] {
  return platform === "win32" || platform === "darwin" ? platform : "linux";
}
