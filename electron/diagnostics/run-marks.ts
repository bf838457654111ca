import { uptime } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { FilePort } from "../files/file-port.ts";

const MARK = /^running-(\d+)$/u;

/** What is known of the processes of this machine. */
export interface ProcessPort {
  /** The id of this one. */
  readonly pid: number;
  /** Whether a process of that id is there. */
  readonly runs: (pid: number) => boolean;
  /** How long the machine has been up; a process of before is none of now, whatever its id. */
  readonly uptimeMs: () => number;
}

/** The processes of this machine, as the system tells of them. */
export const systemProcesses: ProcessPort = {
  pid: process.pid,
  runs(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // One that belongs to somebody else is there too.
      return error instanceof Error && "code" in error && error.code === "EPERM";
    }
  },
  uptimeMs: () => uptime() * 1_000,
};

/** Marks in a folder that say which of the person's programs run: found without its process, one did not end by itself. */
export interface RunMarks {
  /**
   * Marks that this process runs; whether another before it ended unexpectedly. The desktop program and panels in the
   * browser may run side by side, so a mark whose process is there says nothing. A disk that refuses counts as an ordinary end.
   */
  begin(): Promise<boolean>;
  /** This process ends in order. */
  end(): Promise<void>;
}

/** The marks in `folder`; nothing is touched before it is used. */
export function createRunMarks({ files, folder, clock, processes }: { readonly files: FilePort; readonly folder: string; readonly clock: Clock; readonly processes: ProcessPort }): RunMarks {
  const own = join(folder, `running-${processes.pid}`);

  /** Whether the process that left this mark is over; the mark goes with it. */
  const isLeft = async (name: string): Promise<boolean> => {
    const pid = Number(MARK.exec(name)?.[1]);
    const mark = join(folder, name);
    const since = Date.parse((await files.readText(mark))?.trim() ?? "");
    const isOfThisBoot = since >= clock.now() - processes.uptimeMs();
    if (pid !== processes.pid && isOfThisBoot && processes.runs(pid)) return false;
    await files.remove(mark);
    return true;
  };

  return {
    async begin() {
      try {
        await files.makeDirectory(folder);
        let left = false;
        for (const name of await files.list(folder)) if (MARK.test(name)) left = (await isLeft(name)) || left;
        await files.replace(own, `${new Date(clock.now()).toISOString()}\n`);
        return left;
      } catch {
        return false;
      }
    },
    async end() {
      await files.remove(own).catch(() => undefined);
    },
  };
}
