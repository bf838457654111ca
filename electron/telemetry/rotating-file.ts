import { rename } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { createAppendFile } from "../files/append-file.ts";
import type { FilePort } from "../files/file-port.ts";

/** The file that is written to is put aside before it would grow beyond this. */
const MAX_BYTES = 2 * 1024 * 1024;
/** Files that were put aside: `callside.1.log`, the newest, to `callside.5.log`. */
const MAX_OLD_FILES = 5;
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1_000;
const SWEEP_MS = 24 * 60 * 60 * 1_000;
/** After a rotation that could not be had (another program holds the file), so many bytes more come first. */
const RETRY_BYTES = 64 * 1024;

/** What turning files takes of a disk beyond appending. Every method rejects with the operating system's error. */
export interface RotationPort {
  rename(from: string, to: string): Promise<void>;
  /** The right to turn the files of a folder, which one process has at a time and a dead one never; null: another has it. */
  lock(folder: string): Disposable | null;
}

export interface RotatingFileOptions {
  readonly folder: string;
  /** The file's name without `.log`. */
  readonly name: string;
  /** A file of an earlier version of the program, which becomes the oldest. */
  readonly earlier?: string;
  readonly files: FilePort;
  readonly rotation?: RotationPort;
  readonly clock: Clock;
}

/** Appends batches of whole lines to `<folder>/<name>.log`, and puts that file aside before it grows too large. */
export interface RotatingFile {
  /** Like `AppendFile.append`: wholly or not at all. A rotation that cannot be had is no failure: the file grows meanwhile. */
  append(bytes: Uint8Array): Promise<Result<void, Fault>>;
}

/** The files of a rotation, newest first. */
export function rotatedNames(name: string): readonly string[] {
  return [`${name}.log`, ...Array.from({ length: MAX_OLD_FILES }, (_, index) => `${name}.${index + 1}.log`)];
}

/**
 * Makes the file. Files are put aside one step further each, the last step first and only as far as there is no gap: an
 * end in the middle leaves a gap, which the next rotation fills, so that no file is lost or stands twice. Whatever holds
 * a file (Windows, a scanner of the company's) delays a rotation and no line.
 */
export function createRotatingFile({ folder, name, earlier, files, rotation = systemRotation, clock }: RotatingFileOptions): RotatingFile {
  const target = createAppendFile(files, { sync: false });
  const paths = rotatedNames(name).map((one) => join(folder, one));
  const current = join(folder, `${name}.log`);
  let isOpened = false;
  let sweptAt = Number.NEGATIVE_INFINITY;
  let nextTryAt = 0;

  const sizeOf = async (path: string): Promise<number | null> => files.size(path).catch(() => null);

  /** Moves the files aside so that `upTo` is free. */
  const makeRoom = async (upTo: number): Promise<void> => {
    const present = await Promise.all(paths.map(sizeOf));
    let free = upTo;
    while (free < paths.length && present[free] !== null) free += 1;
    if (free === paths.length) {
      free -= 1;
      await files.remove(paths[free] ?? "");
    }
    for (; free > upTo; free -= 1) await rotation.rename(paths[free - 1] ?? "", paths[free] ?? "");
  };

  /** Does something to the files that no other process may do at the same time; what fails is tried again another time. */
  const alone = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await files.makeDirectory(folder);
      using lock = rotation.lock(folder);
      if (lock === null) return false;
      await work();
      return true;
    } catch {
      return false;
    }
  };

  const sweep = async (): Promise<void> => {
    for (const path of paths) {
      const at = await files.modifiedAt(path).catch(() => null);
      if (at !== null && clock.now() - at > MAX_AGE_MS) await files.remove(path);
    }
  };

  const takeOver = async (): Promise<void> => {
    if (earlier === undefined || (await sizeOf(earlier)) === null) return;
    const present = await Promise.all(paths.map(sizeOf));
    const last = present.findLastIndex((size) => size !== null);
    const place = Math.min(Math.max(last + 1, 1), paths.length - 1);
    await files.remove(paths[place] ?? "");
    await rotation.rename(earlier, paths[place] ?? "");
  };

  const open = async (): Promise<void> => {
    if (!isOpened) isOpened = await alone(takeOver);
    if (clock.now() - sweptAt <= SWEEP_MS) return;
    sweptAt = clock.now();
    await alone(sweep);
  };

  const rotate = async (bytes: number): Promise<void> => {
    const size = (await sizeOf(current)) ?? 0;
    if (size === 0 || size + bytes <= Math.max(MAX_BYTES, nextTryAt)) return;
    let isDone = false;
    await alone(async () => {
      // Another process may have been first.
      const now = (await sizeOf(current)) ?? 0;
      if (now > 0 && now + bytes > MAX_BYTES) {
        await makeRoom(1);
        await rotation.rename(current, paths[1] ?? "");
      }
      isDone = true;
    });
    nextTryAt = isDone ? 0 : size + bytes + RETRY_BYTES;
  };

  return {
    async append(bytes) {
      await open();
      await rotate(bytes.length);
      return target.append(current, bytes);
    },
  };
}

/**
 * The machine's own. The lock is the operating system's, reached through an empty SQLite file as Node offers no other:
 * it ends with the process, however that ends.
 */
const systemRotation: RotationPort = {
  rename,
  lock(folder) {
    const lock = new DatabaseSync(join(folder, "rotation.lock"), { timeout: 0 });
    try {
      lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    } catch {
      lock.close();
      return null;
    }
    return {
      [Symbol.dispose]() {
        lock.close();
      },
    };
  },
};
