import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { crashReportSchema, type CrashReport } from "./crash-report.ts";

const MAX_REPORTS = 20;
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1_000;
const MAX_BYTES = 256 * 1024;
const NAME = /^crash-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-\d+)?\.json$/u;

/** The folder in which reports of crashes stay on this machine: at most 20, for 30 days. */
export interface CrashFolder {
  /** Writes a report and gives its whole path; older ones go. Fault: `disk`. */
  keep(report: CrashReport): Promise<Result<string, Fault>>;
  /** All that can be read, newest first. Memory dumps, which Electron puts into the same folder, are never read. */
  reports(): Promise<readonly CrashReport[]>;
}

/** The folder at `folder`; nothing is touched before it is used. */
export function createCrashFolder({ files, folder, clock }: { readonly files: FilePort; readonly folder: string; readonly clock: Clock }): CrashFolder {
  const names = async (): Promise<readonly string[]> => {
    const listed = await files.list(folder).catch(() => []);
    return listed.filter((name) => NAME.test(name)).toSorted().toReversed();
  };

  const sweep = async (): Promise<void> => {
    for (const [index, name] of (await names()).entries()) {
      const isOld = clock.now() - timeOf(name) > MAX_AGE_MS;
      if (isOld || index >= MAX_REPORTS) await files.remove(join(folder, name)).catch(() => undefined);
    }
  };

  const freeName = async (at: string): Promise<string> => {
    const base = `crash-${at.replaceAll(/[:.]/gu, "-")}`;
    const taken = new Set(await names());
    for (let number = 0; ; number += 1) {
      const name = `${base}${number === 0 ? "" : `-${number}`}.json`;
      if (!taken.has(name)) return name;
    }
  };

  const read = async (name: string): Promise<CrashReport | null> => {
    try {
      const file = join(folder, name);
      if ((await files.size(file)) > MAX_BYTES) return null;
      return crashReportSchema.parse(JSON.parse((await files.readText(file)) ?? ""));
    } catch {
      return null;
    }
  };

  return {
    async keep(report) {
      try {
        await files.makeDirectory(folder);
        const file = join(folder, await freeName(report.at));
        await files.replace(file, `${JSON.stringify(report, null, 2)}\n`);
        await sweep();
        return ok(file);
      } catch (error) {
        return err(diskFault(error, `writing a report of a crash into ${folder}`));
      }
    },
    async reports() {
      await sweep();
      const found: CrashReport[] = [];
      for (const name of await names()) {
        const report = await read(name);
        if (report !== null) found.push(report);
      }
      return found;
    },
  };
}

function timeOf(name: string): number {
  const [, day, hour, minute, second, ms] = NAME.exec(name) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
}
