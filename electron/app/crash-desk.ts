import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import { createCrashFolder } from "../diagnostics/crash-folder.ts";
import { crashReport } from "../diagnostics/crash-report.ts";
import type { TakeCrash } from "../desktop/crash-taker.ts";
import type { App } from "../app.ts";
import type { FilePort } from "../files/file-port.ts";
import { knownWords } from "../redaction/known-words.ts";
import { redactPerson, type Person } from "../redaction/person.ts";
import { redactText } from "../redaction/redact.ts";
import { CRASH_FOLDER_NAME } from "./diagnostics-desk.ts";
import { connectionWords } from "./diagnostics-sources.ts";
import type { Running } from "./diagnostics-machine.ts";

export interface CrashDeskOptions {
  /** The folder of the person's own data. */
  readonly dataFolder: string;
  readonly files: FilePort;
  readonly clock: Clock;
  readonly person: Person;
  readonly versions: Pick<Running, "version" | "node" | "electron" | "system">;
}

/** Reports of crashes, from before the program is open until after it is closed. Disposing says that it ended in order. */
export interface CrashDesk extends AsyncDisposable {
  /** Where reports lie, and Electron's memory dumps beside them. */
  readonly folder: string;
  readonly take: TakeCrash;
  /** From now on reports tell how this app stands. Raises a notice where the run before ended unexpectedly. */
  bind(app: App): Promise<void>;
  /** Another program works behind the panel: reports tell how that one stands. */
  rebind(app: App): void;
}

/** Makes the desk; the disk is touched by the first report or by `bind`. */
export function createCrashDesk({ dataFolder, files, clock, person, versions }: CrashDeskOptions): CrashDesk {
  const folder = join(dataFolder, CRASH_FOLDER_NAME);
  const kept = createCrashFolder({ files, folder, clock });
  let bound: App | null = null;
  let isMarked = false;
  /** A run that crashed did not end in order, however well it closes. */
  let hasFailed = false;

  const redact = (text: string): string => {
    const secrets = knownWords(bound?.knownSecrets() ?? []);
    return redactPerson(redactText(secrets.strike(text, "[redacted]")), person);
  };

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
          redact,
        }),
      );
    },
    async bind(app) {
      bound = app;
      isMarked = true;
      if (!(await kept.begin())) return;
      app.notices.raise({
        id: "ended-unexpectedly",
        level: "warning",
        what: "Callside ended unexpectedly last time.",
        effect: "What was on the panel then is in the history; connections have been made anew.",
        remedy: "If it happens again, open “What is wrong”, export diagnostics, and give the file to whoever helps you.",
      });
    },
    rebind(app) {
      bound = app;
    },
    async [Symbol.asyncDispose]() {
      if (isMarked && !hasFailed) await kept.end();
      bound = null;
    },
  };
}
