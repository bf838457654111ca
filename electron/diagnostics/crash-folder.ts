import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { crashReportSchema, type CrashReport } from "./crash-report.ts";

/** As many reports, and as many memory dumps. */
const MAX_KEPT = 20;
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1_000;
const MAX_BYTES = 256 * 1024;
const NAME = /^crash-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-\d+)?\.json$/u;
/** Where Crashpad, by which Electron writes them, puts memory dumps: `reports` on Windows, the others elsewhere. */
const DUMP_FOLDERS = ["", "new", "pending", "completed", "reports"];
const DUMP = ".dmp";
/** What Crashpad writes down about a dump, beside it. */
const DUMP_NOTES = ".meta";

/** A file of the folder, and since when it is there; ms since the Unix epoch. */
interface Dated {
  readonly path: string;
  readonly at: number;
}

/** The folder in which reports of crashes and memory dumps stay on this machine: at most 20 of each, for 30 days. */
export interface CrashFolder {
  /** Writes a report and gives its whole path; older ones go. Fault: `disk`. */
  keep(report: CrashReport): Promise<Result<string, Fault>>;
  /** All that can be read, newest first. Memory dumps, which Electron puts into the same folder, are never read, and go as reports do. */
  reports(): Promise<readonly CrashReport[]>;
  /** Removes what is too old; a disk that refuses keeps it. */
  sweep(): Promise<void>;
}

/** The folder at `folder`; nothing is touched before it is used. */
export function createCrashFolder({ files, folder, clock }: { readonly files: FilePort; readonly folder: string; readonly clock: Clock }): CrashFolder {
  const names = async (): Promise<readonly string[]> => {
    const listed = await files.list(folder).catch(() => []);
    return listed.filter((name) => NAME.test(name)).toSorted().toReversed();
  };

  /** Every memory dump, newest first. */
  const dumps = async (): Promise<readonly Dated[]> => {
    const found: Dated[] = [];
    for (const place of DUMP_FOLDERS) {
      const listed = await files.list(join(folder, place)).catch(() => []);
      for (const name of listed.filter((one) => one.endsWith(DUMP))) {
        const path = join(folder, place, name);
        // One that is gone by now was Crashpad's to move.
        const at = await files.modifiedAt(path).catch(() => null);
        if (at !== null) found.push({ path, at });
      }
    }
    return found.toSorted((a, b) => b.at - a.at);
  };

  const tooMany = (newestFirst: readonly Dated[]): readonly string[] =>
    newestFirst.filter(({ at }, index) => index >= MAX_KEPT || clock.now() - at > MAX_AGE_MS).map(({ path }) => path);

  const sweep = async (): Promise<void> => {
    const reports = (await names()).map((name) => ({ path: join(folder, name), at: timeOf(name) }));
    const leaving = tooMany(await dumps()).flatMap((path) => [path, `${path.slice(0, -DUMP.length)}${DUMP_NOTES}`]);
    for (const path of [...tooMany(reports), ...leaving]) await files.remove(path).catch(() => undefined);
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
    sweep: () => sweep().catch(() => undefined),
  };
}

function timeOf(name: string): number {
  const [, day, hour, minute, second, ms] = NAME.exec(name) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
}
