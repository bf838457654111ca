import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Settings } from "../../shared/settings.ts";
import type { App } from "../app.ts";
import { summariseConfig } from "../diagnostics/config-summary.ts";
import { createCrashFolder } from "../diagnostics/crash-folder.ts";
import { diagnosticsText } from "../diagnostics/diagnostics-text.ts";
import { readLogLine } from "../diagnostics/log-line.ts";
import { logTail } from "../diagnostics/log-tail.ts";
import { isFolder, writeOnce, type WriteOnce } from "../diagnostics/write-once.ts";
import { diskFault } from "../files/disk-fault.ts";
import { rotatedNames } from "../telemetry/rotating-file.ts";
import { systemRunning, type Running } from "./diagnostics-machine.ts";
import { auditFigures, historyFigures } from "./diagnostics-kept.ts";
import { diagnosticsRedaction } from "./diagnostics-redaction.ts";
import { systemsOf } from "./diagnostics-sources.ts";
import { LOG_FOLDER_NAME, LOG_NAME } from "./records.ts";

const MAX_LINES = 2_000;
/** Where reports of crashes lie in the data folder. */
export const CRASH_FOLDER_NAME = "crashes";

export interface DiagnosticsDeskOptions {
  readonly app: App;
  readonly clock: Clock;
  readonly mode: Settings["mode"];
  readonly state: () => PanelState;
  /** The program and machine that it runs on; this one unless given. */
  readonly running?: () => Running;
  /** Where a person looks for what was made for them: `Downloads` under the home folder unless given. */
  readonly downloads?: string;
  readonly write?: WriteOnce;
}

/** What a person can send to whoever helps them. */
export interface DiagnosticsDesk {
  /**
   * Writes one redacted file, `callside-diagnostics-<UTC time>.json`, into the person's downloads, or into
   * `<data>/diagnostics` where there is no such folder or it refuses; gives its whole path. Fault: `disk`. Asked again
   * while it works, it gives the same file.
   */
  export(): Promise<Result<string, Fault>>;
}

/** Makes the desk; nothing is read before it is asked. */
export function createDiagnosticsDesk(options: DiagnosticsDeskOptions): DiagnosticsDesk {
  const { app, clock, mode, state, running = systemRunning, downloads = join(app.person.home, "Downloads"), write = writeOnce } = options;
  let working: Promise<Result<string, Fault>> | null = null;

  const compose = async (at: number): Promise<string> => {
    const { files, dataFolder, person, config } = app;
    const shown = state();
    const redact = diagnosticsRedaction(app.knownSecrets(), shown, person);
    // What cannot be written is told by a notice, which is in the file.
    await app.records.flushLog();
    const lines = await logTail(files, join(dataFolder, LOG_FOLDER_NAME), rotatedNames(LOG_NAME), MAX_LINES);
    return diagnosticsText(
      {
        program: { ...running(), shownIn: shown.desktop === null ? "browser" : "window", mode },
        configuration: summariseConfig(config.current()),
        ...systemsOf(app, shown),
        audit: await auditFigures(config.current().audit, files),
        history: await historyFigures(dataFolder, shown, files),
        crashes: await createCrashFolder({ files, folder: join(dataFolder, CRASH_FOLDER_NAME), clock }).reports(),
        log: { cut: 0, lines: lines.flatMap((line) => readLogLine(line, redact) ?? []) },
      },
      { writtenAt: at, redact },
    );
  };

  const put = async (at: number, text: string): Promise<Result<string, Fault>> => {
    const name = `callside-diagnostics-${new Date(at).toISOString().replaceAll(/[:.]/gu, "-")}`;
    if (await isFolder(downloads)) {
      const written = await write(downloads, name, ".json", text);
      if (written.ok) return written;
    }
    const folder = join(app.dataFolder, "diagnostics");
    try {
      await app.files.makeDirectory(folder);
    } catch (error) {
      return err(diskFault(error, `making ${folder}`));
    }
    return write(folder, name, ".json", text);
  };

  const work = async (): Promise<Result<string, Fault>> => {
    const at = clock.now();
    return put(at, await compose(at));
  };

  return {
    export() {
      working ??= work().finally(() => {
        working = null;
      });
      return working;
    },
  };
}
