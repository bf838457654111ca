import { join } from "node:path";
import { wait, type Clock } from "../../shared/clock.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { createCrashFolder } from "../diagnostics/crash-folder.ts";
import { crashReport } from "../diagnostics/crash-report.ts";
import { createRunMarks, systemProcesses, type ProcessPort } from "../diagnostics/run-marks.ts";
import type { TakeCrash } from "../desktop/crash-taker.ts";
import type { App } from "../app.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Person } from "../redaction/person.ts";
import { CRASH_FOLDER_NAME } from "./diagnostics-desk.ts";
import { diagnosticsRedaction } from "./diagnostics-redaction.ts";
import { connectionWords } from "./diagnostics-sources.ts";
import type { Running } from "./diagnostics-machine.ts";

/** How long the end waits for the disk: what closes before it has most of the 3 s that a person who quits waits. */
const END_MS = 250;

export interface CrashDeskOptions {
  /** The folder of the person's own data. */
  readonly dataFolder: string;
  readonly files: FilePort;
  readonly clock: Clock;
  readonly person: Person;
  readonly versions: Pick<Running, "version" | "node" | "electron" | "system">;
  /** Which other processes are there; as the system says unless given. */
  readonly processes?: ProcessPort;
}

/** Reports of crashes, from before the program is open until after it is closed. Disposing says that it ended in order. */
export interface CrashDesk extends AsyncDisposable {
  /** Where reports lie, and Electron's memory dumps beside them. */
  readonly folder: string;
  readonly take: TakeCrash;
  /**
   * From now on reports tell how this app stands, and nothing that is said in `state`: an error may quote what it could
   * not work with. Raises a notice where the run before ended unexpectedly.
   */
  bind(app: App, state: () => Pick<PanelState, "interactions">): Promise<void>;
  /** Another program works behind the panel: reports tell how that one stands. */
  rebind(app: App): void;
}

/** Makes the desk; the disk is touched by the first report or by `bind`. */
export function createCrashDesk({ dataFolder, files, clock, person, versions, processes = systemProcesses }: CrashDeskOptions): CrashDesk {
  const folder = join(dataFolder, CRASH_FOLDER_NAME);
  const kept = createCrashFolder({ files, folder, clock });
  const marks = createRunMarks({ files, folder, clock, processes });
  let bound: App | null = null;
  let shown = (): Pick<PanelState, "interactions"> => ({ interactions: [] });
  let isMarked = false;
  /** A run that crashed did not end in order, however well it closes. */
  let hasFailed = false;

  return {
    folder,
    take(crash) {
      if (crash.kind === "main") hasFailed = true;
      bound?.records.log("error", "crash", { kind: crash.kind });
      return kept.keep(
        crashReport(crash, {
          at: clock.now(),
          ...versions,
          connections: bound === null ? {} : connectionWords(bound),
          log: bound?.records.recentLog() ?? [],
          redact: diagnosticsRedaction(bound?.knownSecrets() ?? [], shown(), person),
        }),
      );
    },
    async bind(app, state) {
      bound = app;
      shown = state;
      isMarked = true;
      const left = await marks.begin();
      await kept.sweep();
      if (!left) return;
      app.notices.raise({
        id: "ended-unexpectedly",
        level: "warning",
        say: ({ rules }) => rules.endedUnexpectedly,
      });
    },
    rebind(app) {
      bound = app;
    },
    async [Symbol.asyncDispose]() {
      bound = null;
      if (!isMarked || hasFailed) return;
      const ended = new AbortController();
      await Promise.race([marks.end(), wait(clock, END_MS, ended.signal)]);
      ended.abort();
    },
  };
}
