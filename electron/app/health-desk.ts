import type { Clock } from "../../shared/clock.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { err } from "../../shared/result.ts";
import type { App } from "../app.ts";
import type { HealthCommands } from "../host/health-commands.ts";

export interface HealthDeskOptions {
  readonly app: App;
  readonly clock: Clock;
  readonly publish: (update: PanelUpdate) => void;
}

/** The page "what is wrong" of one panel. Disposing stops a run. */
export interface HealthDesk extends AsyncDisposable {
  readonly commands: HealthCommands;
}

export function createHealthDesk({ clock, publish }: HealthDeskOptions): HealthDesk {
  return {
    commands: {
      check() {
        publish({ kind: "health", view: { state: "done", since: clock.now(), lines: [] } });
      },
      stop() {},
      exportDiagnostics: async () => err({ kind: "policy", code: "disk", detail: "not written yet" }),
    },
    async [Symbol.asyncDispose]() {},
  };
}
